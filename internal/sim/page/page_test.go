package page_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim/page"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// view is a page under test, over a simulator whose clock moves by hand.
type view struct {
	*testing.T
	*sim.Server
	clock *sim.Clock
	url   string
}

var start = time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC)

func open(t *testing.T, world sim.World) *view {
	t.Helper()
	clock := sim.NewClock(start)
	return show(t, sim.New(world, sim.WithClock(clock)), clock)
}

func show(t *testing.T, s *sim.Server, clock *sim.Clock) *view {
	t.Helper()
	server := httptest.NewServer(page.New(s, clock))
	t.Cleanup(server.Close)
	return &view{t, s, clock, server.URL}
}

// ask sends a request, follows no redirect, and returns what was answered.
func (v *view) ask(method, path, body string, headers ...string) (int, string, http.Header) {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), method, v.url+path, strings.NewReader(body))
	if err != nil {
		v.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
	}
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		v.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		v.Fatal(err)
	}
	return resp.StatusCode, string(text), resp.Header
}

// press presses a button as the browser does, and expects this status.
func (v *view) press(button, number string, want int) {
	v.Helper()
	status, text, _ := v.ask("POST", "/_sim/press/"+button, url.Values{"number": {number}}.Encode(),
		"Origin", v.url, "Sec-Fetch-Site", "same-origin")
	if status != want {
		v.Errorf("%s %s: status %d, want %d: %s", button, number, status, want, text)
	}
}

// state is what the script gets: the content of the elements, by id.
func (v *view) state() map[string]string {
	v.Helper()
	_, text, _ := v.ask("GET", "/_sim/state", "")
	parts := map[string]string{}
	if err := json.Unmarshal([]byte(text), &parts); err != nil {
		v.Fatalf("%v: %s", err, text)
	}
	return parts
}

// everything is all that the page says of the world, in either form.
func (v *view) everything() string {
	v.Helper()
	_, text, _ := v.ask("GET", "/", "")
	for _, part := range v.state() {
		text += part
	}
	return text
}

func contains(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(text, w) {
			t.Errorf("%q is missing in\n%s", w, text)
		}
	}
}

func TestPage(t *testing.T) {
	v := open(t, sim.ExampleWorld())
	status, text, header := v.ask("GET", "/", "")
	if status != 200 || header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("status %d, %v", status, header)
	}
	contains(t, text, "2026-10-01 12:00:00 UTC", "Example Garden Shop <code>100000000000001</code>", "Example Bakery <code>",
		"&#43;1 555-010-0005", "to become <q>Example Bread</q>", "APPROVED, waits for a registration", "PENDING_REVIEW", "0 of 10 in 72 hours")
	for name, kind := range map[string]string{"page.css": "text/css", "page.js": "text/javascript"} {
		contains(t, text, `"/_sim/`+name+`"`)
		if status, _, header := v.ask("GET", "/_sim/"+name, ""); status != 200 || !strings.HasPrefix(header.Get("Content-Type"), kind) {
			t.Errorf("%s: status %d, %v", name, status, header)
		}
	}
	contains(t, header.Get("Content-Security-Policy"), "default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
	if strings.Contains(text, "://") {
		t.Errorf("the page refers to something elsewhere:\n%s", text)
	}
}

// TestState shows calls as they arrive, and none of its own.
func TestState(t *testing.T) {
	v := open(t, sim.ExampleWorld())
	contains(t, v.state()["calls"], "None yet")
	v.ask("POST", "/v25.0/200000000000002/register", "messaging_product=whatsapp&pin=061294", "Authorization", "Bearer "+v.Token())
	v.ask("GET", "/v25.0/200000000000099", "", "Authorization", "Bearer "+v.Token())
	v.ask("GET", "/200000000000003", "", "Authorization", "Bearer "+v.Token()) // Meta's default version
	contains(t, v.state()["calls"], "555-010-0003")
	state := v.state()
	contains(t, state["calls"], "<code>POST /{phone-number-id}/register</code>", "changed something", "&#43;1 555-010-0002", ">200<", "200000000000099", ">400<")
	if first := strings.Index(state["calls"], "200000000000099"); first > strings.Index(state["calls"], "/register") {
		t.Error("the last call is not the first")
	}
	contains(t, state["world"], "1 of 10 in 72 hours")
	if n := len(v.Calls()); n != 3 {
		t.Errorf("the ledger has %d calls, want the 3 of the API", n)
	}
}

