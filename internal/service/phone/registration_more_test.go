package phone_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// forbidden is an answer after which reading again would not help.
func forbidden(route string, skip, times int) sim.Fault {
	return sim.Fault{Route: route, Skip: skip, Times: times, Kind: sim.FaultError, Status: 403, Code: 10}
}

// replacing replaces the registration in the order that keeps a number live.
const replacing = "  lifecycle {\n    create_before_destroy = true\n  }"

// TestRegistration_accountOfflinePlan refuses, before anything is written, a
// number on another account than the declared one when the plan was made
// without a look.
func TestRegistration_accountOfflinePlan(t *testing.T) {
	t.Parallel()
	for name, id := range map[string]string{"not registered": acctest.New, "live": acctest.Live} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			w.Setenv("WHATSAPP_PREFLIGHT", "false")
			w.Plan(writeOnly(w, id, w.PIN(), `  business_account_id = "`+acctest.OtherAccount+`"`)).Succeeds().Sent()
			w.Apply().Fails("business_account_id", "not on this WhatsApp Business account", acctest.OtherAccount).Sent(acctest.Look)
			if len(w.State()) != 0 {
				t.Error("the state holds a number of another account")
			}
		})
	}
}

// TestRegistration_regionRefused registers nothing when the storage region could
// not be set, since afterwards it is too late for it.
func TestRegistration_regionRefused(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), `  data_localization_region = "DE"`)
	w.Inject(forbidden(acctest.SetRegion, 0, 1))
	w.Plan(config).Succeeds()
	w.Apply().Fails("", "Could not set the storage region of phone number +1 555-010-0100", "whatsapp_business_management").
		Sent(acctest.Look, acctest.SetRegion)
	if w.Attempts(acctest.New) != 0 || len(w.State()) != 0 {
		t.Errorf("%d attempts, state %v", w.Attempts(acctest.New), w.State())
	}
	w.Plan(config).Succeeds()
	w.Apply().Succeeds()
	w.Empty()
}

// TestRegistration_successorRegisters leaves a number live that the successor
// had to register, as it does one that the successor adopted.
func TestRegistration_successorRegisters(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), replacing)
	w.Run(config)
	w.Plan(config, "-replace="+numberAddress).Succeeds()
	w.Deregister(acctest.New)
	w.Apply().Succeeds().Warns("was not deregistered", "taken over in this apply").
		Sent(acctest.Look, acctest.Register, acctest.Look, acctest.Look)
	if n := mustNumber(t, w, acctest.New); n.PlatformType != "CLOUD_API" {
		t.Errorf("the number went dark: %s", n.PlatformType)
	}
	w.Empty()
}

// TestRegistration_failedMigrationUnread says that it is not known where a number
// is after a migration failed and the number could not be read.
func TestRegistration_failedMigrationUnread(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultError, Code: 133016})
	w.Plan(writeOnly(w, acctest.OnPremise, w.PIN(), `  backup_wo = { data = "d", password = "p" }`)).Succeeds()
	w.Inject(forbidden(acctest.Look, 1, -1))
	w.Apply().Fails("phone_number_id", "code 133016", "The Cloud API could not be asked where the number is", "#10").
		Sent(acctest.Look, acctest.Register, acctest.Look)
}

// TestRegistration_lostAnswerWaits waits for a number to be connected also when
// only reading could tell that it was registered.
func TestRegistration_lostAnswerWaits(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t, sim.WithStaleReads(1), sim.WithPolls(3))
	w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultResetAfter})
	w.Plan(writeOnly(w, acctest.New, w.PIN(), "")).Succeeds()
	w.Apply().Succeeds().Quiet()
	if got := w.Attribute(numberAddress, "status"); got != "CONNECTED" {
		t.Errorf("the state has the status %v", got)
	}
}

// TestRegistration_lostAnswerUnread says so when neither the answer to the
// registration nor the number itself could be read, and repeats nothing.
func TestRegistration_lostAnswerUnread(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Plan(writeOnly(w, acctest.New, w.PIN(), "")).Succeeds()
	w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultResetBefore})
	w.Inject(forbidden(acctest.Look, 1, -1))
	apply := w.Apply().Fails("", "not known whether +1 555-010-0100 was registered", "could not be read afterwards either",
		"whatsapp_business_management", "Nothing was repeated")
	if apply.Count(acctest.Register) != 1 {
		t.Errorf("asked %q", apply.Asked)
	}
}

