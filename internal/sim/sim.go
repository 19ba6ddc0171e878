// Package sim is a simulator of Meta's WhatsApp Cloud API: phone numbers on
// business accounts, over HTTP, with state, the documented errors and limits, and
// faults on request. Beside it stands the On-Premises API that numbers migrate from:
// two faces of one world, in which a number is registered on one side at a time. It
// needs no account at Meta and no network but the loopback.
//
// It is a second witness of these APIs. It shares no struct, constant or parser with
// the clients that are tested against it, imports nothing but the standard library,
// and is built from Meta's documentation, never from what a client happens to send.
// What no documentation says is marked as inferred in claims_test.go and
// onprem_claims_test.go.
//
// Begin with [New], which turns a [World] into a [Server], and with [Server.Start];
// [Server.StartOnPremises] puts a [Deployment] on a port of its own, with HTTPS. A
// Server is also an http.Handler, of the Graph API. From there:
//
//   - sim.go has the routes and the way of a request through the Server;
//   - world.go and seed.go say what a world is and read one from JSON,
//     example_world.go has one to begin with, store.go holds it, change.go and
//     change_account.go change it behind the callers' backs;
//   - options.go, clock.go, budget.go, allowance.go, guess.go, review.go and lag.go
//     are about limits and time;
//   - fault.go makes calls go wrong and spoil.go spoils their answers, ledger.go
//     remembers them;
//   - match.go finds the route, request.go and params.go decode what is sent,
//     fields.go and paging.go say which part is asked for, answer.go and
//     graph_error.go write what comes back;
//   - graph_auth.go lets callers in, and the other graph_*.go are the routes by
//     subject; graph_migrate.go is what a registration does to a deployment, and
//     callback.go asks a callback whether it wants webhooks;
//   - deployment.go says what a deployment is, deployment_change.go changes it;
//   - onprem.go has the routes of On-Premises and the way of a request through them,
//     onprem_listen.go and onprem_certificate.go its ports, onprem_login.go lets
//     callers in, and the other onprem_*.go are like their counterparts of Graph;
//   - package page shows a Server in a browser.
//
// Not modelled, and refused loudly with HTTP status 501 when asked for: an access
// token in the URL, parameters of a POST in the URL where the call is not documented
// with them, multipart bodies, edges and settings other than those in [Routes],
// filtering of accounts, fields of edges inside a node, and paging backwards. Of
// adding numbers there is no move from another account, no pre-verified number and no
// cap on how many a portfolio has; an approved display name does not expire. Of
// webhooks there is how they are arranged, with a real challenge of the callback, but
// none is ever sent; nor are messages. Meta's hourly allowance has no end unless
// [WithAllowance] gives it one. Of On-Premises there is what a migration needs: no way
// to register there, which Meta has closed, nothing about restoring backups, shards,
// users and metrics, and no keys in place of tokens.
package sim

import (
	"net"
	"net/http"
	"sync"
)

// route is one operation of the API.
type route struct {
	method, path string // path with names in braces for ids
	caller       caller
	handle       func(*Server, *request) (any, *graphError) // carries a call out
	slow         *slow                                      // nil for a call that is done at once
}

// slow is about a call that takes its time. prepare counts and checks it before,
// under the Server's lock, as the handler is; meanwhile runs without the lock.
type slow struct {
	prepare   func(*Server, *request) *graphError
	meanwhile func(*Server, *request)
}

// caller says whose token a route takes.
type caller struct {
	user, app bool     // the token of a user or system user, and that of the app
	scopes    []string // what the one of a user needs
	oauth     bool     // its scheme is OAuth instead of Bearer
}

// by is a caller with permissions.
func by(scopes ...string) caller { return caller{user: true, scopes: scopes} }

// String returns the route's name, as it stands in [Call.Route].
func (r route) String() string { return r.method + " " + r.path }

