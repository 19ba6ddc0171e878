package graph

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

func TestTokens_Inspect(t *testing.T) {
	w := serve(t, file(t, 200, "debug_token.json"))
	c, _ := client(t, w, asTheApp)
	got, err := c.Tokens.Inspect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := &TokenInfo{
		Valid: true, Type: "SYSTEM_USER", AppID: app, Application: "Lucky Shrub Ops", UserID: "122101234567890123",
		Scopes: []string{"business_management", "whatsapp_business_management", "whatsapp_business_messaging"},
		Granular: []GranularScope{
			{"business_management", nil}, {"whatsapp_business_management", []string{"102290129340398", "102290129340399"}},
			{"whatsapp_business_messaging", []string{"102290129340398"}},
		},
		IssuedAt:  time.Date(2025, time.September, 9, 6, 40, 0, 0, time.UTC),
		ExpiresAt: time.Date(2100, time.January, 1, 0, 0, 0, 0, time.UTC), // beyond what 32 bits can tell
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	call := w.got()[0]
	if call.Path != "/v25.0/debug_token" || call.Query.Get("input_token") != token || call.Header.Get("Authorization") != "Bearer "+token {
		t.Errorf("called %s with %v", call.Path, call.Query)
	}
}

func TestTokens_Inspect_invalid(t *testing.T) {
	c, _ := client(t, serve(t, file(t, 200, "debug_token_invalid.json")))
	got, err := c.Tokens.Inspect(t.Context())
	if err != nil || got.Valid || !strings.HasPrefix(got.Problem, "Error validating access token") || !got.ExpiresAt.IsZero() {
		t.Errorf("got %+v, %v", got, err)
	}
	for _, body := range []string{`{}`, `{"data":{}}`, `{"data":[]}`, `{"data":null}`} {
		c, _ := client(t, serve(t, raw(200, body)))
		if got, err := c.Tokens.Inspect(t.Context()); err == nil {
			t.Errorf("%s: got %+v", body, got)
		}
	}
}

func TestClient_App_asksOnce(t *testing.T) {
	w := serve(t, reset, file(t, 200, "debug_token.json"))
	c, _ := client(t, w, func(c *Config) { c.MaxRetries = 0 })
	if _, err := c.App(t.Context()); err == nil {
		t.Error("a failure is an answer")
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if id, err := c.App(t.Context()); err != nil || id != app {
				t.Errorf("got %q, %v", id, err)
			}
		})
	}
	all.Wait()
	w.wantCalls(t, 2)
}

func TestClient_App_configured(t *testing.T) {
	w := serve(t, file(t, 200, "debug_token.json"))
	c, _ := client(t, w, func(c *Config) { c.AppID = "1" })
	if id, err := c.App(t.Context()); err != nil || id != "1" {
		t.Errorf("got %q, %v", id, err)
	}
	w.wantCalls(t, 0)
}

func TestClient_App_unknown(t *testing.T) {
	c, _ := client(t, serve(t, file(t, 200, "debug_token_invalid.json")))
	if id, err := c.App(t.Context()); err == nil || !strings.Contains(err.Error(), "set the id of the app") {
		t.Errorf("got %q, %v", id, err)
	}
}

// Who waits for somebody else's question does not wait longer than it wants to.
func TestClient_App_givesUp(t *testing.T) {
	asked := make(chan struct{})
	w := serve(t, func(rw http.ResponseWriter, r *http.Request) { close(asked); hang(rw, r) })
	c, _ := client(t, w, func(c *Config) { c.RequestTimeout, c.MaxRetries = time.Second, 0 })
	go func() { _, _ = c.App(t.Context()) }()
	<-asked
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := c.App(ctx); !errors.Is(err, context.DeadlineExceeded) || api.OutcomeOf(err) == api.Refused {
		t.Errorf("got %v", err)
	}
}
