package number_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// TestPhoneNumber_lostAnswer finds a number on the list whose addition was not answered.
func TestPhoneNumber_lostAnswer(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Inject(sim.Fault{Route: add, Kind: sim.FaultResetAfter})
	o := w.Protocol().Change(kindNumber, nil, numberArguments("5550100123", "Lucky Shrub"))
	w.Expect(slices.Concat(paged(6), []string{add}, paged(7))...)
	if got := w.Protocol().Values(kindNumber, o)["id"]; got != added(t, w, "15550100123").ID {
		t.Errorf("the state has the id %q", got)
	}
}

// TestPhoneNumber_lostBefore says that nothing is known and repeats nothing; the next
// apply adds the number.
func TestPhoneNumber_lostBefore(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Inject(sim.Fault{Route: add, Kind: sim.FaultResetBefore})
	p := w.Protocol()
	r := p.Apply(p.Plan(kindNumber, nil, numberArguments("5550100123", "Lucky Shrub")))
	if e := r.Errors(); len(e) != 1 || !strings.Contains(e[0].Code, "phone_number") || !strings.Contains(e[0].Detail, "does not list it now") {
		t.Errorf("%+v", r.Diagnostics)
	}
	if !r.Object.Gone() {
		t.Error("something was kept")
	}
	w.Protocol().Change(kindNumber, nil, numberArguments("5550100123", "Lucky Shrub"))
	added(t, w, "15550100123")
}

// TestPhoneNumber_keepsTheID keeps a number whose first read fails, untainted.
func TestPhoneNumber_keepsTheID(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Inject(sim.Fault{Route: acctest.Look, Kind: sim.FaultError, Code: 200, Status: 403, Times: -1})
	p := w.Protocol()
	r := p.Apply(p.Plan(kindNumber, nil, numberArguments("5550100123", "Lucky Shrub")))
	id := added(t, w, "15550100123").ID
	if len(r.Errors()) > 0 || len(r.Warnings()) != 1 || p.Values(kindNumber, r.Object)["phone_number_id"] != id {
		t.Fatalf("%+v %v", r.Diagnostics, p.Values(kindNumber, r.Object))
	}
}

// TestPhoneNumber_permissionLost never takes a number that cannot be seen for one that is gone.
func TestPhoneNumber_permissionLost(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	o := w.Protocol().Change(kindNumber, nil, numberArguments("5550100123", "Lucky Shrub"))
	id := added(t, w, "15550100123").ID
	w.Forbid(id, true)
	r := w.Protocol().TryRead(kindNumber, o)
	if e := r.Errors(); len(e) != 1 || !strings.Contains(e[0].Detail, "still lists the number") {
		t.Errorf("%+v", r.Diagnostics)
	}
	w.ForbidAccount(acctest.Account, true)
	r = w.Protocol().TryRead(kindNumber, o)
	if e := r.Errors(); len(e) != 1 || !strings.Contains(e[0].Detail, "lost permission") {
		t.Errorf("%+v", r.Diagnostics)
	}
}

// TestPhoneNumber_refused shows what Meta says where the user can do something about it.
func TestPhoneNumber_refused(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	p := w.Protocol()
	o := p.Change(kindNumber, nil, numberArguments("5550100123", "First"))
	r := p.Apply(p.Plan(kindNumber, o, numberArguments("5550100123", "Second"))) // the first is in review
	if e := r.Errors(); len(e) != 1 || !strings.Contains(e[0].Code, "display_name") || !strings.Contains(e[0].Detail, "under review") {
		t.Errorf("%+v", r.Diagnostics)
	}
	// On another account.
	r = p.Apply(p.Plan(kindNumber, nil, numberArguments("5550100106", "First")))
	if e := r.Errors(); len(e) != 1 || !strings.Contains(e[0].Code, "phone_number") || !strings.Contains(e[0].Detail, "on another WhatsApp Business Account") {
		t.Errorf("%+v", r.Diagnostics)
	}
	plan := p.Plan(kindNumber, nil, numberArguments("5550100199", "First").With(acctest.Attributes{"business_account_id": "99"}))
	if e := plan.Diagnostics; len(e) != 1 || !strings.Contains(e[0].Code, "business_account_id") {
		t.Errorf("%+v", plan.Diagnostics)
	}
}

// TestPhoneNumber_many reads the account's list once however many numbers are added.
func TestPhoneNumber_many(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t, sim.WithPageSize(100))
	p := w.Protocol()
	for i := range 20 {
		p.Change(kindNumber, nil, numberArguments(fmt.Sprintf("55501001%02d", 20+i), "Lucky Shrub"))
	}
	asked := w.Asked()
	lists := slices.DeleteFunc(slices.Clone(asked), func(s string) bool { return s != acctest.List })
	if len(lists) != 1 || len(asked) != 41 {
		t.Errorf("%d lists, %d calls", len(lists), len(asked))
	}
}
