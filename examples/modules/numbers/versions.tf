terraform {
  required_version = ">= 1.11" # write-only arguments

  required_providers {
    whatsapp = {
      source = "whatsapp-terraform/whatsapp"
    }
  }
}
