package sim

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"
)

// newFleet has a portfolio, 700000000000001, that owns five accounts and has a client.
func newFleet(t *testing.T, opts ...Option) *lab {
	t.Helper()
	w := Fleet(5, 2)
	w.Token, w.App = "EAAtest", App{Secret: "shhh", Name: "Test app"}
	w.Accounts = append(w.Accounts, Account{ID: "399", Name: "Client", BusinessID: "700000000000002", SharedWith: "700000000000001"})
	return newLabWith(t, w, opts...)
}

func TestAccounts(t *testing.T) {
	l := newFleet(t)
	const owned = "700000000000001/owned_whatsapp_business_accounts?fields=id"
	var got []string
	for path := owned; path != ""; {
		a := l.get(path)
		l.wantOK(a)
		got = append(got, a.ids())
		after, next := a.paging()
		if path = ""; next != "" {
			path = owned + "&after=" + after
		}
	}
	if pages := strings.Join(got, "|"); pages != "5 4|3 2|1" {
		t.Errorf("the pages are %s", pages)
	}
	if a := l.get(owned + "&sort=creation_time_ascending&limit=1&summary=total_count"); a.ids() != "1" || !strings.Contains(a.body, `"total_count":5`) {
		t.Errorf("got %s", a.body)
	}
	if a := l.get("700000000000001/client_whatsapp_business_accounts?fields=name,ownership_type"); !strings.Contains(a.body,
		`"data":[{"id":"399","name":"Client","ownership_type":"CLIENT_OWNED"}]`) {
		t.Errorf("got %s", a.body)
	}
	if a := l.get("700000000000002/client_whatsapp_business_accounts"); a.body != `{"data":[]}` {
		t.Errorf("got %s", a.body)
	}
	l.ForbidAccount("300000000000005", true)
	if a := l.get(owned); a.ids() != "4 3" {
		t.Errorf("got %s", a.body)
	}
}

func TestAccounts_refused(t *testing.T) {
	l := newFleet(t)
	const owned = "700000000000001/owned_whatsapp_business_accounts"
	l.wantError(l.get("700000000000009/owned_whatsapp_business_accounts"), 400, 100, 33)
	l.wantError(l.get(owned+"?limit=101"), 400, 100, 0)
	l.wantError(l.get(owned+"?fields=colour"), 400, 100, 0)
	l.wantError(l.get(owned+"?after=x"), 400, 131059, 0)
	l.wantError(l.get(owned+"?sort=creation_time.asc"), 400, 100, 0)
	l.wantError(l.get(owned+"?filtering=[]"), 501, 3, 0)
	l.wantError(l.get(owned+"?find=x"), 501, 3, 0)
	after, _ := l.get(owned).paging()
	l.wantError(l.get("700000000000001/client_whatsapp_business_accounts?after="+after), 400, 131059, 0)
	l.store.scopes = []string{scopeManagement, scopeMessaging}
	l.wantError(l.get(owned), 403, 200, 0)
}

func TestAccount_fields(t *testing.T) {
	l := newFleet(t)
	a := l.get("300000000000001?fields=name,currency,timezone_id,country,status,account_review_status,business_verification_status," +
		"ownership_type,message_template_namespace,creation_time,owner_business_info,is_enabled_for_insights,primary_funding_id,health_status")
	want := `{"account_review_status":"APPROVED","business_verification_status":"verified","country":"US",` +
		fmt.Sprintf(`"creation_time":%d,`, time.Date(2025, 10, 1, 12, 0, 0, 0, time.UTC).Unix()) + `"currency":"USD",` +
		`"health_status":{"can_send_message":"AVAILABLE","entities":[{"can_send_message":"AVAILABLE","entity_type":"WABA","id":"300000000000001"},` +
		`{"can_send_message":"AVAILABLE","entity_type":"BUSINESS","id":"700000000000001"}]},` +
		`"id":"300000000000001","is_enabled_for_insights":false,"message_template_namespace":"namespace_300000000000001","name":"Shop 1",` +
		`"owner_business_info":{"id":"700000000000001","name":"Simulated business"},"ownership_type":"SELF","status":"ACTIVE","timezone_id":"1"}`
	if a.body != want {
		t.Errorf("got\n%s, want\n%s", a.body, want)
	}
}

