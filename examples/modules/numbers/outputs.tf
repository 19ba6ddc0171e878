output "numbers" {
  description = "What each number is, by the names that were given."
  value = {
    for key, n in whatsapp_phone_registration.this : key => {
      phone_number_id          = n.phone_number_id
      business_account_id      = n.business_account_id
      display_phone_number     = n.display_phone_number
      verified_name            = n.verified_name
      status                   = n.status
      platform_type            = n.platform_type
      data_localization_region = n.data_localization_region
    }
  }
}

output "not_connected" {
  description = "The status of each number that is anything else than connected."
  value       = { for key, n in whatsapp_phone_registration.this : key => n.status if n.status != "CONNECTED" }
}
