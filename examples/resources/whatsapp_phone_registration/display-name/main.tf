variable "pin" {
  description = "The two-step verification PIN of the number: six digits."
  type        = string
  sensitive   = true
}

resource "whatsapp_phone_registration" "support" {
  phone_number_id = "106540352242922"
  pin             = var.pin

  triggers = {
    display_name = "Lucky Shrub Support"
  }
}
