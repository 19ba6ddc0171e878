import {
  to = whatsapp_app_webhook.bot
  identity = {
    app_id = "634974688087057"
  }
}
