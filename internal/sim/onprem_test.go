package sim

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestLogin(t *testing.T) {
	l := newHosted(t)
	a := l.login(hosted, "admin", masterKey, "")
	l.wantOK(a)
	if end := session(a)["expires_after"]; end != "2026-10-08 12:00:00+00:00" {
		t.Errorf("the token ends %v", end)
	}
	if token, _ := session(a)["token"].(string); strings.Count(token, ".") != 2 {
		t.Errorf("the token is %s", token)
	}
	if m := a.inner("meta"); m["api_status"] != "stable" || m["version"] != "v2.53.0" {
		t.Errorf("meta is %v", m)
	}
	for name, wrong := range map[string]reply{
		"password": l.login(hosted, "admin", "secret", ""),
		"name":     l.login(hosted, "Admin", masterKey, ""),
		"nothing":  l.visit(hosted, "POST", "/v1/users/login", ""),
		"bearer":   l.visit(hosted, "POST", "/v1/users/login", "", "Authorization", "Bearer YWRtaW46c2VjcmV0"),
		"no text":  l.visit(hosted, "POST", "/v1/users/login", "", "Authorization", "Basic !"),
		"a token":  l.visit(hosted, "GET", "/v1/health", "", "Authorization", "Basic "+session(a)["token"].(string)),
	} {
		if wrong.status != 401 || wrong.code != 1005 || !strings.Contains(wrong.body, `"title":"Access denied"`) {
			t.Errorf("%s: got %d %s", name, wrong.status, wrong.body)
		}
	}
	if l.Tokens(hosted) != 1 || l.Tokens(cluster) != 0 || l.Tokens(fresh) != 0 {
		t.Error("tokens are miscounted")
	}
}

func TestLogin_rfc3339(t *testing.T) {
	l := newHosted(t, WithRFC3339Dates())
	if end := session(l.login(hosted, "admin", masterKey, ""))["expires_after"]; end != "2026-10-08T12:00:00Z" {
		t.Errorf("the token ends %v", end)
	}
}

func TestLogin_tokenExpires(t *testing.T) {
	l := newHosted(t)
	d := l.sit(hosted)
	l.clock.Advance(7*24*time.Hour - time.Second)
	l.wantOK(d.call("GET", "health", ""))
	l.clock.Advance(time.Second)
	if l.Tokens(hosted) != 0 {
		t.Error("it still counts")
	}
	l.wantError(d.call("GET", "health", ""), 401, 1005, 0)
}

func TestLogin_defaultPassword(t *testing.T) {
	l := newHosted(t)
	l.Change(fresh, func(n *Number) { n.Deployment = &Deployment{DefaultPassword: true} })
	for _, weak := range []string{`"short1!"`, `"no-digits-Here"`, `"no-upper-1"`, `"NO-LOWER-1"`, `"noSpecial1"`, `""`, `7`,
		`"Aa1!` + strings.Repeat("x", 61) + `"`} {
		l.wantError(l.login(fresh, "admin", "secret", `{"new_password":`+weak+`}`), 400, 1009, 0)
	}
	l.wantError(l.login(fresh, "admin", "secret", `{"new_password":null}`), 400, 1008, 0)
	l.wantError(l.login(fresh, "admin", "wrong", `{"new_password":"Str0ng!enough"}`), 401, 1005, 0)
	a := l.login(fresh, "admin", "secret", `{"new_password":"Str0ng!enough"}`)
	l.wantOK(a)
	if c := l.Calls(); session(a)["token"] == nil || !c[len(c)-1].Effective {
		t.Errorf("got %s", a.body)
	}
	l.wantError(l.login(fresh, "admin", "secret", ""), 401, 1005, 0)
	l.wantOK(l.login(fresh, "admin", "Str0ng!enough", ""))
	l.wantError(l.login(fresh, "admin", "Str0ng!enough", `{"new_password":"Other1!enough"}`), 501, 1000, 0)
}

