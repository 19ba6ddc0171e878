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

# Hand its data and its backup_password to write-only arguments, such as those of a vault.
ephemeral "whatsapp_on_premises_backup" "orders" {
  base_url       = var.base_url
  username       = "admin"
  password       = var.admin_password
  ca_certificate = var.ca_certificate
}
