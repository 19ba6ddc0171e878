data "whatsapp_phone_numbers" "all" {
  business_account_id = "102290129340398"
}

# Which numbers need attention, without a call for each of them.
output "needs_attention" {
  value = {
    for n in data.whatsapp_phone_numbers.all.phone_numbers : n.display_phone_number => n.status
    if n.registered && (n.status != "CONNECTED" || n.quality_rating == "RED")
  }
}

# Numbers of one range that nobody has registered yet.
data "whatsapp_phone_numbers" "unused" {
  business_account_id          = "102290129340398"
  registered                   = false
  display_phone_number_pattern = "^\\+1555"
}

output "unused" {
  value = { for n in data.whatsapp_phone_numbers.unused.phone_numbers : n.id => n.display_phone_number }
}
