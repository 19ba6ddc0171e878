package main

import "fmt"

// subject is a provider to measure.
type subject struct {
	name, pkg string
	program   string             // once built
	config    func(n int) string // n things, in a for_each over a map: with a set the engine takes longer by itself
}

const module = "github.com/whatsapp-terraform/terraform-provider-whatsapp"

var ours = subject{name: "whatsapp", pkg: module, config: func(n int) string {
	return fmt.Sprintf(`
terraform {
  required_providers {
    whatsapp = { source = "whatsapp-terraform/whatsapp" }
  }
}

resource "whatsapp_phone_registration" "n" {
  for_each            = { for i in range(%d) : format("2065403522%%05d", i) => "135792" }
  phone_number_id     = each.key
  business_account_id = "%s"
  pin_wo              = each.value
  pin_wo_version      = 1
}
`, n, account)
}}

var smallestThere = subject{name: "smallest", pkg: module + "/internal/cmd/bench/smallest", config: func(n int) string {
	return fmt.Sprintf(`
terraform {
  required_providers {
    smallest = { source = "whatsapp-terraform/smallest" }
  }
}

resource "smallest_thing" "n" {
  for_each = { for i in range(%d) : format("2065403522%%05d", i) => "135792" }
  triggers = { number = each.key }
}
`, n)
}}
