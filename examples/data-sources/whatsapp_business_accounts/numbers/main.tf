data "whatsapp_business_accounts" "all" {
  business_id = "2729063490586005"
}

# All numbers of all accounts, with one call for a hundred of them.
data "whatsapp_phone_numbers" "all" {
  for_each            = toset(data.whatsapp_business_accounts.all.business_accounts[*].id)
  business_account_id = each.key
}

output "numbers_by_account" {
  value = { for id, account in data.whatsapp_phone_numbers.all : id => length(account.phone_numbers) }
}
