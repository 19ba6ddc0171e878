output "numbers" {
  description = "What has become of each number."
  value = {
    for number in [whatsapp_phone_registration.orders, whatsapp_phone_registration.support] :
    number.display_phone_number => "${number.status} on ${number.platform_type}"
  }
}
