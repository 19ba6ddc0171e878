//go:build unix

package provider_test

import (
	"bytes"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// jaspersMarket is the workspace of the other account of the example.
const jaspersMarket = "jaspers-market"

// The numbers of jaspersMarket, none of which is registered.
var market = []string{acctest.Second, "106540352242929", "106540352242930"}

// company is a simulator with the numbers of examples/fleet, one of which is registered, a
// database for the state, and two people with a folder each who have the same secrets.
func company(t *testing.T, opts ...sim.Option) (w, colleague *acctest.World) {
	t.Helper()
	world := acctest.DefaultWorld()
	account := &world.Accounts[1]
	for _, id := range market[1:] {
		n := account.Numbers[0]
		n.ID, n.DisplayPhoneNumber = id, "+1 555-010-01"+id[len(id)-2:]
		account.Numbers = append(account.Numbers, n)
	}
	w = acctest.StartWith(t, world, append(opts, sim.WithPageSize(100))...)
	w.Needs(acctest.WriteOnly)
	address, password := startPostgres(t, w)
	text := pins(t, w, "orders", "support", "delivery")
	colleague = w.Neighbour()
	for _, one := range []*acctest.World{w, colleague} {
		one.Secret("password of the database", password)
		one.Setenv("PG_CONN_STR", address)
		one.Setenv("TF_VAR_pins", text)
	}
	return w, colleague
}

// checkout is examples/fleet in the folder of somebody who works on a workspace.
func checkout(w *acctest.World, workspace string) *acctest.World {
	for _, dir := range []string{"fleet", "modules"} {
		w.Copy(filepath.Join(root, "examples", dir), dir)
	}
	w.Enter("fleet")
	w.Terraform("init", "-input=false", "-no-color").Succeeds()
	w.Terraform("workspace", "select", "-or-create", "-no-color", workspace).Succeeds()
	return w
}

// running is an apply that somebody started.
type running struct {
	t      *testing.T
	cmd    *exec.Cmd
	output *bytes.Buffer
}

// start starts a command and does not wait for it. Unlike World.Terraform it leaves the
// ledger alone, which two of them share.
func start(t *testing.T, w *acctest.World, args ...string) running {
	t.Helper()
	r := running{t, w.Command(args...), &bytes.Buffer{}}
	r.cmd.Stdout = io.MultiWriter(r.output, r.cmd.Stdout)
	r.cmd.Stderr = r.cmd.Stdout
	r.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return r
}

// apply starts an apply, with more arguments if there are any.
func apply(t *testing.T, w *acctest.World, more ...string) running {
	t.Helper()
	return start(t, w, append([]string{"apply", "-auto-approve", "-input=false", "-no-color"}, more...)...)
}

// ends waits for the end, and fails the test unless it is a good one with the words, or
// a bad one if good is false.
func (r running) ends(good bool, words ...string) {
	r.t.Helper()
	err := r.cmd.Wait()
	text := strings.Join(strings.Fields(frame.ReplaceAllString(r.output.String(), "")), " ")
	if (err == nil) != good {
		r.t.Errorf("it ended with %v:\n%s", err, text)
	}
	for _, word := range words {
		if !strings.Contains(text, word) {
			r.t.Errorf("it does not say %q:\n%s", word, text)
		}
	}
}

// until waits for something that takes a moment.
func until(t *testing.T, what string, done func() bool) {
	t.Helper()
	for range 2000 {
		if done() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("waited too long for " + what)
}

// registered fails the test unless each number took one registration, and the ledger
// has as many calls.
func registered(t *testing.T, w *acctest.World, ids ...string) {
	t.Helper()
	for _, id := range ids {
		if w.Registrations(id) != 1 || w.Attempts(id) != 1 {
			t.Errorf("%s: %d registrations, %d attempts", id, w.Registrations(id), w.Attempts(id))
		}
	}
	if n := w.Count(acctest.Register); n != len(ids) {
		t.Errorf("%d registrations were sent, not %d", n, len(ids))
	}
}

// TestFleet_lock turns away who comes while somebody else applies, in another folder; with
// a time to wait, it waits, and finds all done.
func TestFleet_lock(t *testing.T) {
	t.Parallel()
	w, colleague := company(t, sim.WithRegisterTime(3*time.Second))
	checkout(colleague, jaspersMarket)
	checkout(w, jaspersMarket).ForgetCalls()

	first := apply(t, w)
	until(t, "the registrations to begin", func() bool { return w.Count(acctest.Register) == len(market) })
	asked := len(w.Calls())
	apply(t, colleague).ends(false, "Error acquiring the state lock", "already locked", jaspersMarket)
	if n := len(w.Calls()) - asked; n != 0 {
		t.Errorf("who was turned away asked %d times", n)
	}
	patient := apply(t, colleague, "-lock-timeout=2m")
	first.ends(true, "3 added, 0 changed, 0 destroyed")
	patient.ends(true, "0 added, 0 changed, 0 destroyed")
	registered(t, w, market...)
}

// TestFleet_together starts two applies at the same moment, in two folders.
func TestFleet_together(t *testing.T) {
	t.Parallel()
	w, colleague := company(t, sim.WithRegisterTime(200*time.Millisecond))
	checkout(colleague, jaspersMarket)
	checkout(w, jaspersMarket).ForgetCalls()
	one, other := apply(t, w, "-lock-timeout=2m"), apply(t, colleague, "-lock-timeout=2m")
	one.ends(true, "Apply complete!")
	other.ends(true, "Apply complete!")
	registered(t, w, market...)

	r := w.Terraform("plan", "-json", "-input=false", "-detailed-exitcode").Succeeds().Changes(false)
	if r.Count(acctest.Look) != 1 || r.Count(acctest.List) != 1 || len(r.Asked) != 2 {
		t.Errorf("asked %q", r.Asked)
	}
	if pulled := w.Terraform("state", "pull").Succeeds(); !strings.Contains(pulled.Output, market[2]) {
		t.Errorf("the state lacks a number:\n%s", pulled.Output)
	}
}

// TestFleet_accounts applies two accounts at once: each workspace has a lock of its own.
func TestFleet_accounts(t *testing.T) {
	t.Parallel()
	w, colleague := company(t, sim.WithRegisterTime(2*time.Second))
	checkout(colleague, luckyShrub)
	checkout(w, jaspersMarket).ForgetCalls()
	one := apply(t, w)
	until(t, "the registrations to begin", func() bool { return w.Count(acctest.Register) == len(market) })
	apply(t, colleague).ends(true, "2 added, 0 changed, 0 destroyed")
	one.ends(true, "3 added, 0 changed, 0 destroyed")
	registered(t, w, append(market, acctest.New)...)
	if w.Attempts(acctest.Live) != 0 {
		t.Error("a number that was registered was registered again")
	}
}

// TestFleet_killed kills an apply in the middle of its registrations. The lock goes with
// it, and the next apply finishes the job without another registration.
func TestFleet_killed(t *testing.T) {
	t.Parallel()
	w, _ := company(t, sim.WithRegisterTime(time.Second))
	checkout(w, jaspersMarket).Terraform("plan", "-json", "-input=false").Succeeds()
	w.UseBinary()
	first := apply(t, w)
	until(t, "the registrations to begin", func() bool { return w.Count(acctest.Register) == len(market) })
	if err := syscall.Kill(-first.cmd.Process.Pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	first.ends(false)
	until(t, "the registrations to take effect", func() bool {
		return w.Registrations(market[0])+w.Registrations(market[1])+w.Registrations(market[2]) == 3
	})
	apply(t, w, "-lock-timeout=30s").ends(true, "3 added, 0 changed, 0 destroyed")
	registered(t, w, market...)
}

// TestFleet_noWorkspace applies nothing where no account was chosen.
func TestFleet_noWorkspace(t *testing.T) {
	t.Parallel()
	w, _ := company(t)
	checkout(w, luckyShrub)
	w.Terraform("workspace", "select", "-no-color", "default").Succeeds()
	w.Terraform("plan", "-json", "-input=false").Fails("account = yamldecode", "accounts/default.yaml").Sent()
}
