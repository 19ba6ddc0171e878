import {
  to = whatsapp_phone_number.support
  identity = {
    phone_number_id = "106540352242922"
  }
}
