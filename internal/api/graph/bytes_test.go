package graph

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// line is a call on one line: method, path, query without the proof, body.
func (r received) line() string {
	q := r.Query
	q.Del("appsecret_proof")
	q.Del("appsecret_time")
	return strings.Join(strings.Fields(r.Method+" "+r.Path+" "+q.Encode()+" "+r.Body), " ")
}

// lines are all calls that arrived.
func (w *wire) lines() (all []string) {
	for _, call := range w.got() {
		all = append(all, call.line())
	}
	return all
}

// writes are the calls that change something, each with what it sends and whether it is
// sent again when nobody knows what came of it.
var writes = map[string]struct {
	call  func(context.Context, *Client) error
	sends string
	again bool
}{
	"add a number": {func(ctx context.Context, c *Client) error {
		_, err := c.Accounts.AddPhone(ctx, account, NewPhone{"1", "5550100123", "Lucky Shrub"})
		return err
	}, `POST /v25.0/102290129340398/phone_numbers {"cc":"1","phone_number":"5550100123","verified_name":"Lucky Shrub"}`, false},
	"display name": {func(ctx context.Context, c *Client) error {
		return c.Phones.SetDisplayName(ctx, phone, "Lucky & Söhne")
	}, `POST /v25.0/106540352242922 {"new_display_name":"Lucky & Söhne"}`, false},
	"request a code": {func(ctx context.Context, c *Client) error {
		return c.Phones.RequestCode(ctx, phone, "SMS", "en_US")
	}, `POST /v25.0/106540352242922/request_code {"code_method":"SMS","language":"en_US"}`, false},
	"verify a code": {func(ctx context.Context, c *Client) error {
		return c.Phones.VerifyCode(ctx, phone, "012345")
	}, `POST /v25.0/106540352242922/verify_code {"code":"012345"}`, false},
	"subscribe": {func(ctx context.Context, c *Client) error {
		return c.Accounts.Subscribe(ctx, account, nil)
	}, `POST /v25.0/102290129340398/subscribed_apps`, true},
	"subscribe with an override": {func(ctx context.Context, c *Client) error {
		return c.Accounts.Subscribe(ctx, account, &Override{"https://hooks.example.com/?a=1&b=2", verifyToken})
	}, `POST /v25.0/102290129340398/subscribed_apps {"override_callback_uri":"https://hooks.example.com/?a=1&b=2","verify_token":"verify+marker"}`, true},
	"unsubscribe": {func(ctx context.Context, c *Client) error {
		return c.Accounts.Unsubscribe(ctx, account)
	}, `DELETE /v25.0/102290129340398/subscribed_apps`, true},
	"override of a number": {func(ctx context.Context, c *Client) error {
		return c.Phones.SetWebhook(ctx, phone, Override{"https://hooks.example.com/", verifyToken})
	}, `POST /v25.0/106540352242922 {"webhook_configuration":{"override_callback_uri":"https://hooks.example.com/","verify_token":"verify+marker"}}`, true},
	"no override of a number": {func(ctx context.Context, c *Client) error {
		return c.Phones.ClearWebhook(ctx, phone)
	}, `POST /v25.0/106540352242922 {"webhook_configuration":{"override_callback_uri":""}}`, true},
	"app webhook": {func(ctx context.Context, c *Client) error {
		return c.Apps.Subscribe(ctx, AppWebhook{
			CallbackURL: "https://hooks.example.com/", VerifyToken: verifyToken, Fields: []string{"messages", "account_update"},
		})
	}, `POST /v25.0/634974688087057/subscriptions {"object":"whatsapp_business_account","callback_url":"https://hooks.example.com/","verify_token":"verify+marker","fields":"messages,account_update","include_values":true}`, true},
	"no app webhook": {func(ctx context.Context, c *Client) error {
		return c.Apps.Unsubscribe(ctx, "")
	}, `DELETE /v25.0/634974688087057/subscriptions object=whatsapp_business_account`, true},
	"no app webhook for some fields": {func(ctx context.Context, c *Client) error {
		return c.Apps.Unsubscribe(ctx, "page", "feed", "likes")
	}, `DELETE /v25.0/634974688087057/subscriptions fields=feed%2Clikes&object=page`, true},
	"profile": {func(ctx context.Context, c *Client) error {
		return c.Phones.SetProfile(ctx, phone, ProfilePatch{About: ptr("Plants & more")})
	}, `POST /v25.0/106540352242922/whatsapp_business_profile {"messaging_product":"whatsapp","about":"Plants & more"}`, true},
}

func TestMoreWrites_bytes(t *testing.T) {
	for name, tt := range writes {
		t.Run(name, func(t *testing.T) {
			w := serve(t, raw(200, `{"success":true,"id":"1"}`))
			c, _ := client(t, w, asTheApp)
			if err := tt.call(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{tt.sends}, w.lines()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// A number is added once, a code is sent once; a setting may be sent again.
func TestMoreWrites_afterAnOutcomeThatIsUnclear(t *testing.T) {
	for name, tt := range writes {
		for what, first := range map[string]http.HandlerFunc{"reset": reset, "502": file(t, 502, "gateway.html")} {
			t.Run(name+", "+what, func(t *testing.T) {
				w := serve(t, first, raw(200, `{"success":true,"id":"1"}`))
				c, _ := client(t, w, asTheApp)
				err := tt.call(t.Context(), c)
				if !tt.again {
					if api.OutcomeOf(err) != api.Unclear {
						t.Errorf("got %v, %s", err, api.OutcomeOf(err))
					}
					w.wantCalls(t, 1)
					return
				}
				if err != nil {
					t.Error(err)
				}
				if diff := cmp.Diff([]string{tt.sends, tt.sends}, w.lines()); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

func TestMoreWrites_refused(t *testing.T) {
	for name, tt := range writes {
		w := serve(t, file(t, 200, "success_false.json"))
		c, _ := client(t, w, asTheApp)
		if err := tt.call(t.Context(), c); api.OutcomeOf(err) != api.Refused {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// What is written to a number makes what was read of it worthless.
func TestMoreWrites_forgetTheNumber(t *testing.T) {
	for name, tt := range writes {
		if !strings.Contains(tt.sends, string(phone)) {
			continue
		}
		w := serve(t, file(t, 200, "phone.json"), file(t, 200, "success_bool.json"))
		c, _ := client(t, w)
		if _, err := c.Phones.Get(t.Context(), phone, LookFields); err != nil {
			t.Fatal(err)
		}
		if err := tt.call(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		if _, ok := c.Phones.Last(phone); ok {
			t.Errorf("%s: the number is still known", name)
		}
	}
}
