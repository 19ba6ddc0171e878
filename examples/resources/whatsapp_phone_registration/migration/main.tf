variable "pin" {
  description = "The two-step verification PIN that the number has on the On-Premises API."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "backup" {
  description = "What the On-Premises API answered to POST /v1/settings/backup, and the password that was sent to it."
  type        = object({ data = string, password = string })
  sensitive   = true
  ephemeral   = true
}

resource "whatsapp_phone_registration" "orders" {
  phone_number_id = "106540352242923"
  pin_wo          = var.pin
  pin_wo_version  = 1

  backup_wo = {
    data     = var.backup.data
    password = var.backup.password
  }

  timeouts = {
    create = "10m"
  }
}
