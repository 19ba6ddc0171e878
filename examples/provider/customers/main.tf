terraform {
  required_providers {
    whatsapp = {
      source = "whatsapp-terraform/whatsapp"
    }
  }
}

variable "tokens" {
  description = "The access token of the system user of each customer."
  type        = object({ garden = string, bakery = string })
  sensitive   = true
  ephemeral   = true
}

provider "whatsapp" {
  alias        = "garden"
  access_token = var.tokens.garden
}

provider "whatsapp" {
  alias        = "bakery"
  access_token = var.tokens.bakery
}

data "whatsapp_phone_numbers" "garden" {
  provider            = whatsapp.garden
  business_account_id = "102290129340398"
}

data "whatsapp_phone_numbers" "bakery" {
  provider            = whatsapp.bakery
  business_account_id = "102290129340400"
}
