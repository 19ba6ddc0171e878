package sim

import (
	"io"
	"log"
	"slices"
	"strings"
	"testing"
)

func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

func TestRequests_webhooks(t *testing.T) {
	apps, node := "/v25.0/"+garden+"/subscribed_apps", "/v25.0/"+live
	checkRequests(t, []rawCase{
		{"apps, none", "GET", apps, "", 200, `{"data":[]}`},
		{"apps of nobody", "GET", "/v25.0/" + unknown + "/subscribed_apps", "", 400, `"error_subcode":33`},
		{"apps, fields", "GET", apps + "?fields=id", "", 501, `fields`},
		{"subscribe", "POST", apps, "", 200, `{"success":true}`},
		{"subscribe, an empty object", "POST", apps, "{}", 200, `{"success":true}`},
		{"subscribe to nobody", "POST", "/v25.0/" + unknown + "/subscribed_apps", "", 400, `"error_subcode":33`},
		{"subscribe, no token", "POST", apps, `{"override_callback_uri":"https://hooks.example.com"}`, 400, `verify_token is required`},
		{"subscribe, an empty token", "POST", apps, override("https://hooks.example.com", ""), 400, `verify_token is required`},
		{"subscribe, a token alone", "POST", apps, `{"verify_token":"x"}`, 400, `override_callback_uri must be`},
		{"subscribe, empty address", "POST", apps, override("", "x"), 400, `override_callback_uri must be`},
		{"subscribe, address a number", "POST", apps, `{"override_callback_uri":1}`, 400, `must be a string`},
		{"subscribe, misspelt", "POST", apps, `{"callback_uri":"x"}`, 400, `Unexpected key`},
		{"subscribe, in the URL", "POST", apps + "?verify_token=x", "", 501, `in the URL`},
		{"unsubscribe, not subscribed", "DELETE", apps, "", 200, `{"success":true}`},
		{"unsubscribe nobody", "DELETE", "/v25.0/" + unknown + "/subscribed_apps", "", 400, `"error_subcode":33`},
		{"unsubscribe, with parameters", "DELETE", apps, `{"app_id":"1"}`, 400, `Unexpected key`},

		{"number, not subscribed", "POST", node, numberOverride("https://hooks.example.com", "x"), 400, `not subscribed`},
		{"number, none to remove", "POST", node, numberOverride("", ""), 200, `{"success":true}`},
		{"number, no address", "POST", node, `{"webhook_configuration":{"verify_token":"x"}}`, 400, `must have override_callback_uri`},
		{"number, no object", "POST", node, `{"webhook_configuration":"x"}`, 400, `must be an object`},
		{"number, nothing", "POST", node, `{"webhook_configuration":null}`, 400, `must have override_callback_uri`},
		{"number, misspelt", "POST", node, `{"webhook_configuration":{"url":"x"}}`, 400, `Unexpected key`},
		{"number, no token", "POST", node, `{"webhook_configuration":{"override_callback_uri":"https://x"}}`, 400, `verify_token`},
		{"number, http", "POST", node, numberOverride("http://x", "x"), 400, `begins with https`},
		{"number, in the URL", "POST", node + "?webhook_configuration={}", "", 501, `in the URL`},
		{"number, no webhook", "GET", node + "?fields=webhook_configuration", "", 200, `{"id":"` + live + `"}`},

		{"app, token of a user", "GET", "/v25.0/600000000000001/subscriptions", "", 400, `"code":15 … app access_token`},
		{"app, token of a user, to set", "POST", "/v25.0/600000000000001/subscriptions", "{}", 400, `"code":15`},
		{"app, token of a user, to delete", "DELETE", "/v25.0/600000000000001/subscriptions", "", 400, `"code":15`},
	})
}

