package graph

import (
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

func TestAccounts_SubscribedApps(t *testing.T) {
	w := serve(t, file(t, 200, "apps_1.json"), file(t, 200, "apps_2.json"))
	c, _ := client(t, w)
	got, err := c.Accounts.SubscribedApps(t.Context(), account)
	if err != nil {
		t.Fatal(err)
	}
	want := []SubscribedApp{
		{"634974688087057", "Lucky Shrub Ops", "https://www.facebook.com/games/?app_id=634974688087057", "https://hooks.luckyshrub.example/wa"},
		{"670843887433847", "Partner", "https://www.facebook.com/games/?app_id=670843887433847", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	calls := []string{
		"GET /v25.0/102290129340398/subscribed_apps", "GET /v25.0/102290129340398/subscribed_apps after=QVFIUa1",
	}
	if diff := cmp.Diff(calls, w.lines()); diff != "" {
		t.Error(diff)
	}
}

// Half a list would make an app look unsubscribed.
func TestAccounts_SubscribedApps_wholeOrNotAtAll(t *testing.T) {
	for name, second := range map[string]http.HandlerFunc{
		"error": file(t, 400, "error_missing_object.json"), "nameless": raw(200, `{"data":[{"override_callback_uri":"https://x"}]}`),
		"null": raw(200, `{"data":[null]}`), "no data": raw(200, `{}`), "same page": file(t, 200, "apps_1.json"),
	} {
		w := serve(t, file(t, 200, "apps_1.json"), second)
		c, _ := client(t, w)
		if got, err := c.Accounts.SubscribedApps(t.Context(), account); err == nil || got != nil {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
	}
}

// The API answers an empty list when nobody is subscribed.
func TestAccounts_SubscribedApps_none(t *testing.T) {
	c, _ := client(t, serve(t, raw(200, `{"data":[]}`)))
	if got, err := c.Accounts.SubscribedApps(t.Context(), account); err != nil || len(got) != 0 {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestPhones_Webhooks(t *testing.T) {
	for name, want := range map[string]Webhooks{
		"webhooks.json": {
			Phone: "https://hooks.luckyshrub.example/one", Account: "https://hooks.luckyshrub.example/wa", App: "https://hooks.luckyshrub.example/",
		},
		"webhooks_none.json": {},
	} {
		w := serve(t, file(t, 200, name))
		c, _ := client(t, w)
		if got, err := c.Phones.Webhooks(t.Context(), phone); err != nil || got != want {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
		if diff := cmp.Diff([]string{"GET /v25.0/106540352242922 fields=id%2Cwebhook_configuration"}, w.lines()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestIsCallbackFailed(t *testing.T) {
	w := serve(t, file(t, 400, "error_callback.json"))
	c, _ := client(t, w, asTheApp)
	o := Override{"https://hooks.example.com/", verifyToken}
	for _, tt := range []struct {
		field string
		err   error
	}{
		{"override_callback_uri", c.Accounts.Subscribe(t.Context(), account, &o)},
		{"override_callback_uri", c.Phones.SetWebhook(t.Context(), phone, o)},
		{"callback_url", c.Apps.Subscribe(t.Context(), AppWebhook{CallbackURL: o.URL, VerifyToken: o.VerifyToken})},
	} {
		e := failed(t, tt.err)
		if !IsCallbackFailed(tt.err) || e.Kind != api.Invalid || e.Outcome != api.Refused || !slices.Equal(e.Fields, []string{tt.field}) {
			t.Errorf("%s: got %+v", tt.field, e)
		}
	}
	w.wantCalls(t, 3)

}

// What an override may be refused for is the override, if the API knows the object.
func TestOverride_isBlamed(t *testing.T) {
	o := Override{"https://hooks.example.com/", verifyToken}
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		want   []string
	}{
		"documented":  {raw(400, `{"error":{"message":"(#100) Callback URL is not reachable or invalid","code":100}}`), []string{"override_callback_uri"}},
		"API's blame": {raw(400, `{"error":{"code":100,"error_data":{"blame_field_specs":[["verify_token"]]}}}`), []string{"verify_token"}},
		"no object":   {file(t, 400, "error_missing_object.json"), nil},
		"permission":  {raw(403, `{"error":{"code":200}}`), nil},
	} {
		c, _ := client(t, serve(t, tt.answer), asTheApp)
		for _, err := range []error{c.Accounts.Subscribe(t.Context(), account, &o), c.Phones.SetWebhook(t.Context(), phone, o)} {
			if e := failed(t, err); IsCallbackFailed(err) || !slices.Equal(e.Fields, tt.want) {
				t.Errorf("%s: got %+v", name, e)
			}
		}
		// Nothing was overridden here, and an app's webhook has more that may be wrong.
		for _, err := range []error{c.Accounts.Subscribe(t.Context(), account, nil), c.Apps.Subscribe(t.Context(), AppWebhook{CallbackURL: o.URL})} {
			if e := failed(t, err); slices.Contains(e.Fields, "override_callback_uri") || slices.Contains(e.Fields, "callback_url") {
				t.Errorf("%s: got %+v", name, e)
			}
		}
	}
}
