package phone_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// TestRegistration_create registers a new number with the calls that it takes
// and no others, and keeps the write-only PIN out of everything.
func TestRegistration_create(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	plan, apply := w.Run(writeOnly(w, acctest.New, pin, ""))

	plan.Quiet().Sent(acctest.Look)
	apply.Quiet().Sent(acctest.Look, acctest.Register, acctest.Look, acctest.Look)
	number := mustNumber(t, w, acctest.New)
	if number.PIN != pin || number.Status != "CONNECTED" || w.Attempts(acctest.New) != 1 {
		t.Errorf("the number has PIN %q, status %s, %d attempts", number.PIN, number.Status, w.Attempts(acctest.New))
	}
	for attribute, want := range map[string]any{
		"id": acctest.New, "display_phone_number": "+1 555-010-0100", "verified_name": "Lucky Shrub",
		"status": "CONNECTED", "platform_type": "CLOUD_API", "business_account_id": acctest.Account,
		"pin_wo": nil, "data_localization_region": nil, "deregister_on_destroy": true,
	} {
		if got := w.Attribute(numberAddress, attribute); got != want {
			t.Errorf("%s is %v, want %v", attribute, got, want)
		}
	}
}

// TestRegistration_createStored keeps a PIN in the state when that was asked for,
// leading zero and all, and nowhere else.
func TestRegistration_createStored(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Run(stored(w, acctest.New, pin, ""))
	if got := w.Attribute(numberAddress, "pin"); got != pin {
		t.Errorf("the state has another PIN")
	}
	if mustNumber(t, w, acctest.New).PIN != pin {
		t.Error("the number has another PIN")
	}
}

// TestRegistration_migration moves a number with a megabyte of backup, through
// an answer that takes its time and says success in the other of its two forms.
func TestRegistration_migration(t *testing.T) {
	for name, argument := range map[string]string{
		"write-only": "  backup_wo = var.backup\n",
		"stored":     "  backup = var.stored_backup\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// Fifteen seconds is what Meta allows itself for a migration.
			w := acctest.Start(t, sim.WithRegisterTime(15*time.Second), sim.WithStringSuccess())
			pin, password, data := w.PIN(), w.Text(64), w.Text(1<<20)
			withPIN(w, acctest.OnPremise, pin)
			w.Change(acctest.OnPremise, func(n *sim.Number) { n.Backup = &sim.Backup{Password: password, Data: data} })
			secret, variable := w.Secret, "TF_VAR_backup"
			if name == "stored" {
				secret, variable = w.Stored, "TF_VAR_stored_backup"
			}
			// A megabyte does not fit into one environment variable.
			backup, err := json.Marshal(map[string]string{"password": secret("backup password", password), "data": secret("backup data", data)})
			if err != nil {
				t.Fatal(err)
			}
			w.WriteFile("secret.auto.tfvars.json", fmt.Sprintf(`{%q: %s}`, strings.TrimPrefix(variable, "TF_VAR_"), backup))

			plan := w.Plan(writeOnly(w, acctest.OnPremise, pin, argument)).Succeeds().Quiet()
			plan.Sent(acctest.Look)
			started := time.Now()
			body := ""
			apply := w.Apply().Succeeds().Quiet()
			if took := time.Since(started); took < 15*time.Second {
				t.Errorf("the registration took %v only", took)
			}
			apply.Sent(acctest.Look, acctest.Register, acctest.Look, acctest.Look)
			for _, call := range apply.Calls {
				if call.Route == acctest.Register {
					body = string(call.Body)
				}
			}
			want, err := unescaped(`{"messaging_product":"whatsapp","pin":"` + pin + `","backup":{"password":"` + password + `","data":"` + data + `"}}`)
			if err != nil {
				t.Fatal(err)
			}
			if strings.TrimSpace(body) != want {
				t.Errorf("the body differs from the one wanted: %d bytes instead of %d", len(body), len(want))
			}
			if number := mustNumber(t, w, acctest.OnPremise); number.PlatformType != "CLOUD_API" || number.ProfileLost {
				t.Errorf("the number was not moved with its profile: %+v", number.PlatformType)
			}
			w.Empty()
		})
	}
}

