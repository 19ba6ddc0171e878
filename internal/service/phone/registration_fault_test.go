package phone_test

import (
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// TestRegistration_lostAnswer finds out by reading what became of a registration
// whose answer did not arrive, and never repeats it.
func TestRegistration_lostAnswer(t *testing.T) {
	t.Parallel()
	faults := map[string]sim.Fault{
		"reset":           {Kind: sim.FaultResetAfter},
		"cut in half":     {Kind: sim.FaultTruncate},
		"HTML":            {Kind: sim.FaultHTMLAfter},
		"empty":           {Kind: sim.FaultEmpty},
		"bare 500":        {Kind: sim.FaultErrorAfter, Status: 500},
		"bare 504":        {Kind: sim.FaultErrorAfter, Status: 504},
		"131000":          {Kind: sim.FaultErrorAfter, Status: 500, Code: 131000},
		"2, transient":    {Kind: sim.FaultErrorAfter, Status: 503, Code: 2, Transient: true},
		"no answer in 1s": {Kind: sim.FaultNone, Delay: 3 * time.Second},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t, sim.WithStaleReads(2))
			w.Setenv("WHATSAPP_REQUEST_TIMEOUT", "1s")
			fault.Route = acctest.Register
			w.Inject(fault)
			w.Plan(writeOnly(w, acctest.New, w.PIN(), "")).Succeeds()
			apply := w.Apply().Succeeds()
			if apply.Count(acctest.Register) != 1 || w.Registrations(acctest.New) != 1 {
				t.Errorf("%d registrations, asked %q", w.Registrations(acctest.New), apply.Asked)
			}
			w.Empty()
		})
	}
}

// TestRegistration_lostRequest says that nothing was repeated when a registration
// whose answer did not arrive has not taken effect either. The next apply
// finishes the job.
func TestRegistration_lostRequest(t *testing.T) {
	t.Parallel()
	faults := map[string]sim.Fault{
		"reset":    {Kind: sim.FaultResetBefore},
		"HTML 502": {Kind: sim.FaultHTML, Status: 502},
		"131016":   {Kind: sim.FaultError, Status: 500, Code: 131016},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			fault.Route = acctest.Register
			w.Inject(fault)
			w.Plan(writeOnly(w, acctest.New, w.PIN(), `  timeouts = { create = "1s" }`)).Succeeds()
			apply := w.Apply().Fails("", "not known whether +1 555-010-0100 was registered", "Nothing was repeated", "status DISCONNECTED", "terraform apply again")
			if apply.Count(acctest.Register) != 1 || w.Registrations(acctest.New) != 0 {
				t.Errorf("%d registrations, asked %q", w.Registrations(acctest.New), apply.Asked)
			}
			w.Plan(writeOnly(w, acctest.New, w.PIN(), "")).Succeeds()
			w.Apply().Succeeds()
			if w.Registrations(acctest.New) != 1 {
				t.Errorf("%d registrations after the second apply", w.Registrations(acctest.New))
			}
			w.Empty()
		})
	}
}

// TestRegistration_repeats repeats a registration where it is certain that
// nothing was done.
func TestRegistration_repeats(t *testing.T) {
	t.Parallel()
	faults := map[string]sim.Fault{
		"133004":    {Kind: sim.FaultError, Status: 503, Code: 133004},
		"133015":    {Kind: sim.FaultError, Code: 133015},
		"throttled": {Kind: sim.FaultThrottle, RegainMinutes: 3},
		"4":         {Kind: sim.FaultError, Code: 4},
		"80007":     {Kind: sim.FaultError, Code: 80007},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			fault.Route, fault.Times = acctest.Register, 2
			w.Inject(fault)
			w.Plan(writeOnly(w, acctest.New, w.PIN(), "")).Succeeds()
			apply := w.Apply().Succeeds()
			if apply.Count(acctest.Register) != 3 || w.Registrations(acctest.New) != 1 {
				t.Errorf("%d registrations, asked %q", w.Registrations(acctest.New), apply.Asked)
			}
			w.Empty()
		})
	}
}

