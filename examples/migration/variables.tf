variable "base_url" {
  description = "Where the deployment of the orders number answers, without /v1."
  type        = string
}

variable "ca_certificate" {
  description = "The CA certificate of that deployment, as PEM."
  type        = string
}

variable "admin_password" {
  description = "The password of the administrator there."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "orders_pin" {
  description = "The two-step verification PIN that the orders number is to have: six digits."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "support_pin" {
  description = "The two-step verification PIN that the support number has: six digits."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "support_backup" {
  description = "What the other deployment answered to POST /v1/settings/backup, and the password that was sent to it."
  type        = object({ data = string, password = string })
  sensitive   = true
  ephemeral   = true
}