func TestOnPremises_refusals(t *testing.T) {
	tests := []struct {
		method, path, body string
		status, code       int
	}{
		{"POST", "settings/backup", "", 400, 1008},
		{"POST", "settings/backup", `{"password":""}`, 400, 1009},
		{"POST", "settings/backup", `{"password":7}`, 400, 1009},
		{"POST", "settings/backup", `{"password":"tacos","colour":1}`, 400, 1010},
		{"POST", "settings/backup", `[]`, 400, 1025},
		{"POST", "settings/backup", `null`, 400, 1025},
		{"POST", "settings/account/two-step", `{}`, 400, 1008},
		{"POST", "settings/account/two-step", `{"pin":123456}`, 400, 1009},
		{"POST", "settings/account/two-step", `{"pin":"12345"}`, 400, 1009},
		{"DELETE", "settings/account/two-step", `{"pin":"123456"}`, 400, 1010},
		{"GET", "settings/account/two-step", "", 404, 1014},
		{"POST", "account", "", 404, 1014},
		{"POST", "health", "", 404, 1014},
		{"GET", "health/", "", 404, 1014},
		{"GET", "", "", 404, 1014},
	}
	l := newHosted(t)
	d := l.sit(hosted)
	for _, tt := range tests {
		t.Run(tt.method+" "+tt.path+" "+tt.body, func(t *testing.T) {
			a := d.call(tt.method, tt.path, tt.body)
			if a.status != tt.status || a.code != tt.code || a.inner("meta")["version"] != "v2.53.0" {
				t.Errorf("got %d %s, want %d with code %d", a.status, a.body, tt.status, tt.code)
			}
		})
	}
	form := l.visit(hosted, "POST", "/v1/settings/backup", "password=tacos",
		"Content-Type", "application/x-www-form-urlencoded", "Authorization", "Bearer "+d.token)
	l.wantError(form, 400, 1025, 0)
	if n := l.number(hosted); n.PIN != "004711" {
		t.Errorf("the PIN is %s", n.PIN)
	}
}

func TestOnPremises_bodyOutOfBounds(t *testing.T) {
	l := newHosted(t)
	d := l.sit(hosted)
	large := d.call("POST", "settings/backup", `{"password":"`+strings.Repeat("x", maxBody)+`"}`)
	l.wantError(large, 400, 1025, 0)
	if c := l.Calls()[1]; len(c.Body) != maxBody {
		t.Errorf("%d bytes in the ledger", len(c.Body))
	}
	l.wantError(l.login(hosted, "admin", masterKey, `{`), 400, 1025, 0)
	l.wantError(d.call("POST", "settings/account/two-step", `{`), 400, 1025, 0)
}

func TestOnPremises_disconnectedKeepsItsPIN(t *testing.T) {
	l := newHosted(t)
	l.ChangeDeployment(hosted, func(d *Deployment) { d.State = "disconnected" })
	d := l.sit(hosted)
	l.wantError(d.call("POST", "settings/account/two-step", `{"pin":"123456"}`), 503, 1011, 0)
	l.wantError(d.call("DELETE", "settings/account/two-step", ""), 503, 1011, 0)
	if l.number(hosted).PIN != "004711" {
		t.Error("the PIN changed")
	}
}

// TestOnPremises_pinEndsTheLock has the PIN set on one side after the other has
// locked it.
func TestOnPremises_pinEndsTheLock(t *testing.T) {
	l := newHosted(t)
	d := l.sit(hosted)
	data := d.backup()
	for range 5 {
		l.wantError(l.migrate(hosted, "000000", "tacos", data), 400, 133005, 0)
		l.Change(hosted, func(n *Number) { n.PlatformType = "ON_PREMISE" })
		l.Restore(hosted)
	}
	l.wantError(l.migrate(hosted, "004711", "tacos", data), 400, 133008, 0)
	d.wantGateway("connected") // a PIN that is not looked at does no harm
	l.wantOK(d.call("POST", "settings/account/two-step", `{"pin":"004711"}`))
	l.wantOK(l.migrate(hosted, "004711", "tacos", data))
}

