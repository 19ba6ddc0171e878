package phone_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// rival is one of two applies that do not know of each other.
type rival struct {
	*acctest.World
	config  string
	cmd     *exec.Cmd
	printed bytes.Buffer
	err     error
}

// race has two states declare the same number and applies both at once. No
// registration is carried out before both are under way, so that both have looked.
func race(t *testing.T, w *acctest.World, pins [2]string) [2]*rival {
	t.Helper()
	var both [2]*rival
	for i, world := range []*acctest.World{w, w.Neighbour()} {
		both[i] = &rival{World: world, config: writeOnly(world, acctest.New, pins[i], "")}
		world.Plan(both[i].config).Succeeds()
	}
	f := newFront(t, w, abreast(len(both), w), nil)
	w.ForgetCalls()
	for _, r := range both {
		r.Setenv("WHATSAPP_BASE_URL", "http://"+f.address)
		r.cmd = r.Command("apply", "-no-color", "-input=false", "tfplan")
		r.cmd.Stdout, r.cmd.Stderr = &r.printed, &r.printed
		if err := r.cmd.Start(); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range both {
		r.err = r.cmd.Wait()
	}
	return both
}

// abreast hands registrations on when so many have arrived.
func abreast(n int, next http.Handler) http.Handler {
	var arrived sync.WaitGroup
	arrived.Add(n)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/register") {
			arrived.Done()
			arrived.Wait()
		}
		next.ServeHTTP(w, r)
	})
}

// writes are the calls that changed the number, in the order of their arrival, with
// the PIN of each.
func writes(w *acctest.World) (done []string) {
	for _, c := range w.Calls() {
		var body struct{ PIN string }
		if c.Method == "POST" && c.Effective && json.Unmarshal(c.Body, &body) == nil {
			done = append(done, c.Route+" "+body.PIN)
		}
	}
	return done
}

// TestRegistration_raceSamePIN races two states for one number, with the same PIN. The
// API has no lock and accepts both; the second registration changes nothing, both
// states hold the number, and each apply has spent the one that it decided to spend.
func TestRegistration_raceSamePIN(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	both := race(t, w, [2]string{pin, pin})
	want := acctest.Register + " " + pin
	if got := writes(w); !slices.Equal(got, []string{want, want}) || w.Registrations(acctest.New) != len(both) {
		t.Errorf("wrote %q", got)
	}
	for _, r := range both {
		if r.err != nil {
			t.Errorf("%v:\n%s", r.err, r.printed.String())
		}
		r.Attribute(numberAddress, "id")
		r.Empty()
	}
}

// TestRegistration_raceOtherPIN does so with two PINs. One registration takes effect,
// and the other apply learns that the number is live, with a PIN that it does not
// know; it neither holds the number nor changes the PIN.
func TestRegistration_raceOtherPIN(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pins := [2]string{w.PIN(), w.PIN()}
	both := race(t, w, pins)
	winner := 0
	if both[0].err != nil {
		winner = 1
	}
	if both[winner].err != nil || both[1-winner].err == nil {
		t.Fatalf("%v\n%s\n%v\n%s", both[0].err, both[0].printed.String(), both[1].err, both[1].printed.String())
	}
	if got := writes(w); !slices.Equal(got, []string{acctest.Register + " " + pins[winner]}) || w.Registrations(acctest.New) != 1 {
		t.Errorf("wrote %q", got)
	}
	said := strings.Join(strings.Fields(both[1-winner].printed.String()), " ")
	for _, words := range []string{"registered by somebody else in the meantime, with another PIN", "is live now", "remove it from one of the two", "code 133005"} {
		if !strings.Contains(said, words) {
			t.Errorf("the loser is not told %q:\n%s", words, both[1-winner].printed.String())
		}
	}
	if mustNumber(t, w, acctest.New).PIN != pins[winner] {
		t.Error("the number has not the PIN of the winner")
	}
	if len(both[1-winner].State()) != 0 {
		t.Error("the loser holds the number")
	}
	both[winner].Empty()
}

// TestRegistration_overtaken looks at a number again when something took its time
// since, and adopts what another apply has registered meanwhile.
func TestRegistration_overtaken(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Plan(writeOnly(w, acctest.New, pin, "  data_localization_region = \"DE\"")).Succeeds()
	w.Inject(sim.Fault{Route: acctest.SetRegion, Delay: 3500 * time.Millisecond})
	w.ForgetCalls()
	apply := w.Command("apply", "-no-color", "-input=false", "tfplan")
	if err := apply.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the region to be set", func() bool { return w.Count(acctest.SetRegion) == 1 })
	status(w, acctest.New, "CONNECTED", "CLOUD_API")
	if err := apply.Wait(); err != nil {
		t.Fatal(err)
	}
	w.Expect(acctest.Look, acctest.SetRegion, acctest.Look, acctest.ReadRegion, acctest.SetPIN, acctest.Look)
	if w.Registrations(acctest.New) != 0 {
		t.Error("a registration was spent on a number that was registered")
	}
	w.Empty()
}

// In a long apply a number waits for its turn, and what the list of its account showed
// is old by then: it is looked at again before a registration is spent.
func TestRegistration_overtakenWhileWaiting(t *testing.T) {
	t.Parallel()
	world, ids := acctest.DefaultWorld(), []string{"206540352200001", "206540352200002", "206540352200003"}
	for _, id := range ids {
		world.Accounts[0].Numbers = append(world.Accounts[0].Numbers, sim.Number{ID: id, DisplayPhoneNumber: "+1 555-010-" + id[11:]})
	}
	w := acctest.StartWith(t, world, sim.WithRegisterTime(fourth))
	w.Setenv("TF_VAR_pin", w.Secret("PIN", w.PIN()))
	w.Write(variables + `
resource "whatsapp_phone_registration" "n" {
  for_each            = { for i in range(1, 4) : "20654035220000${i}" => i }
  phone_number_id     = each.key
  business_account_id = "` + acctest.Account + `"
  pin_wo              = var.pin
  pin_wo_version      = 1
}
`)
	apply := w.Command("apply", "-no-color", "-input=false", "-auto-approve", "-parallelism=1")
	if err := apply.Start(); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the second registration", func() bool { return w.Count(acctest.Register) == 2 })
	for _, id := range ids {
		if !slices.ContainsFunc(w.Calls(), func(c sim.Call) bool { return strings.HasSuffix(c.Path, id+"/register") }) {
			status(w, id, "CONNECTED", "CLOUD_API")
		}
	}
	if err := apply.Wait(); err != nil {
		t.Fatal(err)
	}
	if n := w.Count(acctest.Register); n != 2 {
		t.Errorf("%d registrations were asked for, one of a number that was registered", n)
	}
	w.Empty()
}

// fourth is a bit longer than a look at a number is good for.
const fourth = 3500 * time.Millisecond
