package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/provider"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

const (
	engineAddress = "whatsapp_phone_registration.n"
	plainNumber   = "resource \"whatsapp_phone_registration\" \"n\" {\n  phone_number_id = \"" + acctest.New + "\"\n  pin             = var.pin\n}\n"
	liveNumber    = "resource \"whatsapp_phone_registration\" \"n\" {\n  phone_number_id = \"" + acctest.Live + "\"\n}\n"
)

// engineVariables are there in every row. Every engine knows them in this form.
const engineVariables = `
variable "pin" {
  type      = string
  sensitive = true
}

variable "base_url" {
  type = string
}

variable "ca" {
  type = string
}
`

// engineRows are the rows of the engines page. The order is that of acctest.Features.
func engineRows() []engineRow {
	return []engineRow{
		{feature: acctest.Core, config: plainNumber, works: wholeLife},
		{feature: acctest.Adoption, config: strings.ReplaceAll(plainNumber, acctest.New, acctest.Live), works: adopts},
		{feature: acctest.DataSources, config: dataNumber, works: appliesQuietly},
		{feature: acctest.ImportCommand, config: liveNumber, first: func(_ *testing.T, w *acctest.World) *acctest.Result {
			return w.Terraform("import", "-input=false", "-no-color", engineAddress, acctest.Live)
		}, works: func(_ *testing.T, w *acctest.World) { w.Empty() }},
		{feature: acctest.ImportBlock, config: liveNumber + "import {\n  to = " + engineAddress + "\n  id = \"" + acctest.Live + "\"\n}\n", works: appliesQuietly},
		{feature: acctest.GeneratedConfig, config: "import {\n  to = " + engineAddress + "\n  id = \"" + acctest.Live + "\"\n}\n", first: func(_ *testing.T, w *acctest.World) *acctest.Result {
			return w.Terraform("plan", "-json", "-input=false", "-generate-config-out=generated.tf", "-out=tfplan")
		}, works: appliesQuietly},
		{feature: acctest.Conditions, config: conditions, works: conditionFails},
		{feature: acctest.Checks, config: dataNumber + "check \"good\" {\n  assert {\n    condition     = data.whatsapp_phone_number.n.status == \"BANNED\"\n    error_message = \"Not banned yet.\"\n  }\n}\n", works: checkWarns},
		{feature: acctest.Mirror, config: plainNumber, first: initFromMirror, works: runsFromMirror},
		{feature: acctest.ImportForEach, config: strings.Replace(liveNumber, "{\n", "{\n  for_each        = toset([\""+acctest.Live+"\"])\n", 1) +
			"import {\n  for_each = toset([\"" + acctest.Live + "\"])\n  to       = whatsapp_phone_registration.n[each.key]\n  id       = each.key\n}\n", works: appliesQuietly},
		{feature: acctest.Removed, config: "removed {\n  from = " + engineAddress + "\n  lifecycle {\n    destroy = false\n  }\n}\n", works: forgets},
		{feature: acctest.Tests, first: runTests, works: func(*testing.T, *acctest.World) {}},
		{feature: acctest.EphemeralVariables, config: "variable \"secret\" {\n  type      = string\n  ephemeral = true\n  default   = \"135792\"\n}\n" + plainNumber, works: appliesQuietly},
		{feature: acctest.EphemeralResources, config: ephemeralBackup, works: appliesQuietly},
		{feature: acctest.WriteOnly, config: strings.Replace(plainNumber, "  pin             = var.pin\n", "  pin_wo          = var.pin\n  pin_wo_version  = 1\n", 1), works: forgotten},
		{feature: acctest.ImportIdentity, config: liveNumber + "import {\n  to = " + engineAddress + "\n  identity = {\n    phone_number_id = \"" + acctest.Live + "\"\n  }\n}\n", works: appliesQuietly},
		{feature: acctest.Lists, first: queries, works: func(*testing.T, *acctest.World) {}},
		{feature: acctest.Actions, config: actionCode, works: sendsCode},
	}
}

// TestEngine_missing notices when the provider has come to offer what a row says
// that it does not.
func TestEngine_missing(t *testing.T) {
	own := schemas(t).Schemas[provider.Address]
	for feature, n := range map[string]int{
		acctest.Lists.Name: len(own.ListResourceSchemas), acctest.Actions.Name: len(own.ActionSchemas),
	} {
		if row, _ := rowFor(engineRows(), acctest.Feature{Name: feature}); n > 0 && row.missing != "" {
			t.Errorf("the provider has %d of them now: give the row %q a configuration", n, feature)
		}
	}
}

const actionCode = "action \"whatsapp_request_code\" \"n\" {\n  config {\n    phone_number_id = \"" + acctest.Unverified + "\"\n  }\n}\n"

// sendsCode invokes the action, which a plan and an apply without it do not.
func sendsCode(t *testing.T, w *acctest.World) {
	t.Helper()
	w.Apply().Succeeds()
	if sent := len(w.SentCodes(acctest.Unverified)); sent != 0 {
		t.Errorf("%d codes were sent before anybody asked for one", sent)
	}
	w.Terraform("apply", "-json", "-input=false", "-auto-approve", "-invoke=action.whatsapp_request_code.n").Succeeds()
	if sent := len(w.SentCodes(acctest.Unverified)); sent != 1 {
		t.Errorf("%d codes were sent", sent)
	}
}

