package number_test

import (
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// TestPhoneNumberList finds all numbers of an account, each as an import would have it.
func TestPhoneNumberList(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Change(acctest.Live, func(n *sim.Number) { n.NewDisplayName, n.NewNameStatus = "Second", "PENDING_REVIEW" })
	p := w.Protocol()
	found := 0
	for one := range p.List(t.Context(), kindNumber, acctest.Query{Config: acctest.Attributes{"business_account_id": acctest.Account}, Whole: true}) {
		if len(one.Diagnostics) > 0 {
			t.Fatalf("%+v", one.Diagnostics)
		}
		found++
		id := one.Identity["phone_number_id"]
		imported := w.Protocol().Values(kindNumber, w.Protocol().Import(kindNumber, id, nil))
		listed := p.Values(kindNumber, one.Object)
		if len(listed) != len(imported) {
			t.Errorf("%s: listed as %v, imported as %v", one.Name, listed, imported)
		}
		for name, value := range imported {
			if listed[name] != value {
				t.Errorf("%s: %s is %q, imported %q", one.Name, name, listed[name], value)
			}
		}
		if id == acctest.Live && (one.Name != "+1 555-010-0102 (Lucky Shrub)" || listed["display_name"] != "Second") {
			t.Errorf("%s is %v", one.Name, listed)
		}
	}
	if found != 6 {
		t.Errorf("%d numbers were found", found)
	}
}

// TestPhoneNumberList_fails says which account cannot be listed.
func TestPhoneNumberList_fails(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	for one := range w.Protocol().List(t.Context(), kindNumber, acctest.Query{Config: acctest.Attributes{"business_account_id": acctest.New}}) {
		if d := one.Diagnostics; len(d) != 1 || !strings.Contains(d[0].Summary, acctest.New) || !strings.Contains(d[0].Code, "business_account_id") {
			t.Errorf("%+v", one)
		}
	}
	w.Expect(acctest.List)
}
