# A number from its registration to its end, with the provider itself. Run it against the
# simulator, never against an account: it registers and deregisters. The PINs of the two
# numbers come from TF_VAR_pins.

variables {
  numbers = {
    orders = {
      phone_number_id     = "106540352242922"
      business_account_id = "102290129340398"
    }
    support = {
      phone_number_id     = "106540352242924" # registered already
      business_account_id = "102290129340398"
    }
  }
}

run "register" {
  assert {
    condition     = output.numbers.orders.status == "CONNECTED" && output.numbers.orders.platform_type == "CLOUD_API"
    error_message = "The number is not connected."
  }
  assert {
    condition     = output.numbers.orders.display_phone_number == "+1 555-010-0100" && output.numbers.orders.verified_name == "Lucky Shrub"
    error_message = "What the API says of the number is not in the output."
  }
  assert {
    condition     = length(output.not_connected) == 0
    error_message = "A number is not connected."
  }
}

run "register_again" {
  variables {
    numbers = {
      orders = {
        phone_number_id     = "106540352242922"
        business_account_id = "102290129340398"
        triggers            = { display_name = "Lucky Shrub" }
      }
      support = {
        phone_number_id       = "106540352242924"
        business_account_id   = "102290129340398"
        deregister_on_destroy = false
      }
    }
  }
  assert {
    condition     = output.numbers.orders.status == "CONNECTED"
    error_message = "The number is not connected any more."
  }
}

run "nothing_left_to_do" {
  command = plan
  variables {
    numbers = {
      orders = {
        phone_number_id     = "106540352242922"
        business_account_id = "102290129340398"
        triggers            = { display_name = "Lucky Shrub" }
      }
      support = {
        phone_number_id       = "106540352242924"
        business_account_id   = "102290129340398"
        deregister_on_destroy = false
      }
    }
  }
  assert {
    condition     = alltrue([for n in output.numbers : n.business_account_id == "102290129340398"])
    error_message = "The account is another one."
  }
}
