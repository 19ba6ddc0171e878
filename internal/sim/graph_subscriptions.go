package sim

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// whatsappObject is the type of object whose webhooks are about WhatsApp.
const whatsappObject = "whatsapp_business_account"

var fieldName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// AppSubscription is a webhook of an app.
type AppSubscription struct {
	// Object is the type of object it is about, such as whatsapp_business_account.
	Object string `json:"object"`
	// Callback is where it goes.
	Callback Callback `json:"callback"`
	// Fields are the changes that it tells of, such as messages.
	Fields []string `json:"fields,omitempty"`
	// Version is the version of the API that it speaks; "" is v25.0.
	Version string `json:"version,omitempty"`
	// IncludeValues says that it tells the new values too.
	IncludeValues bool `json:"include_values,omitempty"`
}

// subscription returns the place of the webhook for a type of object, or -1.
func (a App) subscription(object string) int {
	return slices.IndexFunc(a.Subscriptions, func(sub AppSubscription) bool { return sub.Object == object })
}

// ownApp refuses requests about another app than the one of the token.
func (s *Server) ownApp(req *request) *graphError {
	if req.id() != s.store.app.ID {
		return errNoObject(req.call.Method, req.id())
	}
	return nil
}

// listAppWebhooks lists the webhooks of the app.
//
// source: https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
func listAppWebhooks(s *Server, req *request) (any, *graphError) {
	if gerr := s.ownApp(req); gerr != nil {
		return nil, gerr
	}
	data := []any{}
	for _, sub := range s.store.app.Subscriptions {
		fields := []any{}
		for _, f := range sub.Fields {
			fields = append(fields, map[string]any{"name": f, "version": sub.version()})
		}
		data = append(data, map[string]any{
			"object": sub.Object, "callback_url": sub.Callback.URI, "active": true, "fields": fields,
		})
	}
	return map[string]any{"data": data}, nil
}

func (sub AppSubscription) version() string {
	if sub.Version == "" {
		return fmt.Sprintf("v%d.0", defaultVersion)
	}
	return sub.Version
}

// askAppWebhook reads what setAppWebhook is going to do.
func askAppWebhook(s *Server, req *request) *graphError {
	if gerr := s.ownApp(req); gerr != nil {
		return gerr
	}
	sub, gerr := readAppWebhook(req)
	req.asks = &sub.Callback
	return gerr
}

// setAppWebhook sets the webhook of the app for WhatsApp, after its callback passed a
// challenge.
//
// source: https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
func setAppWebhook(s *Server, req *request) (any, *graphError) {
	sub, gerr := readAppWebhook(req)
	if gerr != nil {
		return nil, gerr
	}
	if gerr := s.refused(req, 2200); gerr != nil {
		return nil, gerr
	}
	app := &s.store.app
	i := app.subscription(sub.Object)
	switch {
	case i < 0:
		app.Subscriptions = append(app.Subscriptions, sub)
	case s.options.callback.merges:
		sub.Fields = union(app.Subscriptions[i].Fields, sub.Fields)
		app.Subscriptions[i] = sub
	default:
		app.Subscriptions[i] = sub
	}
	req.effective = true
	return done{}, nil
}

// union returns a with what b has beyond it.
func union(a, b []string) []string {
	all := slices.Clone(a)
	for _, v := range b {
		if !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return all
}

// readAppWebhook reads the parameters of a webhook of the app.
func readAppWebhook(req *request) (sub AppSubscription, gerr *graphError) {
	p, gerr := req.params("object", "callback_url", "verify_token", "fields", "include_values")
	if gerr != nil {
		return sub, gerr
	}
	if sub.Object, gerr = p.subject(); gerr != nil {
		return sub, gerr
	}
	if sub.Callback, gerr = p.callback("callback_url"); gerr != nil {
		return sub, gerr
	}
	if gerr := sub.Callback.check("callback_url", 2000); gerr != nil {
		return sub, gerr
	}
	if sub.Fields, gerr = p.names("fields"); gerr != nil {
		return sub, gerr
	}
	if len(sub.Fields) == 0 {
		return sub, invalid("The parameter fields is required.")
	}
	sub.IncludeValues = fmt.Sprint(p["include_values"]) == "true"
	sub.Version = fmt.Sprintf("v%d.0", req.served())
	return sub, nil
}

// subject returns the parameter object, which must be WhatsApp's.
func (p params) subject() (string, *graphError) {
	switch v, gerr := p.text("object"); {
	case gerr != nil:
		return "", gerr
	case v == "":
		return "", invalid("The parameter object is required.")
	case v != whatsappObject:
		return "", notModelled("webhooks for objects of type " + v)
	default:
		return v, nil
	}
}

// names returns a parameter that lists names, with commas or as an array of JSON.
// Which names there are is not checked, for the list grows.
func (p params) names(name string) ([]string, *graphError) {
	text, isText := p[name].(string)
	if !isText && p[name] != nil {
		text = string(encodeJSON(p[name]))
	}
	var list []string
	if json.Unmarshal([]byte(text), &list) != nil {
		list = strings.FieldsFunc(text, func(r rune) bool { return r == ',' })
	}
	for i, v := range list {
		if list[i] = strings.TrimSpace(v); !fieldName.MatchString(list[i]) {
			return nil, invalid(fmt.Sprintf("Param %s must be a list of names.", name))
		}
	}
	return list, nil
}

// deleteAppWebhook takes fields off the webhook of the app, or the whole of it when
// none are named. Without an object Meta would take off the webhooks for everything,
// which is refused here.
//
// source: https://developers.facebook.com/docs/graph-api/reference/app/subscriptions
func deleteAppWebhook(s *Server, req *request) (any, *graphError) {
	if gerr := s.ownApp(req); gerr != nil {
		return nil, gerr
	}
	p, gerr := req.paramsFrom([]string{"object", "fields"})
	if gerr != nil {
		return nil, gerr
	}
	if !p.has("object") {
		return nil, notModelled("the end of all webhooks of an app, which is what a call without object means")
	}
	object, gerr := p.subject()
	if gerr != nil {
		return nil, gerr
	}
	fields, gerr := p.names("fields")
	if gerr != nil {
		return nil, gerr
	}
	req.effective = s.store.app.unsubscribe(object, fields)
	return done{}, nil
}

// unsubscribe takes fields, or all for none, off a webhook of the app. It reports
// whether there is a difference.
func (a *App) unsubscribe(object string, fields []string) bool {
	i := a.subscription(object)
	if i < 0 {
		return false
	}
	left := slices.DeleteFunc(slices.Clone(a.Subscriptions[i].Fields), func(f string) bool {
		return len(fields) == 0 || slices.Contains(fields, f)
	})
	changed := len(left) == 0 || len(left) != len(a.Subscriptions[i].Fields)
	a.Subscriptions[i].Fields = left
	if len(left) == 0 {
		a.Subscriptions = slices.Delete(a.Subscriptions, i, i+1)
	}
	return changed
}
