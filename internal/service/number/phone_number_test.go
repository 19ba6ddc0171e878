package number_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// TestPhoneNumber_life adds, renames, writes differently, replaces, misses and forgets a
// number, and asks no more of the API than each of these takes.
func TestPhoneNumber_life(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	plan, apply := w.Run(numberConfig("555 010 0123", "Lucky Shrub"))
	plan.Quiet().Sent(paged(6)...)
	apply.Quiet().Sent(slices.Concat(paged(6), []string{add, acctest.Look})...)
	n := added(t, w, "15550100123")
	for name, want := range map[string]string{
		"id": n.ID, "phone_number_id": n.ID, "display_phone_number": "+1 555-010-0123", "code_verification_status": "NOT_VERIFIED",
		"verified_name": "Lucky Shrub", "name_status": "PENDING_REVIEW", "phone_number": "555 010 0123",
	} {
		if got := w.Attribute(numberAddress, name); got != want {
			t.Errorf("%s is %v, not %s", name, got, want)
		}
	}
	w.Review(n.ID, "APPROVED")

	// In place: one call, and one to see what it did.
	w.Plan(numberConfig("555 010 0123", "Lucky Shrub Plants")).Changes(true).Warns("will be reviewed", "ten changes in 30 days")
	w.Apply().Succeeds().Sent(rename, acctest.Look)
	w.Empty()
	if w.Attribute(numberAddress, "verified_name") != "Lucky Shrub" || w.Attribute(numberAddress, "pending_display_name") != "Lucky Shrub Plants" {
		t.Errorf("the state is %v", w.State()[numberAddress])
	}
	w.Plan(numberConfig("(555) 010-0123", "Lucky Shrub Plants")).Changes(false).Quiet()

	// Deleted in WhatsApp Manager: planned anew.
	w.Remove(n.ID)
	w.Plan(numberConfig("555 010 0123", "Lucky Shrub Plants")).Changes(true).Warns("no longer exists", "removed from the state")
	w.Plan(numberConfig("555 010 0124", "Lucky Shrub"))
	w.Apply().Succeeds()
	w.Empty()
	second := added(t, w, "15550100124")

	// Replaced: the old number stays where it is.
	r := w.Plan(numberConfig("555 010 0125", "Lucky Shrub")).Changes(true).Warns("+1 555-010-0124 stays", "no call that deletes")
	if !strings.Contains(r.Output, `"action":"replace"`) {
		t.Error("another number does not replace the resource")
	}
	w.Apply().Succeeds()
	w.Empty()
	w.Destroy().Succeeds().Warns("+1 555-010-0125 stays", "WhatsApp Manager").Sent(acctest.Look)
	if _, there := w.Number(second.ID); !there || len(w.Numbers()) != 9 {
		t.Errorf("there are %d numbers", len(w.Numbers()))
	}
}

// TestPhoneNumber_adopts takes over what is on the account, and leaves alone what is right.
func TestPhoneNumber_adopts(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Plan(numberConfig("5550100102", "Lucky Shrub")).Changes(true).Warns("is adopted", acctest.Live)
	if r := w.Apply().Succeeds().Warns("is adopted"); r.Count(add) != 0 || r.Count(rename) != 0 {
		t.Errorf("asked %q", r.Asked)
	}
	w.Empty()
	if w.Attribute(numberAddress, "id") != acctest.Live {
		t.Error("another number was adopted")
	}
	w.Destroy().Succeeds()

	p := w.Protocol()
	o := p.Change(kindNumber, nil, numberArguments("5550100102", "Another Name"))
	if n, _ := w.Number(acctest.Live); n.NewDisplayName != "Another Name" {
		t.Errorf("the name was not submitted: %+v", n)
	}
	if plan := p.Plan(kindNumber, p.Read(kindNumber, o), numberArguments("5550100102", "Another Name")); plan.Changes {
		t.Error("the plan after it is not empty")
	}
}

