data "whatsapp_phone_numbers" "all" {
  business_account_id = "102290129340398"
}

output "numbers" {
  value = { for n in data.whatsapp_phone_numbers.all.phone_numbers : n.id => n.display_phone_number }
}