// TestRegistration_readsThroughTrouble goes on waiting for a registered number
// while reading it fails in ways that pass.
func TestRegistration_readsThroughTrouble(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sim.Fault{
		"HTML":      {Kind: sim.FaultHTML},
		"reset":     {Kind: sim.FaultResetBefore},
		"throttled": {Kind: sim.FaultThrottle, RegainMinutes: 1},
		"no sense":  {Kind: sim.FaultEmpty},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			w.Setenv("WHATSAPP_MAX_RETRIES", "0")
			w.Plan(writeOnly(w, acctest.New, w.PIN(), "")).Succeeds()
			fault.Route, fault.Skip, fault.Times = acctest.Look, 1, 3
			w.Inject(fault)
			w.Apply().Succeeds().Quiet()
			if got := w.Attribute(numberAddress, "status"); got != "CONNECTED" {
				t.Errorf("the state has the status %v", got)
			}
			if len(w.Unspent()) != 0 {
				t.Error("there was no trouble")
			}
		})
	}
}

// TestRegistration_triggersUnread takes a registration whose answer was lost for
// one that did not happen when the number cannot be read.
func TestRegistration_triggersUnread(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Run(stored(w, acctest.New, pin, ""))
	w.Plan(stored(w, acctest.New, pin, `  triggers = { name = "a" }`)).Succeeds()
	w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultResetBefore})
	w.Inject(forbidden(acctest.Look, 1, -1))
	w.Apply().Fails("", "Could not register phone number +1 555-010-0100").Sent(acctest.Look, acctest.Register, acctest.Look)
	if got := w.Attribute(numberAddress, "triggers"); got != nil {
		t.Errorf("the state has the triggers %v, which were not acted on", got)
	}
}

// TestRegistration_triggersFailKnown keeps what was known of a number whose PIN
// was set and which could not be registered again.
func TestRegistration_triggersFailKnown(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Run(stored(w, acctest.New, w.PIN(), ""))
	before := w.State()[numberAddress]
	w.Plan(stored(w, acctest.New, w.PIN(), `  triggers = { name = "a" }`)).Succeeds()
	w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultError, Code: 133016})
	w.Apply().Fails("phone_number_id", "72 hours")
	after := w.State()[numberAddress]
	before["pin"] = after["pin"]
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("beside the PIN, the state changed (-before +after):\n%s", diff)
	}
}

// TestRegistration_adoptionWithoutPIN adopts no number whose PIN could not be set.
func TestRegistration_adoptionWithoutPIN(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.Live, w.PIN(), "")
	w.Plan(config).Succeeds()
	w.Inject(forbidden(acctest.SetPIN, 0, 1))
	w.Apply().Fails("", "Could not set the PIN of phone number +1 555-010-0102", "which is registered already").Sent(acctest.Look, acctest.SetPIN)
	if len(w.State()) != 0 {
		t.Error("the state holds a number that was not taken over")
	}
	w.Plan(config).Succeeds()
	w.Apply().Succeeds()
	w.Empty()
}

// TestRegistration_triggersWhileDark sees that a registration whose answer was
// lost did not take effect when the number has gone dark meanwhile.
func TestRegistration_triggersWhileDark(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Run(stored(w, acctest.New, pin, ""))
	w.Plan(stored(w, acctest.New, pin, `  triggers = { name = "a" }`)).Succeeds()
	w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultResetBefore, Delay: time.Second})
	w.ForgetCalls()
	apply := w.Command("apply", "-no-color", "-input=false", "tfplan")
	var printed bytes.Buffer
	apply.Stdout, apply.Stderr = &printed, &printed
	if err := apply.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the registration to begin", func() bool { return w.Count(acctest.Register) == 1 })
	w.Deregister(acctest.New)
	if err := apply.Wait(); err == nil || !strings.Contains(printed.String(), "was not registered again") {
		t.Errorf("%v:\n%s", err, printed.String())
	}
	if got := w.Attribute(numberAddress, "triggers"); got != nil {
		t.Errorf("the state has the triggers %v, which were not acted on", got)
	}
}