// TestPhoneNumber_imports finds a number by its id, by its identity, and by the number.
func TestPhoneNumber_imports(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	for _, id := range []string{acctest.New, acctest.Account + "/+15550100100", acctest.Account + "/+1 (555) 010-0100", ""} {
		p := w.Protocol()
		var identity map[string]string
		if id == "" {
			identity = map[string]string{"phone_number_id": acctest.New}
		}
		o := p.Import(kindNumber, id, identity)
		if got := p.Identity(kindNumber, o)["phone_number_id"]; got != acctest.New {
			t.Errorf("%s: the identity is %q", id, got)
		}
		if plan := p.Plan(kindNumber, o, numberArguments("555-010-0100", "Lucky Shrub")); plan.Changes || plan.Failed() {
			t.Errorf("%s: the plan is not empty: %+v", id, plan.Diagnostics)
		}
		if plan := p.Plan(kindNumber, o, p.Generated(kindNumber, o)); plan.Changes || plan.Failed() {
			t.Errorf("%s: the plan of what is generated is not empty: %+v", id, plan.Diagnostics)
		}
	}
	for id, want := range map[string]string{
		"12/34": "the whole number with a plus", "x/+15550100100": "digits only", acctest.Account + "/+15550100199": "does not list the number",
		"+15550100100": "is written like a phone number", "99": "phone number id 99",
	} {
		r := w.Protocol().TryImport(kindNumber, id, nil)
		if e := r.Errors(); len(e) != 1 || !strings.Contains(e[0].Summary+e[0].Detail, want) {
			t.Errorf("%s: %+v", id, r.Diagnostics)
		}
	}
	w.Forbid(acctest.New, true)
	w.Protocol().TryImport(kindNumber, acctest.New, nil)
}

// TestPhoneNumber_review goes through all that can become of a display name. None is
// a change of the plan, and none makes a call.
func TestPhoneNumber_review(t *testing.T) {
	t.Parallel()
	const national, digits = "5550100123", "15550100123"
	for name, tt := range map[string]struct {
		become func(n *sim.Number)
		words  []string // of a warning
	}{
		"in review":      {func(*sim.Number) {}, nil},
		"approved":       {func(n *sim.Number) { n.NewNameStatus = "APPROVED" }, nil},
		"in force":       {func(n *sim.Number) { n.VerifiedName, n.NewDisplayName, n.NewNameStatus = "Second", "", "" }, nil},
		"something new":  {func(n *sim.Number) { n.NewNameStatus = "SOMETHING_NEW" }, nil},
		"declined":       {func(n *sim.Number) { n.NewNameStatus = "DECLINED" }, []string{"was not approved: DECLINED", "Second", "+1 555-010-0123"}},
		"expired":        {func(n *sim.Number) { n.NewNameStatus = "EXPIRED" }, []string{"was not approved: EXPIRED"}},
		"declined, gone": {func(n *sim.Number) { n.NewDisplayName, n.NewNameStatus = "", "" }, []string{"neither in force nor under review", `"Second"`}},
		"declined in force": {func(n *sim.Number) {
			n.VerifiedName, n.NameStatus, n.NewDisplayName, n.NewNameStatus = "Second", "DECLINED", "", ""
		}, []string{"was not approved: DECLINED"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			p := w.Protocol()
			o := p.Change(kindNumber, nil, numberArguments(national, "First"))
			id := added(t, w, digits).ID
			w.Review(id, "APPROVED")
			o = p.Change(kindNumber, p.Read(kindNumber, o), numberArguments(national, "Second"))
			w.Change(id, tt.become)
			w.Asked()
			for range 3 { // it stays so
				p = w.Protocol()
				r := p.TryRead(kindNumber, o)
				o = r.Object
				if plan := p.Plan(kindNumber, o, numberArguments(national, "Second")); plan.Changes || plan.Failed() || len(plan.Diagnostics) > 0 {
					t.Errorf("the plan is not empty: %+v", plan.Diagnostics)
				}
				warned := r.Warnings()
				if len(warned) != min(len(tt.words), 1) {
					t.Fatalf("warnings %+v", warned)
				}
				for _, word := range tt.words {
					if !strings.Contains(warned[0].Summary+warned[0].Detail, word) {
						t.Errorf("%q is not in %+v", word, warned[0])
					}
				}
				w.Expect(acctest.Look)
			}
		})
	}
}

