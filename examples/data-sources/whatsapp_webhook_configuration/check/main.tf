data "whatsapp_webhook_configuration" "support" {
  phone_number_id = "106540352242924"
}

# Warns, in each plan, when somebody has messages sent elsewhere.
check "messages_reach_us" {
  assert {
    condition     = data.whatsapp_webhook_configuration.support.phone_number == null
    error_message = "Somebody has the messages of the number sent to an address of its own."
  }
}