// TestRegistration_triggersLeaveTheBackup out: it moved the number when the
// resource was created, and registering again moves nothing.
func TestRegistration_triggersLeaveTheBackup(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	backup := sim.Backup{Password: "correct-horse-battery", Data: "kJ8xQ9mZkJ8xQ9mZ"}
	w.Change(acctest.OnPremise, func(n *sim.Number) { n.Backup = &backup })
	w.Setenv("TF_VAR_backup", `{"data":"`+w.Secret("data", backup.Data)+`","password":"`+w.Secret("backup password", backup.Password)+`"}`)
	pin := w.PIN()
	w.Run(writeOnly(w, acctest.OnPremise, pin, "  backup_wo = var.backup\n"))
	w.Plan(writeOnly(w, acctest.OnPremise, pin, "  backup_wo = var.backup\n  triggers = { name = \"a\" }\n")).Succeeds()
	apply := w.Apply().Succeeds()
	for _, call := range apply.Calls {
		if call.Route == acctest.Register && strings.Contains(string(call.Body), "backup") {
			t.Error("the backup was sent again")
		}
	}
	if apply.Count(acctest.Register) != 1 {
		t.Errorf("asked %q", apply.Asked)
	}
}

// TestRegistration_bannedFromTheStart tells of a banned number already when it is
// adopted or imported.
func TestRegistration_bannedFromTheStart(t *testing.T) {
	t.Parallel()
	t.Run("adopted", func(t *testing.T) {
		t.Parallel()
		w := acctest.Start(t)
		w.Ban(acctest.Live)
		w.Plan(writeOnly(w, acctest.Live, w.PIN(), "")).Succeeds()
		w.Apply().Succeeds().Warns("Meta has banned +1 555-010-0102", "Business Support Home")
	})
	t.Run("imported", func(t *testing.T) {
		t.Parallel()
		w := acctest.Start(t)
		w.Ban(acctest.Live)
		w.Plan(registration(acctest.Live, "") + importing(acctest.Live)).Succeeds().Warns("Meta has banned +1 555-010-0102")
	})
}

// importing is the block that imports a number.
func importing(id string) string {
	return "\nimport {\n  to = " + numberAddress + "\n  id = \"" + id + "\"\n}\n"
}

// TestRegistration_importRegionUnread imports a number whose storage region
// cannot be read, and warns of what a declared region would do.
func TestRegistration_importRegionUnread(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Inject(forbidden(acctest.ReadRegion, 0, -1))
	w.Plan(registration(acctest.Live, "")+importing(acctest.Live)).Succeeds().
		Warns("storage region of phone number id "+acctest.Live+" was not imported", "the plan will replace the registration", "code 10")
	w.Apply().Succeeds().Sent()
	w.Empty()
}

// TestRegistration_accountLearntLater fills in the account of a number as soon as
// the API tells it.
func TestRegistration_accountLearntLater(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Change(acctest.New, func(n *sim.Number) { n.RefusedFields = []string{"health_status"} })
	w.Run(config)
	if got := w.Attribute(numberAddress, "business_account_id"); got != nil {
		t.Fatalf("the account is %v already", got)
	}
	w.Change(acctest.New, func(n *sim.Number) { n.RefusedFields = nil })
	w.Terraform("apply", "-json", "-auto-approve", "-refresh-only").Succeeds().Quiet()
	if got := w.Attribute(numberAddress, "business_account_id"); got != acctest.Account {
		t.Errorf("the account is %v", got)
	}
	w.Empty()
}

// TestRegistration_notFoundWithoutAccount believes no "not found" of a number
// whose account it never learnt.
func TestRegistration_notFoundWithoutAccount(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Change(acctest.New, func(n *sim.Number) { n.RefusedFields = []string{"health_status"} })
	w.Run(config)
	w.Forbid(acctest.New, true)
	w.Plan(config).Fails("phone_number_id", "cannot be seen any more", "Its account is not known", "stays in the state").Sent(acctest.Look)
	w.Attribute(numberAddress, "id")
}

