package graph

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// list reads a whole listing.
func list(t *testing.T, c *Client) (ids []PhoneID, err error) {
	t.Helper()
	for p, e := range c.Accounts.Phones(t.Context(), account, StatusFields) {
		if err != nil {
			t.Error("the listing goes on after an error")
		}
		if e != nil {
			err = e
			continue
		}
		ids = append(ids, p.ID)
	}
	return ids, err
}

func TestAccounts_Phones(t *testing.T) {
	w := serve(t, file(t, 200, "page_1.json"), file(t, 200, "page_2_empty.json"), file(t, 200, "page_3.json"))
	c, _ := client(t, w)
	ids, err := list(t, c)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]PhoneID{"106540352242922", "106540352242923", "106540352242924"}, ids); diff != "" {
		t.Error(diff)
	}
	var after []string
	for _, call := range w.got() {
		after = append(after, call.Query.Get("after"))
		if call.Method != "GET" || call.Path != "/v25.0/102290129340398/phone_numbers" || call.Query.Get("limit") != "100" {
			t.Errorf("called %s %s with %v", call.Method, call.Path, call.Query)
		}
		if call.Query.Has("access_token") || !strings.HasPrefix(call.Query.Get("fields"), "id,") {
			t.Errorf("asked with %v", call.Query)
		}
	}
	if diff := cmp.Diff([]string{"", "QVFIUafter1", "QVFIUafter2"}, after); diff != "" {
		t.Error(diff)
	}
}

func TestAccounts_Phones_filters(t *testing.T) {
	w := serve(t, file(t, 200, "page_1.json"), file(t, 200, "page_3.json"))
	c, _ := client(t, w)
	where := []Filter{{"account_mode", "LIVE"}, {"is_official_business_account", false}}
	for _, err := range c.Accounts.Phones(t.Context(), account, StatusFields, where...) {
		if err != nil {
			t.Fatal(err)
		}
	}
	want := `[{"field":"account_mode","operator":"EQUAL","value":"LIVE"},{"field":"is_official_business_account","operator":"EQUAL","value":false}]`
	for _, call := range w.got() {
		if got := call.Query.Get("filtering"); got != want {
			t.Errorf("filtering is %s", got)
		}
	}
	if len(w.got()) != 2 {
		t.Errorf("%d calls", len(w.got()))
	}
}

func TestAccounts_Phones_fetchesNoPageThatIsNotWanted(t *testing.T) {
	w := serve(t, file(t, 200, "page_1.json"))
	c, _ := client(t, w)
	for range c.Accounts.Phones(t.Context(), account, StatusFields) {
		break
	}
	w.wantCalls(t, 1)
}

func TestAccounts_Phones_stops(t *testing.T) {
	tests := map[string]struct {
		second http.HandlerFunc
		calls  int
	}{
		"at a repeated cursor": {file(t, 200, "page_repeated.json"), 2},
		"without a cursor":     {raw(200, `{"data":[],"paging":{"next":"https://graph.facebook.com/x?after=abc"}}`), 2},
		"at an error":          {file(t, 400, "error_missing_object.json"), 2},
		"at HTML":              {file(t, 200, "gateway.html"), 2},
		"without data":         {raw(200, `{"paging":{}}`), 2},
		"at a nameless number": {raw(200, `{"data":[{"status":"CONNECTED"}]}`), 2},
		"at a null":            {raw(200, `{"data":[null]}`), 2},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := serve(t, file(t, 200, "page_1.json"), tt.second)
			c, _ := client(t, w)
			ids, err := list(t, c)
			e := failed(t, err)
			if len(ids) < 2 || e.Call != "GET /{business-account-id}/phone_numbers" {
				t.Errorf("got %v and %+v", ids, e)
			}
			w.wantCalls(t, tt.calls)
		})
	}
}

func TestAccounts_Phones_empty(t *testing.T) {
	w := serve(t, raw(200, `{"data":[]}`))
	c, _ := client(t, w)
	if ids, err := list(t, c); err != nil || len(ids) != 0 {
		t.Errorf("got %v, %v", ids, err)
	}
	w.wantCalls(t, 1)
}

func TestAccounts_Phones_withoutRefusedFields(t *testing.T) {
	refuses := func(w http.ResponseWriter, r *http.Request) {
		switch q := r.URL.Query(); {
		case strings.Contains(q.Get("fields"), "new_name_status"):
			raw(400, `{"error":{"message":"(#100) Tried accessing nonexisting field (new_name_status)","code":100}}`)(w, r)
		case q.Has("after"):
			file(t, 200, "page_3.json")(w, r)
		default:
			file(t, 200, "page_1.json")(w, r)
		}
	}
	w := serve(t, refuses)
	c, _ := client(t, w)
	if ids, err := list(t, c); err != nil || len(ids) != 3 {
		t.Errorf("got %v, %v", ids, err)
	}
	w.wantCalls(t, 3) // one too many, for the first page only
}

func TestAccounts_Phones_waitsForNothingWhenThereIsNoToken(t *testing.T) {
	w := serve(t, file(t, 200, "page_1.json"))
	c, _ := client(t, w, func(c *Config) { c.Token = "" })
	_, err := list(t, c)
	if !errors.Is(err, ErrNoToken) || api.OutcomeOf(err) != api.Refused {
		t.Errorf("got %v, %s", err, api.OutcomeOf(err))
	}
	w.wantCalls(t, 0)
}
