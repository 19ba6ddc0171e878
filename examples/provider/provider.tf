terraform {
  required_providers {
    whatsapp = {
      source = "whatsapp-terraform/whatsapp"
    }
  }
}

# The access token is read from the environment variable WHATSAPP_ACCESS_TOKEN.
provider "whatsapp" {
  api_version = "v25.0"
}