func TestOnPremises_notReady(t *testing.T) {
	l := newHosted(t)
	l.ChangeDeployment(hosted, func(d *Deployment) { d.NotReady = 2 })
	for range 2 {
		l.wantError(l.login(hosted, "admin", masterKey, ""), 503, 1011, 0)
	}
	l.wantOK(l.login(hosted, "admin", masterKey, ""))
	l.Change(hosted, func(n *Number) { n.Deployment = nil })
	l.wantError(l.login(hosted, "admin", masterKey, ""), 503, 1011, 0)
}

func TestOnPremises_connectingIsGoodEnough(t *testing.T) {
	l := newHosted(t)
	l.ChangeDeployment(hosted, func(d *Deployment) { d.State = "connecting" })
	d := l.sit(hosted)
	d.wantGateway("connecting")
	l.wantOK(d.askBackup())
}

func TestOnPremises_support(t *testing.T) {
	l := newHosted(t)
	d := l.sit(hosted)
	m := d.call("GET", "support", "").inner("support")
	if m["debug_info"] != "15550100011" || m["expire_timestamp"] != "2036-10-01T12:00:00" || m["socket_conn"] != "UP" ||
		m["multi_connect"] != false {
		t.Errorf("got %v", m)
	}
	l.ChangeDeployment(hosted, func(d *Deployment) { d.State = "unregistered" })
	if m := d.call("GET", "support", "").inner("support"); m["debug_info"] != "unregistered" || m["socket_conn"] != "UNK" {
		t.Errorf("unregistered: got %v", m)
	}
	if a := d.call("GET", "settings/application", ""); a.status != 200 || strings.Contains(a.body, "wa_id") {
		t.Errorf("unregistered: got %s", a.body)
	}
}

func TestOnPremises_cluster(t *testing.T) {
	l := newHosted(t)
	d := l.sit(cluster)
	for path, want := range map[string]string{
		"health":  `"gateway_status":"connected"`,
		"support": `"socket_conn":"UP"`,
	} {
		a := d.call("GET", path, "")
		if n := strings.Count(a.body, want); n != 5 || strings.Count(a.body, `"role":`) != 7 {
			t.Errorf("%s: %d nodes connected, want 5 of 7: %s", path, n, a.body)
		}
	}
	l.ChangeDeployment(cluster, func(d *Deployment) { d.State = "uninitialized" })
	if a := d.call("GET", "health", ""); strings.Count(a.body, `"gateway_status":"uninitialized"`) != 7 {
		t.Errorf("got %s", a.body)
	}
}

func TestOnPremises_noCertificate(t *testing.T) {
	l := newHosted(t)
	if a := l.sit(hosted).call("GET", "certificates/external/ca", ""); a.status != 404 || a.body != "" {
		t.Errorf("got %d %q", a.status, a.body)
	}
}

func TestEmptySuccess(t *testing.T) {
	for _, form := range emptyForms {
		l := newHosted(t, WithEmptySuccess(form))
		d := l.sit(hosted)
		want := form
		if form == "meta" {
			want = `{"meta":{"api_status":"stable","version":"v2.53.0"}}`
		}
		for range 2 {
			if a := d.call("DELETE", "settings/account/two-step", ""); a.status != 200 || a.body != want {
				t.Errorf("got %d %q, want %q", a.status, a.body, want)
			}
		}
		if c := l.Calls(); !c[1].Effective || c[2].Effective {
			t.Error("the second call changed something, or the first nothing")
		}
	}
	defer func() {
		if recover() == nil {
			t.Error("there is such a form")
		}
	}()
	WithEmptySuccess("tacos")
}

func TestBackup_size(t *testing.T) {
	for _, size := range []int{0, 1, 1000, 1 << 20} {
		l := newHosted(t, WithBackupSize(size))
		data := l.sit(hosted).backup()
		switch got := len(data); {
		case size == 0 && got != 0, size == 1 && got == 0, size >= 1000 && (got < size-8 || got > size+8):
			t.Errorf("%d bytes, want about %d", got, size)
		case size > 0:
			l.wantOK(l.migrate(hosted, "004711", "tacos", data))
		}
	}
}

func TestBackup_looksLikeMetas(t *testing.T) {
	d := newHosted(t).sit(hosted)
	one, two := d.backup(), d.backup()
	if !strings.HasPrefix(one, "V0FCS") || one == two {
		t.Errorf("got %s and %s", one, two)
	}
	d.wantOK(d.migrate(hosted, "004711", "tacos", one)) // an earlier one is as good
}