// unescaped makes sure that text is JSON, so that it can be compared as it is.
func unescaped(text string) (string, error) {
	var any json.RawMessage
	return text, json.Unmarshal([]byte(text), &any)
}

// TestRegistration_adopts takes over a number that is registered already.
func TestRegistration_adopts(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		id, body string
		warning  []string
	}{
		"live":         {acctest.Live, "", []string{"registered already and is adopted", "no registration is spent"}},
		"with backup":  {acctest.Live, `  backup_wo = { data = "d", password = "p" }`, []string{"adopted", "The backup is not used."}},
		"with the app": {acctest.Coexisting, "  deregister_on_destroy = false", []string{"adopted", "Business app", "deregister_on_destroy = false"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			pin := w.PIN()
			plan, apply := w.Run(writeOnly(w, tt.id, pin, tt.body))
			plan.Warns(tt.warning...).Sent(acctest.Look)
			apply.Warns(tt.warning...).Sent(acctest.Look, acctest.SetPIN, acctest.Look)
			if w.Attempts(tt.id) != 0 {
				t.Errorf("%d attempts were spent", w.Attempts(tt.id))
			}
			if mustNumber(t, w, tt.id).PIN != pin {
				t.Error("the PIN was not set")
			}
		})
	}
}

// TestRegistration_region sets the storage region before it registers, since it
// cannot be set afterwards.
func TestRegistration_region(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	_, apply := w.Run(writeOnly(w, acctest.New, pin, `  data_localization_region = "DE"`))
	apply.Quiet().Sent(acctest.Look, acctest.SetRegion, acctest.Register, acctest.Look, acctest.Look)
	if got := mustNumber(t, w, acctest.New).Region; got != "DE" {
		t.Errorf("the region is %q", got)
	}

	// Leaving it out later does not take the number down.
	w.Run(writeOnly(w, acctest.New, pin, ""))
	if got := w.Attribute(numberAddress, "data_localization_region"); got != "DE" {
		t.Errorf("the state has the region %v", got)
	}

	// Another one replaces: deregister, set, register.
	plan := w.Plan(writeOnly(w, acctest.New, pin, `  data_localization_region = "CH"`)).Succeeds()
	plan.Warns("will go dark", "+1 555-010-0100")
	w.Apply().Succeeds().Sent(acctest.Deregister, acctest.Look, acctest.SetRegion, acctest.Register, acctest.Look, acctest.Look)
	if got := mustNumber(t, w, acctest.New).Region; got != "CH" {
		t.Errorf("the region is %q", got)
	}
	w.Empty()
}

// TestRegistration_regionOfAdopted refuses a region that a registered number
// does not have, in the plan and, planned offline, in the apply.
func TestRegistration_regionOfAdopted(t *testing.T) {
	t.Parallel()
	words := []string{"another storage region", "keeps its data in Meta's default location, not in DE", "Remove data_localization_region"}
	w := acctest.Start(t)
	config := writeOnly(w, acctest.Live, w.PIN(), `  data_localization_region = "DE"`)
	w.Plan(config).Fails(`data_localization_region = "DE"`, words...).Sent(acctest.Look, acctest.ReadRegion)

	w.Setenv("WHATSAPP_PREFLIGHT", "false")
	w.Plan(config).Succeeds().Sent()
	w.Apply().Fails(`data_localization_region = "DE"`, words...).Sent(acctest.Look, acctest.ReadRegion)

	w.Change(acctest.Live, func(n *sim.Number) { n.Region = "DE" })
	w.Plan(config).Succeeds()
	w.Apply().Succeeds().Sent(acctest.Look, acctest.ReadRegion, acctest.SetPIN, acctest.Look)
	w.Empty()
}

