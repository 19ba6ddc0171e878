# Step 2: take over what numbers.json lists. After the apply, remove the import block.

terraform {
  required_version = ">= 1.7"

  required_providers {
    whatsapp = {
      source = "whatsapp-terraform/whatsapp"
    }
  }
}

locals {
  numbers = jsondecode(file("${path.module}/numbers.json"))
}

import {
  for_each = local.numbers
  to       = whatsapp_phone_registration.number[each.key]
  id       = each.key
}

resource "whatsapp_phone_registration" "number" {
  for_each            = local.numbers
  phone_number_id     = each.key
  business_account_id = each.value.business_account_id
}
