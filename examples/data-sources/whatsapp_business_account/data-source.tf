data "whatsapp_business_account" "shop" {
  business_account_id = "102290129340398"
}

output "shop" {
  value = "${data.whatsapp_business_account.shop.name}: ${data.whatsapp_business_account.shop.account_review_status}"
}