// routes are the operations that a Server serves. Where two fit, as for the nodes
// of an account and of a number, the kind of the id decides.
func routes() []route {
	manage, both := by(scopeManagement), by(scopeManagement, scopeMessaging)
	anyone := caller{user: true, app: true}
	uploader := caller{user: true, oauth: true}
	app := caller{app: true}
	portfolio := by(scopeManagement, scopeBusiness)
	registering := &slow{admit, func(s *Server, _ *request) { s.wait(s.options.registerTime) }}
	return []route{
		{"GET", "/debug_token", anyone, debugToken, nil},
		{"GET", "/{business-id}/owned_whatsapp_business_accounts", portfolio, listOwned, nil},
		{"GET", "/{business-id}/client_whatsapp_business_accounts", portfolio, listClients, nil},
		{"POST", "/{app-id}/uploads", by(), beginUpload, nil},
		{"GET", "/{app-id}/subscriptions", app, listAppWebhooks, nil},
		{"POST", "/{app-id}/subscriptions", app, setAppWebhook, &slow{askAppWebhook, askCallback}},
		{"DELETE", "/{app-id}/subscriptions", app, deleteAppWebhook, nil},
		{"GET", "/upload:{upload-id}", uploader, getUpload, nil},
		{"POST", "/upload:{upload-id}", uploader, continueUpload, nil},
		{"GET", "/{business-account-id}", manage, getAccount, nil},
		{"GET", "/{business-account-id}/phone_numbers", manage, listNumbers, nil},
		{"POST", "/{business-account-id}/phone_numbers", both, addNumber, nil},
		{"GET", "/{business-account-id}/subscribed_apps", manage, listSubscribed, nil},
		{"POST", "/{business-account-id}/subscribed_apps", manage, subscribe, &slow{askOverride, askCallback}},
		{"DELETE", "/{business-account-id}/subscribed_apps", manage, unsubscribe, nil},
		{"GET", "/{phone-number-id}", manage, getNumber, nil},
		{"POST", "/{phone-number-id}", manage, setNumber, &slow{askNumberWebhook, askCallback}},
		{"POST", "/{phone-number-id}/request_code", both, requestCode, nil},
		{"POST", "/{phone-number-id}/verify_code", both, verifyCode, nil},
		{"POST", "/{phone-number-id}/register", both, register, registering},
		{"POST", "/{phone-number-id}/deregister", both, deregister, nil},
		{"GET", "/{phone-number-id}/settings", manage, getSettings, nil},
		{"POST", "/{phone-number-id}/settings", manage, setSettings, nil},
		{"GET", "/{phone-number-id}/whatsapp_business_profile", manage, getProfile, nil},
		{"POST", "/{phone-number-id}/whatsapp_business_profile", manage, setProfile, nil},
	}
}

// Routes returns the operations that a Server serves, each as method and path with
// names for ids, such as "POST /{phone-number-id}/register". Those of On-Premises
// have a word in front, as in "onprem POST /v1/users/login".
func Routes() []string {
	var names []string
	for _, r := range routes() {
		names = append(names, r.String())
	}
	for _, r := range onpremRoutes() {
		names = append(names, r.String())
	}
	return names
}

// Server simulates the API. Its methods may be called at any time, also from
// several goroutines.
type Server struct {
	options options
	routes  []route

	mu      sync.Mutex // guards the six below
	store   *store
	ledger  []*Call
	faults  []*armed
	traces  int // trace ids given out
	empties int // successes without content that On-Premises answered
	asked   []Challenge

	netMu  sync.Mutex // guards the four below; taken after mu where both are
	http   *http.Server
	ln     net.Listener
	addr   string            // once started
	fronts map[string]*front // by number, the deployments once started

	done    chan struct{} // closed by Close, for waits
	closing sync.Once
}

// New returns a simulator that holds a copy of world. It does not listen yet. It
// panics for a world that [Load] would refuse.
func New(world World, opts ...Option) *Server {
	if err := world.validate(); err != nil {
		panic("sim: world: " + err.Error())
	}
	s := &Server{
		options: defaults(), routes: routes(), fronts: map[string]*front{}, done: make(chan struct{}),
	}
	for _, o := range opts {
		o(s)
	}
	s.store = newStore(world, s.options.now())
	for _, e := range s.store.numbers {
		s.submit(e)
	}
	return s
}

// ServeHTTP takes a request through the Server: into the ledger, past the faults,
// to its route, and back out through what a fault makes of the answer.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	req := newRequest(r)
	s.find(req)
	s.arrive(&req.call)
	f := s.fault(req.call.Route)
	var a answer
	if f != nil && f.Kind == FaultCutBody {
		s.cut(req, f.Bytes)
	}
	if f == nil || f.Kind.executes() {
		a = s.serve(req)
	}
	if f != nil {
		s.wait(f.Delay)
		a = s.spoil(a, f, req)
	}
	s.settle(&req.call, a.record)
	a.write(w)
}
