# Keeps a map of numbers registered. for_each goes over a map, and not over a set of it:
# with a set Terraform's own work grows threefold.
resource "whatsapp_phone_registration" "this" {
  for_each = var.numbers

  phone_number_id          = each.value.phone_number_id
  business_account_id      = each.value.business_account_id
  pin_wo                   = each.value.pin_version == 0 ? null : var.pins[each.key]
  pin_wo_version           = each.value.pin_version == 0 ? null : each.value.pin_version
  triggers                 = each.value.triggers
  data_localization_region = each.value.data_localization_region
  deregister_on_destroy    = each.value.deregister_on_destroy
  timeouts                 = each.value.timeouts

  lifecycle {
    precondition {
      condition     = each.value.pin_version == 0 || contains(keys(var.pins), each.key)
      error_message = "The map pins has no PIN for ${each.key}. Give one, or set its pin_version to 0, which leaves the PIN of a registered number alone."
    }
  }
}
