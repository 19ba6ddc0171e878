import {
  to = whatsapp_app_webhook.bot
  id = "634974688087057"
}
