variable "verify_token" {
  description = "What the endpoints expect as hub.verify_token."
  type        = string
  sensitive   = true
  ephemeral   = true
}

resource "whatsapp_webhook_subscription" "shop" {
  business_account_id = "102290129340398"
}

# A path for each number, at one endpoint.
resource "whatsapp_phone_webhook_override" "team" {
  for_each = { support = "106540352242924", orders = "106540352242922" }

  phone_number_id         = each.value
  callback_uri            = "https://hooks.example.com/${each.key}"
  verify_token_wo         = var.verify_token
  verify_token_wo_version = 1

  depends_on = [whatsapp_webhook_subscription.shop]
}
