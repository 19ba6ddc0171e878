package sim

import (
	"fmt"
	"strings"
	"time"
)

// How often the display name of a number can be changed. A report says so; what
// answers the eleventh is ours.
const (
	namesAtMost = 10
	namesWindow = 30 * 24 * time.Hour
)

// nodeChange is what a call asks to be different about a number's node.
type nodeChange struct {
	pin  string // "" for no change
	name string // "" for no change
	// webhook is nil for no change, and has no address to remove the override.
	webhook *Callback
}

// setNumber changes settings on a number's node. Either all that it asks for is
// done, or nothing. The PIN in force is not asked for, and an empty one does not
// switch two-step verification off.
//
// source: business-phone-numbers/two-step-verification, display-names, webhooks/override
func setNumber(s *Server, req *request) (any, *graphError) {
	e, c, gerr := s.checkChange(req)
	if gerr != nil {
		return nil, gerr
	}
	if gerr := s.refused(req, 100); gerr != nil {
		return nil, gerr
	}
	if c.name != "" {
		s.rename(e, c.name)
	}
	if c.webhook != nil {
		e.Webhook = *c.webhook
	}
	if c.pin != "" {
		e.PIN, e.guesses = c.pin, guesses{}
	}
	req.effective = true
	return done{}, nil
}

// checkChange returns the number that a request is about and what it asks to be
// different, if that can be done.
func (s *Server) checkChange(req *request) (*entry, nodeChange, *graphError) {
	e, gerr := s.lookup(req)
	if gerr != nil {
		return nil, nodeChange{}, gerr
	}
	c, gerr := readNodeChange(req)
	if gerr != nil {
		return nil, c, gerr
	}
	if c.name != "" {
		if gerr := e.checkName(s.options.now()); gerr != nil {
			return nil, c, gerr
		}
	}
	return e, c, s.checkWebhook(e, c.webhook)
}

// readNodeChange reads the parameters of a change of a number's node.
func readNodeChange(req *request) (c nodeChange, gerr *graphError) {
	const name, webhook = "new_display_name", "webhook_configuration"
	settings := []string{"pin", name, webhook}
	others := []string{"search_visibility", "username", "connection_status", "webhook_url",
		"whatsapp_business_api_data"}
	p, gerr := req.paramsFrom([]string{name}, append(others, settings...)...)
	if gerr != nil {
		return c, gerr
	}
	for _, k := range others {
		if p.has(k) {
			return c, notModelled("setting " + k)
		}
	}
	if !p.has(settings...) {
		return c, invalid("There is nothing to change; the parameters are " + strings.Join(settings, ", ") + ".")
	}
	if p.has("pin") {
		if c.pin, gerr = p.pin(); gerr != nil {
			return c, gerr
		}
	}
	if p.has(name) {
		if c.name, gerr = p.displayName(name); gerr != nil {
			return c, gerr
		}
	}
	if p.has(webhook) {
		c.webhook, gerr = p.override(webhook)
	}
	return c, gerr
}

// override returns a parameter that is the override of a number; an empty address
// removes it.
func (p params) override(name string) (*Callback, *graphError) {
	const address = "override_callback_uri"
	o, gerr := p.object(name)
	if gerr != nil {
		return nil, gerr
	}
	if gerr := o.only([]string{address, "verify_token"}); gerr != nil {
		return nil, gerr
	}
	if !o.has(address) {
		return nil, invalid("Param " + name + " must have " + address + ".")
	}
	c, gerr := o.callback(address)
	if gerr != nil {
		return nil, gerr
	}
	if c.URI == "" {
		return &Callback{}, nil
	}
	return &c, c.check(address, overrideLength)
}

// has reports whether one of names is there.
func (p params) has(names ...string) bool {
	for _, k := range names {
		if _, there := p[k]; there {
			return true
		}
	}
	return false
}

// checkName refuses a new name while another is under review, and the eleventh in
// thirty days.
func (e *entry) checkName(now time.Time) *graphError {
	if e.inReview() {
		return errName("A display name of the phone number is under review. Wait for the decision.")
	}
	recent := 0
	for _, t := range e.names {
		if now.Before(t.Add(namesWindow)) {
			recent++
		}
	}
	if recent >= namesAtMost {
		return errName(fmt.Sprintf("The display name was changed %d times in 30 days.", recent))
	}
	return nil
}

func errName(text string) *graphError {
	e := invalid(text)
	e.userTitle, e.userMessage = "Display name cannot be changed", text
	return e
}

// rename submits a new display name, in place of one that waits for a registration.
func (s *Server) rename(e *entry, name string) {
	e.NewDisplayName, e.NewNameStatus = name, reviewPending
	e.names = append(e.names, s.options.now())
	s.submit(e)
}
