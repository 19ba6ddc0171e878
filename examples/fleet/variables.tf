variable "pins" {
  description = "The PIN of each number of this account, six digits, by the names in its file."
  type        = map(string)
  sensitive   = true
  ephemeral   = true
}
