package sim

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestNumbers(t *testing.T) {
	l := newLab(t)
	var got []string
	for _, n := range l.Numbers() {
		got = append(got, n.ID)
	}
	if want := []string{live, fresh, raw, onprem, bizapp, bread}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if n := l.number(bread); n.AccountID != bakery {
		t.Errorf("%s is on account %s", bread, n.AccountID)
	}
}

func TestNumber_isACopy(t *testing.T) {
	w := testWorld()
	l := newLabWith(t, w)
	l.number(onprem).Backup.Data = "changed"
	w.Accounts[0].Numbers[3].Backup.Data = "changed"
	if got := l.number(onprem).Backup.Data; got != "V0FCS==" {
		t.Errorf("the world says %s", got)
	}
}

func TestChange(t *testing.T) {
	l := newLab(t)
	l.Change(live, func(n *Number) { n.Status, n.ID, n.AccountID = "FLAGGED", "1", "2" })
	n := l.number(live)
	if n.Status != "FLAGGED" || n.AccountID != garden {
		t.Errorf("got %+v", n)
	}
	a := l.get(live + "?fields=status,health_status{can_send_message}")
	if !strings.Contains(a.body, "LIMITED") || !strings.Contains(a.body, "FLAGGED") {
		t.Errorf("the node shows %s", a.body)
	}
	if len(l.Calls()) != 1 {
		t.Error("the change is in the ledger")
	}
}

func TestOutOfBand_ofNobody(t *testing.T) {
	l := newLab(t)
	for name, ok := range map[string]bool{
		"Change":             l.Change(unknown, func(*Number) {}),
		"Deregister":         l.Deregister(unknown),
		"Ban":                l.Ban(unknown),
		"Remove":             l.Remove(unknown),
		"Move":               l.Move(unknown, bakery),
		"Move to no account": l.Move(live, unknown),
		"Forbid":             l.Forbid(unknown, true),
		"ForbidAccount":      l.ForbidAccount(unknown, true),
	} {
		if ok {
			t.Errorf("%s succeeds", name)
		}
	}
	if _, ok := l.Number(unknown); ok || l.Attempts(unknown) != 0 || l.Registrations(unknown) != 0 {
		t.Error("there is something of nobody's number")
	}
}

func TestDeregister_outOfBand(t *testing.T) {
	l := newLab(t)
	if !l.Deregister(live) {
		t.Fatal("there is no such number")
	}
	l.wantShown(live, "DISCONNECTED", "NOT_APPLICABLE")
	if l.Attempts(live) != 0 {
		t.Error("it counts toward the budget")
	}
}

func TestBan(t *testing.T) {
	l := newLab(t)
	l.Ban(live)
	a := l.get(live + "?fields=status,health_status{can_send_message}")
	if !strings.Contains(a.body, "BANNED") || !strings.Contains(a.body, "BLOCKED") {
		t.Errorf("the node shows %s", a.body)
	}
}

func TestRemove(t *testing.T) {
	l := newLab(t, WithPageSize(100))
	l.Remove(live)
	l.wantError(l.get(live), 400, 33, 0)
	if a := l.get(garden + "/phone_numbers?fields=id"); strings.Contains(a.body, live) {
		t.Errorf("the list still has it: %s", a.body)
	}
	l.wantError(l.register(live, "111222"), 400, 133015, 0)
	l.wantError(l.post(live+"/deregister", ""), 400, 133015, 0)
	l.clock.Advance(5 * time.Minute)
	l.wantError(l.register(live, "111222"), 400, 33, 0)
	if _, ok := l.Number(live); ok || len(l.Numbers()) != 5 || l.Remove(live) {
		t.Error("it still exists")
	}
}

func TestMove(t *testing.T) {
	l := newLab(t)
	l.Move(live, bakery)
	if a := l.get(bakery + "/phone_numbers?fields=id"); a.ids() != "1 6" {
		t.Errorf("the new account lists %q", a.ids())
	}
	if a := l.get(live + "?fields=health_status"); !strings.Contains(a.body, bakery) || strings.Contains(a.body, garden) {
		t.Errorf("the node shows %s", a.body)
	}
}

