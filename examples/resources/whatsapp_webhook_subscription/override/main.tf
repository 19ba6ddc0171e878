variable "verify_token" {
  description = "What the endpoint expects as hub.verify_token."
  type        = string
  sensitive   = true
  ephemeral   = true
}

# The messages of this account go to a URL of their own.
resource "whatsapp_webhook_subscription" "shop" {
  business_account_id = "102290129340398"

  override_callback_uri   = "https://hooks.example.com/shop"
  verify_token_wo         = var.verify_token
  verify_token_wo_version = 1
}
