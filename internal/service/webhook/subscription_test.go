package webhook_test

import (
	"fmt"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

const subscriptionKind = "whatsapp_webhook_subscription"

func subscriptionOf(account, more string) string {
	return variable + fmt.Sprintf("resource %q \"s\" {\n  business_account_id = %q\n%s}\n", subscriptionKind, account, more)
}

// overridden are the arguments of an override with a write-only token.
func overridden(uri string, version int) string {
	return fmt.Sprintf("  override_callback_uri   = %q\n  verify_token_wo         = var.verify_token\n  verify_token_wo_version = %d\n", uri, version)
}

// TestSubscription_life subscribes, sets, changes and clears an override, imports,
// misses and ends a subscription, each with the calls it needs.
func TestSubscription_life(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Setenv("WHATSAPP_APP_ID", "")
	p.Setenv("WHATSAPP_APP_SECRET", "")
	plain := subscriptionOf(acctest.Account, "")
	plan, apply := p.Run(plain)
	plan.Quiet().Sent(whoAmI, listApps)
	apply.Quiet()
	if n := apply.Count(subscribe); n != 1 || p.override() != "" {
		t.Errorf("%d subscriptions, override %q", n, p.override())
	}
	if got := p.Attribute(subscriptionKind+".s", "app_id"); got != app {
		t.Errorf("app_id is %v", got)
	}
	for _, step := range []struct {
		more string
		uri  string
		sent []string
	}{
		{overridden(url, 1), url, []string{whoAmI, subscribe}},
		{overridden(other, 1), other, []string{whoAmI, subscribe}},
		{overridden(other, 2), other, []string{whoAmI, subscribe}},
		{fmt.Sprintf("  override_callback_uri = %q\n", other), other, nil},
		{"", "", []string{whoAmI, listApps, subscribe}},
	} {
		plan, apply := p.Run(subscriptionOf(acctest.Account, step.more))
		plan.Quiet().Sent(listApps)
		apply.Quiet().Sent(step.sent...)
		if p.override() != step.uri {
			t.Errorf("override %q, want %q", p.override(), step.uri)
		}
	}
	p.ChangeAccount(acctest.Account, func(a *sim.Account) { a.Apps = a.Apps[:1] })
	p.Plan(plain).Succeeds().Changes(true).Warns("no longer subscribed to account "+acctest.Account, "makes it anew")
	p.Apply().Succeeds()
	p.Plan(subscriptionOf(acctest.OtherAccount, "")).Succeeds().Changes(true).Warns("No webhook of account "+acctest.Account, "will reach the app any more")
	p.Apply().Succeeds()
	if p.override() != "-" {
		t.Error("the old account is still subscribed to")
	}
	p.Empty()
	p.Destroy().Succeeds().Warns("No webhook of account " + acctest.OtherAccount)
	if a, _ := p.Account(acctest.OtherAccount); len(a.Apps) != 0 {
		t.Error("it is still subscribed")
	}
}

// TestSubscription_import plans nothing for what is there, and one update for a token.
func TestSubscription_import(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.isSubscribed(url)
	config := subscriptionOf(acctest.Account, fmt.Sprintf("  override_callback_uri = %q\n", url))
	p.Write(config)
	p.Terraform("import", "-input=false", subscriptionKind+".s", acctest.Account).Succeeds()
	p.Empty()
	p.Plan(subscriptionOf(acctest.Account, overridden(url, 1))).Succeeds().Changes(true)
	p.Apply().Succeeds().Sent(subscribe)
	p.Empty()

	proto := p.Protocol()
	o := proto.Import(subscriptionKind, "", map[string]string{"business_account_id": acctest.Account})
	if got := proto.Identity(subscriptionKind, o)["business_account_id"]; got != acctest.Account {
		t.Errorf("its identity is %q", got)
	}
	for id, says := range map[string]string{"": "is empty", "Lucky Shrub": "digits only", acctest.OtherAccount: "no subscription to account"} {
		r := proto.TryImport(subscriptionKind, id, nil)
		if errs := r.Errors(); len(errs) != 1 || !contains(errs[0], says) {
			t.Errorf("import of %q: %+v", id, errs)
		}
	}
}

// TestSubscription_foreignOverride never clears an override that the configuration does
// not mention and no plan has shown.
func TestSubscription_foreignOverride(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.isSubscribed(foreign)
	plain := subscriptionOf(acctest.Account, "")
	words := []string{"go to a URL that the configuration does not mention", foreign, "import the subscription"}
	p.Plan(plain).Fails("business_account_id", words...)
	p.Setenv("WHATSAPP_PREFLIGHT", "false")
	p.Plan(plain).Succeeds()
	p.Apply().Fails("business_account_id", words...).Sent(listApps)
	if p.override() != foreign {
		t.Fatalf("override %q", p.override())
	}
	p.Terraform("import", "-input=false", subscriptionKind+".s", acctest.Account).Succeeds()
	p.Plan(plain).Succeeds().Changes(true) // shows that it goes
	p.isSubscribed(other)                  // but by then it is another one
	p.Apply().Fails("business_account_id", "has changed since the plan", other).Sent(listApps)
	if p.override() != other {
		t.Errorf("override %q", p.override())
	}
	p.Plan(plain).Succeeds().Changes(true)
	p.Apply().Succeeds().Sent(listApps, subscribe)
	if p.override() != "" {
		t.Errorf("override %q", p.override())
	}
	p.isSubscribed(foreign)
	p.Plan(plain).Succeeds().Changes(true) // drift shows before it is cleared
	p.isSubscribed("")
	p.Apply().Succeeds().Sent(listApps)
}

// TestSubscription_replacesOverride says whose place a new override takes.
func TestSubscription_replacesOverride(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.isSubscribed(foreign)
	p.Plan(subscriptionOf(acctest.Account, overridden(url, 1))).Succeeds().Warns("go somewhere else now", foreign)
	apply := p.Apply().Succeeds()
	if n := apply.Count(subscribe); n != 1 || p.override() != url {
		t.Errorf("%d calls, override %q", n, p.override())
	}
	p.Empty()
}

// TestSubscription_endpoint shows what Meta said of an endpoint that fails, and how to
// test it, whichever code Meta has for it. The next apply finishes the job.
func TestSubscription_endpoint(t *testing.T) {
	t.Parallel()
	for name, b := range broken {
		for _, code := range []int{100, 2200} {
			t.Run(fmt.Sprint(name, " ", code), func(t *testing.T) {
				t.Parallel()
				p := start(t, impatient(), sim.WithCallbackCode(code))
				config := subscriptionOf(acctest.Account, overridden(url, 1))
				p.hook.Answer(b.answer)
				p.Plan(config).Succeeds()
				p.Apply().Fails("override_callback_uri", b.says, "curl -i '"+url+"?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=VERIFY_TOKEN'",
					"without the override", fmt.Sprintf("code %d", code))
				if p.override() != "" {
					t.Errorf("override %q", p.override())
				}
				p.hook.Expect(p.token)
				p.Plan(config).Succeeds()
				p.Apply().Succeeds()
				if p.override() != url {
					t.Errorf("override %q", p.override())
				}
				p.Empty()
			})
		}
	}
}

// TestSubscription_input finds what is wrong in the configuration before anything is sent.
func TestSubscription_input(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, tt := range uriInput("override_callback_uri") {
		p.Plan(subscriptionOf(acctest.Account, tt.more)).Fails(tt.at, tt.says).Sent()
	}
	p.Plan(subscriptionOf("Lucky Shrub", "")).Fails("business_account_id", "digits only").Sent()
	p.Plan(subscriptionOf(acctest.Account, "  verify_token = \"long enough\"\n")).Fails("", "override_callback_uri").Sent()
	p.Plan(subscriptionOf(acctest.Account, fmt.Sprintf("  override_callback_uri = %q\n", url))).Fails("", "Verify token missing", "hub.verify_token").Sent()
}

// TestSubscription_otherApp changes nothing for an app that the state is not about.
func TestSubscription_otherApp(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Run(subscriptionOf(acctest.Account, ""))
	p.Setenv("WHATSAPP_APP_ID", otherApp)
	p.Empty()
	p.Plan(subscriptionOf(acctest.Account, overridden(url, 1))).Succeeds()
	p.Apply().Fails("", "belongs to another app", app, otherApp).Sent()
	p.Destroy().Fails("", "belongs to another app")
	if p.override() != "" {
		t.Errorf("override %q", p.override())
	}
}

// TestSubscription_unseen is an error, and no reason to subscribe anew.
func TestSubscription_unseen(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.Run(subscriptionOf(acctest.Account, ""))
	p.Inject(sim.Fault{Route: listApps, Kind: sim.FaultError, Code: 100, Subcode: 33})
	p.Plan(subscriptionOf(acctest.Account, "")).Fails("business_account_id", "Could not read who gets the webhooks")
	p.Empty()
}

// TestSubscription_faults goes through everything that can go wrong with a call.
func TestSubscription_faults(t *testing.T) {
	t.Parallel()
	var places worlds
	acctest.Ordeal{
		Kind:  subscriptionKind,
		Start: func(t *testing.T) *acctest.World { return places.start(t) },
		First: func(w *acctest.World) acctest.Attributes {
			return acctest.Attributes{"business_account_id": acctest.Account, "override_callback_uri": url, "verify_token_wo": places.of(w).token, "verify_token_wo_version": 1}
		},
		Second: func(w *acctest.World) acctest.Attributes {
			return acctest.Attributes{"business_account_id": acctest.Account}
		},
		Missing: func(w *acctest.World, config acctest.Attributes) string {
			want, got := "-", places.of(w).override()
			if config != nil {
				want, _ = config["override_callback_uri"].(string)
			}
			if got != want {
				return fmt.Sprintf("the override is %q, not %q", got, want)
			}
			return ""
		},
	}.Run(t)
}
