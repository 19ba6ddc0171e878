package onprem

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

func TestLogin(t *testing.T) {
	w := serve(t, nil)
	c, _ := client(t, w)
	if err := c.Login(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.wantCalls(t, "POST /v1/users/login")
	r := w.got()[0]
	// printf '%s' 'admin:S3cret"<marker>&/7' | base64
	if want := "Basic YWRtaW46UzNjcmV0IjxtYXJrZXI+Ji83"; r.Authorization != want {
		t.Errorf("authorization %q, want %q", r.Authorization, want)
	}
	if r.Body != "" || r.Header.Get("Content-Type") != "application/json" {
		t.Errorf("sent %q as %q", r.Body, r.Header.Get("Content-Type"))
	}
}

func TestLogin_refused(t *testing.T) {
	tests := map[string]struct {
		answer http.HandlerFunc
		kind   api.Kind
		code   int
		text   string
	}{
		"wrong password":    {file(t, 401, "error_access.json"), api.Denied, 1005, "Access denied: Invalid credentials."},
		"without a body":    {raw(401, ""), api.Denied, 0, "user name or password is wrong"},
		"page of a proxy":   {raw(401, "<html>Who are you?</html>"), api.Denied, 0, "Who are you?"},
		"first password":    {file(t, 400, "error_password_change.json"), api.Denied, 1024, "Password Change Required: Default"},
		"version expired":   {file(t, 403, "error_expired.json"), api.Denied, 1005, "App is expired. Upgrade required."},
		"of a provider":     {file(t, 401, "error_provider.json"), api.Denied, 0, "Invalid api key"},
		"not the API":       {raw(404, "404 page not found"), api.NotFound, 0, foreign},
		"page with success": {raw(200, "<html>Welcome</html>"), api.Unknown, 0, "Welcome"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := serve(t, answers{"POST /v1/users/login": {tt.answer}})
			c, _ := client(t, w)
			e := failed(t, c.Login(t.Context()))
			if e.Kind != tt.kind || e.Code != tt.code || !strings.Contains(e.Error(), tt.text) || e.Call != "POST /v1/users/login" {
				t.Errorf("got %s %v", e.Kind, e)
			}
			w.wantCalls(t, "POST /v1/users/login") // never a second time
			if err := c.Logout(t.Context()); err != nil {
				t.Error(err)
			}
			w.wantCalls(t, "POST /v1/users/login")
		})
	}
}

// An answer without a token is not shown: it may hold one after all.
func TestLogin_withoutToken(t *testing.T) {
	for _, body := range []string{
		"", "null", "{}", "[]", `{"users":[]}`, `{"users":[{}]}`, `{"users":[{"token":""}]}`, `{"users":[null]}`,
		`{"users":[{"token":["marker"]}]}`, `{"users":{"token":"marker"}}`, `{"token":"marker"}`, `"marker"`,
		`{"users":[{"token":"marker\r\nX: y"}]}`, `{"users":[{"token":"mark er"}]}`, `{"users":[{"token":"markér"}]}`,
		`{"users":[{"token":"marker`, `{"users":[{"expires_after":"2021-09-14 15:29:26+00:00"}]}`,
	} {
		w := serve(t, answers{"POST /v1/users/login": {raw(200, body)}})
		c, lines := client(t, w)
		err := c.Login(t.Context())
		if e := failed(t, err); e.Kind != api.Unknown || strings.Contains(err.Error()+lines.String(), "mark") {
			t.Errorf("%s: got %v", body, err)
		}
		w.wantCalls(t, "POST /v1/users/login")
	}
}

// A date that cannot be read is no reason to fail.
func TestLogin_withoutExpiry(t *testing.T) {
	for _, expiry := range []string{`""`, `"soon"`, `null`, `17`, `{}`, `"2021-13-45 99:00:00+00:00"`} {
		a := good(t)
		a["POST /v1/users/login"] = []http.HandlerFunc{raw(200, `{"users":[{"token":"t","expires_after":`+expiry+`}]}`)}
		w := serve(t, a)
		c, _ := client(t, w)
		if _, err := c.Health(t.Context()); err != nil {
			t.Errorf("%s: %v", expiry, err)
		}
		if got := w.got()[1].Authorization; got != "Bearer t" {
			t.Errorf("%s: %q", expiry, got)
		}
	}
}

