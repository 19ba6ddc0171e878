# The webhooks of the account go to the URL of the app.
resource "whatsapp_webhook_subscription" "shop" {
  business_account_id = "102290129340398"
}
