terraform {
  required_version = ">= 1.11" # write-only arguments

  required_providers {
    whatsapp = {
      source = "whatsapp-terraform/whatsapp"
    }
  }
}

provider "whatsapp" {} # the access token is in WHATSAPP_ACCESS_TOKEN

# The deployment of this number can be reached from here: the apply takes the backup
# itself. reset_pin makes sure that the PIN is right.
resource "whatsapp_phone_registration" "orders" {
  phone_number_id     = "106540352242923"
  business_account_id = "102290129340398"
  pin_wo              = var.orders_pin
  pin_wo_version      = 1

  on_premises = {
    base_url       = var.base_url
    username       = "admin"
    password       = var.admin_password
    ca_certificate = var.ca_certificate
    reset_pin      = true
  }

  deregister_on_destroy = false # a destroy by mistake leaves the number live
}

# The deployment of this number cannot be reached from here: somebody made the backup
# by hand. The PIN is the one that the number has.
resource "whatsapp_phone_registration" "support" {
  phone_number_id     = "106540352242922"
  business_account_id = "102290129340398"
  pin_wo              = var.support_pin
  pin_wo_version      = 1

  backup_wo = {
    data     = var.support_backup.data
    password = var.support_backup.password
  }

  deregister_on_destroy = false
}
