import {
  to = whatsapp_phone_webhook_override.support
  identity = {
    phone_number_id = "106540352242924"
  }
}
