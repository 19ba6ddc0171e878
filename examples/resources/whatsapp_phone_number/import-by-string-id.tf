import {
  to = whatsapp_phone_number.support
  id = "102290129340398/+15550100100"
}
