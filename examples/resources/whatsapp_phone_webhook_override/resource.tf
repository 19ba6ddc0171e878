variable "verify_token" {
  description = "What the endpoint expects as hub.verify_token."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "whatsapp_webhook_subscription" "shop" {
  business_account_id = "102290129340398"
}

resource "whatsapp_phone_webhook_override" "support" {
  phone_number_id         = "106540352242924"
  callback_uri            = "https://hooks.example.com/support"
  verify_token_wo         = var.verify_token
  verify_token_wo_version = 1

  # Meta takes an override only from an app that is subscribed to the account.
  depends_on = [whatsapp_webhook_subscription.shop]
}