func TestRequests_appWebhook(t *testing.T) {
	const object = `"object":"whatsapp_business_account"`
	tests := []struct {
		name, method, path, body string
		status                   int
		want                     string
	}{
		{"list", "GET", "subscriptions", "", 200, `"object":"page"`},
		{"no object", "POST", "subscriptions", `{"callback_url":"https://x","verify_token":"x","fields":"messages"}`, 400, `object is required`},
		{"another object", "POST", "subscriptions", `{"object":"page"}`, 501, `objects of type page`},
		{"no callback", "POST", "subscriptions", "{" + object + `,"verify_token":"x","fields":"messages"}`, 400, `callback_url must be`},
		{"no token", "POST", "subscriptions", "{" + object + `,"callback_url":"https://x","fields":"messages"}`, 400, `verify_token`},
		{"no fields", "POST", "subscriptions", "{" + object + `,"callback_url":"https://x","verify_token":"x"}`, 400, `fields is required`},
		{"fields with dots", "POST", "subscriptions", "{" + object + `,"callback_url":"https://x","verify_token":"x","fields":"a.b"}`, 400, `list of names`},
		{"misspelt", "POST", "subscriptions", "{" + object + `,"callback_uri":"https://x"}`, 400, `Unexpected key`},
		{"delete, no object", "DELETE", "subscriptions", "", 501, `end of all webhooks`},
		{"delete, another object", "DELETE", "subscriptions?object=page", "", 501, `objects of type page`},
		{"delete, none there", "DELETE", "subscriptions?object=whatsapp_business_account", "", 200, `{"success":true}`},
		{"delete, something else", "DELETE", "subscriptions?object=whatsapp_business_account&callback_url=x", "", 501, `callback_url`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l, _ := newHooked(t)
			if a := l.asApp(tt.method, tt.path, tt.body); a.status != tt.status || !strings.Contains(a.body, tt.want) {
				t.Errorf("got %d %s", a.status, a.body)
			}
		})
	}
	l, _ := newHooked(t)
	for _, method := range []string{"GET", "POST", "DELETE"} {
		a := l.send(method, "/v25.0/600000000000009/subscriptions", "", "Authorization", "Bearer 600000000000001|shhh")
		l.wantError(a, 400, 100, 33)
	}
}

func TestSubscribe(t *testing.T) {
	l, h := newHooked(t)
	const other = `{"whatsapp_business_api_data":{"id":"600000000000009","link":"https://www.facebook.com/games/?app_id=600000000000009","name":"Other"}}`
	list := func() string { return l.get(garden + "/subscribed_apps").body }
	a := l.post(garden+"/subscribed_apps", override(hookURL, "tok"))
	l.wantOK(a)
	if !strings.Contains(a.body, `"override_callback_uri":"`+hookURL+`"`) || !strings.Contains(a.body, `"success":true`) {
		t.Errorf("got %s", a.body)
	}
	if got := list(); !strings.Contains(got, other) || !strings.Contains(got, hookURL) || !strings.Contains(got, `"name":"Test app"`) ||
		strings.Contains(got, "tok") {
		t.Errorf("the list shows %s", got)
	}
	if got := l.configured(); got != `{"id":"`+live+`","webhook_configuration":{"whatsapp_business_account":"`+hookURL+`"}}` {
		t.Errorf("the node shows %s", got)
	}
	l.wantOK(l.post(garden+"/subscribed_apps", "")) // the trap
	if got := list(); strings.Contains(got, hookURL) || !strings.Contains(got, "Test app") {
		t.Errorf("the list shows %s", got)
	}
	l.wantOK(l.send("DELETE", "/v25.0/"+garden+"/subscribed_apps", ""))
	if got := list(); got != `{"data":[`+other+`]}` {
		t.Errorf("the list shows %s", got)
	}
	l.wantOK(l.post(garden+"/subscribed_apps", ""))
	if acc, ok := l.Account(garden); !ok || len(acc.Apps) != 2 || acc.Apps[1].AppID != "600000000000001" || acc.Numbers != nil {
		t.Errorf("got %+v", acc)
	}
	if len(h.asked) != 1 {
		t.Errorf("asked %d times, want once", len(h.asked))
	}
}

