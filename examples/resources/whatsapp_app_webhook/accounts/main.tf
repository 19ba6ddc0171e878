variable "verify_token" {
  description = "What the endpoint expects as hub.verify_token."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "whatsapp_app_webhook" "bot" {
  callback_url            = "https://hooks.example.com/whatsapp"
  verify_token_wo         = var.verify_token
  verify_token_wo_version = 1
  fields                  = ["messages"]
}

# The webhooks of an account reach the app only when it is subscribed to the account.
resource "whatsapp_webhook_subscription" "bot" {
  for_each = { shop = "102290129340398", market = "102290129340400" }

  business_account_id = each.value
  depends_on          = [whatsapp_app_webhook.bot]
}
