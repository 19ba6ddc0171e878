action "whatsapp_request_code" "support" {
  config {
    phone_number_id = "106540352242922"
    method          = "SMS"
    language        = "en_US"
  }
}