// TestPress has every button do what it says, to the world alone.
func TestPress(t *testing.T) {
	const live, pending = "200000000000001", "200000000000006"
	v := open(t, sim.ExampleWorld())
	is := func(id string, want func(sim.Number) bool) {
		t.Helper()
		if n, _ := v.Number(id); !want(n) {
			t.Errorf("%+v", n)
		}
	}
	v.press("ban", live, 303)
	is(live, func(n sim.Number) bool { return n.Status == "BANNED" })
	contains(t, v.state()["world"], "Lift the ban")
	v.press("unban", live, 303)
	is(live, func(n sim.Number) bool { return n.Status == "CONNECTED" })
	v.press("unban", live, 409)
	v.press("deregister", live, 303)
	is(live, func(n sim.Number) bool { return n.Status == "DISCONNECTED" && n.PlatformType == "NOT_APPLICABLE" })
	v.press("approve", pending, 303)
	is(pending, func(n sim.Number) bool { return n.NewNameStatus == "APPROVED" })
	v.press("approve", pending, 409)
	v.Change(pending, func(n *sim.Number) { n.NewNameStatus = "PENDING_REVIEW" })
	v.press("decline", pending, 303)
	is(pending, func(n sim.Number) bool { return n.NewNameStatus == "DECLINED" })
	v.press("ban", "200000000000099", 409)
	v.press("explode", live, 404)
	if n := len(v.Calls()); n != 0 {
		t.Errorf("%d calls in the ledger", n)
	}
}

// TestPress_clock lets time pass until the attempts count no more.
func TestPress_clock(t *testing.T) {
	const id = "200000000000002"
	v := open(t, sim.ExampleWorld())
	v.ask("POST", "/v25.0/"+id+"/register", "messaging_product=whatsapp&pin=061294", "Authorization", "Bearer "+v.Token())
	v.press("hour", "", 303)
	if d := v.clock.Now().Sub(start); d != time.Hour || v.Attempts(id) != 1 {
		t.Errorf("%s later, %d attempts", d, v.Attempts(id))
	}
	v.press("window", "", 303)
	if d := v.clock.Now().Sub(start); d != 73*time.Hour || v.Attempts(id) != 0 {
		t.Errorf("%s later, %d attempts", d, v.Attempts(id))
	}
	contains(t, v.state()["clock"], "2026-10-04 13:00:00 UTC")
}

// TestPress_refused has pages elsewhere, of which nothing may get through.
func TestPress_refused(t *testing.T) {
	const live = "200000000000001"
	v := open(t, sim.ExampleWorld())
	before, _ := v.Number(live)
	tests := map[string]struct {
		method  string
		headers []string
		want    int
	}{
		"a page elsewhere":               {"POST", []string{"Origin", "https://example.com", "Sec-Fetch-Site", "cross-site"}, 403},
		"an older browser":               {"POST", []string{"Origin", "https://example.com"}, 403},
		"another port of this machine":   {"POST", []string{"Origin", "http://127.0.0.1:1", "Sec-Fetch-Site", "same-site"}, 403},
		"a page from a file":             {"POST", []string{"Origin", "null"}, 403},
		"a name that was bent to here":   {"POST", []string{"Host", "example.com", "Origin", "http://example.com", "Sec-Fetch-Site", "same-origin"}, 403},
		"a name that looks like here":    {"POST", []string{"Host", "127.0.0.1.example.com"}, 403},
		"a link":                         {"GET", nil, 405},
		"a method that is no form's":     {"PUT", nil, 405},
		"a program here, without a page": {"POST", nil, 303},
		"by name":                        {"POST", []string{"Host", "localhost:8080", "Origin", "http://localhost:8080"}, 303},
		"by the other address":           {"POST", []string{"Host", "[::1]:8080", "Origin", "http://[::1]:8080"}, 303},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			v.Change(live, func(n *sim.Number) { *n = before })
			status, _, _ := v.ask(tt.method, "/_sim/press/ban", "number="+live, tt.headers...)
			n, _ := v.Number(live)
			if status != tt.want || (n.Status == "BANNED") != (tt.want == 303) {
				t.Errorf("status %d, the number is %s", status, n.Status)
			}
		})
	}
	for _, path := range []string{"/", "/_sim/state"} { // also what can only be read
		if status, text, _ := v.ask("GET", path, "", "Host", "example.com"); status != 403 || strings.Contains(text, "555") {
			t.Errorf("%s: status %d: %s", path, status, text)
		}
	}
}

