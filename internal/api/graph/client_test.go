package graph

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

func TestNew_baseURL(t *testing.T) {
	tests := map[string]bool{
		"":                                true,
		"https://graph.facebook.com":      true,
		"https://graph.facebook.com/":     true,
		"http://127.0.0.1:8080/prefix":    true,
		"graph.facebook.com":              false,
		"ftp://graph.facebook.com":        false,
		"https://":                        false,
		"https://user:hidden@example.com": false,
		"https://example.com/?a=hidden":   false,
		"https://example.com/%zz":         false,
		"https://exa mple:hidden":         false,
	}
	for base, ok := range tests {
		_, err := New(Config{BaseURL: base})
		if (err == nil) != ok {
			t.Errorf("%q: %v", base, err)
		}
		if err != nil && strings.Contains(err.Error(), "hidden@") {
			t.Errorf("%q: %v tells what is in it", base, err)
		}
	}
}

func TestClient_url(t *testing.T) {
	tests := []struct {
		base, id, want string
	}{
		{"https://example.com", "1", "https://example.com/v25.0/1/register"},
		{"https://example.com/a/", "1", "https://example.com/a/v25.0/1/register"},
		{"https://example.com", "1/../2?x=#&%", "https://example.com/v25.0/1%2F..%2F2%3Fx=%23&%25/register"},
		{"https://example.com", "{x}", "https://example.com/v25.0/%7Bx%7D/register"},
		{"https://example.com", "", ""},
		{"https://example.com", ".", ""},
		{"https://example.com", "..", ""},
	}
	for _, tt := range tests {
		c, err := New(Config{BaseURL: tt.base})
		if err != nil {
			t.Fatal(err)
		}
		u, ok := c.url(request{path: "/{phone-number-id}/register", ids: []string{tt.id}})
		if ok != (tt.want != "") || ok && u.String() != tt.want {
			t.Errorf("%q: got %v, %v", tt.id, u, ok)
		}
	}
}

func TestClient_emptyIDIsNotSent(t *testing.T) {
	w := serve(t, file(t, 200, "success_bool.json"))
	c, _ := client(t, w)
	e := failed(t, c.Phones.Deregister(t.Context(), ""))
	if e.Kind != api.Invalid || e.Outcome != api.Refused {
		t.Errorf("got %+v", e)
	}
	w.wantCalls(t, 0)
}

func TestClient_headers(t *testing.T) {
	w := serve(t, file(t, 200, "phone.json"))
	c, _ := client(t, w, func(c *Config) { c.AppSecret = "" })
	if _, err := c.Phones.Get(t.Context(), phone, StatusFields); err != nil {
		t.Fatal(err)
	}
	call := w.got()[0]
	if got := call.Header.Get("Authorization"); got != "Bearer "+token {
		t.Errorf("Authorization is %q", got)
	}
	if got := call.Header.Get("User-Agent"); got != "test/1" {
		t.Errorf("User-Agent is %q", got)
	}
	if len(call.Query) != 1 || !call.Query.Has("fields") {
		t.Errorf("the query is %v", call.Query)
	}
	for name, values := range call.Header {
		if name != "Authorization" && strings.Contains(strings.Join(values, " "), token) {
			t.Errorf("the token is in the header %s", name)
		}
	}
}

// Known from an independent calculation:
//
//	printf '%s' 'token|1760000000' | openssl dgst -sha256 -hmac secret
func TestProof(t *testing.T) {
	const want = "e79c0c80de1d5815976ed143073f0ef39f3bbb61519a0c922d7555d6bdaea8db"
	if got := proof("secret", "token", "1760000000"); got != want {
		t.Errorf("got %s", got)
	}
}

func TestClient_proofIsNewForEachAttempt(t *testing.T) {
	var mu sync.Mutex
	now := time.Unix(1_760_000_000, 0)
	clock := func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Minute)
		return now
	}
	w := serve(t, file(t, 503, "error_unavailable.json"), file(t, 200, "success_bool.json"))
	c, _ := client(t, w, func(c *Config) { c.Now = clock })
	if err := c.Phones.Register(t.Context(), phone, Registration{PIN: "012345"}); err != nil {
		t.Fatal(err)
	}
	w.wantCalls(t, 2)
	for i, want := range []string{"1760000060", "1760000120"} {
		q := w.got()[i].Query
		if q.Get("appsecret_time") != want || q.Get("appsecret_proof") != proof(secret, token, want) {
			t.Errorf("attempt %d was proved with %v", i+1, q)
		}
	}
}