func TestNumberWebhook(t *testing.T) {
	l, _ := newHooked(t)
	l.wantOK(l.asApp("POST", "subscriptions", appWebhook(hookURL+"/app", "messages")))
	l.wantOK(l.post(garden+"/subscribed_apps", override(hookURL+"/account", "tok")))
	l.wantOK(l.post(live, numberOverride(hookURL+"/number", "secret")))
	want := `{"id":"` + live + `","webhook_configuration":{"application":"` + hookURL + `/app","phone_number":"` + hookURL +
		`/number","whatsapp_business_account":"` + hookURL + `/account"}}`
	if got := l.configured(); got != want {
		t.Errorf("the node shows %s, want %s", got, want)
	}
	if got := l.number(live).Webhook; got != (Callback{hookURL + "/number", "secret"}) {
		t.Errorf("the world says %+v", got)
	}
	if a := l.get(garden + "/phone_numbers?fields=webhook_configuration&sort=creation_time_ascending"); !strings.Contains(a.body, `/number"`) {
		t.Errorf("the list shows %s", a.body)
	}
	l.wantOK(l.post(live, numberOverride("", "")))
	if got := l.configured(); strings.Contains(got, "phone_number\"") {
		t.Errorf("the node shows %s", got)
	}
	if a := l.get(live); !strings.Contains(a.body, "webhook_configuration") {
		t.Errorf("it is not shown by default: %s", a.body)
	}
	l.wantError(l.post(bread, numberOverride(hookURL, "tok")), 400, 100, 0) // of an account without the app
}

func TestNumberWebhook_allOrNothing(t *testing.T) {
	l, h := newHooked(t)
	h.Close()
	body := `{"pin":"999999","new_display_name":"Shrubs","webhook_configuration":` + override(hookURL, "tok") + `}`
	l.wantError(l.post(live, body), 400, 100, 0)
	if n := l.number(live); n.PIN != "111222" || n.NewDisplayName != "" {
		t.Errorf("got %+v", n)
	}
}

func TestAppWebhook(t *testing.T) {
	for _, merges := range []bool{false, true} {
		var opts []Option
		if merges {
			opts = append(opts, WithMergedFields())
		}
		l, _ := newHooked(t, opts...)
		fields := func() []string {
			app := l.App()
			if i := app.subscription(whatsappObject); i >= 0 {
				return app.Subscriptions[i].Fields
			}
			return nil
		}
		l.wantOK(l.asApp("POST", "subscriptions", appWebhook(hookURL, "messages, flows")))
		want := `{"data":[{"active":true,"callback_url":"https://pages.example.com","fields":[{"name":"feed","version":"v25.0"}],"object":"page"},` +
			`{"active":true,"callback_url":"` + hookURL + `","fields":[{"name":"messages","version":"v25.0"},{"name":"flows","version":"v25.0"}],` +
			`"object":"whatsapp_business_account"}]}`
		if a := l.asApp("GET", "subscriptions", ""); a.body != want {
			t.Errorf("got %s", a.body)
		}
		l.wantOK(l.asApp("POST", "subscriptions", `{"object":"whatsapp_business_account","callback_url":"`+hookURL+
			`","verify_token":"tok","fields":["messages","calls"]}`))
		after := []string{"messages", "calls"}
		if merges {
			after = []string{"messages", "flows", "calls"}
		}
		if got := fields(); !slices.Equal(got, after) {
			t.Errorf("merged: %t: got %v, want %v", merges, got, after)
		}
		l.wantOK(l.asApp("DELETE", "subscriptions?object=whatsapp_business_account&fields=messages", ""))
		if got := fields(); !slices.Equal(got, after[1:]) {
			t.Errorf("got %v, want %v", got, after[1:])
		}
		l.wantOK(l.asApp("DELETE", "subscriptions", "object=whatsapp_business_account"))
		if app := l.App(); len(app.Subscriptions) != 1 || app.Subscriptions[0].Object != "page" {
			t.Errorf("got %+v", app.Subscriptions)
		}
	}
}

func TestChangeAccount(t *testing.T) {
	l, _ := newHooked(t)
	l.ChangeAccount(garden, func(a *Account) {
		a.ID, a.Name = "1", "Shrubs"
		a.Apps[1].Override.URI = hookURL
	})
	if a := l.get(garden); a.json["name"] != "Shrubs" || !strings.Contains(l.configured(), hookURL) {
		t.Errorf("got %s and %s", a.body, l.configured())
	}
	if _, ok := l.Account(unknown); ok || l.ChangeAccount(unknown, func(*Account) {}) {
		t.Error("nobody's account was changed")
	}
	l.ChangeApp(func(a *App) { a.ID, a.Subscriptions = "1", nil })
	if app := l.App(); app.ID != "600000000000001" || len(app.Subscriptions) != 0 {
		t.Errorf("got %+v", app)
	}
}
