package onprem

import (
	"net/http"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

func TestNew_baseURL(t *testing.T) {
	good := []string{
		"https://wa.example.com", "https://wa.example.com:9090/", "https://wa.example.com/tenants/7",
		"https://10.1.2.3:9090", "http://localhost:9090", "http://127.0.0.1:9090/x", "http://127.8.7.6", "http://[::1]:9090",
	}
	for _, s := range good {
		if _, err := New(Config{BaseURL: s}); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
	bad := map[string]string{ // and a part of the error
		"":                                   "must be like",
		"wa.example.com:9090":                "must be like",
		"wa.example.com":                     "must be like",
		"https://":                           "must be like",
		"ftp://wa.example.com":               "must be like",
		"https://admin:marker":               "must be like",
		"https://wa.example.com:marker":      "must be like",
		"https://wa.example.com/%zzmarker":   "must be like",
		"https://admin:marker@example.com":   "no user",
		"https://wa.example.com?marker=1":    "no user",
		"https://wa.example.com#marker":      "no user",
		"http://wa.example.com":              "unencrypted",
		"http://localhost.example.com":       "unencrypted",
		"http://10.1.2.3":                    "unencrypted",
		"https://wa.example.com:9090/v1":     "before /v1",
		"https://wa.example.com/tenant/v1//": "before /v1",
	}
	for s, want := range bad {
		_, err := New(Config{BaseURL: s})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "marker") {
			t.Errorf("%s: got %v, want one with %q", s, err, want)
		}
	}
}

// New says at once that the certificates are none, and does not wait for the first call.
func TestNew_CA(t *testing.T) {
	_, err := New(Config{BaseURL: "https://wa.example.com", CA: []byte("none")})
	if err == nil || !strings.Contains(err.Error(), "no certificate") {
		t.Errorf("got %v", err)
	}
}

func TestClient_requests(t *testing.T) {
	bodies := map[string]string{
		"POST /v1/settings/backup":           `{"password":"` + strings.ReplaceAll(backupPass, `"`, `\"`) + `"}`,
		"POST /v1/settings/account/two-step": `{"pin":"735119"}`,
	}
	for call, do := range everyCall {
		t.Run(call, func(t *testing.T) {
			w := serve(t, good(t))
			c, _ := client(t, w)
			if err := c.Login(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := do(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			w.wantCalls(t, "POST /v1/users/login", call)
			got := w.got()[1]
			if got.Authorization != "Bearer "+firstToken || got.Body != bodies[call] {
				t.Errorf("authorization %q, body %q", got.Authorization, got.Body)
			}
			h := got.Header
			if h.Get("User-Agent") != "test/1" || h.Get("Accept") != "application/json, text/plain" {
				t.Errorf("headers %v", h)
			}
			if got, want := h.Get("Content-Type"), "application/json"; !strings.HasPrefix(call, "GET ") && got != want {
				t.Errorf("the content type is %q", got)
			}
		})
	}
}

// A proxy may serve several deployments below paths of their own.
func TestClient_pathPrefix(t *testing.T) {
	w := serve(t, answers{
		"POST /tenants/7/v1/users/login": {file(t, 200, "login.json")},
		"GET /tenants/7/v1/health":       {file(t, 200, "health_single.json")},
	})
	c, _ := client(t, w, func(c *Config) { c.BaseURL += "/tenants/7/" })
	if _, err := c.Health(t.Context()); err != nil {
		t.Error(err)
	}
	w.wantCalls(t, "POST /tenants/7/v1/users/login", "GET /tenants/7/v1/health")
}

// Every call is repeated when the deployment says that it is not ready, and when the
// network fails.
func TestClient_repeats(t *testing.T) {
	passing := map[string]http.HandlerFunc{
		"1011": file(t, 503, "error_not_ready.json"), "1015": file(t, 429, "error_too_many.json"),
		"1016": file(t, 503, "error_overloaded.json"), "1017": file(t, 503, "error_not_master.json"),
		"1018": file(t, 503, "error_not_coreapp.json"), "1023": file(t, 500, "error_database.json"),
		"1017 with another status": file(t, 400, "error_not_master.json"),
		"1017 with success":        file(t, 200, "error_not_master.json"),
		"a proxy":                  file(t, 503, "gateway.html"), "reset": reset, "cut": cut(recorded(t, "backup.json")),
	}
	for name, answer := range passing {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := good(t)
			for call := range a {
				a[call] = append([]http.HandlerFunc{answer}, a[call]...)
			}
			w := serve(t, with(a, "POST /v1/users/login", answer, file(t, 200, "login.json")))
			c, _ := client(t, w)
			want := []string{"POST /v1/users/login", "POST /v1/users/login"}
			for call, do := range everyCall {
				if err := do(t.Context(), c); err != nil {
					t.Errorf("%s: %v", call, err)
				}
				want = append(want, call, call)
			}
			w.wantCalls(t, want...)
		})
	}
}

// What will be refused again is not repeated, whatever its status is.
func TestClient_repeatsNoRefusal(t *testing.T) {
	final := []string{
		"error_role.json", "error_expired.json", "error_password_change.json", "error_missing.json",
		"error_invalid.json", "error_internal.json", "error_locked.json", "error_not_found.json", "error_bare.json",
	}
	for _, name := range final {
		for _, status := range []int{400, 503} {
			w := serve(t, answers{"POST /v1/settings/backup": {file(t, status, name)}})
			c, _ := client(t, w)
			if _, err := c.Backup(t.Context(), "p"); err == nil {
				t.Errorf("%s: no error", name)
			}
			w.wantCalls(t, "POST /v1/users/login", "POST /v1/settings/backup")
		}
	}
}

func TestClient_repeatsNoMoreThanMaxRetries(t *testing.T) {
	w := serve(t, answers{"GET /v1/health": {file(t, 503, "error_not_master.json")}})
	c, _ := client(t, w, func(c *Config) { c.MaxRetries = 1 })
	_, err := c.Health(t.Context())
	e := failed(t, err)
	if e.Code != 1017 || e.Attempts != 2 || e.Kind != api.Unavailable || e.Outcome != api.NotDone || e.Call != "GET /v1/health" {
		t.Errorf("got %+v", e)
	}
	w.wantCalls(t, "POST /v1/users/login", "GET /v1/health", "GET /v1/health")
}

// Neither the password nor a token is carried to where a redirect points.
func TestClient_redirects(t *testing.T) {
	for _, status := range []int{301, 307, 308} {
		w := serve(t, nil)
		moved := raw(status, "", "Location", "https://elsewhere.example/v1/users/login")
		w.Config.Handler = moved
		c, _ := client(t, w)
		err := c.Login(t.Context())
		if err == nil || !strings.Contains(err.Error(), "https://elsewhere.example, which is not followed") {
			t.Errorf("got %v", err)
		}
	}
}
