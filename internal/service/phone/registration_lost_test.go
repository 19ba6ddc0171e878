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
// done, with a warning, when the number cannot be read: another would cost more.
func TestRegistration_triggersUnread(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Run(stored(w, acctest.New, pin, ""))
	w.Plan(stored(w, acctest.New, pin, `  triggers = { name = "a" }`)).Succeeds()
	w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultResetBefore})
	w.Inject(forbidden(acctest.Look, 1, -1))
	w.Apply().Succeeds().Warns("not known whether +1 555-010-0100 was registered again", "could not be read afterwards").
		Sent(acctest.Look, acctest.Register, acctest.Look)
	if got := w.Attribute(numberAddress, "triggers"); got == nil {
		t.Error("the next apply would register the number once more")
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

// TestRegistration_timeUp says that the time was up, and not that the API could
// not be reached.
func TestRegistration_timeUp(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Setenv("WHATSAPP_PREFLIGHT", "false")
	w.Plan(writeOnly(w, acctest.New, w.PIN(), `  timeouts = { create = "200ms" }`)).Succeeds()
	w.Inject(sim.Fault{Route: acctest.Look, Times: -1, Delay: time.Second})
	w.Apply().Fails("", "The time for this operation was up", "timeouts")
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

// TestRegistration_triggersFailWriteOnly keeps the version that was acted on after
// half of an update failed, and the write-only PIN out of the state all the same.
func TestRegistration_triggersFailWriteOnly(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Run(writeOnly(w, acctest.New, w.PIN(), ""))
	w.Setenv("TF_VAR_pin", w.Secret("new PIN", w.PIN()))
	config := registration(acctest.New, "  pin_wo = var.pin\n  pin_wo_version = 2\n  triggers = { a = \"b\" }\n")
	w.Plan(config).Succeeds()
	w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultError, Code: 133016})
	w.Apply().Fails("phone_number_id", "72 hours")
	if got := w.Attribute(numberAddress, "pin_wo_version"); got != float64(2) {
		t.Errorf("the state has version %v", got)
	}
	w.Plan(config).Succeeds()
	w.Apply().Succeeds().Sent(acctest.Look, acctest.Register, acctest.Look)
	w.Empty()
}
