resource "whatsapp_phone_number" "support" {
  business_account_id = "102290129340398"
  country_code        = "1"
  phone_number        = "555 010 0100"
  display_name        = "Lucky Shrub"
}
