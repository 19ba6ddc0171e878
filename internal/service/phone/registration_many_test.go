package phone_test

import (
	"fmt"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// The numbers of one account in the test below, and the pages of its list.
const (
	many  = 250
	pages = 3
)

// TestRegistration_many has two hundred and fifty numbers of one account. It counts what
// their plan, their registration, a plan without a change and their end cost, which the guide says;
// then the API says in the middle of a refresh to wait, and then the user ends one.
func TestRegistration_many(t *testing.T) {
	t.Parallel()
	world := fleet(1, many)
	numbers := world.Accounts[0].Numbers
	for i := range numbers {
		numbers[i].PlatformType, numbers[i].Status, numbers[i].PIN = "NOT_APPLICABLE", "DISCONNECTED", ""
		numbers[i].CodeVerificationStatus = "VERIFIED"
	}
	w := acctest.StartWith(t, world, sim.WithPageSize(100), sim.WithPolls(0))
	w.Setenv("TF_LOG", "INFO") // a trace of this many is long
	w.UseBinary()              // and so is what the provider logs in this process
	w.Setenv("TF_VAR_pin", w.Secret("PIN", w.PIN()))
	config := fmt.Sprintf(`%s
resource "whatsapp_phone_registration" "n" {
  for_each            = { for i in range(%d) : format("4%%014d", i + 1) => %q }
  phone_number_id     = each.key
  business_account_id = each.value
  pin_wo              = var.pin
  pin_wo_version      = 1
}
`, variables, many, firstID)
	cost(t, "the first plan", w.Plan(config).Succeeds(), 1, 1, 0)
	cost(t, "the first apply", w.Apply().Succeeds(), 1+many, 1+2*many, many) // those that wait for long are looked at again
	cost(t, "a plan without a change", w.Plan(config).Succeeds().Changes(false), 1, 1, 0)
	cancelled(t, w)
	w.UseTest() // which waits less
	throttled(t, w)
	w.UseBinary()
	// Terraform refreshes, and plans the end with another provider: both read the list.
	gone := w.Destroy().Succeeds()
	if gone.Count(acctest.Look) != 2 || gone.Count(acctest.List) != 2*pages || gone.Count(acctest.Deregister) != many || len(gone.Asked) != 2+2*pages+many {
		t.Errorf("the end: %d looks at a number, %d pages, %d de-registrations, %d calls in all",
			gone.Count(acctest.Look), gone.Count(acctest.List), gone.Count(acctest.Deregister), len(gone.Asked))
	}
}

// cost fails the test unless a run looked at so many numbers, at least and at most, read
// the list once, and registered so many.
func cost(t *testing.T, what string, r *acctest.Result, least, most, registrations int) {
	t.Helper()
	looks := r.Count(acctest.Look)
	if looks < least || looks > most || r.Count(acctest.List) != pages || r.Count(acctest.Register) != registrations || len(r.Asked) != looks+pages+registrations {
		t.Errorf("%s: %d looks at a number, %d pages, %d registrations, %d calls in all",
			what, looks, r.Count(acctest.List), r.Count(acctest.Register), len(r.Asked))
	}
}

// throttled is told to wait at the last page of the list. It asks nothing for as long,
// goes on where it was, and finds all numbers.
func throttled(t *testing.T, w *acctest.World) {
	t.Helper()
	const minutes = 20
	w.Inject(sim.Fault{Route: acctest.List, Skip: pages - 1, Kind: sim.FaultThrottle, RegainMinutes: minutes})
	r := w.Terraform("plan", "-json", "-input=false", "-detailed-exitcode").Succeeds().Quiet().Changes(false)
	if left := w.Unspent(); len(left) > 0 {
		t.Fatalf("nothing was throttled: %v", left)
	}
	if r.Count(acctest.Look) != 1 || r.Count(acctest.List) != pages+1 || len(r.Asked) != pages+2 {
		t.Errorf("asked %q", r.Asked)
	}
	const underway = 200 * time.Millisecond // what was sent before the answer came may arrive after it
	told := r.Calls[slices.IndexFunc(r.Calls, func(c sim.Call) bool { return c.Fault != "" })].Time
	for _, call := range r.Calls {
		if since := call.Time.Sub(told); since > underway && since < minutes*acctest.Tempo.Minute {
			t.Errorf("%s was asked %v after the API said to wait %v", call.Route, since, minutes*acctest.Tempo.Minute)
		}
	}
}

// cancelled ends a plan that waits for the second page of the list as soon as the user
// asks for it.
func cancelled(t *testing.T, w *acctest.World) {
	t.Helper()
	w.Inject(sim.Fault{Route: acctest.List, Skip: 1, Delay: time.Minute})
	w.ForgetCalls()
	plan := w.Command("plan", "-input=false", "-no-color")
	plan.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := plan.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the second page", func() bool { return w.Count(acctest.List) == 2 })
	begun := time.Now()
	interrupt(t, plan, syscall.SIGINT)
	if took := time.Since(begun); took > 5*time.Second { // less than two on a machine that has nothing else to do
		t.Errorf("it took %v to end", took)
	} else {
		t.Logf("it ended %v after the interrupt", took)
	}
}

// TestRegistration_accountIsANumber names the id of a number where that of an account
// belongs.
func TestRegistration_accountIsANumber(t *testing.T) {
	t.Parallel()
	for name, account := range map[string]string{"its own": acctest.New, "of another": acctest.Live} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			w.Plan(writeOnly(w, acctest.New, w.PIN(), `  business_account_id = "`+account+`"`)).
				Fails("business_account_id", "not on this WhatsApp Business account", account, acctest.Account).
				Sent(acctest.Look)
		})
	}
}

// TestRegistration_accountIsANumberTwice does the same with two numbers, for which the list
// of the account is tried first.
func TestRegistration_accountIsANumberTwice(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Setenv("TF_VAR_pin", w.Secret("PIN", w.PIN()))
	r := w.Plan(fmt.Sprintf(`%s
resource "whatsapp_phone_registration" "n" {
  for_each            = { new = %q, on_premise = %q }
  phone_number_id     = each.value
  business_account_id = %q
  pin_wo              = var.pin
  pin_wo_version      = 1
}
`, variables, acctest.New, acctest.OnPremise, acctest.Live))
	for _, id := range []string{acctest.New, acctest.OnPremise} {
		r.Fails("business_account_id", "id "+id+") belongs to account "+acctest.Account+", not to "+acctest.Live)
	}
	if r.Count(acctest.Look) != 2 || r.Count(acctest.List) != 1 {
		t.Errorf("asked %q", r.Asked)
	}
}