// TestRegistration_destroyUnread keeps a number in the state when neither the
// deregistration nor a look at it says that it is off.
func TestRegistration_destroyUnread(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Run(config)
	w.Plan(config, "-destroy").Succeeds()
	w.Inject(sim.Fault{Route: acctest.Deregister, Kind: sim.FaultResetBefore})
	w.Inject(forbidden(acctest.Look, 0, -1))
	w.Apply().Fails("", "Could not deregister phone number id "+acctest.New).Sent(acctest.Deregister, acctest.Look)
	w.Attribute(numberAddress, "id")
}

// TestRegistration_destroyOffline plans a destroy although nothing can be asked,
// and warns by what the state says.
func TestRegistration_destroyOffline(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Setenv("WHATSAPP_MAX_RETRIES", "0")
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Run(config)
	w.Down()
	w.Plan(config, "-destroy", "-refresh=false").Succeeds().Warns("+1 555-010-0100 is live and will go dark")

	// Nor is anything asked when planning must not.
	if err := w.Up(); err != nil {
		t.Fatal(err)
	}
	w.Setenv("WHATSAPP_PREFLIGHT", "false")
	w.Plan(config, "-destroy", "-refresh=false").Succeeds().Warns("+1 555-010-0100 is live and will go dark").Sent()
}

// TestRegistration_darkAlready plans the end of a number without a warning when
// it has gone dark since the state was written.
func TestRegistration_darkAlready(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Run(config)
	w.Deregister(acctest.New)
	w.Plan(config, "-destroy", "-refresh=false").Succeeds().Quiet().Sent(acctest.Look)
	w.Apply().Succeeds().Sent(acctest.Deregister)
}

// TestRegistration_darkWithTheApp says in the plan that a number in use with the
// Business app cannot be deregistered, and keeps it when that was tried.
func TestRegistration_darkWithTheApp(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.Coexisting, w.PIN(), "  deregister_on_destroy = true")
	w.Plan(config).Succeeds()
	w.Apply().Succeeds()
	w.Plan(config, "-destroy").Succeeds().Warns("+1 555-010-0104", "cannot be deregistered through the API, so the destroy will fail", "deregister_on_destroy = false")
	w.Apply().Fails("", "Business app cannot be deregistered").Sent(acctest.Deregister, acctest.Look)
	w.Attribute(numberAddress, "id")
}

// TestRegistration_newRegionUnheardOf warns of a region that is not documented
// also when it replaces a registration.
func TestRegistration_newRegionUnheardOf(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Run(writeOnly(w, acctest.New, pin, ""))
	w.Plan(writeOnly(w, acctest.New, pin, `  data_localization_region = "XX"`)).Succeeds().
		Warns("region XX is not a documented one").Warns("will go dark")
}

// TestRegistration_otherNumberElsewhere replaces a number by one in another
// region although the first is to stay registered where it is.
func TestRegistration_otherNumberElsewhere(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Run(writeOnly(w, acctest.New, pin, "  data_localization_region = \"DE\"\n  deregister_on_destroy = false"))
	w.Plan(writeOnly(w, acctest.Second, pin, "  data_localization_region = \"CH\"\n  deregister_on_destroy = false")).Succeeds().
		Warns("+1 555-010-0100 stays registered")
	w.Apply().Succeeds()
	if n := mustNumber(t, w, acctest.New); n.PlatformType != "CLOUD_API" || n.Region != "DE" {
		t.Errorf("the first number is on %s, region %q", n.PlatformType, n.Region)
	}
	if n := mustNumber(t, w, acctest.Second); n.PlatformType != "CLOUD_API" || n.Region != "CH" {
		t.Errorf("the second number is on %s, region %q", n.PlatformType, n.Region)
	}
	w.Empty()
}

// TestRegistration_nameInReview says nothing of a display name that is not
// approved: registering again would not bring it into force.
func TestRegistration_nameInReview(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Run(config)
	for _, review := range []string{"PENDING_REVIEW", "DECLINED"} {
		w.Change(acctest.New, func(n *sim.Number) { n.NewDisplayName, n.NewNameStatus = "Lucky Shrub & Sons", review })
		w.Plan(config).Changes(false).Quiet()
	}
}

