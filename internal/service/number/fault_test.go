package number_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// task is an operation that a fault hits.
type task struct {
	name    string
	kind    string
	prepare func(w *acctest.World) *acctest.Object // nil for a creation
	config  func(w *acctest.World) acctest.Attributes
	routes  []string // those that are hit, one after the other
	done    func(w *acctest.World) bool
}

// tasks are all operations of the two resources that talk to the API.
func tasks() []task {
	first := func(*acctest.World) acctest.Attributes { return numberArguments("5550100123", "First") }
	second := func(*acctest.World) acctest.Attributes { return numberArguments("5550100123", "Second") }
	exists := func(w *acctest.World) *acctest.Object {
		o := w.Protocol().Change(kindNumber, nil, first(w))
		w.Review(withDigits(w, "15550100123")[0].ID, "APPROVED")
		p := w.Protocol()
		return p.Read(kindNumber, o)
	}
	plain := func(*acctest.World) acctest.Attributes { return verification(nil) }
	sent := func(w *acctest.World) *acctest.Object {
		return w.Protocol().Change(kindVerification, nil, verification(nil))
	}
	oneNumber := func(w *acctest.World) bool { return len(withDigits(w, "15550100123")) == 1 }
	return []task{
		{"add", kindNumber, nil, first, []string{acctest.List, add, acctest.Look}, oneNumber},
		{"adopt", kindNumber, nil, func(*acctest.World) acctest.Attributes { return numberArguments("5550100102", "Second") },
			[]string{acctest.List, acctest.Look, rename}, func(w *acctest.World) bool { n, _ := w.Number(acctest.Live); return n.NewDisplayName == "Second" }},
		{"refresh", kindNumber, exists, first, []string{acctest.Look}, oneNumber},
		{"rename", kindNumber, exists, second, []string{acctest.Look, rename}, func(w *acctest.World) bool { return withDigits(w, "15550100123")[0].NewDisplayName == "Second" }},
		{"forget", kindNumber, exists, nil, []string{acctest.Look}, oneNumber},
		{"request", kindVerification, nil, plain, []string{acctest.Look, request}, func(*acctest.World) bool { return true }},
		{"verify", kindVerification, sent, func(w *acctest.World) acctest.Attributes { return answer(w, 1) },
			[]string{acctest.Look, verify}, func(w *acctest.World) bool {
				n, _ := w.Number(acctest.Unverified)
				return n.CodeVerificationStatus == "VERIFIED"
			}},
	}
}

// TestFaults hits each call of each operation with each kind of fault: once, and the
// calls that change something five times as well. The job must be finished when the faults are over, however many runs that
// takes: with one number added, one name submitted and one code sent in all of them
// together, and with nothing lost or tainted on the way.
func TestFaults(t *testing.T) {
	t.Parallel()
	n := 0
	for _, k := range tasks() {
		for _, route := range k.routes {
			for kind := sim.FaultNone; kind <= sim.FaultCutBody; kind++ {
				howOften := []int{1}
				if strings.HasPrefix(route, "POST") && !testing.Short() {
					howOften = append(howOften, 5)
				}
				for _, times := range howOften {
					n++
					t.Run(fmt.Sprintf("%s/%s/%s/%d", k.name, route, kind, times), func(t *testing.T) {
						t.Parallel()
						k.strike(t, sim.Fault{Route: route, Kind: kind, Times: times, Code: code(kind), Message: message(kind), RegainMinutes: 1})
					})
				}
			}
		}
	}
	t.Logf("%d cases", n)
}

// code is the error of the kind that needs one: a permission that is missing.
func code(kind sim.FaultKind) int {
	if kind == sim.FaultError {
		return 200
	}
	return 0
}

// message is where the kind that needs one leads to.
func message(kind sim.FaultKind) string {
	if kind == sim.FaultRedirect {
		return "http://127.0.0.1:1/"
	}
	return ""
}

// strike does the task again and again, as somebody who does not give up.
func (k task) strike(t *testing.T, f sim.Fault) {
	t.Helper()
	w := acctest.Start(t)
	var before *acctest.Object
	if k.prepare != nil {
		before = k.prepare(w)
	}
	var config acctest.Attributes
	if k.config != nil {
		config = k.config(w)
	}
	w.ForgetCalls()
	w.Inject(f)
	last := before
	for range f.Times + 1 { // enough for a run without a fault
		last = k.attempt(t, w, last, config)
	}
	if !k.done(w) {
		t.Error("it is not done in the end")
	}
	if k.config != nil && last.Gone() || k.config == nil && !last.Gone() {
		t.Error("the state is wrong in the end")
	}
	k.spent(t, w)
	if k.config != nil {
		p := w.Protocol()
		o := p.Read(k.kind, last)
		if plan := p.Plan(k.kind, o, config); plan.Changes || plan.Failed() {
			t.Errorf("the plan is not empty in the end: %+v", plan.Diagnostics)
		}
	}
}

// attempt is a run of Terraform: refresh, plan, apply. It ends with the first error, as
// Terraform does, and returns what the state holds then.
func (k task) attempt(t *testing.T, w *acctest.World, o *acctest.Object, config acctest.Attributes) *acctest.Object {
	t.Helper()
	p := w.Protocol()
	if !o.Gone() {
		r := p.TryRead(k.kind, o)
		if r.Object.Gone() {
			t.Error("a fault made it disappear")
		}
		if o = r.Object; len(r.Errors()) > 0 {
			return o
		}
	} else if config == nil {
		return o
	}
	plan := p.Plan(k.kind, o, config)
	if plan.Failed() || !plan.Changes {
		return o
	}
	if plan.Replaces {
		t.Error("a fault makes a replacement")
	}
	r := p.Apply(plan)
	if o.Gone() && len(r.Errors()) > 0 && !r.Object.Gone() {
		t.Error("it is tainted")
	}
	return r.Object
}

// spent counts what took effect.
func (k task) spent(t *testing.T, w *acctest.World) {
	t.Helper()
	effects := map[string]int{}
	for _, c := range w.Calls() {
		if c.Effective {
			effects[c.Route]++
		}
	}
	for _, route := range []string{add, rename, request, verify} {
		if effects[route] > 1 {
			t.Errorf("%s took effect %d times", route, effects[route])
		}
	}
	if sent := len(w.SentCodes(acctest.Unverified)); sent > 1 {
		t.Errorf("%d codes were sent", sent)
	}
}
