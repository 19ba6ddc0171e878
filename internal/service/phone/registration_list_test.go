package phone_test

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// ofAccount asks for what an account has registered.
var ofAccount = acctest.Attributes{"business_account_id": acctest.Account}

// ofAll asks for all that an account has.
var ofAll = ofAccount.With(acctest.Attributes{"registered_only": false})

// text is results as text: name and identity, or what was said.
func text(results iter.Seq[acctest.Listed]) []string {
	var all []string
	for r := range results {
		for _, d := range r.Diagnostics {
			all = append(all, d.Severity+": "+d.Summary)
		}
		if r.Identity != nil {
			all = append(all, r.Name+" "+r.Identity["phone_number_id"])
		}
	}
	return all
}

// repeat is a request n times.
func repeat(route string, n int) []string {
	var all []string
	for range n {
		all = append(all, route)
	}
	return all
}

// TestRegistrationList finds what is registered, newest first as the API has it.
func TestRegistrationList(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	want := []string{"+1 555-010-0104 (Lucky Shrub) " + acctest.Coexisting, "+1 555-010-0102 (Lucky Shrub) " + acctest.Live}
	if diff := cmp.Diff(want, text(w.Protocol().List(t.Context(), kind, acctest.Query{Config: ofAccount}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	w.Expect(acctest.List, acctest.List, acctest.List) // six numbers, two a page
}

// TestRegistrationList_unregistered marks what is not registered. A status that
// nobody has heard of counts as registered, as everywhere.
func TestRegistrationList_unregistered(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Change(acctest.Coexisting, func(n *sim.Number) { n.Status, n.VerifiedName = "DANCING", "" })
	want := []string{
		"+1 555-010-0105 (Lucky Shrub), not registered " + acctest.InApp, "+1 555-010-0104 " + acctest.Coexisting,
		"+1 555-010-0103 (Lucky Shrub), not registered " + acctest.Unverified, "+1 555-010-0102 (Lucky Shrub) " + acctest.Live,
		"+1 555-010-0101 (Lucky Shrub), not registered " + acctest.OnPremise, "+1 555-010-0100 (Lucky Shrub), not registered " + acctest.New,
	}
	if diff := cmp.Diff(want, text(w.Protocol().List(t.Context(), kind, acctest.Query{Config: ofAll}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRegistrationList_pages asks for a page when its first result is taken, and for
// none beyond the limit.
func TestRegistrationList_pages(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	p := w.Protocol()
	results := p.List(t.Context(), kind, acctest.Query{Config: ofAll})
	if w.Count(acctest.List) != 0 {
		t.Error("the API was asked before a result was taken")
	}
	taken := 0
	for range results {
		if taken++; w.Count(acctest.List) != (taken+1)/2 {
			t.Errorf("%d pages were read for %d results", w.Count(acctest.List), taken)
		}
	}
	if taken != 6 {
		t.Errorf("%d results", taken)
	}
	w.ForgetCalls()
	if got := text(p.List(t.Context(), kind, acctest.Query{Config: ofAll, Limit: 3})); len(got) != 3 {
		t.Errorf("%q", got)
	}
	w.Expect(acctest.List, acctest.List)
}

// TestRegistrationList_whole hands out the state that an import would make, and the
// identity to import by. What it says as a configuration plans no change.
func TestRegistrationList_whole(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	p := w.Protocol()
	found := 0
	for r := range p.List(t.Context(), kind, acctest.Query{Config: ofAccount, Whole: true}) {
		found++
		imported := p.Import(kind, "", r.Identity)
		if diff := cmp.Diff(p.Values(kind, imported), p.Values(kind, r.Object)); diff != "" {
			t.Errorf("%s (-imported +listed):\n%s", r.Name, diff)
		}
		config := p.Generated(kind, r.Object)
		if diff := cmp.Diff(p.Generated(kind, imported), config); diff != "" {
			t.Errorf("%s (-imported +listed):\n%s", r.Name, diff)
		}
		plan := p.Plan(kind, imported, config)
		if plan.Changes || len(plan.Diagnostics) > 0 {
			t.Errorf("%s: changes: %t, %v", r.Name, plan.Changes, plan.Diagnostics)
		}
	}
	if found != 2 {
		t.Errorf("%d found", found)
	}
}

// TestRegistrationList_refused says of which account it was that nothing can be
// listed, and that an id must be the right one.
func TestRegistrationList_refused(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.ForbidAccount(acctest.OtherAccount, true)
	for id, fragments := range map[string][]string{
		acctest.Live:         {"account " + acctest.Live, "That of a phone number, a business portfolio or an app will not do"},
		"102290129340999":    {"account 102290129340999", "subcode 33", "will not do"},
		acctest.OtherAccount: {"account " + acctest.OtherAccount, "HTTP 403, code 200"},
	} {
		n := 0
		for r := range w.Protocol().List(t.Context(), kind, acctest.Query{Config: acctest.Attributes{"business_account_id": id}}) {
			n++
			if len(r.Diagnostics) != 1 || r.Diagnostics[0].Severity != "error" || !strings.Contains(r.Diagnostics[0].Code, "business_account_id") {
				t.Fatalf("%+v", r)
			}
			for _, f := range fragments {
				if all := r.Diagnostics[0].Summary + r.Diagnostics[0].Detail; !strings.Contains(all, f) {
					t.Errorf("%q is not in: %s", f, all)
				}
			}
		}
		if n != 1 {
			t.Errorf("%s: %d results", id, n)
		}
	}
}

// TestRegistrationList_arguments takes exactly one place to look.
func TestRegistrationList_arguments(t *testing.T) {
	t.Parallel()
	p := acctest.Start(t).Protocol()
	for name, tt := range map[string]struct {
		config acctest.Attributes
		want   string
	}{
		"none":     {acctest.Attributes{}, "one (and only one) of"},
		"both":     {ofAccount.With(acctest.Attributes{"business_id": "1"}), "one (and only one) of"},
		"account":  {acctest.Attributes{"business_account_id": "Lucky Shrub"}, "not the id of a WhatsApp Business account"},
		"business": {acctest.Attributes{"business_id": "Lucky Shrub"}, "not the id of a business portfolio"},
		"right":    {ofAll, ""},
	} {
		got := fmt.Sprint(p.ValidateList(kind, tt.config))
		if tt.want == "" && got != "[]" || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestRegistrationList_nothing is no error.
func TestRegistrationList_nothing(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string][]sim.Option{"no page": nil, "an empty page": {sim.WithEmptyPages()}} {
		w := acctest.StartWith(t, sim.World{Accounts: []sim.Account{{ID: acctest.Account}}}, opts...)
		if got := text(w.Protocol().List(t.Context(), kind, acctest.Query{Config: ofAccount})); got != nil {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// fleet is a world of accounts with so many registered numbers each, all of the
// business of the examples.
func fleet(accounts, numbers int) sim.World {
	w := sim.Fleet(accounts, numbers)
	for i := range w.Accounts {
		w.Accounts[i].BusinessID = business
	}
	return w
}

// firstAccount is that of a fleet.
var firstAccount = acctest.Attributes{"business_account_id": firstID}

const firstID = "300000000000001"

// TestRegistrationList_long goes through two hundred and fifty pages.
func TestRegistrationList_long(t *testing.T) {
	t.Parallel()
	w := acctest.StartWith(t, fleet(1, 500))
	seen := map[string]bool{}
	for _, r := range text(w.Protocol().List(t.Context(), kind, acctest.Query{Config: firstAccount})) {
		seen[r] = true
	}
	if len(seen) != 500 {
		t.Errorf("%d numbers", len(seen))
	}
	w.Expect(repeat(acctest.List, 250)...)
}

// TestRegistrationList_throttled waits in the middle and goes on, without a loss.
func TestRegistrationList_throttled(t *testing.T) {
	t.Parallel()
	w := acctest.StartWith(t, fleet(1, 10))
	w.Inject(sim.Fault{Route: acctest.List, Skip: 2, Times: 2, Kind: sim.FaultThrottle, RegainMinutes: 2})
	start := time.Now()
	if got := text(w.Protocol().List(t.Context(), kind, acctest.Query{Config: firstAccount})); len(got) != 10 {
		t.Errorf("%q", got)
	}
	if waited := time.Since(start); waited < 4*acctest.Tempo.Minute {
		t.Errorf("it waited for %v", waited)
	}
	w.Expect(repeat(acctest.List, 5+2)...)
}

// TestRegistrationList_breaks tells of an error in the middle after all that was
// found before.
func TestRegistrationList_breaks(t *testing.T) {
	t.Parallel()
	w := acctest.StartWith(t, fleet(1, 10))
	w.Inject(sim.Fault{Route: acctest.List, Skip: 2, Kind: sim.FaultError, Code: 190})
	got := text(w.Protocol().List(t.Context(), kind, acctest.Query{Config: firstAccount}))
	if len(got) != 5 || got[4] != "error: Could not list the numbers of WhatsApp Business account "+firstID {
		t.Errorf("%q", got)
	}
}

// TestRegistrationList_cancelled stops at once in the middle of a page.
func TestRegistrationList_cancelled(t *testing.T) {
	t.Parallel()
	w := acctest.StartWith(t, fleet(1, 10))
	w.Inject(sim.Fault{Route: acctest.List, Skip: 1, Times: -1, Delay: time.Minute})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var got []string
	var since time.Time
	for r := range w.Protocol().List(ctx, kind, acctest.Query{Config: firstAccount}) {
		if r.Identity != nil {
			if got = append(got, r.Name); len(got) == 2 {
				since = time.Now()
				time.AfterFunc(50*time.Millisecond, cancel)
			}
			continue
		}
		got = append(got, r.Diagnostics[0].Detail)
	}
	if took := time.Since(since); took > time.Second || len(got) != 3 || !strings.Contains(got[2], "The operation was cancelled.") {
		t.Errorf("after %v: %q", took, got)
	}
}

// TestRegistrationList_circle ends at a cursor that was used before.
func TestRegistrationList_circle(t *testing.T) {
	t.Parallel()
	w := answering(t, `{"data": [{"id": "1", "display_phone_number": "+1 555-010-0100", "status": "CONNECTED", "platform_type": "CLOUD_API"}],
  "paging": {"cursors": {"after": "x"}, "next": "https://graph.facebook.com/x"}}`)
	got := text(w.Protocol().List(t.Context(), kind, acctest.Query{Config: ofAccount}))
	want := []string{"+1 555-010-0100 1", "error: Could not list the numbers of WhatsApp Business account " + acctest.Account}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
