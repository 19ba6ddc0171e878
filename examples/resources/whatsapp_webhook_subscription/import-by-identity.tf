import {
  to = whatsapp_webhook_subscription.shop
  identity = {
    business_account_id = "102290129340398"
  }
}