func TestList_filtered(t *testing.T) {
	const field = "is_official_business_account"
	tests := []struct {
		field, operator, value string
		code                   int
		want                   string
	}{
		{"account_mode", "EQUAL", `"SANDBOX"`, 0, "2"},
		{"messaging_limit_tier", "EQUAL", `"TIER_1K"`, 0, "3"},
		{field, "EQUAL", `true`, 0, "1"},
		{field, "EQUAL", `false`, 0, "5 4 3 2"},
		{field, "EQUAL", `"false"`, 100, "operation 'EQUAL' is not supported"},
		{"account_mode", "IN", `"SANDBOX"`, 100, "operation 'IN' is not supported"},
		{"account_mode", "EQUAL", `["SANDBOX"]`, 100, "not supported"},
		{"status", "EQUAL", `"CONNECTED"`, 100, "Filtering field 'status'"},
	}
	l := newLab(t, WithPageSize(100))
	l.Change(live, func(n *Number) { n.Official = true })
	l.Change(fresh, func(n *Number) { n.AccountMode = "SANDBOX" })
	l.Change(raw, func(n *Number) { n.MessagingLimitTier = "TIER_1K" })
	for _, tt := range tests {
		q := fmt.Sprintf(`[{"field":%q,"operator":%q,"value":%s}]`, tt.field, tt.operator, tt.value)
		a := l.get(garden + "/phone_numbers?fields=id&filtering=" + url.QueryEscape(q))
		if a.code != tt.code || tt.code == 0 && a.ids() != tt.want || tt.code != 0 && !strings.Contains(a.body, tt.want) {
			t.Errorf("%s: got %s", q, a.body)
		}
	}
	l.wantError(l.get(garden+"/phone_numbers?filtering=x"), 400, 100, 0)
	if a := l.get(garden + "/phone_numbers?fields=id&filtering=[]"); a.ids() != "5 4 3 2 1" {
		t.Errorf("got %s", a.body)
	}
}

func TestDebugToken_ofTheApp(t *testing.T) {
	l := newFleet(t)
	a := l.send("GET", "/v25.0/debug_token?input_token="+url.QueryEscape("600000000000001|shhh"), "", "Authorization", "Bearer 600000000000001|shhh")
	if !strings.Contains(a.body, `"type":"APP"`) || !strings.Contains(a.body, `"is_valid":true`) {
		t.Errorf("got %s", a.body)
	}
	l.ForbidAccount("399", true)
	if a := l.get("debug_token?input_token=EAAtest"); strings.Contains(a.body, `"399"`) || !strings.Contains(a.body, `"300000000000001"`) ||
		!strings.Contains(a.body, `{"scope":"business_management"}`) {
		t.Errorf("got %s", a.body)
	}
}

func TestAccount_portfolio(t *testing.T) {
	l := newFleet(t)
	l.Change("400000000000001", func(n *Number) { n.MessagingLimit = "TIER_10K" })
	for id, want := range map[string]string{"300000000000001": "TIER_10K false", "300000000000002": "TIER_250 false", "399": "TIER_250 true"} {
		a := l.get(id + "?fields=whatsapp_business_manager_messaging_limit,is_shared_with_partners")
		if got := fmt.Sprint(a.json["whatsapp_business_manager_messaging_limit"], " ", a.json["is_shared_with_partners"]); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}

func TestFleet(t *testing.T) {
	start := time.Now()
	l := newLabWith(t, Fleet(100, 100), WithPageSize(100))
	numbers := map[string]bool{}
	for _, n := range l.Numbers() {
		numbers[digitsOf(n.DisplayPhoneNumber)] = true
	}
	if len(numbers) != 10000 {
		t.Errorf("there are %d numbers, want 10000", len(numbers))
	}
	for i := range 100 {
		a := l.get(fmt.Sprintf("3%014d/phone_numbers?limit=100&fields=id,status", i+1))
		if data, _ := a.json["data"].([]any); len(data) != 100 {
			t.Fatalf("account %d has %d numbers: %s", i, len(data), a.body)
		}
	}
	t.Logf("took %v", time.Since(start))
	defer func() {
		if recover() == nil {
			t.Error("there are numbers without end")
		}
	}()
	Fleet(1000, 80)
}
