variable "pin" {
  description = "The two-step verification PIN of the number: six digits."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "whatsapp_phone_registration" "support" {
  phone_number_id = "106540352242922"
  pin_wo          = var.pin
  pin_wo_version  = 1 # raise it when the PIN changes
}
