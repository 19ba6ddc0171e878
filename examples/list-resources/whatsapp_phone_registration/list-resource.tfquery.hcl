# All registered numbers of one account, with what is known of them.
list "whatsapp_phone_registration" "account" {
  provider         = whatsapp
  include_resource = true
  limit            = 10000 # Terraform's own limit is 100

  config {
    business_account_id = "102290129340398"
  }
}
