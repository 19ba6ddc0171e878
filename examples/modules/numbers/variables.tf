variable "numbers" {
  description = "The numbers to keep registered, by names of your own. A name becomes part of the address in the state: choose it for good."
  nullable    = false

  type = map(object({
    phone_number_id          = string                # the id, not the phone number itself
    business_account_id      = string                # a number that is on another one is an error
    pin_version              = optional(number, 1)   # raise it when the PIN changes; 0 leaves the PIN of the number alone
    triggers                 = optional(map(string)) # a change registers the number again
    data_localization_region = optional(string)      # such as DE; absent asks for nothing
    deregister_on_destroy    = optional(bool, true)  # false: a destroy leaves the number live
    timeouts                 = optional(object({ create = optional(string), update = optional(string), delete = optional(string) }))
  }))

  validation {
    condition     = alltrue([for n in var.numbers : can(regex("^[0-9]+$", n.phone_number_id))])
    error_message = "A phone_number_id is digits only, in quotes. It is not the phone number itself, and WhatsApp Manager shows it below that. Not one: ${join(", ", [for key, n in var.numbers : key if !can(regex("^[0-9]+$", n.phone_number_id))])}."
  }

  validation {
    condition     = length(distinct([for n in var.numbers : n.phone_number_id])) == length(var.numbers)
    error_message = "A number can be registered once, and is on one account. Under more than one name: ${join("; ", [for id, keys in { for key, n in var.numbers : n.phone_number_id => key... } : "${id} (${join(", ", keys)})" if length(keys) > 1])}."
  }
}

variable "pins" {
  description = "The two-step verification PIN of each number, six digits in quotes, by the same names. Kept nowhere. Names that have no number are passed over."
  type        = map(string)
  nullable    = false
  sensitive   = true
  ephemeral   = true

  validation {
    condition     = alltrue([for pin in values(var.pins) : can(regex("^[0-9]{6}$", pin))])
    error_message = "Each PIN is six digits, in quotes, so that leading zeros are kept."
  }
}