// TestPhoneNumber_drift notices what somebody else did to the name or the number.
func TestPhoneNumber_drift(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		become   func(w *acctest.World, id string)
		replaces bool
		words    string
	}{
		"another name": {func(w *acctest.World, id string) { w.Change(id, func(n *sim.Number) { n.VerifiedName = "Other" }) }, false, ""},
		"another name in review": {func(w *acctest.World, id string) {
			w.Change(id, func(n *sim.Number) { n.VerifiedName, n.NewDisplayName = "Old", "Other" })
		}, false, ""},
		"moved": {func(w *acctest.World, id string) { w.Move(id, acctest.OtherAccount) }, true, "moved to another"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			p := w.Protocol()
			o := p.Change(kindNumber, nil, numberArguments("5550100123", "First"))
			tt.become(w, added(t, w, "15550100123").ID)
			p = w.Protocol()
			r := p.TryRead(kindNumber, o)
			plan := p.Plan(kindNumber, r.Object, numberArguments("5550100123", "First"))
			if !plan.Changes || plan.Replaces != tt.replaces {
				t.Errorf("changes %t, replaces %t", plan.Changes, plan.Replaces)
			}
			if tt.words != "" && !strings.Contains(r.Diagnostics[0].Summary, tt.words) {
				t.Errorf("%+v", r.Diagnostics)
			}
		})
	}
}

// TestPhoneNumber_badInput has every wrong argument refused at its attribute, before
// anything is asked.
func TestPhoneNumber_badInput(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	p := w.Protocol()
	good := numberArguments("5550100123", "Lucky Shrub")
	for name, tt := range map[string]struct {
		change acctest.Attributes
		at     string
		words  string
	}{
		"account":                   {acctest.Attributes{"business_account_id": "Lucky"}, "business_account_id", "digits only"},
		"country with a plus":       {acctest.Attributes{"country_code": "+1"}, "country_code", "digits of the dial code alone"},
		"country by name":           {acctest.Attributes{"country_code": "US"}, "country_code", "not a country code"},
		"country twice":             {acctest.Attributes{"phone_number": "15550100123"}, "phone_number", "once more"},
		"country twice, with plus":  {acctest.Attributes{"phone_number": "+1 555 010 0123"}, "phone_number", "argument of its own"},
		"letters":                   {acctest.Attributes{"phone_number": "555 SHRUB"}, "phone_number", "not a phone number"},
		"name of one character":     {acctest.Attributes{"display_name": "L"}, "display_name", "1 characters"},
		"name of 76 characters":     {acctest.Attributes{"display_name": strings.Repeat("ö", 76)}, "display_name", "76 characters"},
		"name with leading blanks":  {acctest.Attributes{"display_name": "  Lucky"}, "display_name", "blanks"},
		"name with trailing blanks": {acctest.Attributes{"display_name": "Lucky "}, "display_name", "blanks"},
	} {
		wrong := p.Validate(kindNumber, good.With(tt.change))
		if len(wrong) != 1 || !strings.Contains(wrong[0].Code, tt.at) || !strings.Contains(wrong[0].Detail, tt.words) {
			t.Errorf("%s: %+v", name, wrong)
		}
	}
	if wrong := p.Validate(kindNumber, good.With(acctest.Attributes{"display_name": strings.Repeat("ö", 75)})); len(wrong) > 0 {
		t.Errorf("%+v", wrong)
	}
	w.Expect()
}
