variable "base_url" {
  description = "Where the On-Premises deployment answers, without /v1."
  type        = string
}

variable "ca_certificate" {
  description = "The CA certificate of the deployment, as PEM."
  type        = string
}

variable "admin_password" {
  description = "The password of the administrator there."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "pin" {
  description = "The two-step verification PIN that the number is to have: six digits."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "whatsapp_phone_registration" "orders" {
  phone_number_id = "106540352242923"
  pin_wo          = var.pin
  pin_wo_version  = 1

  on_premises = {
    base_url       = var.base_url
    username       = "admin"
    password       = var.admin_password
    ca_certificate = var.ca_certificate
    reset_pin      = true # set the PIN there first, so that it cannot be wrong
  }
}
