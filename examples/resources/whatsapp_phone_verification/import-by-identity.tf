import {
  to = whatsapp_phone_verification.support
  identity = {
    phone_number_id = "106540352242922"
  }
}