// TestMigration_disconnectsMeanwhile looks at the deployment while its number is
// being registered elsewhere.
func TestMigration_disconnectsMeanwhile(t *testing.T) {
	for _, tt := range []struct{ password, during, after string }{
		{"tacos", "disconnected", "disconnected"}, {"burrito", "connected", "connected"},
	} {
		l := newHosted(t, WithRegisterTime(time.Hour))
		d := l.sit(hosted)
		data, end := d.backup(), make(chan reply)
		go func() { end <- l.migrate(hosted, "004711", tt.password, data) }()
		for l.Attempts(hosted) == 0 {
			time.Sleep(time.Millisecond)
		}
		d.wantGateway(tt.during)
		l.wantState(hosted, "CONNECTED", "ON_PREMISE")
		l.Close() // which ends the hour
		<-end
		d.wantGateway(tt.after)
	}
}

func TestMigration_withoutBackup(t *testing.T) {
	l := newHosted(t)
	l.wantOK(l.register(hosted, "004711"))
	if d, _ := l.Deployment(hosted); d.State != "disconnected" || !l.number(hosted).ProfileLost {
		t.Errorf("got %+v, %+v", d, l.number(hosted))
	}
}

// TestMigration_withoutBackupFromNowhere loses the profile also where a wrong PIN
// took the number off On-Premises before.
func TestMigration_withoutBackupFromNowhere(t *testing.T) {
	l := newHosted(t)
	l.wantError(l.register(hosted, "000000"), 400, 133005, 0)
	l.wantOK(l.register(hosted, "004711"))
	if !l.number(hosted).ProfileLost {
		t.Error("the profile is not lost")
	}
}

func TestMigration_leavesTheUnregisteredAlone(t *testing.T) {
	l := newHosted(t)
	l.ChangeDeployment(hosted, func(d *Deployment) { d.State = "unregistered" })
	l.wantOK(l.register(hosted, "004711"))
	if d, _ := l.Deployment(hosted); d.State != "unregistered" {
		t.Errorf("it is %s", d.State)
	}
}

func TestRestore(t *testing.T) {
	l := newHosted(t)
	l.ChangeDeployment(hosted, func(d *Deployment) { d.State = "disconnected" })
	l.Restore(hosted)
	if d, _ := l.Deployment(hosted); d.State != "connected" {
		t.Errorf("it is %s", d.State)
	}
}

func TestDeployment_none(t *testing.T) {
	l := newHosted(t)
	for _, id := range []string{fresh, unknown} {
		_, ok := l.Deployment(id)
		if ok || l.ChangeDeployment(id, func(*Deployment) {}) || l.RenewIdentity(id) || l.Tokens(id) != 0 {
			t.Errorf("%s has a deployment", id)
		}
		l.ExpireOnPremisesTokens(id)
	}
}

func TestDeployment_completes(t *testing.T) {
	w := hostedWorld()
	w.Accounts[0].Numbers[1].Deployment.Password = ""
	l := newLabWith(t, w)
	d, _ := l.Deployment(hosted)
	if !strong(d.Password) || !strings.Contains(d.Password, "simulated") {
		t.Errorf("the password is %s", d.Password)
	}
	d.Password = ""
	if got, want := fmt.Sprint(d), "{admin  false ROLE_ADMIN connected 15550100011 2036-10-01T12:00:00 1 false v2.53.0 0 0}"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	l.number(hosted).Deployment.Username = "changed"
	if d, _ := l.Deployment(hosted); d.Username != "admin" || w.Accounts[0].Numbers[1].Deployment.Username != "" {
		t.Error("the deployment is shared")
	}
	l.wantState(hosted, "CONNECTED", "ON_PREMISE")
	l.Change(live, func(*Number) {})
	l.Change(fresh, func(n *Number) { n.Deployment = &Deployment{} })
	if d, _ := l.Deployment(fresh); d.State != "disconnected" || d.WAID != "15550100002" {
		t.Errorf("got %+v", d)
	}
}