// TestRegistration_refused never repeats what Meta refused, says what to do, and
// keeps nothing in the state.
func TestRegistration_refused(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		fault sim.Fault
		at    string
		words []string
	}{
		"PIN locked":   {sim.Fault{Code: 133008, Details: "Wait 2 hours."}, "pin_wo", []string{"Wait 2 hours.", "Too many wrong PINs", "code 133008"}},
		"PIN too fast": {sim.Fault{Code: 133009, Details: "Wait 1 minute."}, "pin_wo", []string{"Wait 1 minute.", "tried too fast"}},
		"used up":      {sim.Fault{Code: 133016}, "phone_number_id", []string{"ten calls", "72 hours", "Only waiting helps"}},
		"unverified":   {sim.Fault{Code: 133006}, "phone_number_id", []string{"ownership", "/request_code"}},
		"unfinished":   {sim.Fault{Code: 133000, Status: 500}, "", []string{"earlier deregistration did not finish", "/deregister"}},
		"restricted":   {sim.Fault{Code: 131031, Status: 403}, "", []string{"restricted or locked"}},
		"no scope":     {sim.Fault{Code: 10, Status: 403}, "", []string{"whatsapp_business_management"}},
		"token":        {sim.Fault{Code: 190, Subcode: 463, Status: 401}, "", []string{"another access token"}},
		"other":        {sim.Fault{Code: 987654, Message: "Mystery", UserTitle: "A title", UserMessage: "A message"}, "", []string{"Mystery", "A title", "A message", "code 987654", "trace "}},
		"no success":   {sim.Fault{Kind: sim.FaultNoSuccess}, "", []string{"HTTP 200"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			tt.fault.Route = acctest.Register
			if tt.fault.Kind == sim.FaultNone {
				tt.fault.Kind = sim.FaultError
			}
			w.Inject(tt.fault)
			w.Plan(writeOnly(w, acctest.New, w.PIN(), "")).Succeeds()
			apply := w.Apply().Fails(tt.at, append(tt.words, "Could not register phone number +1 555-010-0100")...)
			apply.Sent(acctest.Look, acctest.Register)
			if len(w.State()) != 0 {
				t.Error("the state holds a number that was not registered")
			}
		})
	}
}

// TestRegistration_wrongPIN names the line to blame, spends one attempt, and
// never shows a PIN.
func TestRegistration_wrongPIN(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	withPIN(w, acctest.New, w.PIN())
	w.Plan(stored(w, acctest.New, w.PIN(), "")).Succeeds()
	w.Apply().Fails("pin", "has another two-step verification PIN", "Do not try PINs", "code 133005", "trace ").
		Sent(acctest.Look, acctest.Register, acctest.Look)
	if w.Attempts(acctest.New) != 1 || len(w.State()) != 0 {
		t.Errorf("%d attempts, state %v", w.Attempts(acctest.New), w.State())
	}
}

// TestRegistration_failedMigration says where the number is after a wrong PIN has
// taken its old deployment down, and comes through with the right one.
func TestRegistration_failedMigration(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	right := w.PIN()
	w.Change(acctest.OnPremise, func(n *sim.Number) {
		n.PIN, n.Backup = right, &sim.Backup{Password: "correct-horse", Data: "battery-staple"}
	})
	backup := `  backup_wo = { data = "battery-staple", password = "correct-horse" }`
	w.Plan(writeOnly(w, acctest.OnPremise, w.PIN(), backup)).Succeeds()
	w.Apply().Fails("pin_wo", "two-step verification PIN", "on neither side (status DISCONNECTED, platform NOT_APPLICABLE)", "1. If the PIN was wrong", "2. Run terraform apply again, with the same backup").
		Sent(acctest.Look, acctest.Register, acctest.Look)
	w.Plan(writeOnly(w, acctest.OnPremise, right, backup)).Succeeds()
	w.Apply().Succeeds()
	if n := mustNumber(t, w, acctest.OnPremise); n.PlatformType != "CLOUD_API" || n.ProfileLost {
		t.Errorf("the number is on %s", n.PlatformType)
	}

	// What is refused before it does any harm leaves the deployment as it was.
	w = acctest.Start(t)
	w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultError, Code: 133016})
	w.Plan(writeOnly(w, acctest.OnPremise, w.PIN(), backup)).Succeeds()
	w.Apply().Fails("phone_number_id", "still on the On-Premises API", "nothing was lost")
}

