data "whatsapp_business_accounts" "all" {
  business_id = "2729063490586005"
}

output "accounts" {
  value = { for account in data.whatsapp_business_accounts.all.business_accounts : account.id => account.name }
}
