package main

import (
	"strings"
	"testing"
)

const overrides = `
Warning: Provider development overrides are in effect

The following provider development overrides are set in the CLI
configuration:
 - whatsapp-terraform/whatsapp in /tmp/x/bin

The behavior may therefore not match any released version of the provider and
applying changes may cause the state to become incompatible with published
releases.
`

func TestWithoutOverrides(t *testing.T) {
	const other = "\nWarning: The number is adopted\n\nBehind two releases.\n"
	endless := strings.Replace(overrides, "releases.", "ones.", 1)
	tests := map[string]struct{ text, want string }{
		"before other output":          {overrides + "No changes.\n", "No changes.\n"},
		"after other output":           {"No changes.\n" + overrides, "No changes.\n\n"},
		"beside another warning":       {overrides + other, strings.TrimLeft(other, "\n")},
		"another warning alone":        {other, other},
		"an end that is not there":     {endless, endless},
		"an end that is too far":       {endless + strings.Repeat("x\n", 20) + "releases.\n", endless + strings.Repeat("x\n", 20) + "releases.\n"},
		"a title in a longer sentence": {"# " + overridesTitle + "\nreleases.\n", "# " + overridesTitle + "\nreleases.\n"},
		"nothing":                      {"", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := withoutOverrides(test.text); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

const plan = overrides + `whatsapp_phone_registration.desk: Refreshing state... [id=2]

Terraform used the selected providers to generate the following execution
plan. Resource actions are indicated with the following symbols:
  + create
  ~ update in-place

Terraform will perform the following actions:

  # whatsapp_phone_registration.desk will be updated in-place
  ~ resource "whatsapp_phone_registration" "desk" {
        id             = "2"
      ~ pin_wo_version = 1 -> 2
      ~ status         = "CONNECTED" -> (known after apply)
    }

  # whatsapp_phone_registration.shop will be created
  + resource "whatsapp_phone_registration" "shop" {
      + id     = "1"
      + status = (known after apply)
    }

Plan: 1 to add, 1 to change, 0 to destroy.

─────────────────────────────────────────────────────────────────────────────

Saved the plan to: open.tfplan

To perform exactly these actions, run the following command to apply:
    terraform apply "open.tfplan"
`

func TestTrimmer(t *testing.T) {
	const update = `  # whatsapp_phone_registration.desk will be updated in-place
  ~ resource "whatsapp_phone_registration" "desk" {
        id             = "2"
      ~ pin_wo_version = 1 -> 2
    }

  # whatsapp_phone_registration.shop will be created
`
	const body = `  + resource "whatsapp_phone_registration" "shop" {
      + id     = "1"
    }
`
	const end = "\nPlan: 1 to add, 1 to change, 0 to destroy."
	trimmer := trimmer{shown: map[string]bool{}}
	if got, want := trimmer.trim(plan), update+body+end; got != want {
		t.Errorf("the first time: got\n%s\nwant\n%s", got, want)
	}
	if got, want := trimmer.trim(plan), update+end; got != want {
		t.Errorf("the second time: got\n%s\nwant\n%s", got, want)
	}
}

// TestTrimmer_onlyLeavesOut makes sure that every line shown is the engine's own.
func TestTrimmer_onlyLeavesOut(t *testing.T) {
	trimmer := trimmer{shown: map[string]bool{}}
	for line := range strings.Lines(trimmer.trim(plan)) {
		if !strings.Contains(plan, line) {
			t.Errorf("%q is not in the output", line)
		}
	}
}
