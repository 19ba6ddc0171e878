terraform {
  required_version = ">= 1.11" # write-only arguments

  required_providers {
    whatsapp = {
      source = "whatsapp-terraform/whatsapp"
    }
  }
}

provider "whatsapp" {} # the access token is in WHATSAPP_ACCESS_TOKEN

# One file and one workspace for each account, both with the same name. The workspace
# "default" has no file, so that nothing can be applied there by mistake.
locals {
  account = yamldecode(file("${path.module}/accounts/${terraform.workspace}.yaml"))
}

module "numbers" {
  source = "../modules/numbers"

  numbers = {
    for name, number in local.account.numbers :
    name => merge(number, { business_account_id = local.account.business_account_id })
  }
  pins = var.pins
}
