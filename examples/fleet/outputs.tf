output "numbers" {
  description = "What each number of this account is."
  value       = module.numbers.numbers
}

output "not_connected" {
  description = "The numbers of this account that somebody should look at."
  value       = module.numbers.not_connected
}
