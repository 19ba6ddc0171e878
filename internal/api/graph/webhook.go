package graph

import (
	"context"
	"net/url"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// Override is another URL for webhooks than the app's own.
type Override struct {
	URL         string // https, at most 200 characters
	VerifyToken string // secret; what the endpoint expects in the challenge
}

// SubscribedApp is an app that receives the webhooks of an account.
type SubscribedApp struct {
	ID          AppID
	Name        string
	Link        string // to the app's page
	OverrideURL string // where it receives them instead of at its own URL; "" for there
}

// Webhooks are the URLs that apply to a number, each "" if there is none. The first of
// Phone, Account and App that is set receives the messages; what is about templates and
// the account always goes to App.
type Webhooks struct {
	Phone   string // override of the number
	Account string // override of its account
	App     string // of the app
}

// SubscribedApps reads which apps receive the webhooks of an account, all pages.
//
// Errors: NotFound (there is no such account, or the token may not see it), Denied,
// Expired, Throttled, Unavailable.
//
// operation: GET /{business-account-id}/subscribed_apps
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/solution-providers/manage-webhooks
func (s *Accounts) SubscribedApps(ctx context.Context, id AccountID) ([]SubscribedApp, error) {
	r := request{path: "/{business-account-id}/subscribed_apps", ids: []string{string(id)}}
	var all []SubscribedApp
	for sub, err := range pages(r, func(cursor string) (*page[*subscriber], error) {
		return getPage(ctx, s.client, r, cursor, func(v *subscriber) bool { return v != nil && v.App.ID != "" })
	}) {
		if err != nil {
			return nil, err
		}
		all = append(all, SubscribedApp{AppID(sub.App.ID), string(sub.App.Name), string(sub.App.Link), string(sub.Override)})
	}
	return all, nil
}

// subscriber is an app that receives webhooks, as the API describes it.
type subscriber struct {
	App struct {
		ID   text `json:"id"`
		Name text `json:"name"`
		Link text `json:"link"`
	} `json:"whatsapp_business_api_data"`
	Override text `json:"override_callback_uri"`
}

// Subscribe lets the app of the access token receive the webhooks of an account, at its
// own URL or at another one. Repeating it is harmless, but o always counts: without an
// override the call has an empty body, which CLEARS the one there is.
//
// The API takes an override only from an app that is subscribed, so that a first
// subscription with one takes two calls. Before it answers, it calls the URL with a
// challenge; unless the endpoint answers that, nothing changes.
//
// Errors: Invalid (the endpoint did not answer the challenge, see [IsCallbackFailed], or
// the app is not subscribed yet), NotFound, Denied, Expired, Throttled, Unavailable.
//
// operation: POST /{business-account-id}/subscribed_apps
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override
func (s *Accounts) Subscribe(ctx context.Context, id AccountID, o *Override) error {
	r := request{path: "/{business-account-id}/subscribed_apps", ids: []string{string(id)}, policy: api.Safe}
	if o != nil {
		r.body, r.secrets, r.means = encode(o.body()), []string{o.VerifyToken}, blameOverride
	}
	return post(ctx, s.client, r)
}

// Unsubscribe ends that the app of the access token receives the webhooks of an account,
// for everybody who relies on the app. Other apps are not concerned.
//
// Errors: NotFound, Denied, Expired, Throttled, Unavailable; Invalid or Conflict if the
// app is not subscribed.
//
// operation: DELETE /{business-account-id}/subscribed_apps
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/solution-providers/manage-webhooks
func (s *Accounts) Unsubscribe(ctx context.Context, id AccountID) error {
	r := request{path: "/{business-account-id}/subscribed_apps", ids: []string{string(id)}, policy: api.Safe}
	return del(ctx, s.client, r)
}

// Webhooks reads which URLs apply to a number, from the number itself up to the app.
//
// Errors: NotFound (there is no such number, or the token may not see it), Denied,
// Expired, Throttled, Unavailable.
//
// operation: GET /{phone-number-id}
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override
func (s *Phones) Webhooks(ctx context.Context, id PhoneID) (Webhooks, error) {
	type answer struct {
		ID     text `json:"id"`
		Config struct {
			Phone   text `json:"phone_number"`
			Account text `json:"whatsapp_business_account"`
			App     text `json:"application"`
		} `json:"webhook_configuration"`
	}
	r := request{
		path: "/{phone-number-id}", ids: []string{string(id)}, query: url.Values{"fields": {"id,webhook_configuration"}},
	}
	out, err := get(ctx, s.client, r, func(a *answer) bool { return a.ID != "" })
	if err != nil {
		return Webhooks{}, err
	}
	return Webhooks{string(out.Config.Phone), string(out.Config.Account), string(out.Config.App)}, nil
}

// SetWebhook sends the messages of one number to a URL of their own. The app must be
// subscribed to the account of the number. Before it answers, the API calls the URL with
// a challenge; unless the endpoint answers that, nothing changes.
//
// Errors: Invalid (the endpoint did not answer the challenge, see [IsCallbackFailed], or
// the app is not subscribed), NotFound, Denied, Expired, Throttled, Unavailable.
//
// operation: POST /{phone-number-id}
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override
func (s *Phones) SetWebhook(ctx context.Context, id PhoneID, o Override) error {
	body := map[string]any{"webhook_configuration": o.body()}
	return s.write(ctx, id, request{
		path: "/{phone-number-id}", body: encode(body), secrets: []string{o.VerifyToken}, policy: api.Safe,
		means: blameOverride,
	})
}

// ClearWebhook ends that a number has a URL of its own. That of its account or of the
// app applies then.
//
// Errors: NotFound, Denied, Expired, Throttled, Unavailable.
//
// operation: POST /{phone-number-id}
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override
func (s *Phones) ClearWebhook(ctx context.Context, id PhoneID) error {
	body := map[string]any{"webhook_configuration": map[string]string{overrideField: ""}}
	return s.write(ctx, id, request{path: "/{phone-number-id}", body: encode(body), policy: api.Safe})
}

// overrideField is the request field with the URL of an override.
const overrideField = "override_callback_uri"

// body is the override as the API takes it.
func (o Override) body() any {
	return struct {
		URL         string `json:"override_callback_uri"`
		VerifyToken string `json:"verify_token"`
	}{o.URL, o.VerifyToken}
}

// The codes for an endpoint that did not answer the challenge, or not as it should.
const (
	callbackFailed = 2200
	callbackWrong  = 2201
)

// IsCallbackFailed reports whether a webhook was refused because its URL did not answer
// the API's challenge. The API's words say what it got instead.
//
// Meta's own examples for an override have code 100 there, which stands for much else
// too; that one is not counted.
func IsCallbackFailed(err error) bool { return api.HasCode(err, callbackFailed, callbackWrong) }

// blameCallback names the request field with the URL in an error about the URL: the
// calls call it by different names.
func blameCallback(field string) func(*api.Error) {
	return func(e *api.Error) {
		if IsCallbackFailed(e) && len(e.Fields) == 0 {
			e.Fields = []string{field}
		}
	}
}

// blameOverride names the URL of an override in an error about it. The call has nothing
// else in it that could be wrong, so a parameter that is not taken is the override too.
func blameOverride(e *api.Error) {
	blameCallback(overrideField)(e)
	if e.Code == 100 && e.Kind == api.Invalid && len(e.Fields) == 0 {
		e.Fields = []string{overrideField}
	}
}
