package page

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// lastCalls is how many calls the page shows.
const lastCalls = 40

// view is all that the page shows. It has fields for what may be seen, and nothing
// else gets to the templates: no PIN, token, backup or verify token.
type view struct {
	Now      time.Time
	Accounts []account
	Calls    []call // the last one first
}

type account struct {
	ID, Name, Status string
	Apps             []string
	Numbers          []number
}

type number struct {
	ID, Number, Name     string
	NewName, NameStatus  string
	Status, Platform     string
	Verification         string
	Quality, Region      string
	About, Webhook       string
	Attempts, Budget     int
	Live, Banned, Review bool
	OnBizApp, TwoStep    bool
	ProfileLost          bool
}

// button is one of a number.
type button struct{ Name, Text, ID, Of string }

// Button returns the button with this name, which stands in [buttons].
func (n number) Button(name, text string) button { return button{name, text, n.ID, n.Number} }

type call struct {
	Time           time.Time
	Route, Subject string
	Status, Code   int
	Effective      bool
	Fault          string
}

// view looks at the world.
func (f *front) view() view {
	v := view{Now: f.clock.Now()}
	names := map[string]string{}
	numbers := f.Numbers()
	for _, a := range f.Accounts() {
		names[a.ID] = a.Name
		shown := account{ID: a.ID, Name: a.Name, Status: a.Status, Apps: apps(a)}
		for _, n := range numbers {
			if n.AccountID == a.ID {
				names[n.ID] = n.DisplayPhoneNumber
				shown.Numbers = append(shown.Numbers, f.look(n))
			}
		}
		v.Accounts = append(v.Accounts, shown)
	}
	for _, c := range slices.Backward(f.LastCalls(lastCalls)) {
		v.Calls = append(v.Calls, shownCall(c, names))
	}
	return v
}

// look chooses what is shown of a number.
func (f *front) look(n sim.Number) number {
	review := n.NewNameStatus == underReview || n.NameStatus == underReview
	nameStatus := n.NameStatus
	if n.NewDisplayName != "" {
		nameStatus = n.NewNameStatus
	}
	return number{
		ID: n.ID, Number: n.DisplayPhoneNumber, Name: n.VerifiedName, NewName: n.NewDisplayName, NameStatus: nameStatus,
		Status: n.Status, Platform: n.PlatformType, Verification: n.CodeVerificationStatus,
		Quality: n.QualityRating, Region: n.Region, About: n.Profile.About, Webhook: host(n.Webhook.URI),
		Attempts: f.Attempts(n.ID), Budget: sim.Budget,
		Live: n.PlatformType == "CLOUD_API", Banned: n.Status == "BANNED", Review: review,
		OnBizApp: n.OnBizApp, TwoStep: n.PIN != "", ProfileLost: n.ProfileLost,
	}
}

const underReview = "PENDING_REVIEW"

// apps are the apps that get the webhooks of an account.
func apps(a sim.Account) []string {
	var names []string
	for _, sub := range a.Apps {
		name := sub.AppName
		if name == "" {
			name = sub.AppID
		}
		if h := host(sub.Override.URI); h != "" {
			name += " at " + h
		}
		names = append(names, name)
	}
	return names
}

// host is what is shown of a callback: people put secrets into the rest of the URL.
func host(uri string) string {
	u, err := url.Parse(uri)
	if err != nil {
		return ""
	}
	return u.Host
}

// anID finds what may be an id of Meta's, and is no PIN that got into the wrong place.
var anID = regexp.MustCompile(`^[0-9]{7,32}$`)

// shownCall chooses what is shown of a call: not its path as it was sent, which may
// have anything in it, but the route and what it was about.
func shownCall(c sim.Call, names map[string]string) call {
	route := c.Route
	if route == "" {
		route = c.Method + " (no such route)"
	}
	return call{
		Time: c.Time, Route: route, Subject: subject(c, names),
		Status: c.Status, Code: c.Code, Effective: c.Effective, Fault: c.Fault,
	}
}

// subject is the name of the number or account that a call is about, its id if that
// is nobody's, or "".
func subject(c sim.Call, names map[string]string) string {
	id := c.Deployment
	if id == "" {
		id, _, _ = strings.Cut(strings.TrimPrefix(strings.TrimPrefix(c.Path, "/"+c.Version), "/"), "/")
	}
	if name := names[id]; name != "" {
		return name
	}
	if anID.MatchString(id) {
		return id
	}
	return ""
}
