package webhook_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

const appKind = "whatsapp_app_webhook"

func appWebhookOf(more string) string {
	return variable + fmt.Sprintf("resource %q \"a\" {\n%s}\n", appKind, more)
}

// wanted are the arguments with a write-only token.
func wanted(uri string, version int, fields ...string) string {
	return fmt.Sprintf("  callback_url            = %q\n  verify_token_wo         = var.verify_token\n  verify_token_wo_version = %d\n", uri, version) + fieldsOf(fields...)
}

func fieldsOf(fields ...string) string {
	return "  fields = [\"" + strings.Join(fields, `", "`) + "\"]\n"
}

// gets returns where the WhatsApp webhooks of the app go, and which, "" for none.
func (p *place) gets() string {
	for _, sub := range p.App().Subscriptions {
		if sub.Object == "whatsapp_business_account" {
			slices.Sort(sub.Fields)
			return sub.Callback.URI + " " + strings.Join(sub.Fields, " ")
		}
	}
	return ""
}

// has gives the app a webhook.
func (p *place) has(uri string, fields ...string) {
	p.ChangeApp(func(a *sim.App) {
		a.Subscriptions = append(a.Subscriptions[:1:1], sim.AppSubscription{
			Object: "whatsapp_business_account", Callback: sim.Callback{URI: uri, VerifyToken: "theirs"}, Fields: fields,
		})
	})
}

// TestAppWebhook_life sets, changes, imports, misses and ends the webhook of an app, with
// the calls that are needed: whether Meta adds the fields that it is sent to those that
// it has, or puts them in their place.
func TestAppWebhook_life(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string][]sim.Option{"replaced": nil, "merged": {sim.WithMergedFields()}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, opts...)
			left := []string{setApp, readApp}
			if name == "merged" {
				left = append(left, cutApp)
			}
			for _, step := range []struct {
				more, gets string
				sent       []string
			}{
				{wanted(url, 1, "messages", "a_name_of_tomorrow"), url + " a_name_of_tomorrow messages", []string{readApp, readApp, setApp}},
				{wanted(url, 1, "messages", "a_name_of_tomorrow", "flows"), url + " a_name_of_tomorrow flows messages", []string{setApp}},
				{wanted(url, 1, "messages", "flows"), url + " flows messages", []string{cutApp}},
				{wanted(url, 2, "messages", "flows"), url + " flows messages", []string{setApp}},
				{wanted(other, 2, "messages", "calls"), other + " calls messages", left},
				{fmt.Sprintf("  callback_url = %q\n", other) + fieldsOf("messages"), other + " messages", []string{cutApp}},
			} {
				plan, apply := p.Run(appWebhookOf(step.more))
				plan.Quiet().Sent(readApp)
				apply.Quiet().Sent(step.sent...)
				if p.gets() != step.gets {
					t.Errorf("the app gets %q, want %q", p.gets(), step.gets)
				}
			}
			p.Terraform("state", "rm", appKind+".a").Succeeds()
			p.Terraform("import", "-input=false", appKind+".a", app).Succeeds()
			p.Empty()
			p.has(foreign, "messages")
			p.Plan(appWebhookOf(wanted(url, 3, "messages"))).Succeeds().Changes(true)
			p.Apply().Succeeds().Sent(setApp)
			p.ChangeApp(func(a *sim.App) { a.Subscriptions = a.Subscriptions[:1] })
			p.Plan(appWebhookOf(wanted(url, 3, "messages"))).Succeeds().Changes(true).Warns("no longer has a WhatsApp webhook")
			p.Apply().Succeeds()
			p.Empty()
			p.Destroy().Succeeds().Warns("will get no WhatsApp webhooks", url)
			if p.gets() != "" {
				t.Errorf("the app still gets %q", p.gets())
			}
		})
	}
}

// TestAppWebhook_adopts says what of a webhook that is there will be lost.
func TestAppWebhook_adopts(t *testing.T) {
	t.Parallel()
	for name, opts := range map[string][]sim.Option{"replaced": nil, "merged": {sim.WithMergedFields()}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, opts...)
			p.has(foreign, "messages", "security", "flows")
			p.Plan(appWebhookOf(wanted(url, 1, "messages"))).Succeeds().Warns("has a WhatsApp webhook already", foreign, "security, flows")
			p.Apply().Succeeds()
			if got := url + " messages"; p.gets() != got {
				t.Errorf("the app gets %q, want %q", p.gets(), got)
			}
			p.Empty()
		})
	}
}

