data "whatsapp_business_account" "shop" {
  business_account_id = "102290129340398"
}

check "shop_is_approved" {
  assert {
    condition     = data.whatsapp_business_account.shop.account_review_status == "APPROVED"
    error_message = "Meta has not approved the account ${data.whatsapp_business_account.shop.name}."
  }
}
