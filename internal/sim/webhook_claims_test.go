package sim

import (
	"net/http"
	"strings"
	"testing"
)

// webhookBeliefs go on with the numbers of profileBeliefs. Their simulator has an app
// that is subscribed to garden, beside another one.
var webhookBeliefs = []belief{
	{111, "Subscribing without an override clears the one that was there.", "webhooks/override", func(l *lab) {
		l.wantOK(l.post(garden+"/subscribed_apps", override(hookURL, "tok")))
		l.wantOK(l.post(garden+"/subscribed_apps", ""))
		if strings.Contains(l.configured(), hookURL) {
			l.Error("it is still there")
		}
	}},
	{112, "Unsubscribing is about the token's app alone, and succeeds when there is nothing to do.",
		"solution-providers/manage-webhooks; that it succeeds is inferred", func(l *lab) {
			for range 2 {
				l.wantOK(l.send("DELETE", "/v25.0/"+garden+"/subscribed_apps", ""))
			}
			if a, _ := l.Account(garden); len(a.Apps) != 1 || a.Apps[0].AppName != "Other" {
				l.Errorf("got %+v", a.Apps)
			}
		}},
	{113, "A callback that fails its challenge is refused with 100, and nothing changes.",
		"conflict: Meta's OpenAPI file, against reports with 2200; WithCallbackCode follows the reports", func(l *lab) {
			l.wantError(l.post(garden+"/subscribed_apps", override("https://nowhere.example.com", "tok")), 400, 100, 0)
			if strings.Contains(l.configured(), "nowhere") {
				l.Error("it is there all the same")
			}
		}},
	{114, "That of an app is refused with 2200, and the message says what was wrong.", "live", func(l *lab) {
		a := l.asApp("POST", "subscriptions", appWebhook("https://nowhere.example.com", "messages"))
		l.wantError(a, 400, 2200, 0)
		if !strings.Contains(a.body, "(#2200) Callback verification failed with the following errors: curl_errno = 6") {
			l.Errorf("got %s", a.body)
		}
	}},
	{115, "A challenge is answered with 200 and the challenge, and nothing around it.",
		"webhooks/create-webhook-endpoint; that nothing may stand around it, and no redirect is followed, is inferred", func(l *lab) {
			l.RouteCallback("other.example.com", serve(l, func(w http.ResponseWriter, r *http.Request) {
				echo(w, r)
				_, _ = w.Write([]byte("\n"))
			}))
			l.wantError(l.post(live, numberOverride("https://other.example.com", "tok")), 400, 100, 0)
		}},
	{116, "A callback is asked over HTTPS, but on loopback.", "webhooks/create-webhook-endpoint; the exception is the simulator's own",
		func(l *lab) {
			l.wantError(l.post(live, numberOverride("http://hooks.example.com", "tok")), 400, 100, 0)
			l.wantOK(l.post(live, numberOverride(serve(l, echo), "tok")))
		}},
	{117, "The address of an override has up to 200 characters.", "webhooks/override",
		func(l *lab) {
			l.wantError(l.post(live, numberOverride(hookURL+strings.Repeat("x", 200), "tok")), 400, 100, 0)
		}},
	{118, "The override of a number takes an app that is subscribed to the account.",
		"webhooks/override; the code 100 is inferred", func(l *lab) {
			l.wantOK(l.send("DELETE", "/v25.0/"+garden+"/subscribed_apps", ""))
			l.wantError(l.post(live, numberOverride(hookURL, "tok")), 400, 100, 0)
		}},
	{119, "Unsubscribing leaves the overrides of numbers.", "inferred", func(l *lab) {
		l.wantOK(l.post(live, numberOverride(hookURL, "tok")))
		l.wantOK(l.send("DELETE", "/v25.0/"+garden+"/subscribed_apps", ""))
		if !strings.Contains(l.configured(), hookURL) {
			l.Error("it is gone")
		}
	}},
	{120, "An empty address removes the override of a number.", "webhooks/override", func(l *lab) {
		l.wantOK(l.post(live, numberOverride(hookURL, "tok")))
		l.wantOK(l.post(live, `{"webhook_configuration":{"override_callback_uri":""}}`))
		if strings.Contains(l.configured(), hookURL) {
			l.Error("it is still there")
		}
	}},
	{121, "What a number shows of its webhooks is nothing while there are none.", "inferred",
		func(l *lab) {
			if strings.Contains(l.configured(), "webhook_configuration") {
				l.Errorf("got %s", l.configured())
			}
		}},
	{122, "The webhooks of an app take the app's own token; another is refused with code 15.",
		"graph-api/reference/app/subscriptions; the code is live", func(l *lab) {
			l.wantError(l.get("600000000000001/subscriptions"), 400, 15, 0)
			l.wantOK(l.asApp("GET", "subscriptions", ""))
		}},
	{123, "The fields of an app's webhook are replaced by those sent.", "inferred; WithMergedFields adds them", func(l *lab) {
		l.wantOK(l.asApp("POST", "subscriptions", appWebhook(hookURL, "messages")))
		l.wantOK(l.asApp("POST", "subscriptions", appWebhook(hookURL, "calls")))
		if a := l.asApp("GET", "subscriptions", ""); strings.Contains(a.body, "messages") {
			l.Errorf("got %s", a.body)
		}
	}},
	{124, "A field that nobody has heard of is taken.", "inferred: the list grows",
		func(l *lab) { l.wantOK(l.asApp("POST", "subscriptions", appWebhook(hookURL, "colours"))) }},
	{125, "Fields are deleted by name, or with all that there is; the last takes the webhook along.",
		"graph-api/reference/app/subscriptions; the last is inferred", func(l *lab) {
			l.wantOK(l.asApp("POST", "subscriptions", appWebhook(hookURL, "messages,calls")))
			l.wantOK(l.asApp("DELETE", "subscriptions?object=whatsapp_business_account&fields=messages,calls", ""))
			if len(l.App().Subscriptions) != 1 {
				l.Errorf("got %+v", l.App().Subscriptions)
			}
		}},
}

// serve starts a callback server of its own and returns its address.
func serve(l *lab, answer http.HandlerFunc) string {
	h := newHook(l.T)
	h.answer = answer
	return h.URL
}

func TestClaims_webhooks(t *testing.T) {
	checkBeliefs(t, webhookBeliefs, func(t *testing.T, opts ...Option) *lab {
		l, _ := newHooked(t, opts...)
		return l
	})
}