// TestAppWebhook_credentials names what the provider lacks for calls of the app.
func TestAppWebhook_credentials(t *testing.T) {
	t.Parallel()
	for _, lacks := range []string{"WHATSAPP_APP_ID", "WHATSAPP_APP_SECRET"} {
		p := start(t)
		p.Setenv(lacks, "")
		p.Plan(appWebhookOf(wanted(url, 1, "messages"))).Fails("", "app_id and app_secret", "WHATSAPP_APP_ID and WHATSAPP_APP_SECRET").Sent()
	}
}

// TestAppWebhook_import says what can be imported, by id and by identity.
func TestAppWebhook_import(t *testing.T) {
	t.Parallel()
	p := start(t)
	proto := p.Protocol()
	for id, says := range map[string]string{"": "digits only", "my app": "digits only", app: "no WhatsApp webhook to import", otherApp: "belongs to another app"} {
		r := proto.TryImport(appKind, id, nil)
		if errs := r.Errors(); len(errs) != 1 || !contains(errs[0], says) {
			t.Errorf("import of %q: %+v", id, errs)
		}
	}
	p.has(foreign, "messages")
	o := proto.Import(appKind, "", map[string]string{"app_id": app})
	if got := proto.Values(appKind, o); got["callback_url"] != foreign || got["id"] != app {
		t.Errorf("imported %v", got)
	}
}

// TestAppWebhook_otherApp changes nothing for an app that the state is not about.
func TestAppWebhook_otherApp(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Run(appWebhookOf(wanted(url, 1, "messages")))
	p.Setenv("WHATSAPP_APP_ID", otherApp)
	if r := p.Terraform("destroy", "-json", "-input=false", "-auto-approve", "-refresh=false"); p.gets() == "" {
		t.Error("the webhook was ended")
	} else {
		r.Fails("", "belongs to another app", app, otherApp)
	}
}

// TestAppWebhook_endpoint shows what Meta said of an endpoint that fails, and how to
// test it.
func TestAppWebhook_endpoint(t *testing.T) {
	t.Parallel()
	for name, b := range broken {
		for _, code := range []int{100, 2200} {
			t.Run(fmt.Sprint(name, " ", code), func(t *testing.T) {
				t.Parallel()
				p := start(t, impatient(), sim.WithCallbackCode(code))
				p.hook.Answer(b.answer)
				p.Plan(appWebhookOf(wanted(url, 1, "messages"))).Succeeds()
				p.Apply().Fails("callback_url", b.says, "curl -i '"+url, fmt.Sprintf("code %d", code))
				if p.gets() != "" {
					t.Errorf("the app gets %q", p.gets())
				}
			})
		}
	}
}

// TestAppWebhook_input finds what is wrong before anything is sent.
func TestAppWebhook_input(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, tt := range uriInput("callback_url") {
		p.Plan(appWebhookOf(tt.more+fieldsOf("messages"))).Fails(tt.at, tt.says).Sent()
	}
	p.Plan(appWebhookOf(strings.Replace(wanted(url, 1, "messages"), `["messages"]`, "[]", 1))).Fails("fields", "at least 1").Sent()
	p.Plan(appWebhookOf(wanted(url, 1, "messages,flows"))).Fails("fields", "not the name of a webhook").Sent()
	p.Plan(appWebhookOf(fmt.Sprintf("  callback_url = %q\n", url)+fieldsOf("messages"))).Fails("callback_url", "Verify token missing").Sent()
}

// TestAppWebhook_faults goes through everything that can go wrong with a call, with
// fields that are to be taken off.
func TestAppWebhook_faults(t *testing.T) {
	t.Parallel()
	var places worlds
	config := func(uri string, fields ...string) func(w *acctest.World) acctest.Attributes {
		return func(w *acctest.World) acctest.Attributes {
			return acctest.Attributes{"callback_url": uri, "fields": acctest.Texts(fields...), "verify_token_wo": places.of(w).token, "verify_token_wo_version": 1}
		}
	}
	acctest.Ordeal{
		Kind: appKind,
		Start: func(t *testing.T) *acctest.World {
			w := places.start(t, sim.WithMergedFields())
			places.of(w).has(foreign, "security")
			return w
		},
		First: config(url, "flows", "messages"), Second: config(other, "calls", "messages"),
		Missing: func(w *acctest.World, config acctest.Attributes) string {
			want := ""
			switch config["callback_url"] {
			case url:
				want = url + " flows messages"
			case other:
				want = other + " calls messages"
			}
			if got := places.of(w).gets(); got != want {
				return fmt.Sprintf("the app gets %q, not %q", got, want)
			}
			return ""
		},
	}.Run(t)
}
