data "whatsapp_access_token" "this" {}

output "permissions" {
  value = data.whatsapp_access_token.this.scopes
}