func TestClient_redirects(t *testing.T) {
	foreign := serve(t, file(t, 200, "phone.json"))
	for name, tt := range map[string]struct {
		to    string
		calls int
		ok    bool
	}{
		"same origin":  {"/other", 2, true},
		"other origin": {foreign.URL + "/other", 1, false},
		"other scheme": {"https://graph.invalid/other", 1, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := serve(t, raw(302, "", "Location", tt.to), file(t, 200, "phone.json"))
			c, _ := client(t, w)
			_, err := c.Phones.Get(t.Context(), phone, StatusFields)
			if (err == nil) != tt.ok {
				t.Error(err)
			}
			if err != nil && !strings.Contains(err.Error(), "redirect") {
				t.Errorf("%v does not say why", err)
			}
			w.wantCalls(t, tt.calls)
			for _, call := range w.got() {
				if call.Header.Get("Referer") != "" {
					t.Errorf("Referer is %q", call.Header.Get("Referer"))
				}
			}
		})
	}
	foreign.wantCalls(t, 0)
}

func TestClient_redirectsAreBounded(t *testing.T) {
	w := serve(t, raw(302, "", "Location", "/again"))
	c, _ := client(t, w)
	if _, err := c.Phones.Get(t.Context(), phone, StatusFields); err == nil {
		t.Error("a loop of redirects came to an end")
	}
	w.wantCalls(t, 6)
}

func TestClient_writesFollowNoRedirect(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		w := serve(t, raw(status, "", "Location", "/other"), file(t, 200, "success_bool.json"))
		c, _ := client(t, w)
		if err := c.Phones.SetPIN(t.Context(), phone, "012345"); err == nil {
			t.Errorf("%d was followed", status)
		}
		w.wantCalls(t, 1)
	}
}

func TestClient_noToken(t *testing.T) {
	w := serve(t, file(t, 200, "success_bool.json"))
	c, _ := client(t, w, func(c *Config) { c.Token = "" })
	_, get := c.Phones.Get(t.Context(), phone, StatusFields)
	_, region := c.Phones.StorageRegion(t.Context(), phone)
	_, added := c.Accounts.AddPhone(t.Context(), account, NewPhone{})
	_, inspected := c.Tokens.Inspect(t.Context())
	_, uploaded := c.Apps.Upload(t.Context(), File{})
	for _, err := range []error{
		get, region, added, inspected, uploaded,
		c.Phones.Register(t.Context(), phone, Registration{}), c.Phones.Deregister(t.Context(), phone),
		c.Phones.SetPIN(t.Context(), phone, ""), c.Phones.SetStorageRegion(t.Context(), phone, ""),
	} {
		if !errors.Is(err, ErrNoToken) {
			t.Errorf("got %v", err)
		}
	}
	w.wantCalls(t, 0)
}

func TestClient_answerThatIsTooLong(t *testing.T) {
	w := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Write([]byte(`{"success":true,"x":"`))
		for { // without end, so that only a limit ends it
			if _, err := w.Write([]byte(strings.Repeat("x", 1<<20))); err != nil {
				return
			}
		}
	})
	c, _ := client(t, w)
	e := failed(t, c.Phones.Register(t.Context(), phone, Registration{PIN: "012345"}))
	if e.Outcome != api.Unclear || e.Err == nil || !strings.Contains(e.Error(), "longer than") {
		t.Errorf("got %.300v", e)
	}
}

func TestCheckVersion(t *testing.T) {
	for v, ok := range map[string]bool{
		"v21.0": true, "v25.0": true, "v26.0": true, "v100.12": true,
		"v20.0": false, "25.0": false, "v25": false, "v25.": false, "v.0": false, "": false, "v25.0 ": false,
		"V25.0": false, "vv25.0": false, "v25.0.1": false, "v-25.0": false, "v+25.0": false, "v025.0": false, "v25.x": false,
	} {
		if err := CheckVersion(v); (err == nil) != ok {
			t.Errorf("%q: %v", v, err)
		}
	}
}

func TestVersionExpiry(t *testing.T) {
	if at, ok := VersionExpiry("v21.0"); !ok || at.Format(time.DateOnly) != "2027-01-21" {
		t.Errorf("got %v, %v", at, ok)
	}
	if at, ok := VersionExpiry("v99.0"); ok {
		t.Errorf("v99.0 expires at %v", at)
	}
	if _, ok := VersionExpiry(DefaultVersion); !ok || CheckVersion(DefaultVersion) != nil {
		t.Error("the default version is not one to use")
	}
}

func TestFields_sets(t *testing.T) {
	for name, f := range map[string]Fields{"look": LookFields, "status": StatusFields, "all": AllFields} {
		if !slices.Contains(f.Required, "id") {
			t.Errorf("%s: the id is not required", name)
		}
		for _, o := range f.Optional {
			if slices.Contains(f.Required, o) {
				t.Errorf("%s: %s is required and optional", name, o)
			}
		}
	}
}

func TestJoin_namesEachFieldOnce(t *testing.T) {
	if got := join([]string{"id", "a"}, []string{"b", "a", "b"}); got != "id,a,b" {
		t.Errorf("got %s", got)
	}
}
