import {
  to = whatsapp_webhook_subscription.shop
  id = "102290129340398"
}
