package sim

import (
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// hook is a callback server, behind the host hooks.example.com.
type hook struct {
	*httptest.Server
	answer func(http.ResponseWriter, *http.Request)
	asked  []*http.Request
}

const hookURL = "https://hooks.example.com/wa"

func newHook(t *testing.T) *hook {
	t.Helper()
	h := &hook{answer: echo}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.asked = append(h.asked, r)
		h.answer(w, r)
	}))
	t.Cleanup(h.Close)
	return h
}

// echo answers a challenge as it should be.
func echo(w http.ResponseWriter, r *http.Request) {
	_, _ = fmt.Fprint(w, r.URL.Query().Get("hub.challenge"))
}

// newHooked returns a simulator whose app is subscribed to garden, and a callback.
func newHooked(t *testing.T, opts ...Option) (*lab, *hook) {
	t.Helper()
	h := newHook(t)
	w := testWorld()
	w.Accounts[0].Apps = []Subscription{{AppID: "600000000000009", AppName: "Other"}, {AppID: "600000000000001"}}
	w.App.Subscriptions = []AppSubscription{{Object: "page", Callback: Callback{URI: "https://pages.example.com"}, Fields: []string{"feed"}}}
	return newLabWith(t, w, append([]Option{WithCallback("hooks.example.com", h.URL)}, opts...)...), h
}

func override(uri, token string) string {
	return `{"override_callback_uri":"` + uri + `","verify_token":"` + token + `"}`
}

func numberOverride(uri, token string) string {
	return `{"webhook_configuration":` + override(uri, token) + `}`
}

func appWebhook(uri, fields string) string {
	return `{"object":"whatsapp_business_account","callback_url":"` + uri + `","verify_token":"tok","fields":"` + fields + `","include_values":true}`
}

// ways are the three calls that have a callback challenged.
var ways = map[string]struct {
	send func(*lab, string) reply
	code int
}{
	"account": {func(l *lab, uri string) reply { return l.post(garden+"/subscribed_apps", override(uri, "tok")) }, 100},
	"number":  {func(l *lab, uri string) reply { return l.post(live, numberOverride(uri, "tok")) }, 100},
	"app":     {func(l *lab, uri string) reply { return l.asApp("POST", "subscriptions", appWebhook(uri, "messages")) }, 2200},
}

// configured returns what the node of live shows of its webhooks.
func (l *lab) configured() string {
	l.Helper()
	a := l.get(live + "?fields=webhook_configuration")
	l.wantOK(a)
	return a.body
}

func TestCallback_isChallenged(t *testing.T) {
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			l, h := newHooked(t)
			l.wantOK(way.send(l, hookURL+"?tenant=7"))
			if len(h.asked) != 1 {
				t.Fatalf("asked %d times, want once", len(h.asked))
			}
			r, q := h.asked[0], h.asked[0].URL.Query()
			if r.Method != "GET" || r.Host != "hooks.example.com" || r.URL.Path != "/wa" || q.Get("tenant") != "7" ||
				q.Get("hub.mode") != "subscribe" || q.Get("hub.verify_token") != "tok" || q.Get("hub.challenge") == "" {
				t.Errorf("asked %s %s%s", r.Method, r.Host, r.URL)
			}
			want := Challenge{
				Time: l.clock.Now(), Callback: Callback{URI: hookURL + "?tenant=7", VerifyToken: "tok"},
				Challenge: q.Get("hub.challenge"), Status: 200,
			}
			if got := l.Challenges(); !slices.Equal(got, []Challenge{want}) {
				t.Errorf("got %+v, want %+v", got, want)
			}
			if !strings.Contains(l.configured(), hookURL) || !l.Calls()[0].Effective {
				t.Errorf("the node shows %s", l.configured())
			}
		})
	}
}

func TestCallback_fails(t *testing.T) {
	problems := map[string]struct {
		answer func(http.ResponseWriter, *http.Request)
		want   string
	}{
		"500":      {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, "HTTP Status Code = 500; HTTP Message = Internal Server Error"},
		"403":      {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }, "HTTP Status Code = 403; HTTP Message = Forbidden"},
		"204":      {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, "HTTP Status Code = 204"},
		"redirect": {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/there", http.StatusFound) }, "HTTP Status Code = 302"},
		"wrong":    {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "hello") }, "does not match the challenge"},
		"more":     {func(w http.ResponseWriter, r *http.Request) { echo(w, r); fmt.Fprintln(w) }, "does not match the challenge"},
		"hangs":    {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "curl_errno = 28"},
		"hangs up": {func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "curl_errno = 7"},
		"breaks up": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "9")
			fmt.Fprint(w, "x")
		}, "curl_errno = 7"},
	}
	for problem, p := range problems {
		for name, way := range ways {
			t.Run(name+", "+problem, func(t *testing.T) {
				l, h := newHooked(t, WithCallbackTimeout(100*time.Millisecond))
				before := l.configured()
				h.answer = p.answer
				a := way.send(l, hookURL)
				if a.status != 400 || a.code != way.code || !strings.Contains(a.body, p.want) || strings.Contains(a.body, "tok") {
					t.Errorf("got %s", a.body)
				}
				if got := l.configured(); got != before || l.Calls()[1].Effective {
					t.Errorf("the node shows %s, want %s", got, before)
				}
				if got := l.Challenges(); len(got) != 1 || !strings.Contains(got[0].Problem, p.want) {
					t.Errorf("got %+v", got)
				}
			})
		}
	}
}

