package phone_test

import (
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// TestRegistration_badInput refuses what cannot be right in the plan, at the
// attribute, in words that say what to write instead. The scan at the end of
// each case makes sure that no secret is repeated. Nothing is asked of the API.
func TestRegistration_badInput(t *testing.T) {
	t.Parallel()
	const good = "  pin_wo = \"135792\"\n  pin_wo_version = 1\n"
	for name, tt := range map[string]struct {
		id, pin, body string
		at            string
		words         string
	}{
		"PIN of five digits":     {pin: "12345", at: "pin", words: "exactly six digits"},
		"PIN of seven digits":    {pin: "1234567", at: "pin", words: "exactly six digits"},
		"PIN with a letter":      {pin: "12345a", at: "pin", words: "exactly six digits"},
		"PIN with blanks":        {pin: " 123456", at: "pin", words: "exactly six digits"},
		"PIN in other digits":    {pin: "١٢٣٤٥٦", at: "pin", words: "exactly six digits"},
		"empty PIN":              {pin: "", body: "  pin = var.stored_pin\n", at: "pin", words: "exactly six digits"},
		"id with plus":           {id: "+15550100100", body: good, at: "phone_number_id", words: "written like a phone number"},
		"id with dash":           {id: "555-010-0100", body: good, at: "phone_number_id", words: "written like a phone number"},
		"id with letters":        {id: "number one", body: good, at: "phone_number_id", words: "digits only"},
		"empty id":               {id: "-", body: good, at: "phone_number_id", words: "WhatsApp Manager"},
		"id of 300 digits":       {id: strings.Repeat("1", 300), body: good, at: "phone_number_id", words: "at most 32 digits"},
		"both PINs":              {pin: "135792", body: "  pin = var.stored_pin\n  pin_wo = var.pin\n  pin_wo_version = 1\n", at: "pin ", words: "cannot be specified when"},
		"no PIN":                 {body: " ", at: "", words: "Set pin_wo"},
		"PIN without version":    {body: "  pin_wo = \"135792\"\n", at: "pin_wo", words: "must be specified when"},
		"version alone":          {body: "  pin = \"135792\"\n  pin_wo_version = 1\n", at: "pin_wo_version", words: "must be specified when"},
		"both backups":           {body: good + "  backup = { data = \"d\", password = \"p\" }\n  backup_wo = { data = \"d\", password = \"p\" }\n", at: "backup ", words: "cannot be specified when"},
		"backup without data":    {body: good + "  backup = { password = \"p\" }\n", at: "backup", words: "\"data\" is required"},
		"backup with empty data": {body: good + "  backup = { data = \"\", password = \"p\" }\n", at: "backup", words: "must not be empty"},
		"empty backup password":  {body: good + "  backup_wo = { data = \"d\", password = \"\" }\n", at: "backup", words: "must not be empty"},
		"account with a dash":    {body: good + "  business_account_id = \"12-3\"\n", at: "business_account_id", words: "digits only"},
		"region in small":        {body: good + "  data_localization_region = \"de\"\n", at: "data_localization_region", words: "two capital letters"},
		"negative timeout":       {body: good + "  timeouts = { create = \"-1s\" }\n", at: "timeouts", words: "positive duration"},
		"timeout of nothing":     {body: good + "  timeouts = { delete = \"0s\" }\n", at: "timeouts", words: "positive duration"},
		"timeout without a unit": {body: good + "  timeouts = { update = \"90\" }\n", at: "timeouts", words: "number with a unit"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			id, body := tt.id, tt.body
			switch id {
			case "":
				id = acctest.New
			case "-":
				id = ""
			}
			if body == "" {
				body = "  pin = var.stored_pin\n"
			}
			w.Setenv("TF_VAR_stored_pin", tt.pin)
			w.Setenv("TF_VAR_pin", tt.pin)
			if tt.pin != "" {
				w.Stored("wrong PIN", tt.pin) // Terraform keeps variables in the plan file
			}
			w.Plan(registration(id, body)).Fails(tt.at, tt.words).Sent()
		})
	}
}

// TestRegistration_unknown plans what is not known yet without an error.
func TestRegistration_unknown(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Change(acctest.New, func(n *sim.Number) { n.Backup = &sim.Backup{Password: "data", Data: "data"} })
	w.Plan(variables + `
resource "terraform_data" "later" {
  input = { id = "106540352242922", account = "102290129340398", pin = "135792", region = "DE", data = "data", timeout = "1m" }
}

resource "whatsapp_phone_registration" "n" {
  phone_number_id          = terraform_data.later.output.id
  pin                      = terraform_data.later.output.pin
  business_account_id      = terraform_data.later.output.account
  data_localization_region = terraform_data.later.output.region
  backup                   = { data = terraform_data.later.output.data, password = terraform_data.later.output.data }
  triggers                 = { t = terraform_data.later.output.data }
  timeouts                 = { create = terraform_data.later.output.timeout }
}
`).Succeeds().Quiet().Sent()
	w.Apply().Succeeds()
	w.Empty()
}

