variable "code" {
  description = "The code that was sent to the number: six digits, without the hyphen."
  type        = string
  ephemeral   = true
}

action "whatsapp_verify_code" "support" {
  config {
    phone_number_id = "106540352242922"
    code            = var.code
  }
}
