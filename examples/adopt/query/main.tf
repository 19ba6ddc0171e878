# Terraform 1.14 or later finds the numbers, writes their configuration and imports them:
#
#   terraform query -generate-config-out=numbers.tf
#   terraform apply
#
# After the apply, remove the import blocks from numbers.tf.

terraform {
  required_providers {
    whatsapp = {
      source = "whatsapp-terraform/whatsapp"
    }
  }
}
