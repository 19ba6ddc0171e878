variable "verify_token" {
  description = "What the endpoint expects as hub.verify_token."
  type        = string
  sensitive   = true
  ephemeral   = true
}

# The app makes these calls itself: set app_id and app_secret of the provider, or
# WHATSAPP_APP_ID and WHATSAPP_APP_SECRET.
resource "whatsapp_app_webhook" "bot" {
  callback_url            = "https://hooks.example.com/whatsapp"
  verify_token_wo         = var.verify_token
  verify_token_wo_version = 1

  fields = [
    "account_update",
    "message_template_status_update",
    "messages",
    "phone_number_quality_update",
  ]
}
