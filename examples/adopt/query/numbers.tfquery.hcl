list "whatsapp_phone_registration" "number" {
  provider         = whatsapp
  include_resource = true
  limit            = 100000 # Terraform's own limit is 100

  config {
    business_id = "2729063490586005"
  }
}