// TestRegistration_echo gets an answer that repeats every secret of the request;
// the scan at the end of the test looks for them in the diagnostics.
func TestRegistration_echo(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Secret("backup data", "kJ8+/<&x9QmZ")
	w.Secret("backup password", "hunter2&<secret>")
	w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultEcho})
	w.Setenv("TF_VAR_backup", `{"data":"kJ8+/<&x9QmZ","password":"hunter2&<secret>"}`)
	w.Plan(writeOnly(w, acctest.New, w.PIN(), "  backup_wo = var.backup")).Succeeds()
	w.Apply().Fails("", "(redacted)", "code 100")
}

// TestRegistration_cancelled waits for the answer of a registration that is
// under way when the user presses Ctrl-C, and keeps the result.
func TestRegistration_cancelled(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t, sim.WithRegisterTime(2*time.Second), sim.WithPolls(1000))
	w.UseBinary()
	w.Plan(writeOnly(w, acctest.New, w.PIN(), "")).Succeeds()
	apply := w.Command("apply", "-json", "-input=false", "tfplan")
	begin(t, w, apply)
	interrupt(t, apply, syscall.SIGINT)
	if w.Registrations(acctest.New) != 1 {
		t.Errorf("%d registrations", w.Registrations(acctest.New))
	}
	if got := w.Attribute(numberAddress, "platform_type"); got != "CLOUD_API" {
		t.Errorf("the state has the platform %v", got)
	}
	w.Empty()
}

// TestRegistration_killed finishes the job of an apply that was killed in the
// middle of a registration, without spending another one.
func TestRegistration_killed(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t, sim.WithRegisterTime(time.Second))
	w.UseBinary()
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Plan(config).Succeeds()
	apply := w.Command("apply", "-json", "-input=false", "tfplan")
	begin(t, w, apply)
	interrupt(t, apply, syscall.SIGKILL)
	if len(w.State()) != 0 {
		t.Fatal("the apply was not killed in time")
	}
	waitFor(t, "the registration to take effect", func() bool { return w.Registrations(acctest.New) == 1 })

	w.Plan(config).Succeeds().Warns("adopted")
	w.Apply().Succeeds()
	if w.Registrations(acctest.New) != 1 || w.Attempts(acctest.New) != 1 {
		t.Errorf("%d registrations, %d attempts", w.Registrations(acctest.New), w.Attempts(acctest.New))
	}
	w.Empty()
}

// begin starts an apply and returns when its registration is under way.
func begin(t *testing.T, w *acctest.World, apply *exec.Cmd) {
	t.Helper()
	apply.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := apply.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the registration to begin", func() bool { return w.Count(acctest.Register) == 1 })
}

// interrupt sends a signal to an apply, its provider included, as a terminal
// does, and waits for its end.
func interrupt(t *testing.T, apply *exec.Cmd, signal syscall.Signal) {
	t.Helper()
	if err := syscall.Kill(-apply.Process.Pid, signal); err != nil {
		t.Fatal(err)
	}
	if err := apply.Wait(); err == nil {
		t.Error("the apply ended as if nothing had happened")
	}
}

// waitFor waits for something that takes a moment.
func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	deadline := time.After(20 * time.Second)
	for !done() {
		select {
		case <-deadline:
			t.Fatal("waited too long for " + what)
		case <-time.After(10 * time.Millisecond):
		}
	}
}
