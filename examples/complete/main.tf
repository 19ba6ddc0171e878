terraform {
  required_version = ">= 1.11"
  required_providers {
    whatsapp = {
      source = "whatsapp-terraform/whatsapp"
    }
  }
}

# The number, on the account. If it is there already, it is adopted.
resource "whatsapp_phone_number" "shop" {
  business_account_id = var.business_account_id
  country_code        = var.country_code
  phone_number        = var.phone_number
  display_name        = var.display_name
}

# The proof that it is yours. Without a code this has one sent; with a code it hands it in.
resource "whatsapp_phone_verification" "shop" {
  phone_number_id = whatsapp_phone_number.shop.phone_number_id
  code_wo         = var.code
  code_wo_version = var.code_version
}

# The registration, once the number is verified. Before that Meta would refuse it.
resource "whatsapp_phone_registration" "shop" {
  count = var.register ? 1 : 0

  phone_number_id     = whatsapp_phone_verification.shop.phone_number_id
  business_account_id = var.business_account_id
  pin_wo              = var.pin
  pin_wo_version      = var.pin_version

  # An approved display name comes into force when the number is registered again.
  triggers = {
    display_name = whatsapp_phone_number.shop.pending_name_status == "APPROVED" ? whatsapp_phone_number.shop.pending_display_name : whatsapp_phone_number.shop.verified_name
  }
}

# What customers see when they open the chat.
resource "whatsapp_business_profile" "shop" {
  phone_number_id = whatsapp_phone_number.shop.phone_number_id

  about       = var.profile.about
  description = var.profile.description
  email       = var.profile.email
  websites    = var.profile.websites
  vertical    = var.profile.vertical
}

# Where the messages go. The endpoint must answer before this is applied.
resource "whatsapp_webhook_subscription" "shop" {
  business_account_id = var.business_account_id

  override_callback_uri   = var.callback_url
  verify_token_wo         = var.verify_token
  verify_token_wo_version = 1
}
