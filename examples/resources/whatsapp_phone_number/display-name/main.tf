variable "pin" {
  description = "The two-step verification PIN of the number: six digits."
  type        = string
  sensitive   = true
}

resource "whatsapp_phone_number" "support" {
  business_account_id = "102290129340398"
  country_code        = "1"
  phone_number        = "555 010 0100"
  display_name        = "Lucky Shrub"
}

resource "whatsapp_phone_registration" "support" {
  phone_number_id = whatsapp_phone_number.support.phone_number_id
  pin             = var.pin

  # The approved name: the one that waits for a registration, or else the one in force.
  triggers = {
    display_name = (
      whatsapp_phone_number.support.pending_name_status == "APPROVED"
      ? whatsapp_phone_number.support.pending_display_name
      : whatsapp_phone_number.support.verified_name
    )
  }
}
