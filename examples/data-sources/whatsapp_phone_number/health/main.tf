data "whatsapp_phone_number" "support" {
  phone_number_id = "106540352242924"
}

output "support_quality" {
  value = data.whatsapp_phone_number.support.quality_rating
}

check "support_can_send" {
  assert {
    condition     = data.whatsapp_phone_number.support.health.can_send_message == "AVAILABLE"
    error_message = "The support number cannot send without limits. See health.entities for the reason."
  }
}
