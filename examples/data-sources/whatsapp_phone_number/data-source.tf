data "whatsapp_phone_number" "support" {
  phone_number_id = "106540352242924"
}

output "support" {
  value = "${data.whatsapp_phone_number.support.display_phone_number}: ${data.whatsapp_phone_number.support.status}"
}
