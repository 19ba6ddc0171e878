package sim

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestAuthenticate(t *testing.T) {
	tests := []struct {
		name, header          string
		status, code, subcode int
	}{
		{"right", "Bearer EAAtest", 200, 0, 0},
		{"right, lower case", "bearer EAAtest", 200, 0, 0},
		{"none", "", 400, 104, 0},
		{"wrong", "Bearer EAAother", 401, 190, 0},
		{"no scheme", "EAAtest", 401, 190, 0},
		{"another scheme", "Basic EAAtest", 401, 190, 0},
		{"no token", "Bearer ", 401, 190, 0},
		{"the app's", "Bearer 600000000000001|shhh", 403, 200, 0},
		{"the app's, wrong", "Bearer 600000000000001|", 401, 190, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := newLab(t)
			a := l.send("GET", "/v25.0/"+live, "", "Authorization", tt.header)
			l.wantError(a, tt.status, tt.code, tt.subcode)
		})
	}
}

func TestAuthenticate_appWithoutSecret(t *testing.T) {
	w := testWorld()
	w.App.Secret = ""
	l := newLabWith(t, w)
	l.wantError(l.send("GET", "/v25.0/"+live, "", "Authorization", "Bearer 600000000000001|"), 401, 190, 0)
}

func TestAuthenticate_expired(t *testing.T) {
	l := newLab(t)
	l.ExpireToken()
	l.wantError(l.get(live), 401, 190, 463)

	w := testWorld()
	w.TokenExpires = time.Date(2026, 10, 1, 13, 0, 0, 0, time.UTC)
	l = newLabWith(t, w)
	l.wantOK(l.get(live))
	l.clock.Advance(time.Hour)
	l.wantError(l.get(live), 401, 190, 463)
}

func TestAuthenticate_scopes(t *testing.T) {
	tests := []struct {
		scopes         []string
		read, register int
	}{
		{[]string{scopeManagement, scopeMessaging}, 0, 0},
		{[]string{scopeManagement}, 0, 10},
		{[]string{scopeMessaging}, 200, 200},
		{[]string{}, 200, 200},
	}
	for _, tt := range tests {
		w := testWorld()
		w.Scopes = tt.scopes
		l := newLabWith(t, w)
		if a := l.get(live); a.code != tt.read {
			t.Errorf("%v: reading answers %d, want %d", tt.scopes, a.code, tt.read)
		}
		if a := l.register(fresh, "012345"); a.code != tt.register || a.code != 0 && a.status != 403 {
			t.Errorf("%v: registering answers %d (%d), want %d", tt.scopes, a.code, a.status, tt.register)
		}
	}
}

func TestProof(t *testing.T) {
	now := func(d time.Duration) string { return fmt.Sprint(time.Now().Add(d).Unix()) }
	timed := func(at string) string {
		return "appsecret_proof=" + sign("EAAtest|"+at, "shhh") + "&appsecret_time=" + at
	}
	tests := []struct {
		name, query string
		code        int
	}{
		{"none", "", 0},
		{"classic", "appsecret_proof=" + sign("EAAtest", "shhh"), 0},
		{"of another secret", "appsecret_proof=" + sign("EAAtest", "other"), 100},
		{"of another token", "appsecret_proof=" + sign("EAAother", "shhh"), 100},
		{"in capitals", "appsecret_proof=" + strings.ToUpper(sign("EAAtest", "shhh")), 100},
		{"timed", timed(now(0)), 0},
		{"timed, four minutes old", timed(now(-4 * time.Minute)), 0},
		{"timed, six minutes old", timed(now(-6 * time.Minute)), 100},
		{"timed, six minutes ahead", timed(now(6 * time.Minute)), 100},
		{"timed, by no clock", timed("soon"), 100},
		{"classic with a time", "appsecret_proof=" + sign("EAAtest", "shhh") + "&appsecret_time=" + now(0), 100},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := newLab(t)
			a := l.get(live + "?" + tt.query)
			if a.code != tt.code {
				t.Errorf("code %d, want %d: %s", a.code, tt.code, a.body)
			}
			if tt.code != 0 && !strings.Contains(a.body, "Invalid appsecret_proof provided in the API argument") {
				t.Errorf("got %s", a.body)
			}
		})
	}
}

func TestProof_required(t *testing.T) {
	w := testWorld()
	w.App.RequireProof = true
	l := newLabWith(t, w)
	l.wantError(l.get(live), 400, 100, 0)
	proof := sign("EAAtest", "shhh")
	l.wantOK(l.get(live + "?appsecret_proof=" + proof))
	l.wantOK(l.post(live, `{"pin":"012345","appsecret_proof":"`+proof+`"}`))
	l.wantOK(l.post(live, `pin=012345&appsecret_proof=`+proof))
	l.wantOK(l.post(live+"?appsecret_proof="+proof, `{"pin":"012345"}`))
	at := time.Now().Unix()
	l.wantOK(l.post(live, fmt.Sprintf(`{"pin":"012345","appsecret_proof":"%s","appsecret_time":%d}`,
		sign(fmt.Sprintf("EAAtest|%d", at), "shhh"), at)))
}

func TestToken_isMadeUp(t *testing.T) {
	w := testWorld()
	w.Token = ""
	a, b := New(w).Token(), New(w).Token()
	if a == b || !strings.HasPrefix(a, "EAAsimulated") {
		t.Errorf("made up %q and %q", a, b)
	}
}

func TestDebugToken(t *testing.T) {
	w := testWorld()
	w.DataAccessExpires = time.Unix(1800000000, 0)
	l := newLabWith(t, w)
	a := l.get("debug_token?input_token=EAAtest")
	l.wantOK(a)
	for _, want := range []string{
		`"app_id":"600000000000001"`, `"type":"SYSTEM_USER"`, `"expires_at":0`, `"is_valid":true`,
		`"data_access_expires_at":1800000000`, `"scopes":["whatsapp_business_management","whatsapp_business_messaging"]`,
		`{"scope":"whatsapp_business_management","target_ids":["` + garden + `","` + bakery + `"]}`,
	} {
		if !strings.Contains(a.body, want) {
			t.Errorf("lacks %s: %s", want, a.body)
		}
	}
	app := []string{"Authorization", "Bearer 600000000000001|shhh"}
	a = l.send("GET", "/v25.0/debug_token?input_token=nonsense", "", app...)
	if !strings.Contains(a.body, `"is_valid":false`) || a.status != 200 {
		t.Errorf("of nonsense: %s", a.body)
	}
	l.ExpireToken()
	a = l.send("GET", "/v25.0/debug_token?input_token=EAAtest", "", app...)
	if !strings.Contains(a.body, `"subcode":463`) || !strings.Contains(a.body, `"is_valid":false`) {
		t.Errorf("of an expired token: %s", a.body)
	}
	l.wantError(l.send("GET", "/v25.0/debug_token", "", app...), 400, 100, 0)
}
