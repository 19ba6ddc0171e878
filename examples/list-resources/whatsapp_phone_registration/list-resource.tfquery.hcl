# All registered numbers of one account, with what is known of them.
list "whatsapp_phone_registration" "account" {
  provider         = whatsapp
  include_resource = true
  limit            = 10000 # Terraform's own limit is 100

  config {
    business_account_id = "102290129340398"
  }
}

# All numbers of a business, those that are not registered included.
list "whatsapp_phone_registration" "business" {
  provider = whatsapp
  limit    = 10000

  config {
    business_id     = "2729063490586005"
    registered_only = false
  }
}
