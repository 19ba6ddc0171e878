package graph

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// AppID is the id of a Meta app.
type AppID string

// Apps are the calls about the app that the client works for.
//
// See https://developers.facebook.com/docs/graph-api/reference/application
type Apps struct{ client *Client }

// WebhookObject is what an app subscribes to for WhatsApp.
const WebhookObject = "whatsapp_business_account"

// Subscription is where an app receives the webhooks of one object, and which. There is
// one for each object.
type Subscription struct {
	Object      string   // [WebhookObject] for WhatsApp
	CallbackURL string   // where the webhooks go
	Active      bool     // false while they go nowhere
	Fields      []string // the names of the webhooks, in the API's order
}

// AppWebhook is what an app wants to receive, and where.
type AppWebhook struct {
	Object      string   // "" for [WebhookObject]
	CallbackURL string   // https, at most 200 characters
	VerifyToken string   // secret; what the endpoint expects in the challenge
	Fields      []string // the names of all webhooks that are wanted
}

// Subscriptions reads what the app of the [Config] receives, for all objects.
//
// Errors: ErrNoAppCredentials, Expired (the secret is not the app's), Denied, Throttled,
// Unavailable.
//
// operation: GET /{app-id}/subscriptions
// source: https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
func (s *Apps) Subscriptions(ctx context.Context) ([]Subscription, error) {
	r := s.request("/{app-id}/subscriptions")
	var all []Subscription
	for sub, err := range pages(r, func(cursor string) (*page[*subscription], error) {
		return getPage(ctx, s.client, r, cursor, func(v *subscription) bool { return v != nil && v.Object != "" })
	}) {
		if err != nil {
			return nil, err
		}
		all = append(all, sub.plain())
	}
	return all, nil
}

// Subscribe sets where the app of the [Config] receives webhooks, and which. Before it
// answers, the API calls the URL with a challenge; unless the endpoint answers that,
// nothing changes. Name all fields, also those that were subscribed before: whether
// others are kept is not documented.
//
// Errors: ErrNoAppCredentials, Invalid (the endpoint did not answer the challenge, see
// [IsCallbackFailed], or there is no such field), Expired (the secret is not the app's),
// Denied, Throttled, Unavailable.
//
// operation: POST /{app-id}/subscriptions
// source: https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
func (s *Apps) Subscribe(ctx context.Context, w AppWebhook) error {
	body := struct {
		Object        string `json:"object"`
		CallbackURL   string `json:"callback_url"`
		VerifyToken   string `json:"verify_token"`
		Fields        string `json:"fields"`
		IncludeValues bool   `json:"include_values"` // not only that something changed, but what
	}{objectOf(w.Object), w.CallbackURL, w.VerifyToken, strings.Join(w.Fields, ","), true}
	r := s.request("/{app-id}/subscriptions")
	r.body, r.secrets, r.means = encode(body), []string{w.VerifyToken}, blameCallback("callback_url")
	return post(ctx, s.client, r)
}

// Unsubscribe ends what the app of the [Config] receives of an object, "" for
// [WebhookObject]: the fields that are named, or all without any.
//
// Errors: ErrNoAppCredentials, Invalid (there is no such object or field), Expired (the
// secret is not the app's), Denied, Throttled, Unavailable.
//
// operation: DELETE /{app-id}/subscriptions
// source: https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
func (s *Apps) Unsubscribe(ctx context.Context, object string, fields ...string) error {
	r := s.request("/{app-id}/subscriptions")
	r.query = url.Values{"object": {objectOf(object)}}
	if len(fields) > 0 {
		r.query.Set("fields", strings.Join(fields, ","))
	}
	return del(ctx, s.client, r)
}

// request begins a call that the app makes about itself.
func (s *Apps) request(path string) request {
	return request{path: path, ids: []string{string(s.client.config.AppID)}, as: asApp, policy: api.Safe}
}

func objectOf(s string) string {
	if s == "" {
		return WebhookObject
	}
	return s
}

// subscription is one as the API describes it.
type subscription struct {
	Object      string       `json:"object"`
	CallbackURL text         `json:"callback_url"`
	Active      bool         `json:"active"`
	Fields      []fieldEntry `json:"fields"`
}

func (s *subscription) plain() Subscription {
	out := Subscription{Object: s.Object, CallbackURL: string(s.CallbackURL), Active: s.Active}
	for _, f := range s.Fields {
		out.Fields = append(out.Fields, string(f))
	}
	return out
}

// fieldEntry is the name of a webhook: alone, or in an object with the version of the
// API in which it is sent.
type fieldEntry string

// UnmarshalJSON takes either form.
func (f *fieldEntry) UnmarshalJSON(b []byte) error {
	var named struct {
		Name string `json:"name"`
	}
	if err := json.Unmarshal(b, &named); err == nil {
		*f = fieldEntry(named.Name)
		return nil
	}
	return json.Unmarshal(b, (*string)(f))
}
