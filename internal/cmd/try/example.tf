terraform {
  required_providers {
    whatsapp = {
      source = "whatsapp-terraform/whatsapp"
    }
  }
}

# Address and token of the simulator are in WHATSAPP_BASE_URL and WHATSAPP_ACCESS_TOKEN.
provider "whatsapp" {}

variable "pin" {
  description = "The two-step verification PIN of the number: six digits, here in TF_VAR_pin."
  type        = string
  sensitive   = true
}

resource "whatsapp_phone_registration" "help" {
  phone_number_id = "200000000000002"
  pin             = var.pin # stored in the state; Terraform and OpenTofu 1.11 have pin_wo instead
}

output "help" {
  value = "${whatsapp_phone_registration.help.display_phone_number} is ${whatsapp_phone_registration.help.status}."
}
