package graph

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

const business = BusinessID("506914307656634")

func TestAccounts_Get(t *testing.T) {
	w := serve(t, file(t, 200, "account.json"))
	c, _ := client(t, w)
	got, err := c.Accounts.Get(t.Context(), account, AccountFields)
	if err != nil {
		t.Fatal(err)
	}
	want := &Account{
		ID: account, Name: "Lucky Shrub", Currency: "USD", TimezoneID: "1",
		MessageTemplateNamespace: "ba30dd89_2ebd_41e4_b805_f2c05ae04cc9", ReviewStatus: "APPROVED",
		BusinessVerificationStatus: "not_verified", OwnershipType: "SELF", Status: "ACTIVE", Country: "US",
		Owner: &Owner{ID: business, Name: "Lucky Shrub Inc."}, PrimaryFundingID: "0", MessagingLimit: "TIER_2K",
		IsEnabledForInsights: ptr(true), IsSharedWithPartners: ptr(false),
		Health: &Health{CanSendMessage: "AVAILABLE", Entities: []HealthEntity{
			{Type: "WABA", ID: string(account), CanSendMessage: "AVAILABLE"},
		}},
		CreatedAt: time.Date(2022, time.September, 2, 16, 0, 0, 0, time.UTC),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	call := w.got()[0]
	if call.Method != "GET" || call.Path != "/v25.0/102290129340398" || !strings.HasPrefix(call.Query.Get("fields"), "id,name,currency,timezone_id,") {
		t.Errorf("called %s %s with %v", call.Method, call.Path, call.Query)
	}
}

// One field that the API does not know costs that field, and one call.
func TestAccounts_Get_withoutRefusedField(t *testing.T) {
	refused := raw(400, `{"error":{"message":"(#100) Tried accessing nonexisting field (country)","code":100}}`)
	w := serve(t, refused, file(t, 200, "account.json"))
	c, _ := client(t, w)
	for range 2 {
		if _, err := c.Accounts.Get(t.Context(), account, AccountFields); err != nil {
			t.Fatal(err)
		}
	}
	w.wantCalls(t, 3)
	last := w.got()[2].Query.Get("fields")
	if strings.Contains(last, "country") || !strings.Contains(last, "health_status") {
		t.Errorf("asked for %s", last)
	}
}

func TestAccounts_Get_toleratesOtherTypes(t *testing.T) {
	c, _ := client(t, serve(t, raw(200, `{"id":"102290129340398","name":["x"],"timezone_id":58,"creation_time":"2022","primary_funding_id":null,"currency":"EUR"}`)))
	got, err := c.Accounts.Get(t.Context(), account, AccountFields)
	if err != nil || got.TimezoneID != "58" || got.Currency != "EUR" || got.Name != "" || got.PrimaryFundingID != "" {
		t.Errorf("got %+v, %v", got, err)
	}
	c, _ = client(t, serve(t, raw(200, `{"name":"x"}`)))
	if got, err := c.Accounts.Get(t.Context(), account, AccountFields); err == nil {
		t.Errorf("got %+v without an id", got)
	}
}

func TestBusinesses_Accounts(t *testing.T) {
	for rel, path := range map[Relation]string{
		Owned:   "/v25.0/506914307656634/owned_whatsapp_business_accounts",
		Clients: "/v25.0/506914307656634/client_whatsapp_business_accounts",
	} {
		w := serve(t, file(t, 200, "accounts_1.json"), file(t, 200, "accounts_2.json"))
		c, _ := client(t, w)
		var got []string
		for a, err := range c.Businesses.Accounts(t.Context(), business, rel, Fields{Required: []string{"id", "name"}}) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, string(a.ID)+" "+a.Name+" "+a.TimezoneID)
		}
		if diff := cmp.Diff([]string{"102290129340398 Lucky Shrub 1", "102290129340399 Lucky Shrub Test 58"}, got); diff != "" {
			t.Error(diff)
		}
		calls := []string{"GET " + path + " fields=id%2Cname&limit=100", "GET " + path + " after=QVFIUa1&fields=id%2Cname&limit=100"}
		if diff := cmp.Diff(calls, w.lines()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestBusinesses_Accounts_ofNoRelation(t *testing.T) {
	w := serve(t, file(t, 200, "accounts_1.json"))
	c, _ := client(t, w)
	n := 0
	for a, err := range c.Businesses.Accounts(t.Context(), business, "cousin", AccountFields) {
		if n++; a != nil || !api.IsKind(err, api.Invalid) {
			t.Errorf("got %v, %v", a, err)
		}
	}
	if n != 1 {
		t.Errorf("%d results", n)
	}
	w.wantCalls(t, 0)
}

func FuzzAccount(f *testing.F) {
	body, err := os.ReadFile(filepath.Join("testdata", "account.json"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(body)
	f.Add([]byte(`{"id":"1","timezone_id":1e400,"creation_time":-1,"owner_business_info":[],"health_status":"x"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var a Account
		if a.UnmarshalJSON(body) == nil && a.CreatedAt.Before(time.Time{}) {
			t.Errorf("created at %s", a.CreatedAt)
		}
	})
}