func TestToken_expires(t *testing.T) {
	a := good(t)
	a["POST /v1/users/login"] = []http.HandlerFunc{file(t, 200, "login.json"), file(t, 200, "login_again.json")}
	now := early()
	w := serve(t, a)
	c, _ := client(t, w, func(c *Config) { c.Now = func() time.Time { return now } })
	for _, at := range []time.Time{
		now, time.Date(2021, 9, 14, 15, 29, 25, 0, time.UTC), // the last second of the first
		time.Date(2021, 9, 14, 15, 29, 26, 0, time.UTC), time.Date(2021, 9, 15, 7, 0, 0, 0, time.UTC),
	} {
		now = at
		if _, err := c.Health(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	w.wantCalls(t, "POST /v1/users/login", "GET /v1/health", "GET /v1/health",
		"POST /v1/users/login", "GET /v1/health", "GET /v1/health")
}

// With a clock that is wrong, every token would seem to have expired.
func TestToken_isNotExpiredFromTheBeginning(t *testing.T) {
	w := serve(t, good(t))
	c, _ := client(t, w, func(c *Config) { c.Now = func() time.Time { return early().AddDate(5, 0, 0) } })
	for range 3 {
		if _, err := c.Health(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	w.wantCalls(t, "POST /v1/users/login", "GET /v1/health", "GET /v1/health", "GET /v1/health")
}

// A token that is revoked in the middle costs exactly one login and one repeat, and
// nobody notices.
func TestToken_revoked(t *testing.T) {
	bodies := map[string]http.HandlerFunc{
		"no body": raw(401, ""), "1005": file(t, 401, "error_access.json"), "page": raw(401, "<html>401</html>"),
		"another code": raw(401, `{"errors":[{"code":1013,"title":"User is not valid"}]}`),
	}
	for name, revoked := range bodies {
		for call, do := range everyCall {
			t.Run(name+" "+call, func(t *testing.T) {
				a := good(t)
				a[call] = append([]http.HandlerFunc{revoked}, a[call]...)
				w := serve(t, a)
				c, _ := client(t, w)
				if err := c.Login(t.Context()); err != nil {
					t.Fatal(err)
				}
				if err := do(t.Context(), c); err != nil {
					t.Fatal(err)
				}
				w.wantCalls(t, "POST /v1/users/login", call, "POST /v1/users/login", call)
				if got := w.got(); got[1].Authorization != "Bearer "+firstToken || got[3].Authorization != "Bearer "+nextToken ||
					got[1].Body != got[3].Body {
					t.Errorf("got %+v", got)
				}
				if err := c.Logout(t.Context()); err != nil {
					t.Fatal(err)
				}
				if got := w.got()[4]; got.Authorization != "Bearer "+nextToken {
					t.Errorf("revoked %q", got.Authorization)
				}
			})
		}
	}
}

func TestToken_isNotReplacedTwice(t *testing.T) {
	w := serve(t, answers{"POST /v1/settings/backup": {file(t, 401, "error_access.json")}})
	c, _ := client(t, w)
	_, err := c.Backup(t.Context(), "p")
	if e := failed(t, err); e.Code != 1005 || e.Kind != api.Denied || e.Status != 401 || e.Message != "Access denied" ||
		e.Reason != "Invalid credentials." || e.Call != "POST /v1/settings/backup" {
		t.Errorf("got %+v", e)
	}
	w.wantCalls(t, "POST /v1/users/login", "POST /v1/settings/backup", "POST /v1/users/login", "POST /v1/settings/backup")
}

func TestToken_isExpiredWithoutACode(t *testing.T) {
	w := serve(t, answers{"GET /v1/health": {raw(401, "")}})
	c, _ := client(t, w)
	_, err := c.Health(t.Context())
	if e := failed(t, err); e.Kind != api.Expired || e.Outcome != api.Refused || e.Message != "the token is not, or no longer, valid" {
		t.Errorf("got %+v", e)
	}
}

// What was refused for another reason is no reason to log in again.
func TestToken_isNotReplacedAfterARefusal(t *testing.T) {
	w := serve(t, answers{"POST /v1/settings/backup": {file(t, 403, "error_role.json")}})
	c, _ := client(t, w)
	_, err := c.Backup(t.Context(), "p")
	if e := failed(t, err); e.Reason != "User is not authorized to perform this operation." {
		t.Errorf("got %+v", e)
	}
	w.wantCalls(t, "POST /v1/users/login", "POST /v1/settings/backup")
}

// The password was changed meanwhile: the error is that of the login.
func TestToken_cannotBeReplaced(t *testing.T) {
	w := serve(t, answers{
		"POST /v1/users/login": {file(t, 200, "login.json"), file(t, 401, "error_access.json")},
		"GET /v1/health":       {raw(401, "")},
	})
	c, _ := client(t, w)
	_, err := c.Health(t.Context())
	if e := failed(t, err); e.Call != "POST /v1/users/login" || e.Code != 1005 {
		t.Errorf("got %+v", e)
	}
	if err := c.Logout(t.Context()); err != nil {
		t.Error(err)
	}
	w.wantCalls(t, "POST /v1/users/login", "GET /v1/health", "POST /v1/users/login")
}

// Several calls whose token was revoked get one new token together.
func TestToken_isReplacedOnceForAll(t *testing.T) {
	const calls = 8
	w := serve(t, nil)
	inner := w.Config.Handler
	var arrived sync.WaitGroup
	arrived.Add(calls)
	w.Config.Handler = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodPost:
			inner.ServeHTTP(rw, r)
		case r.Header.Get("Authorization") == "Bearer "+firstToken:
			arrived.Done()
			arrived.Wait() // all of them are under way
			rw.WriteHeader(401)
		default:
			raw(200, recorded(t, "health_single.json"))(rw, r)
		}
	})
	c, _ := client(t, w)
	if err := c.Login(t.Context()); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range calls {
		all.Go(func() {
			if _, err := c.Health(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	w.wantCalls(t, "POST /v1/users/login", "POST /v1/users/login")
}

func TestLogout(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"meta": file(t, 200, "success_meta.json"), "empty": raw(200, ""), "null": raw(200, "null\n"), "object": raw(200, " {} "),
		"revoked already": raw(401, ""), "revoked already, code": file(t, 401, "error_access.json"),
	} {
		t.Run(name, func(t *testing.T) {
			w := serve(t, answers{"POST /v1/users/logout": {answer}})
			c, _ := client(t, w)
			if err := c.Login(t.Context()); err != nil {
				t.Fatal(err)
			}
			for range 2 { // the second time there is nothing to do
				if err := c.Logout(t.Context()); err != nil {
					t.Error(err)
				}
			}
			w.wantCalls(t, "POST /v1/users/login", "POST /v1/users/logout")
			if r := w.got()[1]; r.Authorization != "Bearer "+firstToken || r.Body != "" {
				t.Errorf("got %+v", r)
			}
		})
	}
}

func TestLogout_withoutToken(t *testing.T) {
	w := serve(t, nil)
	c, _ := client(t, w)
	if err := c.Logout(t.Context()); err != nil {
		t.Error(err)
	}
	w.wantCalls(t)
}

// Whatever comes of it, the token is forgotten.
func TestLogout_forgets(t *testing.T) {
	w := serve(t, answers{"POST /v1/users/logout": {file(t, 500, "error_internal.json")}})
	c, _ := client(t, w)
	if err := c.Login(t.Context()); err != nil {
		t.Fatal(err)
	}
	if e := failed(t, c.Logout(t.Context())); e.Code != 1014 || e.Kind != api.Unknown || e.Outcome != api.Unclear {
		t.Errorf("got %+v", e)
	}
	if err := c.Logout(t.Context()); err != nil {
		t.Error(err)
	}
	w.wantCalls(t, "POST /v1/users/login", "POST /v1/users/logout")
}

func TestClient_endsWithItsContext(t *testing.T) {
	w := serve(t, answers{"POST /v1/users/login": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }}})
	c, _ := client(t, w)
	slow, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- c.Login(slow) }()
	for len(w.got()) == 0 {
		time.Sleep(time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := c.Health(ctx) // waits for the login of the other
	if e := failed(t, err); !errors.Is(err, context.DeadlineExceeded) || e.Outcome != api.NotDone || e.Kind != api.Unavailable {
		t.Errorf("got %+v", e)
	}
	stop()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
