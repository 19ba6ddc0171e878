# All numbers of a business, those that are not registered included.
list "whatsapp_phone_registration" "business" {
  provider = whatsapp
  limit    = 10000

  config {
    business_id     = "2729063490586005"
    registered_only = false
  }
}
