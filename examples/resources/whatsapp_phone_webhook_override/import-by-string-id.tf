import {
  to = whatsapp_phone_webhook_override.support
  id = "106540352242924"
}
