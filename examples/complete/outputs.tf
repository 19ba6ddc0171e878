output "phone_number_id" {
  description = "The id to send messages with."
  value       = whatsapp_phone_number.shop.phone_number_id
}

output "status" {
  description = "CONNECTED once the number can send and receive."
  value       = one(whatsapp_phone_registration.shop[*].status)
}

output "verification" {
  description = "code_sent: now set code, code_version and register, and apply again."
  value       = whatsapp_phone_verification.shop.status
}

output "display_name_review" {
  description = "How the review of a new display name stands, null if there is none."
  value       = whatsapp_phone_number.shop.pending_name_status
}
