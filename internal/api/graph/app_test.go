package graph

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// app is the app of the tests, and verifyToken what its endpoint expects.
const (
	app         = AppID("634974688087057")
	verifyToken = "verify+marker"
)

// asTheApp completes a configuration for the calls of the app itself.
func asTheApp(c *Config) { c.AppID = app }

func TestApps_Subscriptions(t *testing.T) {
	w := serve(t, file(t, 200, "subscriptions.json"))
	c, _ := client(t, w, asTheApp, func(c *Config) { c.Now = func() time.Time { return time.Unix(1_760_000_000, 0) } })
	got, err := c.Apps.Subscriptions(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []Subscription{
		{WebhookObject, "https://hooks.luckyshrub.example/wa", true, []string{"messages", "account_update"}},
		{"page", "https://hooks.luckyshrub.example/page", false, []string{"feed"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	call := w.got()[0]
	if got := call.Header.Get("Authorization"); got != "Bearer 634974688087057|"+secret {
		t.Errorf("Authorization is %q", got)
	}
	if got := call.Query.Get("appsecret_proof"); got != proof(secret, string(app)+"|"+secret, "1760000000") {
		t.Errorf("the proof is %s, not that of the app's token", got)
	}
	if got := call.line(); got != "GET /v25.0/634974688087057/subscriptions" {
		t.Errorf("called %s", got)
	}
}

func TestApps_withoutCredentials(t *testing.T) {
	w := serve(t, file(t, 200, "success_bool.json"))
	for name, change := range map[string]func(*Config){
		"no id": func(*Config) {}, "no secret": func(c *Config) { c.AppID, c.AppSecret = app, "" },
	} {
		c, _ := client(t, w, change)
		_, err := c.Apps.Subscriptions(t.Context())
		for _, err := range []error{err, c.Apps.Subscribe(t.Context(), AppWebhook{}), c.Apps.Unsubscribe(t.Context(), "")} {
			if !errors.Is(err, ErrNoAppCredentials) || api.OutcomeOf(err) != api.Refused {
				t.Errorf("%s: got %v", name, err)
			}
		}
	}
	w.wantCalls(t, 0)
}

// The app needs no user for its own calls.
func TestApps_withoutToken(t *testing.T) {
	w := serve(t, file(t, 200, "success_bool.json"))
	c, _ := client(t, w, asTheApp, func(c *Config) { c.Token = "" })
	if err := c.Apps.Unsubscribe(t.Context(), ""); err != nil {
		t.Error(err)
	}
	w.wantCalls(t, 1)
}
