package phone_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// block is how long an account is blocked in these tests: twenty of the short minutes
// of a test.
const block = 2 * time.Second

// twoAccounts registers a number on each of two accounts, and has the next look at the
// first one throttled.
func twoAccounts(t *testing.T, w *acctest.World) {
	t.Helper()
	w.Run(writeOnly(w, acctest.New, w.PIN(), "  business_account_id = \""+acctest.Account+"\"\n") + `
resource "whatsapp_phone_registration" "second" {
  phone_number_id     = "` + acctest.Second + `"
  business_account_id = "` + acctest.OtherAccount + `"
  pin_wo              = var.pin
  pin_wo_version      = 1
}
`)
}

// A throttled account holds up nobody else, and is not called until its time is over.
func TestRegistration_throttledAccount(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	twoAccounts(t, w)
	w.Inject(sim.Fault{Route: acctest.Look, Kind: sim.FaultThrottle, RegainMinutes: 20})
	plan := w.Terraform("plan", "-json", "-input=false", "-detailed-exitcode").Succeeds().Changes(false)
	blocked, until := "", time.Time{}
	for _, call := range plan.Calls {
		id := call.Path[strings.LastIndex(call.Path, "/")+1:]
		if call.Fault == "throttle" {
			blocked, until = id, call.Time.Add(block)
		} else if early := until.Sub(call.Time); (id == blocked) == (early > 0) {
			t.Errorf("number %s was called %s before the block of %s was over", id, early, blocked)
		}
	}
	if blocked == "" || len(plan.Calls) != 3 {
		t.Errorf("asked %q", plan.Asked)
	}
}

// A block that is longer than the operation may take ends it at once, with an error
// that says how long to wait.
func TestRegistration_throttledTooLong(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Run(writeOnly(w, acctest.New, w.PIN(), "  timeouts = { delete = \"5s\" }\n"))
	w.Inject(sim.Fault{Route: acctest.Deregister, Kind: sim.FaultThrottle, RegainMinutes: 60, Times: -1})
	began := time.Now()
	w.Destroy().Fails("", "#80008", "safe in an hour")
	if took := time.Since(began); took > 8*time.Second {
		t.Errorf("took %s", took)
	}
}

// An interrupt ends a wait for the end of a block.
func TestRegistration_throttledInterrupt(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	twoAccounts(t, w)
	w.Inject(sim.Fault{Route: acctest.Look, Kind: sim.FaultThrottle, RegainMinutes: 60, Times: -1})
	cmd := w.Command("plan", "-input=false")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for len(w.Calls()) == 0 && ctx.Err() == nil {
		time.Sleep(5 * time.Millisecond)
	}
	time.Sleep(50 * time.Millisecond)
	asked := len(w.Calls())
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	_ = cmd.Wait() // it failed, as it was told to
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("took %s to end", took)
	}
	if now := len(w.Calls()); now != asked {
		t.Errorf("%d calls went out during the block", now-asked)
	}
	if state := w.State(); len(state) != 2 {
		got, _ := json.Marshal(state)
		t.Errorf("the state is %s", got)
	}
}
