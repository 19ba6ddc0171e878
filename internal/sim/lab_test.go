package sim

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// Ids of the world that most tests use.
const (
	garden  = "100000000000001" // account with all numbers but one
	bakery  = "100000000000002" // account with bread alone
	live    = "200000000000001" // on the Cloud API, PIN 111222
	fresh   = "200000000000002" // verified, never registered, no PIN
	raw     = "200000000000003" // not verified
	onprem  = "200000000000004" // On-Premises, PIN 004711, with a backup
	bizapp  = "200000000000005" // in use with the Business app
	bread   = "200000000000006" // on the Cloud API, a new name approved
	unknown = "299999999999999" // nobody's
)

func testWorld() World {
	return World{
		Token: "EAAtest",
		App:   App{ID: "600000000000001", Name: "Test app", Secret: "shhh"},
		Accounts: []Account{
			{ID: garden, Name: "Garden", BusinessID: "700000000000001", Numbers: []Number{
				{ID: live, DisplayPhoneNumber: "+1 555-010-0001", VerifiedName: "Garden", PlatformType: "CLOUD_API", PIN: "111222"},
				{ID: fresh, DisplayPhoneNumber: "+1 555-010-0002"},
				{ID: raw, DisplayPhoneNumber: "+1 555-010-0003", CodeVerificationStatus: "NOT_VERIFIED"},
				{ID: onprem, PlatformType: "ON_PREMISE", PIN: "004711", Backup: &Backup{Password: "tacos", Data: "V0FCS=="}},
				{ID: bizapp, PlatformType: "CLOUD_API", OnBizApp: true},
			}},
			{ID: bakery, Name: "Bakery", Numbers: []Number{
				{ID: bread, VerifiedName: "Bakery", PlatformType: "CLOUD_API", PIN: "333444",
					NewDisplayName: "Bread", NewNameStatus: "APPROVED"},
			}},
		},
	}
}

// lab is a simulator under test with a clock that moves by hand.
type lab struct {
	*testing.T
	*Server
	clock *Clock
}

func newLab(t *testing.T, opts ...Option) *lab {
	t.Helper()
	return newLabWith(t, testWorld(), opts...)
}

func newLabWith(t *testing.T, w World, opts ...Option) *lab {
	t.Helper()
	clock := NewClock(time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC))
	s := New(w, append([]Option{WithClock(clock)}, opts...)...)
	t.Cleanup(s.Close)
	return &lab{T: t, Server: s, clock: clock}
}

// reply is what came back.
type reply struct {
	status, code, subcode int
	body                  string
	json                  map[string]any
	header                http.Header
}

// send makes a call without a socket. A body of JSON is sent as such, any other as
// a form. headers are pairs that replace the usual ones.
func (l *lab) send(method, path, body string, headers ...string) reply {
	l.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	dress(r, body, l.Token(), headers)
	w := httptest.NewRecorder()
	l.ServeHTTP(w, r)
	return read(w.Result())
}

func dress(r *http.Request, body, token string, headers []string) {
	r.Header.Set("Authorization", "Bearer "+token)
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if strings.HasPrefix(body, "{") {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
}

func read(resp *http.Response) reply {
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	a := reply{status: resp.StatusCode, body: string(b), header: resp.Header}
	_ = json.Unmarshal(b, &a.json)
	if e, ok := a.json["error"].(map[string]any); ok {
		code, _ := e["code"].(float64)
		subcode, _ := e["error_subcode"].(float64)
		a.code, a.subcode = int(code), int(subcode)
	}
	if list, ok := a.json["errors"].([]any); ok && len(list) == 1 {
		e, _ := list[0].(map[string]any)
		code, _ := e["code"].(float64)
		a.code = int(code)
	}
	return a
}

func (l *lab) get(path string) reply { l.Helper(); return l.send("GET", "/v25.0/"+path, "") }

func (l *lab) post(path, body string) reply { l.Helper(); return l.send("POST", "/v25.0/"+path, body) }

// asApp makes a call with the app's own token.
func (l *lab) asApp(method, path, body string) reply {
	l.Helper()
	return l.send(method, "/v25.0/600000000000001/"+path, body, "Authorization", "Bearer 600000000000001|shhh")
}

func (l *lab) register(id, pin string) reply {
	l.Helper()
	return l.post(id+"/register", `{"messaging_product":"whatsapp","pin":"`+pin+`"}`)
}

func (l *lab) migrate(id, pin, password, data string) reply {
	l.Helper()
	return l.post(id+"/register", `{"messaging_product":"whatsapp","pin":"`+pin+
		`","backup":{"password":"`+password+`","data":"`+data+`"}}`)
}

// number returns the truth about a number that must exist.
func (l *lab) number(id string) Number {
	l.Helper()
	n, ok := l.Number(id)
	if !ok {
		l.Fatalf("number %s does not exist", id)
	}
	return n
}

// wantOK fails unless a call succeeded.
func (l *lab) wantOK(a reply) {
	l.Helper()
	if a.status != 200 || a.code != 0 {
		l.Fatalf("got status %d, want 200: %s", a.status, a.body)
	}
}

// wantError fails unless a call was refused just so.
func (l *lab) wantError(a reply, status, code, subcode int) {
	l.Helper()
	if a.status != status || a.code != code || a.subcode != subcode {
		l.Fatalf("got status %d, code %d/%d, want status %d, code %d/%d: %s",
			a.status, a.code, a.subcode, status, code, subcode, a.body)
	}
}

// wantState fails unless status and platform are as given, in truth.
func (l *lab) wantState(id, status, platform string) {
	l.Helper()
	if n := l.number(id); n.Status != status || n.PlatformType != platform {
		l.Errorf("number %s is %s on %s, want %s on %s", id, n.Status, n.PlatformType, status, platform)
	}
}

// wantShown fails unless the node shows status and platform.
func (l *lab) wantShown(id, status, platform string) {
	l.Helper()
	a := l.get(id + "?fields=status,platform_type")
	if a.json["status"] != status || a.json["platform_type"] != platform {
		l.Errorf("the node shows %s, want %s on %s", a.body, status, platform)
	}
}