// TestPage_escapes has names, which are the users', that would be part of the page.
func TestPage_escapes(t *testing.T) {
	const evil = `<script>alert("1")</script>'"><img src=x onerror=alert(2)>`
	v := open(t, sim.World{Accounts: []sim.Account{{
		ID: "1", Name: evil, Status: evil, Apps: []sim.Subscription{{AppID: "5", AppName: evil, Override: sim.Callback{URI: "https://h/" + evil}}},
		Numbers: []sim.Number{{
			ID: "2", DisplayPhoneNumber: evil, VerifiedName: evil, NewDisplayName: evil, NewNameStatus: "PENDING_REVIEW", NameStatus: evil,
			Status: evil, PlatformType: "CLOUD_API", QualityRating: evil, CodeVerificationStatus: evil,
			Profile: sim.Profile{About: evil}, Webhook: sim.Callback{URI: "https://<img>/"},
		}, {ID: "3", PlatformType: evil, NameStatus: evil}},
	}}})
	v.ask("POST", "/v25.0/2/"+url.PathEscape(evil), "")
	v.ask("GET", "/v25.0/2", "", "Authorization", "Bearer "+v.Token())
	text := v.everything()
	contains(t, text, "&lt;script&gt;alert")
	for _, tag := range []string{"<script>", "<img", `'"><`, "onerror=alert(2)>"} {
		if strings.Contains(text, tag) {
			t.Errorf("%s is part of the page:\n%s", tag, text)
		}
	}
}

// TestPage_noSecrets has every secret that there is in the world and in calls.
func TestPage_noSecrets(t *testing.T) {
	hook := sim.Callback{URI: "https://hooks.example.com/secret-path?key=secret-key", VerifyToken: "secret-verify"}
	v := open(t, sim.World{
		Token: "EAAsecret-token",
		App: sim.App{ID: "9", Name: "App", Secret: "secret-app",
			Subscriptions: []sim.AppSubscription{{Object: "whatsapp_business_account", Callback: hook}}},
		Accounts: []sim.Account{{ID: "1", Name: "Garden", Apps: []sim.Subscription{{AppID: "9", Override: hook}}, Numbers: []sim.Number{
			{ID: "2", PIN: "061294", PlatformType: "CLOUD_API", Webhook: hook},
			{ID: "3", PIN: "061294", PlatformType: "ON_PREMISE", Backup: &sim.Backup{Password: "secret-password", Data: "secret-data"}},
			{ID: "4", DisplayPhoneNumber: "+1 555-010-0004", PIN: "061294", Deployment: &sim.Deployment{Username: "secret-name", Password: "secret-Password-1"}},
		}}},
	})
	token := []string{"Authorization", "Bearer EAAsecret-token"}
	v.ask("POST", "/v25.0/2", "pin=061294", token...)
	v.ask("POST", "/v25.0/3/register", `{"messaging_product":"whatsapp","pin":"061294","backup":{"data":"secret-data","password":"secret-password"}}`,
		append(token, "Content-Type", "application/json")...)
	v.ask("GET", "/v25.0/debug_token?input_token=EAAsecret-token", "", token...)
	for _, path := range []string{"/EAAsecret-token/061294?access_token=EAAsecret-token", "/v25.0/EAAsecret-token", "/v25.0/061294", "/061294/secret"} {
		v.ask("GET", path, "", token...)
	}
	text := v.everything()
	contains(t, text, "Webhooks</dt><dd>to hooks.example.com", "App at hooks.example.com", "debug_token", "no such route")
	for _, secret := range []string{"secret", "061294"} {
		if i := strings.Index(text, secret); i >= 0 {
			t.Errorf("%s is shown: %s", secret, text[max(i-200, 0):min(i+100, len(text))])
		}
	}
}
