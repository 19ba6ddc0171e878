import {
  to = whatsapp_phone_verification.support
  id = "106540352242922"
}
