# What the module makes of its input. The provider is made up: nothing is asked of any API.
mock_provider "whatsapp" {
  mock_resource "whatsapp_phone_registration" {
    defaults = {
      display_phone_number = "+1 555-010-0100"
      verified_name        = "Lucky Shrub"
      status               = "CONNECTED"
      platform_type        = "CLOUD_API"
    }
  }
}

variables {
  numbers = {
    orders = {
      phone_number_id     = "106540352242922"
      business_account_id = "102290129340398"
    }
    support = {
      phone_number_id       = "106540352242924"
      business_account_id   = "102290129340398"
      pin_version           = 3
      triggers              = { display_name = "Lucky Shrub Support" }
      deregister_on_destroy = false
      timeouts              = { create = "10m" }
    }
  }
  pins = {
    orders  = "012345"
    support = "067890"
    nobody  = "013579" # a name without a number is passed over
  }
}

run "values_arrive" {
  assert {
    condition     = length(output.numbers) == 2 && length(output.not_connected) == 0
    error_message = "The outputs do not have both numbers."
  }
  assert {
    condition     = output.numbers.orders.phone_number_id == "106540352242922" && output.numbers.orders.verified_name == "Lucky Shrub"
    error_message = "The output of a number is not what it is."
  }
  assert {
    condition     = whatsapp_phone_registration.this["orders"].pin_wo_version == 1 && whatsapp_phone_registration.this["orders"].deregister_on_destroy && whatsapp_phone_registration.this["orders"].triggers == null
    error_message = "The defaults are other ones."
  }
  assert {
    condition     = whatsapp_phone_registration.this["support"].pin_wo_version == 3 && !whatsapp_phone_registration.this["support"].deregister_on_destroy && whatsapp_phone_registration.this["support"].timeouts.create == "10m"
    error_message = "What was given did not arrive."
  }
}

run "no_numbers" {
  command = plan
  variables {
    numbers = {}
  }
  assert {
    condition     = length(output.numbers) == 0
    error_message = "There is a number that nobody asked for."
  }
}

run "pin_left_alone" {
  command = plan
  variables {
    numbers = {
      orders = { phone_number_id = "106540352242922", business_account_id = "102290129340398", pin_version = 0 }
    }
    pins = {}
  }
  assert {
    condition     = whatsapp_phone_registration.this["orders"].pin_wo_version == null
    error_message = "A PIN would be sent."
  }
}

run "number_on_two_accounts" {
  command = plan
  variables {
    numbers = {
      orders = { phone_number_id = "106540352242922", business_account_id = "102290129340398" }
      market = { phone_number_id = "106540352242922", business_account_id = "102290129340400" }
    }
  }
  expect_failures = [var.numbers]
}

run "phone_number_instead_of_its_id" {
  command = plan
  variables {
    numbers = {
      orders = { phone_number_id = "+1 555-010-0100", business_account_id = "102290129340398" }
    }
  }
  expect_failures = [var.numbers]
}

run "pin_of_five_digits" {
  command = plan
  variables {
    pins = { orders = "12345", support = "067890" }
  }
  expect_failures = [var.pins]
}

run "pin_missing" {
  command = plan
  variables {
    pins = { support = "067890" }
  }
  expect_failures = [whatsapp_phone_registration.this["orders"]]
}
