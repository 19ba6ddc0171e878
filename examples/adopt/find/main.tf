# Step 1: find the registered numbers of some accounts, and write them down:
#
#   terraform apply
#   terraform output -json numbers > ../numbers.json

terraform {
  required_providers {
    whatsapp = {
      source = "whatsapp-terraform/whatsapp"
    }
  }
}

variable "business_account_ids" {
  type    = set(string)
  default = ["102290129340398", "102290129340400"]
}

data "whatsapp_phone_numbers" "registered" {
  for_each            = var.business_account_ids
  business_account_id = each.key
  registered          = true
}

output "numbers" {
  value = merge([
    for account in data.whatsapp_phone_numbers.registered : {
      for n in account.phone_numbers : n.id => {
        business_account_id = n.business_account_id
        number              = n.display_phone_number
        name                = n.verified_name
      }
    }
  ]...)
}