const dataNumber = "data \"whatsapp_phone_number\" \"n\" {\n  phone_number_id = \"" + acctest.Live + "\"\n}\n"

// appliesQuietly applies what was planned, after which a plan is empty. None of the
// rows that use it spends a registration.
func appliesQuietly(t *testing.T, w *acctest.World) {
	t.Helper()
	w.Apply().Succeeds()
	w.Empty()
}

// wholeLife registers, changes the PIN in place, and deregisters.
func wholeLife(t *testing.T, w *acctest.World) {
	t.Helper()
	w.Apply().Succeeds()
	w.Empty()
	w.Setenv("TF_VAR_pin", w.Stored("new PIN", w.PIN()))
	w.Terraform("plan", "-json", "-input=false", "-out=tfplan").Succeeds()
	if r := w.Apply().Succeeds(); r.Count(acctest.SetPIN) != 1 {
		t.Errorf("asked %q", r.Asked)
	}
	w.Empty()
	if r := w.Destroy().Succeeds(); r.Count(acctest.Deregister) != 1 || w.Registrations(acctest.New) != 1 {
		t.Errorf("asked %q, %d registrations", r.Asked, w.Registrations(acctest.New))
	}
}

// adopts applies without registering.
func adopts(t *testing.T, w *acctest.World) {
	t.Helper()
	w.Apply().Succeeds().Warns("adopted")
	w.Empty()
	if w.Attempts(acctest.Live) != 0 {
		t.Errorf("%d attempts", w.Attempts(acctest.Live))
	}
}

const conditions = dataNumber + `
resource "whatsapp_phone_registration" "n" {
  phone_number_id = "` + acctest.New + `"
  pin             = var.pin
  lifecycle {
    precondition {
      condition     = data.whatsapp_phone_number.n.status == "CONNECTED"
      error_message = "The other number must be connected."
    }
    postcondition {
      condition     = self.status == "CONNECTED"
      error_message = "Not connected."
    }
  }
}
`

// conditionFails applies with conditions that hold, and is stopped by one that does not.
func conditionFails(t *testing.T, w *acctest.World) {
	t.Helper()
	appliesQuietly(t, w)
	w.Change(acctest.Live, func(n *sim.Number) { n.Status = "FLAGGED" })
	w.Terraform("plan", "-json", "-input=false").Fails("", "The other number must be connected.")
}

// checkWarns applies although the check fails.
func checkWarns(t *testing.T, w *acctest.World) {
	t.Helper()
	w.Apply().Succeeds().Warns("Not banned yet.")
}

// forgets plans the removal of what is in the state, which deregisters nothing.
func forgets(t *testing.T, w *acctest.World) {
	t.Helper()
	removed, err := os.ReadFile(filepath.Join(w.Dir(), "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	w.Write(engineVariables + plainNumber)
	w.Terraform("apply", "-json", "-input=false", "-auto-approve").Succeeds()
	w.Write(string(removed))
	if r := w.Terraform("apply", "-json", "-input=false", "-auto-approve").Succeeds(); r.Count(acctest.Deregister) != 0 {
		t.Errorf("asked %q", r.Asked)
	}
	if w.State()[engineAddress] != nil {
		t.Error("it is still in the state")
	}
}

// runTests plans with a provider that Terraform makes up.
func runTests(_ *testing.T, w *acctest.World) *acctest.Result {
	w.WriteFile("main.tf", engineVariables+plainNumber)
	w.WriteFile("plain.tftest.hcl", `mock_provider "whatsapp" {}

run "plan" {
  command = plan
  assert {
    condition     = whatsapp_phone_registration.n.phone_number_id == "`+acctest.New+`"
    error_message = "Another number."
  }
}
`)
	r := w.Terraform("test", "-no-color")
	if !strings.Contains(r.Output, "1 passed") {
		r.Code = 1 // an engine that ran something else says so, and is content
	}
	return r
}

// queries lists what is registered on an account.
func queries(_ *testing.T, w *acctest.World) *acctest.Result {
	w.WriteFile("main.tf", "")
	w.WriteFile("all.tfquery.hcl", `list "whatsapp_phone_registration" "all" {
  provider = whatsapp
  config {
    business_account_id = "`+acctest.Account+`"
  }
}
`)
	r := w.Terraform("query", "-no-color")
	if r.Code == 0 && !strings.Contains(r.Output, "+1 555-010-0102 (Lucky Shrub)") {
		r.Code = 1
	}
	r.Output, _, _ = strings.Cut(strings.TrimSpace(r.Output), "\n") // below it says how to ask for help
	return r
}

// The password comes from the environment, so that the row does not depend on
// variables that are ephemeral.
const ephemeralBackup = `
ephemeral "whatsapp_on_premises_backup" "n" {
  base_url       = var.base_url
  username       = "admin"
  ca_certificate = var.ca
}
`

// forgotten looks for the PIN where a stored one would be.
func forgotten(t *testing.T, w *acctest.World) {
	t.Helper()
	appliesQuietly(t, w)
	if values := w.State()[engineAddress]; values["pin_wo"] != nil || values["pin"] != nil {
		t.Error("a PIN is in the state")
	}
}
