variable "base_url" {
  description = "Where the deployment answers, without /v1."
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
  description = "The two-step verification PIN that the number has on the On-Premises API."
  type        = string
  sensitive   = true
  ephemeral   = true
}

data "whatsapp_phone_number" "orders" {
  phone_number_id = "106540352242923"
}

# Once the number has moved, its deployment gives no backup any more, and need not.
ephemeral "whatsapp_on_premises_backup" "orders" {
  count = data.whatsapp_phone_number.orders.platform_type == "CLOUD_API" ? 0 : 1

  base_url       = var.base_url
  username       = "admin"
  password       = var.admin_password
  ca_certificate = var.ca_certificate

  lifecycle {
    postcondition {
      condition     = self.wa_id == replace(data.whatsapp_phone_number.orders.display_phone_number, "/[^0-9]/", "")
      error_message = "The deployment serves another number."
    }
  }
}

resource "whatsapp_phone_registration" "orders" {
  phone_number_id = data.whatsapp_phone_number.orders.phone_number_id
  pin_wo          = var.pin
  pin_wo_version  = 1

  # With sensitive(), OpenTofu finds the argument as sensitive without a backup as with one. It
  # would plan an update once otherwise, which calls nothing.
  backup_wo = sensitive(one([
    for backup in ephemeral.whatsapp_on_premises_backup.orders :
    { data = backup.data, password = backup.backup_password }
  ]))
}
