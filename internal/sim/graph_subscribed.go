package sim

import (
	"net/http"
	"slices"
)

// Subscription is an app that gets the webhooks of an account.
type Subscription struct {
	// AppID is the app's id, digits.
	AppID string `json:"app_id"`
	// AppName is its name; New knows that of the token's own app.
	AppName string `json:"app_name,omitempty"`
	// Override is where the app has the webhooks of this account go instead of where
	// the app's own do.
	Override Callback `json:"override,omitzero"`
}

// overrideLength is how long the address of an override may be.
// source: webhooks/override
const overrideLength = 200

// own returns the place of the app among the subscriptions of an account, or -1.
func (a *Account) own(app string) int {
	return slices.IndexFunc(a.Apps, func(sub Subscription) bool { return sub.AppID == app })
}

// listSubscribed lists the apps that are subscribed to an account.
//
// source: solution-providers/manage-webhooks, Meta's OpenAPI file
func listSubscribed(s *Server, req *request) (any, *graphError) {
	a, gerr := s.lookupAccount(req)
	if gerr != nil {
		return nil, gerr
	}
	if gerr := req.lacks("fields", "limit", "after", "before", "filtering"); gerr != nil {
		return nil, gerr
	}
	data := []any{}
	for _, sub := range a.Apps {
		data = append(data, sub.show())
	}
	return map[string]any{"data": data}, nil
}

func (sub Subscription) show() map[string]any {
	m := map[string]any{"whatsapp_business_api_data": map[string]any{
		"id": sub.AppID, "name": sub.AppName, "link": "https://www.facebook.com/games/?app_id=" + sub.AppID,
	}}
	if sub.Override.URI != "" {
		m["override_callback_uri"] = sub.Override.URI
	}
	return m
}

// askOverride reads what subscribe is going to do.
func askOverride(s *Server, req *request) *graphError {
	if _, gerr := s.lookupAccount(req); gerr != nil {
		return gerr
	}
	c, gerr := readOverride(req)
	if gerr == nil && c.URI != "" {
		req.asks = &c
	}
	return gerr
}

// subscribe subscribes the app of the token to an account. An override that is not
// sent is cleared; one that is sent is challenged first.
//
// source: webhooks/override
func subscribe(s *Server, req *request) (any, *graphError) {
	a, gerr := s.lookupAccount(req)
	if gerr != nil {
		return nil, gerr
	}
	if gerr := s.refused(req, 100); gerr != nil {
		return nil, gerr
	}
	c, gerr := readOverride(req)
	if gerr != nil {
		return nil, gerr
	}
	sub := Subscription{AppID: s.store.app.ID, AppName: s.store.app.Name, Override: c}
	i := a.own(sub.AppID)
	if i < 0 {
		i = len(a.Apps)
		a.Apps = append(a.Apps, Subscription{})
	}
	req.effective = a.Apps[i] != sub
	a.Apps[i] = sub
	if c.URI == "" {
		return done{}, nil
	}
	return map[string]any{"success": s.options.success, "data": []any{sub.show()}}, nil
}

// readOverride reads the override of an account, the zero value for none.
func readOverride(req *request) (c Callback, gerr *graphError) {
	p, gerr := req.params("override_callback_uri", "verify_token")
	if gerr != nil || !p.has("override_callback_uri", "verify_token") {
		return c, gerr
	}
	if c, gerr = p.callback("override_callback_uri"); gerr != nil {
		return c, gerr
	}
	return c, c.check("override_callback_uri", overrideLength)
}

// callback reads a callback, of which name is the address.
func (p params) callback(name string) (c Callback, gerr *graphError) {
	if c.URI, gerr = p.text(name); gerr != nil {
		return c, gerr
	}
	c.VerifyToken, gerr = p.text("verify_token")
	return c, gerr
}

// unsubscribe takes the app of the token off an account, and no other. That it
// succeeds for one that is not there is inferred.
//
// source: solution-providers/manage-webhooks
func unsubscribe(s *Server, req *request) (any, *graphError) {
	a, gerr := s.lookupAccount(req)
	if gerr != nil {
		return nil, gerr
	}
	if _, gerr := req.params(); gerr != nil {
		return nil, gerr
	}
	if i := a.own(s.store.app.ID); i >= 0 {
		a.Apps = slices.Delete(a.Apps, i, i+1)
		req.effective = true
	}
	return done{}, nil
}

// webhooks is the field webhook_configuration of a number: where its webhooks go,
// by who said so. The first that is there wins.
//
// source: webhooks/override
func webhooks(p phone) any {
	m := map[string]any{}
	if p.Webhook.URI != "" {
		m["phone_number"] = p.Webhook.URI
	}
	if i := p.account.own(p.app.ID); i >= 0 && p.account.Apps[i].Override.URI != "" {
		m["whatsapp_business_account"] = p.account.Apps[i].Override.URI
	}
	if i := p.app.subscription(whatsappObject); i >= 0 {
		m["application"] = p.app.Subscriptions[i].Callback.URI
	}
	if len(m) == 0 {
		return nil
	}
	return m
}

// askNumberWebhook reads what setNumber is going to do.
func askNumberWebhook(s *Server, req *request) *graphError {
	_, c, gerr := s.checkChange(req)
	if gerr == nil && c.webhook != nil && c.webhook.URI != "" {
		req.asks = c.webhook
	}
	return gerr
}

// checkWebhook refuses the override of a number for an app that is not subscribed to
// the number's account.
func (s *Server) checkWebhook(e *entry, c *Callback) *graphError {
	if c == nil || c.URI == "" || e.account.own(s.store.app.ID) >= 0 {
		return nil
	}
	return cloudError(http.StatusBadRequest, 100, "Invalid parameter",
		"The app is not subscribed to the WhatsApp Business Account of the phone number.")
}
