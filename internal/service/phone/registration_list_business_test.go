package phone_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

const (
	business = "2729063490586005"
	owned    = business + "/owned_whatsapp_business_accounts"
	client   = business + "/client_whatsapp_business_accounts"
)

// ofBusiness asks for what a business has registered.
var ofBusiness = acctest.Attributes{"business_id": business}

// byPath is a world whose API answers each path with a text, "403" for a permission
// that is missing, and what is not there as Meta does.
func byPath(t *testing.T, answers map[string]string) *acctest.World {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		switch answer, known := answers[path]; {
		case !known:
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"error": {"message": "Unsupported get request.", "code": 100, "error_subcode": 33}}`)
		case answer == "403":
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprint(w, `{"error": {"message": "Permissions error", "code": 200}}`)
		default:
			fmt.Fprint(w, answer)
		}
	}))
	t.Cleanup(server.Close)
	w := acctest.Start(t)
	w.Setenv("WHATSAPP_BASE_URL", server.URL)
	return w
}

// ofIDs is a page of accounts, or of numbers that are registered.
func ofIDs(ids ...string) string {
	var all []string
	for _, id := range ids {
		all = append(all, fmt.Sprintf(`{"id": %q, "display_phone_number": "+1 555-010-01%s", "status": "CONNECTED", "platform_type": "CLOUD_API"}`, id, id))
	}
	return `{"data": [` + strings.Join(all, ",") + `]}`
}

// TestRegistrationList_business goes over the accounts of the business and then over
// those of its clients. A number that two of them list is found with the first.
func TestRegistrationList_business(t *testing.T) {
	t.Parallel()
	w := byPath(t, map[string]string{
		owned: ofIDs("1", "2"), client: ofIDs("2", "3"),
		"1/phone_numbers": ofIDs("50", "51"), "2/phone_numbers": ofIDs(), "3/phone_numbers": ofIDs("51", "52"),
	})
	p := w.Protocol()
	got := map[string]string{}
	for r := range p.List(t.Context(), kind, acctest.Query{Config: ofBusiness, Whole: true}) {
		if _, twice := got[r.Identity["phone_number_id"]]; twice || len(r.Diagnostics) > 0 {
			t.Errorf("%+v", r)
		}
		got[r.Identity["phone_number_id"]] = p.Values(kind, r.Object)["business_account_id"]
	}
	if diff := cmp.Diff(map[string]string{"50": "1", "51": "1", "52": "3"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRegistrationList_leftOut goes on after an account that the token may not see,
// and says so before what follows.
func TestRegistrationList_leftOut(t *testing.T) {
	t.Parallel()
	w := byPath(t, map[string]string{
		owned: ofIDs("1", "2", "3"), client: ofIDs(),
		"1/phone_numbers": "403", "3/phone_numbers": ofIDs("50"),
	})
	want := []string{
		"warning: The numbers of WhatsApp Business account 1 are left out",
		"warning: The numbers of WhatsApp Business account 2 are left out",
		"+1 555-010-0150 50",
	}
	if diff := cmp.Diff(want, text(w.Protocol().List(t.Context(), kind, acctest.Query{Config: ofBusiness}))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestRegistrationList_noBusiness says what the id must be, and what to do without
// the permission. What was found before is not lost.
func TestRegistrationList_noBusiness(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		answers map[string]string
		want    int
	}{
		"none":       {nil, 1},
		"no clients": {map[string]string{owned: ofIDs("1"), client: "403", "1/phone_numbers": ofIDs("50")}, 2},
	} {
		var all []acctest.Listed
		for r := range byPath(t, tt.answers).Protocol().List(t.Context(), kind, acctest.Query{Config: ofBusiness}) {
			all = append(all, r)
		}
		if len(all) != tt.want || len(all[tt.want-1].Diagnostics) != 1 {
			t.Fatalf("%s: %+v", name, all)
		}
		d := all[tt.want-1].Diagnostics[0]
		if d.Severity != "error" || d.Summary != "Could not list the WhatsApp Business accounts of business "+business ||
			!strings.Contains(d.Code, "business_id") || !strings.Contains(d.Detail, "needs the permission business_management") {
			t.Errorf("%s: %+v", name, d)
		}
	}
}
