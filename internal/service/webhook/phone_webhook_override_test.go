package webhook_test

import (
	"fmt"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

const overrideKind = "whatsapp_phone_webhook_override"

func overrideOf(phone, more string) string {
	return variable + fmt.Sprintf("resource %q \"o\" {\n  phone_number_id = %q\n%s}\n", overrideKind, phone, more)
}

// callback are the arguments with a write-only token.
func callback(uri string, version int) string {
	return fmt.Sprintf("  callback_uri            = %q\n  verify_token_wo         = var.verify_token\n  verify_token_wo_version = %d\n", uri, version)
}

// goesTo returns the override of a number.
func (p *place) goesTo(phone string) string {
	n, _ := p.Number(phone)
	return n.Webhook.URI
}

// TestPhoneOverride_life sets, changes, imports, misses, replaces and clears an
// override, each with the calls it needs.
func TestPhoneOverride_life(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.isSubscribed("")
	for _, step := range []struct {
		more, uri string
		count     int
	}{
		{callback(url, 1), url, 1},
		{callback(other, 1), other, 1},
		{callback(other, 2), other, 1},
		{fmt.Sprintf("  callback_uri = %q\n", other), other, 0},
	} {
		plan, apply := p.Run(overrideOf(acctest.Live, step.more))
		plan.Quiet().Sent(acctest.Look)
		apply.Quiet()
		if n := apply.Count(acctest.SetPIN); n != step.count || p.goesTo(acctest.Live) != step.uri {
			t.Errorf("%d calls, override %q, want %d and %q", n, p.goesTo(acctest.Live), step.count, step.uri)
		}
	}
	p.Terraform("state", "rm", overrideKind+".o").Succeeds()
	p.Terraform("import", "-input=false", overrideKind+".o", acctest.Live).Succeeds()
	p.Empty()
	p.Change(acctest.Live, func(n *sim.Number) { n.Webhook = sim.Callback{URI: foreign, VerifyToken: "theirs"} })
	p.Plan(overrideOf(acctest.Live, callback(url, 3))).Succeeds().Changes(true)
	p.Apply().Succeeds().Sent(acctest.SetPIN)
	p.Change(acctest.Live, func(n *sim.Number) { n.Webhook = sim.Callback{} })
	p.Plan(overrideOf(acctest.Live, callback(url, 3))).Succeeds().Changes(true).Warns("is gone", acctest.Live)
	p.Apply().Succeeds()
	p.Plan(overrideOf(acctest.New, callback(url, 3))).Succeeds().Changes(true)
	p.Apply().Succeeds()
	if p.goesTo(acctest.Live) != "" || p.goesTo(acctest.New) != url {
		t.Errorf("after the replacement: %q and %q", p.goesTo(acctest.Live), p.goesTo(acctest.New))
	}
	p.Empty()
	p.Destroy().Succeeds()
	if p.goesTo(acctest.New) != "" {
		t.Error("the override is still there")
	}
}

// TestPhoneOverride_import says what can be imported, by id and by identity.
func TestPhoneOverride_import(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Change(acctest.Live, func(n *sim.Number) { n.Webhook = sim.Callback{URI: foreign, VerifyToken: "theirs"} })
	proto := p.Protocol()
	o := proto.Import(overrideKind, "", map[string]string{"phone_number_id": acctest.Live})
	if got := proto.Values(overrideKind, o)["callback_uri"]; got != foreign {
		t.Errorf("it goes to %q", got)
	}
	for id, says := range map[string]string{"": "is empty", "+1 555 010 0102": "written like a phone number", acctest.New: "no override to import"} {
		r := proto.TryImport(overrideKind, id, nil)
		if errs := r.Errors(); len(errs) != 1 || !contains(errs[0], says) {
			t.Errorf("import of %q: %+v", id, errs)
		}
	}
}

// TestPhoneOverride_replaces says whose place a new override takes.
func TestPhoneOverride_replaces(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.isSubscribed("")
	p.Change(acctest.Live, func(n *sim.Number) { n.Webhook = sim.Callback{URI: foreign, VerifyToken: "theirs"} })
	p.Plan(overrideOf(acctest.Live, callback(url, 1))).Succeeds().Warns("go somewhere else now", foreign)
	p.Apply().Succeeds()
	if p.goesTo(acctest.Live) != url {
		t.Errorf("it goes to %q", p.goesTo(acctest.Live))
	}
}

// TestPhoneOverride_unsubscribed tells an app that is not subscribed from an endpoint
// that does not answer, for which Meta has the same code.
func TestPhoneOverride_unsubscribed(t *testing.T) {
	t.Parallel()
	p := start(t)
	config := overrideOf(acctest.Live, callback(url, 1))
	p.Plan(config).Succeeds()
	p.Apply().Fails("phone_number_id", "not subscribed to account "+acctest.Account, "whatsapp_webhook_subscription", "code 100")
	p.isSubscribed("")
	p.Plan(config).Succeeds()
	p.Apply().Succeeds()
	p.Empty()
}

// TestPhoneOverride_endpoint shows what Meta said of an endpoint that fails, and how to
// test it.
func TestPhoneOverride_endpoint(t *testing.T) {
	t.Parallel()
	for name, b := range broken {
		for _, code := range []int{100, 2200} {
			t.Run(fmt.Sprint(name, " ", code), func(t *testing.T) {
				t.Parallel()
				p := start(t, impatient(), sim.WithCallbackCode(code))
				p.isSubscribed("")
				p.hook.Answer(b.answer)
				p.Plan(overrideOf(acctest.Live, callback(url+"?a=b", 1))).Succeeds()
				p.Apply().Fails("callback_uri", b.says, "curl -i '"+url+"?a=b&hub.mode=subscribe", fmt.Sprintf("code %d", code))
				if p.goesTo(acctest.Live) != "" {
					t.Errorf("it goes to %q", p.goesTo(acctest.Live))
				}
			})
		}
	}
}

// TestPhoneOverride_input finds what is wrong before anything is sent.
func TestPhoneOverride_input(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, tt := range uriInput("callback_uri") {
		p.Plan(overrideOf(acctest.Live, tt.more)).Fails(tt.at, tt.says).Sent()
	}
	p.Plan(overrideOf("+1 555 010 0102", callback(url, 1))).Fails("phone_number_id", "written like a phone number").Sent()
	p.Plan(overrideOf(acctest.Live, fmt.Sprintf("  callback_uri = %q\n", url))).Fails("callback_uri", "Verify token missing").Sent()
}

// TestPhoneOverride_stored keeps a verify token in the state for those who want that.
func TestPhoneOverride_stored(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.isSubscribed("")
	p.Stored("verify token", p.token)
	const config = `variable "verify_token" {
  type      = string
  sensitive = true
}
resource "whatsapp_phone_webhook_override" "o" {
  phone_number_id = "` + acctest.Live + `"
  callback_uri    = "` + url + `"
  verify_token    = var.verify_token
}
`
	p.Run(config)
	next := p.Stored("next verify token", p.Text(24))
	p.hook.Expect(next)
	p.Setenv("TF_VAR_verify_token", next)
	_, apply := p.Run(config)
	apply.Sent(acctest.SetPIN)
	if n, _ := p.Number(acctest.Live); n.Webhook.VerifyToken != next {
		t.Error("the new token was not sent")
	}
}

// TestPhoneOverride_faults goes through everything that can go wrong with a call.
func TestPhoneOverride_faults(t *testing.T) {
	t.Parallel()
	var places worlds
	config := func(uri string) func(w *acctest.World) acctest.Attributes {
		return func(w *acctest.World) acctest.Attributes {
			return acctest.Attributes{"phone_number_id": acctest.Live, "callback_uri": uri, "verify_token_wo": places.of(w).token, "verify_token_wo_version": 1}
		}
	}
	acctest.Ordeal{
		Kind: overrideKind,
		Start: func(t *testing.T) *acctest.World {
			w := places.start(t)
			places.of(w).isSubscribed("")
			return w
		},
		First: config(url), Second: config(other),
		Missing: func(w *acctest.World, config acctest.Attributes) string {
			want, _ := config["callback_uri"].(string)
			if got := places.of(w).goesTo(acctest.Live); got != want {
				return fmt.Sprintf("the override is %q, not %q", got, want)
			}
			return ""
		},
	}.Run(t)
}
