data "whatsapp_webhook_configuration" "support" {
  phone_number_id = "106540352242924"
}

output "messages_go_to" {
  value = data.whatsapp_webhook_configuration.support.effective
}
