variable "pin" {
  description = "The two-step verification PIN that the number is to have: six digits."
  type        = string
  ephemeral   = true
}

variable "code" {
  description = "The code that was sent to the number: six digits, without the hyphen."
  type        = string
  default     = null
  ephemeral   = true
}

variable "code_version" {
  description = "Belongs to the code: another number for each code."
  type        = number
  default     = null
}

resource "whatsapp_phone_number" "support" {
  business_account_id = "102290129340398"
  country_code        = "1"
  phone_number        = "555 010 0100"
  display_name        = "Lucky Shrub"
}

resource "whatsapp_phone_verification" "support" {
  phone_number_id = whatsapp_phone_number.support.phone_number_id
  code_wo         = var.code
  code_wo_version = var.code_version
}

resource "whatsapp_phone_registration" "support" {
  phone_number_id = whatsapp_phone_verification.support.phone_number_id
  pin_wo          = var.pin
  pin_wo_version  = 1
}
