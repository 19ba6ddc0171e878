package webhook_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

func TestMain(m *testing.M) { acctest.Main(m) }

const (
	host     = "hooks.example.com"
	url      = "https://hooks.example.com/wa"
	other    = "https://hooks.example.com/other"
	foreign  = "https://elsewhere.example.com/theirs"
	app      = "634974688087057"
	otherApp = "634974688087099"

	listApps    = "GET /{business-account-id}/subscribed_apps"
	subscribe   = "POST /{business-account-id}/subscribed_apps"
	unsubscribe = "DELETE /{business-account-id}/subscribed_apps"
	whoAmI      = "GET /debug_token"
	readApp     = "GET /{app-id}/subscriptions"
	setApp      = "POST /{app-id}/subscriptions"
	cutApp      = "DELETE /{app-id}/subscriptions"
)

// place is a world with an endpoint, another app that is subscribed to the account, and
// webhooks of our app for another product. A test of it is also one that both stay.
type place struct {
	*acctest.World
	hook  *acctest.Endpoint
	token string
}

func start(t *testing.T, opts ...sim.Option) *place {
	t.Helper()
	w := acctest.Start(t, opts...)
	p := &place{World: w, token: w.Secret("verify token", w.Text(24))}
	p.hook = w.Endpoint(host, p.token)
	w.Setenv("TF_VAR_verify_token", p.token)
	secret := w.Secret("app secret", w.Text(32))
	w.ChangeApp(func(a *sim.App) {
		a.Secret = secret
		a.Subscriptions = []sim.AppSubscription{{Object: "page", Callback: sim.Callback{URI: foreign}, Fields: []string{"feed"}}}
	})
	w.ChangeAccount(acctest.Account, func(a *sim.Account) {
		a.Apps = []sim.Subscription{{AppID: otherApp, AppName: "Other", Override: sim.Callback{URI: foreign, VerifyToken: "theirs"}}}
	})
	w.Setenv("WHATSAPP_APP_ID", app)
	w.Setenv("WHATSAPP_APP_SECRET", secret)
	t.Cleanup(func() {
		if sub := p.subscribed(otherApp); sub == nil || sub.Override.URI != foreign {
			t.Error("the subscription of another app is not what it was")
		}
		if subs := w.App().Subscriptions; len(subs) == 0 || subs[0].Object != "page" || len(subs[0].Fields) != 1 {
			t.Error("the webhook for another product is not what it was")
		}
	})
	return p
}

// subscribed returns the subscription of an app to the account, nil for none.
func (p *place) subscribed(app string) *sim.Subscription {
	a, _ := p.Account(acctest.Account)
	for _, sub := range a.Apps {
		if sub.AppID == app {
			return &sub
		}
	}
	return nil
}

// override returns where the webhooks of the account go for our app, "" for its own URL
// and "-" for nowhere.
func (p *place) override() string {
	sub := p.subscribed(app)
	if sub == nil {
		return "-"
	}
	return sub.Override.URI
}

// isSubscribed has our app subscribed to the account, with an override or none.
func (p *place) isSubscribed(uri string) {
	p.ChangeAccount(acctest.Account, func(a *sim.Account) {
		a.Apps = append(a.Apps[:1:1], sim.Subscription{AppID: app, Override: sim.Callback{URI: uri, VerifyToken: "theirs"}})
	})
}

// broken are the ways for an endpoint to fail, and what Meta says of them.
var broken = map[string]struct {
	answer http.HandlerFunc
	says   string
}{
	"500":    {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) }, "HTTP Status Code = 500"},
	"wrong":  {func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok")) }, "does not match the challenge"},
	"silent": {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "Operation timed out"},
}

// impatient has the simulator wait briefly for an endpoint.
func impatient() sim.Option { return sim.WithCallbackTimeout(200 * time.Millisecond) }

const variable = `variable "verify_token" {
  type      = string
  sensitive = true
  ephemeral = true
}
`

// worlds are places by their worlds, for tests that are handed the latter.
type worlds struct{ all sync.Map }

func (s *worlds) start(t *testing.T, opts ...sim.Option) *acctest.World {
	t.Helper()
	p := start(t, opts...)
	s.all.Store(p.World, p)
	return p.World
}

func (s *worlds) of(w *acctest.World) *place {
	p, _ := s.all.Load(w)
	return p.(*place)
}

// contains reports whether a diagnostic has a text.
func contains(d acctest.Diagnostic, text string) bool {
	return strings.Contains(strings.Join(strings.Fields(d.Summary+" "+d.Detail), " "), text)
}

// badInput is a configuration that is refused, at an attribute and with a text.
type badInput struct{ more, at, says string }

// uriInput are URLs and tokens that no API need be asked about.
func uriInput(name string) []badInput {
	with := func(uri, token string) string {
		return fmt.Sprintf("  %s = %q\n  verify_token = %q\n", name, uri, token)
	}
	const good = "long enough"
	return []badInput{
		{with("http://hooks.example.com/wa", good), name, "plain http"},
		{with("hooks.example.com/wa", good), name, "https://"},
		{with("https://hooks.example.com/"+strings.Repeat("a", 200), good), name, "The most are 200"},
		{with("https://me:secret@hooks.example.com/", good), name, "no user and no password"},
		{with("", good), name, "empty"},
		{with(url, ""), "verify_token", "verify token is empty"},
		{with(url, " blank "), "verify_token", "blank"},
		{with(url, "abc"), "verify_token", "at least 4 characters"},
		{with(url, good) + "  verify_token_wo = \"another one\"\n  verify_token_wo_version = 1\n", "verify_token", "verify_token_wo"},
		{fmt.Sprintf("  %s = %q\n  verify_token_wo = %q\n", name, url, good), "verify_token_wo", "verify_token_wo_version"},
	}
}