// TestRegistration_regionStays refuses a plan that could not be carried out.
func TestRegistration_regionStays(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Run(writeOnly(w, acctest.New, pin, "  data_localization_region = \"DE\"\n  deregister_on_destroy = false"))
	w.Plan(writeOnly(w, acctest.New, pin, "  data_localization_region = \"CH\"\n  deregister_on_destroy = false")).
		Fails(`data_localization_region = "CH"`, "cannot be changed while the number stays registered", "deregister_on_destroy = true")
}

// TestRegistration_refusesUnregistrable spends no attempt on what cannot work.
func TestRegistration_refusesUnregistrable(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		id    string
		words []string
	}{
		"not verified": {acctest.Unverified, []string{"ownership of +1 555-010-0103 is not verified", "NOT_VERIFIED", "whatsapp_phone_verification"}},
		"in the app":   {acctest.InApp, []string{"in use with the WhatsApp Business app", "cannot be registered"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			w.Plan(writeOnly(w, tt.id, w.PIN(), "")).Succeeds().Warns(append(tt.words, "refused without spending an attempt")...)
			w.Apply().Fails("phone_number_id", append(tt.words, "No registration was attempted")...).Sent(acctest.Look)
			if w.Attempts(tt.id) != 0 {
				t.Errorf("%d attempts were spent", w.Attempts(tt.id))
			}
		})
	}
}

// TestRegistration_backupReplacesVerification registers an unverified number
// that has a backup at hand.
func TestRegistration_backupReplacesVerification(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Change(acctest.Unverified, func(n *sim.Number) { n.Backup = &sim.Backup{Password: "p", Data: "d"} })
	plan, _ := w.Run(writeOnly(w, acctest.Unverified, w.PIN(), `  backup_wo = { data = "d", password = "p" }`))
	plan.Quiet()
}

// TestRegistration_waits looks until the number is connected, however late the
// registration shows.
func TestRegistration_waits(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t, sim.WithStaleReads(2), sim.WithPolls(3))
	_, apply := w.Run(writeOnly(w, acctest.New, w.PIN(), ""))
	apply.Quiet()
	if apply.Count(acctest.Register) != 1 || apply.Count(acctest.Look) != 1+2+3+1 {
		t.Errorf("asked %q", apply.Asked)
	}
}

// TestRegistration_slowStatus keeps what was registered although its status
// never became what it should within the time.
func TestRegistration_slowStatus(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t, sim.WithPolls(1000))
	w.Plan(writeOnly(w, acctest.New, w.PIN(), "  timeouts = { create = \"1s\" }")).Succeeds()
	w.Apply().Succeeds().Warns("registered but not connected yet", "PENDING", "Nothing has to be done again")
	if got := w.Attribute(numberAddress, "status"); got != "PENDING" {
		t.Errorf("the status in the state is %v", got)
	}
	w.Empty()
	if w.Registrations(acctest.New) != 1 {
		t.Errorf("%d registrations", w.Registrations(acctest.New))
	}
}

// TestRegistration_unreadableAfterwards keeps what was registered although it
// could not be read any more.
func TestRegistration_unreadableAfterwards(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Plan(writeOnly(w, acctest.New, w.PIN(), "")).Succeeds()
	w.Inject(sim.Fault{Route: acctest.Look, Skip: 1, Times: -1, Kind: sim.FaultError, Status: 403, Code: 200})
	w.Apply().Succeeds().Warns("registered but not connected yet", "whatsapp_business_management")
	if w.Registrations(acctest.New) != 1 {
		t.Errorf("%d registrations", w.Registrations(acctest.New))
	}
	w.Attribute(numberAddress, "id")
}

// numberAddress is the address of the resource that registration declares.
const numberAddress = "whatsapp_phone_registration.n"

// mustNumber is the simulator's truth about a number.
func mustNumber(t *testing.T, w *acctest.World, id string) sim.Number {
	t.Helper()
	number, ok := w.Number(id)
	if !ok {
		t.Fatalf("the simulator has no number %s", id)
	}
	return number
}