// TestRegistration_otherDigits brings the number into the state that stands
// behind the id now, if it is really another one.
func TestRegistration_otherDigits(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Run(writeOnly(w, acctest.New, w.PIN(), ""))
	w.Change(acctest.New, func(n *sim.Number) { n.DisplayPhoneNumber = "+1 555-010-0199" })
	w.Terraform("apply", "-json", "-auto-approve", "-refresh-only").Succeeds()
	if got := w.Attribute(numberAddress, "display_phone_number"); got != "+1 555-010-0199" {
		t.Errorf("the display number in the state is %v", got)
	}
}

// TestRegistration_blame shows what Meta refuses at the argument that has to be
// changed.
func TestRegistration_blame(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		fault sim.Fault
		at    string
		words string
	}{
		"not found":       {sim.Fault{Code: 100, Subcode: 33}, "phone_number_id", "the access token may not see this object"},
		"just deleted":    {sim.Fault{Code: 133015, Times: -1}, "phone_number_id", "Wait five minutes"},
		"easily guessed":  {sim.Fault{Code: 100, Subcode: 2388092}, "pin_wo =", "easily guessed"},
		"not permitted":   {sim.Fault{Code: 200, Status: 403}, "", "system user"},
		"permission gone": {sim.Fault{Code: 294, Status: 403}, "", "system user"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			w.Setenv("WHATSAPP_MAX_RETRIES", "1")
			tt.fault.Route, tt.fault.Kind = acctest.Register, sim.FaultError
			w.Inject(tt.fault)
			w.Plan(writeOnly(w, acctest.New, w.PIN(), "")).Succeeds()
			w.Apply().Fails(tt.at, tt.words, "Could not register phone number +1 555-010-0100")
		})
	}
}

// TestRegistration_accountUnknown plans for an account that is known only after
// apply, and checks it then.
func TestRegistration_accountUnknown(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	config := func(account string) string {
		return writeOnly(w, acctest.New, pin, "  business_account_id = terraform_data.later.output\n") +
			"\nresource \"terraform_data\" \"later\" {\n  input = \"" + account + "\"\n}\n"
	}
	w.Plan(config(acctest.OtherAccount)).Succeeds().Quiet()
	w.Apply().Fails("business_account_id", "not on this WhatsApp Business account")
	if w.Attempts(acctest.New) != 0 {
		t.Errorf("%d attempts", w.Attempts(acctest.New))
	}
	w.Run(config(acctest.Account))
}

// TestRegistration_driftWarns warns of what stands in the way of registering
// a number anew that was taken off the Cloud API.
func TestRegistration_driftWarns(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Run(config)
	w.Deregister(acctest.New)
	w.Change(acctest.New, func(n *sim.Number) { n.CodeVerificationStatus = "EXPIRED" })
	w.Plan(config).Changes(true).Warns("no longer registered").Warns("verification of +1 555-010-0100 has expired").
		Sent(acctest.Look)
}

// TestRegistration_backupInsteadOfCode says nothing of an expired verification
// when there is a backup, which takes its place.
func TestRegistration_backupInsteadOfCode(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Change(acctest.OnPremise, func(n *sim.Number) { n.CodeVerificationStatus = "EXPIRED" })
	w.Plan(writeOnly(w, acctest.OnPremise, w.PIN(), `  backup_wo = { data = "d", password = "p" }`)).Succeeds().Quiet()
}

// TestRegistration_noToken says where the access token goes.
func TestRegistration_noToken(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Setenv("WHATSAPP_ACCESS_TOKEN", "")
	w.Plan(writeOnly(w, acctest.New, w.PIN(), "")).Fails("", "No access token", "access_token in the provider block", "WHATSAPP_ACCESS_TOKEN").Sent()
}

// TestRegistration_replaced plans a replacement that was asked for by command as
// what it is: the number is not adopted.
func TestRegistration_replaced(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Run(config)
	if plan := w.Plan(config, "-replace="+numberAddress).Changes(true).Sent(acctest.Look); strings.Contains(plan.Output, "adopted") {
		t.Errorf("the plan speaks of an adoption:\n%s", plan.Output)
	}
	w.Apply().Succeeds()
	if w.Registrations(acctest.New) != 2 {
		t.Errorf("%d registrations", w.Registrations(acctest.New))
	}
	w.Empty()
}
