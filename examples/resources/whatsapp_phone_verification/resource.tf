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

resource "whatsapp_phone_verification" "support" {
  phone_number_id = "106540352242922"
  code_wo         = var.code
  code_wo_version = var.code_version
}