func TestForbid(t *testing.T) {
	l := newLab(t, WithPageSize(100))
	l.Forbid(live, true)
	l.wantError(l.get(live), 400, 100, 33)
	l.wantError(l.register(live, "111222"), 400, 100, 33)
	if a := l.get(garden + "/phone_numbers?fields=id"); !strings.Contains(a.body, live) {
		t.Errorf("the list lacks it: %s", a.body)
	}
	l.Forbid(live, false)
	l.wantOK(l.get(live))
}

func TestForbidAccount(t *testing.T) {
	l := newLab(t)
	l.ForbidAccount(garden, true)
	l.wantError(l.get(garden), 403, 200, 0)
	l.wantError(l.get(garden+"/phone_numbers"), 403, 200, 0)
	l.wantOK(l.get(live))
	l.ForbidAccount(garden, false)
	l.wantOK(l.get(garden))
}

func TestRefusedFields(t *testing.T) {
	l := newLab(t)
	l.Change(live, func(n *Number) { n.RefusedFields = []string{"quality_rating", "name_status"} })
	l.wantError(l.get(live+"?fields=id,name_status"), 400, 100, 0)
	l.wantOK(l.get(fresh + "?fields=id,name_status"))
	a := l.get(live)
	l.wantOK(a)
	if strings.Contains(a.body, "quality_rating") {
		t.Errorf("a refused field is shown by default: %s", a.body)
	}
	l.wantError(l.get(garden+"/phone_numbers?limit=1&fields=name_status&sort=creation_time_ascending"), 400, 100, 0)
}

func TestLedger(t *testing.T) {
	var logged []Call
	l := newLab(t, WithLog(func(c Call) { logged = append(logged, c) }))
	l.get(live + "?fields=id")
	l.clock.Advance(time.Minute)
	l.register(fresh, "012345")
	l.register(fresh, "999999")
	l.send("GET", "/nothing/here", "")

	calls := l.Calls()
	if len(calls) != 4 || !reflect.DeepEqual(calls, logged) {
		t.Fatalf("%d calls in the ledger, %d logged", len(calls), len(logged))
	}
	c := calls[1]
	if c.Route != registerRoute || c.Method != "POST" || c.Path != "/v25.0/"+fresh+"/register" ||
		c.Version != "v25.0" || !c.Effective || c.Status != 200 || c.Code != 0 || c.Fault != "" ||
		!strings.Contains(string(c.Body), "012345") || c.Header.Get("Authorization") != "Bearer EAAtest" {
		t.Errorf("got %+v", c)
	}
	if got := c.Time.Sub(calls[0].Time); got != time.Minute {
		t.Errorf("a minute took %v", got)
	}
	if c := calls[0]; c.Query.Get("fields") != "id" || c.Effective {
		t.Errorf("got %+v", c)
	}
	if c := calls[2]; c.Status != 400 || c.Code != 133005 || c.Effective {
		t.Errorf("got %+v", c)
	}
	if c := calls[3]; c.Route != "" || c.Version != "" || c.Code != 2500 {
		t.Errorf("got %+v", c)
	}
	if got := l.Count(registerRoute); got != 2 {
		t.Errorf("%d registrations counted, want 2", got)
	}
	c.Body[0], c.Query["x"] = 'X', nil
	if got := l.Calls()[1]; got.Body[0] == 'X' || got.Query.Has("x") {
		t.Error("the ledger hands out what it keeps")
	}
	l.ForgetCalls()
	if len(l.Calls()) != 0 || l.Count(registerRoute) != 0 || l.Attempts(fresh) != 2 {
		t.Error("ForgetCalls forgot too little or too much")
	}
}

func TestCount_panics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a misspelt route was counted")
		}
	}()
	newLab(t).Count("POST /register")
}

func TestRoutes(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Routes() {
		if seen[r] {
			t.Errorf("%s is there twice", r)
		}
		seen[r] = true
	}
	if len(seen) != 34 || !seen[registerRoute] || !seen[backupRoute] {
		t.Errorf("got %v", Routes())
	}
}