func TestCallback_isNotAsked(t *testing.T) {
	tests := map[string]string{
		"http":          "http://hooks.example.com/wa",
		"no scheme":     "hooks.example.com/wa",
		"no host":       "https:///wa",
		"another":       "ftp://hooks.example.com",
		"no URL at all": "https://%zz",
		"a blank":       " " + hookURL,
	}
	for problem, uri := range tests {
		for name, way := range ways {
			l, h := newHooked(t)
			if a := way.send(l, uri); a.status != 400 || a.code != 100 || len(h.asked) != 0 || len(l.Challenges()) != 0 {
				t.Errorf("%s, %s: asked %d times, got %s", name, problem, len(h.asked), a.body)
			}
		}
	}
}

func TestCallback_longest(t *testing.T) {
	l, _ := newHooked(t)
	uri := hookURL + strings.Repeat("x", 200-len(hookURL))
	l.wantOK(l.post(garden+"/subscribed_apps", override(uri, "tok")))
	l.wantError(l.post(garden+"/subscribed_apps", override(uri+"x", "tok")), 400, 100, 0)
	l.wantOK(l.post(live, numberOverride(uri, "tok")))
	l.wantError(l.post(live, numberOverride(uri+"x", "tok")), 400, 100, 0)
}

func TestCallback_onLoopback(t *testing.T) {
	l, h := newHooked(t)
	l.wantOK(l.post(live, numberOverride(h.URL+"/plain", "tok")))
	if len(h.asked) != 1 || h.asked[0].URL.Path != "/plain" {
		t.Errorf("asked %v", h.asked)
	}
}

// TestCallback_nowhere names a host that the simulator knows no way to; it must not
// ask the network.
func TestCallback_nowhere(t *testing.T) {
	l, _ := newHooked(t)
	for _, uri := range []string{"https://elsewhere.example.com", "https://192.0.2.1/"} {
		start := time.Now()
		a := l.post(live, numberOverride(uri, "tok"))
		if a.code != 100 || !strings.Contains(a.body, "curl_errno = 6") || time.Since(start) > 2*time.Second {
			t.Errorf("got %s after %v", a.body, time.Since(start))
		}
	}
}

func TestCallback_withTLS(t *testing.T) {
	h := httptest.NewUnstartedServer(http.HandlerFunc(echo))
	h.Config.ErrorLog = quiet()
	h.StartTLS()
	t.Cleanup(h.Close)
	authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: h.Certificate().Raw})

	l, _ := newHooked(t) // trusts the system
	l.RouteCallback("example.com", h.URL)
	if a := l.post(live, numberOverride("https://example.com/wa", "tok")); a.code != 100 || !strings.Contains(a.body, "curl_errno = 60") {
		t.Errorf("got %s", a.body)
	}
	l, _ = newHooked(t, WithCallbackAuthority(authority))
	l.RouteCallback("example.com", h.URL) // a name of the certificate
	l.RouteCallback("example.net:8443", h.URL)
	l.wantOK(l.post(live, numberOverride("https://example.com/wa", "tok")))
	l.wantOK(l.post(live, numberOverride(h.URL+"/wa", "tok")))
	if a := l.post(live, numberOverride("https://example.net:8443/wa", "tok")); !strings.Contains(a.body, "curl_errno = 60") {
		t.Errorf("got %s", a.body)
	}
}

func TestCallback_code(t *testing.T) {
	for name, way := range ways {
		l, h := newHooked(t, WithCallbackCode(2200))
		h.answer = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }
		if a := way.send(l, hookURL); !strings.Contains(a.body,
			`"message":"(#2200) Callback verification failed with the following errors: HTTP Status Code = 404; HTTP Message = Not Found"`) {
			t.Errorf("%s: got %s", name, a.body)
		}
	}
}

// TestCallback_isAskedWithoutTheLock has a callback that calls the simulator itself.
func TestCallback_isAskedWithoutTheLock(t *testing.T) {
	l, h := newHooked(t)
	h.answer = func(w http.ResponseWriter, r *http.Request) {
		l.get(live)
		echo(w, r)
	}
	l.wantOK(l.post(live, numberOverride(hookURL, "tok")))
}

// TestCallback_endsWithTheServer closes the simulator while a callback hangs.
func TestCallback_endsWithTheServer(t *testing.T) {
	l, h := newHooked(t, WithCallbackTimeout(time.Minute))
	h.answer = func(_ http.ResponseWriter, r *http.Request) {
		l.Server.Close()
		<-r.Context().Done()
	}
	if a := l.post(live, numberOverride(hookURL, "tok")); !strings.Contains(a.body, "curl_errno = 7") {
		t.Errorf("got %s", a.body)
	}
}

func TestRouteCallback_panics(t *testing.T) {
	for _, target := range []string{"", "127.0.0.1:80", "http://127.0.0.1", "http://192.0.2.1:80", "ftp://127.0.0.1:80"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q was taken", target)
				}
			}()
			newLab(t).RouteCallback("hooks.example.com", target)
		}()
	}
	defer func() {
		if recover() == nil {
			t.Error("no certificate was taken")
		}
	}()
	WithCallbackAuthority([]byte("x"))
}