// TestRegistration_preflight warns in the plan of what the apply would run into,
// once, and only reads.
func TestRegistration_preflight(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		id     string
		body   string
		change func(*sim.Number)
		words  []string
	}{
		"on-premises without a backup": {id: acctest.OnPremise, words: []string{"loses its On-Premises profile", "backup_wo"}},
		"in the app":                   {id: acctest.InApp, words: []string{"Business app", "cannot be registered"}},
		"not verified":                 {id: acctest.Unverified, words: []string{"not verified"}},
		"verification expired": {
			id: acctest.New, words: []string{"has expired", "133006"},
			change: func(n *sim.Number) { n.CodeVerificationStatus = "EXPIRED" },
		},
		"adopted":    {id: acctest.Live, words: []string{"is adopted"}},
		"new region": {id: acctest.New, body: `  data_localization_region = "XX"`, words: []string{"not a documented one", "XX is not among `AE`"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			if tt.change != nil {
				w.Change(tt.id, tt.change)
			}
			w.Plan(writeOnly(w, tt.id, w.PIN(), tt.body)).Succeeds().Warns(tt.words...).Sent(acctest.Look)
		})
	}
}

// TestRegistration_waitingName tells of an approved display name that is not in
// force, for a number that is to be adopted and for one that is managed.
func TestRegistration_waitingName(t *testing.T) {
	t.Parallel()
	words := []string{"approved display name of +1 555-010-0102 waits", "Lucky Shrub & Sons", "14 days", "triggers"}
	w := acctest.Start(t)
	pin := w.PIN()
	w.Change(acctest.Live, func(n *sim.Number) { n.NewDisplayName, n.NewNameStatus = "Lucky Shrub & Sons", "APPROVED" })
	w.Plan(writeOnly(w, acctest.Live, pin, "")).Succeeds().Warns(words...)
	w.Apply().Succeeds()
	w.Plan(writeOnly(w, acctest.Live, pin, "")).Warns(words...).Changes(false)

	// What was asked for: registered again with triggers, the name is in force.
	w.Plan(writeOnly(w, acctest.Live, pin, `  triggers = { name = "Lucky Shrub & Sons" }`)).Succeeds().Warns("+1 555-010-0102 is registered again", "one of its ten attempts")
	w.Apply().Succeeds()
	if got := w.Attribute(numberAddress, "verified_name"); got != "Lucky Shrub & Sons" {
		t.Errorf("the name in force is %v", got)
	}
	w.Empty()
}

// TestRegistration_notFound is an error in the plan, at the id.
func TestRegistration_notFound(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Plan(writeOnly(w, "106540352249999", w.PIN(), "")).
		Fails("phone_number_id", "106540352249999 was not found", "the access token may not see this object", "subcode 33")
}

// TestRegistration_account refuses a number that is on another account than the
// declared one, whether the number itself tells or only the account's list.
func TestRegistration_account(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		refused []string
		wrong   []string
		right   []string
	}{
		"told by the number": {nil, []string{acctest.Look}, []string{acctest.Look}},
		"told by the list": {
			[]string{"health_status"},
			[]string{acctest.Look, acctest.Look, acctest.List},
			[]string{acctest.Look, acctest.Look, acctest.List, acctest.List, acctest.List},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			pin := w.PIN()
			w.Change(acctest.New, func(n *sim.Number) { n.RefusedFields = tt.refused })
			w.Plan(writeOnly(w, acctest.New, pin, `  business_account_id = "`+acctest.OtherAccount+`"`)).
				Fails("business_account_id", "not on this WhatsApp Business account", acctest.OtherAccount).Sent(tt.wrong...)
			w.Plan(writeOnly(w, acctest.New, pin, `  business_account_id = "`+acctest.Account+`"`)).Succeeds().Sent(tt.right...)
			w.Apply().Succeeds()
			w.Empty()
			w.Plan(writeOnly(w, acctest.New, pin, `  business_account_id = "`+acctest.OtherAccount+`"`)).Fails("business_account_id", "not on this")
		})
	}
}

// TestRegistration_offline plans without a call when preflight is off.
func TestRegistration_offline(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Setenv("WHATSAPP_PREFLIGHT", "false")
	w.Plan(writeOnly(w, acctest.Live, w.PIN(), "")).Succeeds().Quiet().Sent()
	w.Apply().Succeeds().Warns("is adopted").Sent(acctest.Look, acctest.SetPIN, acctest.Look)
}

// TestRegistration_unreachable says how to plan without the API.
func TestRegistration_unreachable(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Setenv("WHATSAPP_MAX_RETRIES", "1")
	w.Down()
	w.Plan(writeOnly(w, acctest.New, w.PIN(), "")).Fails("", "Could not look at phone number id "+acctest.New, "preflight = false")
}

// TestRegistration_dark warns of a live number that is to be deregistered, once,
// and not of one that stays or is dark already.
func TestRegistration_dark(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Run(writeOnly(w, acctest.New, pin, ""))
	w.Plan(writeOnly(w, acctest.New, pin, ""), "-destroy").Warns("will go dark", "+1 555-010-0100").Sent(acctest.Look, acctest.Look)
	w.Plan(writeOnly(w, acctest.Second, pin, "")).Warns("will go dark", "+1 555-010-0100")

	w.Run(writeOnly(w, acctest.New, pin, "  deregister_on_destroy = false"))
	w.Plan(writeOnly(w, acctest.New, pin, "  deregister_on_destroy = false"), "-destroy").Warns("+1 555-010-0100 stays registered")
}

// TestRegistration_triggersWithoutPIN is refused in the plan.
func TestRegistration_triggersWithoutPIN(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Run(writeOnly(w, acctest.New, pin, ""))
	w.Plan(registration(acctest.New, "  triggers = { a = \"b\" }")).Fails("triggers", "registers the number again", "pin_wo")
	w.Plan(registration(acctest.New, "")).Succeeds()
}
