package acctest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// Ordeal puts a resource through every fault: each call of each operation goes wrong
// in each way that the simulator knows, once. Nothing may be lost or tainted, and the
// same operation without the fault must finish the job.
type Ordeal struct {
	Kind  string
	Start func(t *testing.T) *World
	// First and Second are the arguments to create and to update with.
	First, Second func(w *World) Attributes
	// Missing says what the simulator lacks of what the arguments ask for, "" for
	// nothing. Nil arguments stand for the time after the destruction.
	Missing func(w *World, config Attributes) string
}

// The operations of an ordeal.
const (
	opCreate = "create"
	opRead   = "read"
	opUpdate = "update"
	opDelete = "delete"
)

// harms are the ways to go wrong, one for each kind of fault and more where a kind has
// several faces.
func harms() []sim.Fault {
	all := []sim.Fault{
		{Kind: sim.FaultError, Code: 100, Message: "Invalid parameter"},
		{Kind: sim.FaultError, Code: 190, Subcode: 463, Status: 401},
		{Kind: sim.FaultErrorAfter, Code: 131000, Status: 500},
		{Kind: sim.FaultCutBody, Bytes: 3},
		{Kind: sim.FaultRedirect, Message: "https://example.com/login"},
	}
	for kind := sim.FaultResetBefore; kind <= sim.FaultCutBody; kind++ {
		if kind != sim.FaultRedirect {
			all = append(all, sim.Fault{Kind: kind})
		}
	}
	return all
}

// Run does it all.
func (o Ordeal) Run(t *testing.T) {
	for _, op := range []string{opCreate, opRead, opUpdate, opDelete} {
		calls := o.calls(t, op)
		if calls == 0 {
			t.Errorf("%s makes no call", op)
		}
		for i := range calls {
			for n, harm := range harms() {
				harm.Skip = i
				t.Run(fmt.Sprintf("%s/call %d/%s %d", op, i+1, harm.Kind, n), func(t *testing.T) {
					t.Parallel()
					o.one(t, op, harm)
				})
			}
		}
	}
}

// calls is how many calls an operation makes.
func (o Ordeal) calls(t *testing.T, op string) int {
	w := o.Start(t)
	held := o.before(w, op)
	w.ForgetCalls()
	if _, errs := o.do(w, op, held); len(errs) > 0 {
		t.Fatalf("%s fails without a fault: %v", op, errs)
	}
	return len(w.Asked())
}

// before brings a world to where the operation begins.
func (o Ordeal) before(w *World, op string) *Object {
	if op == opCreate {
		return nil
	}
	return w.Protocol().Change(o.Kind, nil, o.First(w))
}

// do does an operation, and returns what Terraform would hold then.
func (o Ordeal) do(w *World, op string, held *Object) (*Object, []Diagnostic) {
	w.t.Helper()
	p := w.Protocol()
	if op == opRead {
		r := p.TryRead(o.Kind, held)
		return r.Object, r.Errors()
	}
	plan := p.Plan(o.Kind, held, o.config(w, op))
	if plan.Failed() {
		return held, severe(plan.Diagnostics, "error")
	}
	r := p.Apply(plan)
	if op == opCreate && len(r.Errors()) > 0 && !r.Object.Gone() {
		w.t.Error("tainted: there is an error, and the state holds what was made")
	}
	if op == opUpdate && r.Object.Gone() {
		w.t.Error("lost: the update took it out of the state")
	}
	return r.Object, r.Errors()
}

// config are the arguments that are in force after an operation.
func (o Ordeal) config(w *World, op string) Attributes {
	switch op {
	case opUpdate:
		return o.Second(w)
	case opDelete:
		return nil
	}
	return o.First(w)
}

// one is one operation with one fault, and the same once more without.
func (o Ordeal) one(t *testing.T, op string, harm sim.Fault) {
	w := o.Start(t)
	held := o.before(w, op)
	w.ForgetCalls()
	w.Inject(harm)
	held, errs := o.do(w, op, held)
	if rest := w.Unspent(); len(rest) > 0 {
		t.Fatalf("the fault did not hit: %+v", rest)
	}
	for _, d := range errs {
		if strings.TrimSpace(d.Summary) == "" || strings.TrimSpace(d.Detail) == "" {
			t.Errorf("an error says nothing: %+v", d)
		}
		if leaked := w.Leaked(d.Summary + d.Detail); len(leaked) > 0 {
			t.Errorf("an error shows the %s", leaked)
		}
	}
	// An answer that says "unknown" in place of all words may have anything in it.
	if missing := o.Missing(w, o.config(w, op)); len(errs) == 0 && missing != "" && op != opRead {
		t.Errorf("no error, but %s", missing)
	}
	if op == opRead && held.Gone() {
		t.Error("lost: the read took it out of the state")
	}
	o.mend(w, op, held)
}

// mend runs Terraform once more: it refreshes, plans, applies and plans again.
func (o Ordeal) mend(w *World, op string, held *Object) {
	w.t.Helper()
	p, config := w.Protocol(), o.config(w, op)
	if !held.Gone() {
		held = p.Read(o.Kind, held)
	}
	if config != nil || !held.Gone() {
		held = p.Change(o.Kind, held, config)
	}
	if missing := o.Missing(w, config); missing != "" {
		w.t.Errorf("not converged: %s", missing)
	}
	if config == nil {
		return
	}
	p = w.Protocol()
	if plan := p.Plan(o.Kind, p.Read(o.Kind, held), config); plan.Failed() || plan.Changes {
		w.t.Errorf("the plan after it is not empty: %+v", plan.Diagnostics)
	}
}
