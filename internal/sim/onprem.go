package sim

import "net/http"

// onpremPrefix begins the name of every route of On-Premises in the ledger.
const onpremPrefix = "onprem "

// access is what a route of On-Premises wants of its caller.
type access int

const (
	forAll   access = iota // nothing
	forUsers               // a bearer token
	forAdmin               // that of an administrator
)

// onpremRoute is one operation of the On-Premises API.
type onpremRoute struct {
	method, path string
	access       access
	master       bool // only the primary master of a cluster answers
	handle       func(*Server, *visit) (any, *onpremError)
}

// String returns the route's name, as it stands in [Call.Route].
func (r onpremRoute) String() string { return onpremPrefix + r.method + " " + r.path }

// onpremRoutes are the operations that a deployment serves. Who may call which, and
// what takes the primary master, is Meta's; that this is so for two-step
// verification, and that users may read the certificate, is inferred.
//
// source: whatsapp/on-premises/reference, whatsapp/api/errors
func onpremRoutes() []onpremRoute {
	return []onpremRoute{
		{"POST", "/v1/users/login", forAll, false, login},
		{"POST", "/v1/users/logout", forUsers, false, logout},
		{"POST", "/v1/settings/backup", forAdmin, true, backUp},
		{"POST", "/v1/settings/account/two-step", forAdmin, true, enableTwoStep},
		{"DELETE", "/v1/settings/account/two-step", forAdmin, true, disableTwoStep},
		{"GET", "/v1/health", forUsers, false, getGateway},
		{"GET", "/v1/support", forUsers, false, getSupport},
		{"GET", "/v1/settings/application", forAdmin, true, getApplication},
		{"GET", "/v1/certificates/external/ca", forUsers, false, getCA},
	}
}

// webapp is the web application of a number's deployment.
type webapp struct {
	*Server
	number string // phone number id
}

// ServeHTTP takes a request through the deployment, as [Server.ServeHTTP] does
// through the Graph API, with the same ledger and the same faults.
func (w webapp) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	v := w.newVisit(r)
	w.arrive(&v.call)
	f := w.fault(v.call.Route)
	var a answer
	if f != nil && f.Kind == FaultCutBody {
		w.cutVisit(v, f.Bytes)
	}
	if f == nil || f.Kind.executes() {
		a = w.serveVisit(v)
	}
	if f != nil {
		w.wait(f.Delay)
		a = w.spoilVisit(a, f, v)
	}
	w.settle(&v.call, a.record)
	a.write(rw)
}

// serveVisit carries a request out and encodes what comes of it.
func (w webapp) serveVisit(v *visit) answer {
	value, err := w.runVisit(v)
	a := w.encodeVisit(v, value, err)
	a.effective = v.effective
	return a
}

// runVisit carries a request out: first whether anything is served at all, then who
// asks, then which node was reached, then what the route does.
func (w webapp) runVisit(v *visit) (any, *onpremError) {
	w.mu.Lock()
	defer w.mu.Unlock()
	v.entry = w.store.deployed(w.number)
	if v.entry == nil {
		return nil, onpremFailure(1011, "There is no such deployment any more.")
	}
	if v.route == nil {
		return nil, errNoEndpoint()
	}
	v.now = w.options.now()
	for _, check := range []func() *onpremError{v.checkStarted, v.authorize, v.checkPrimary} {
		if err := check(); err != nil {
			return nil, err
		}
	}
	return v.route.handle(w.Server, v)
}

// checkStarted refuses the first calls to a deployment that is not ready yet.
func (v *visit) checkStarted() *onpremError {
	d := v.deployment()
	if d.NotReady <= 0 {
		return nil
	}
	d.NotReady--
	return onpremFailure(1011, "The service is starting.")
}

// checkPrimary refuses the first calls that reach a node they must not reach.
func (v *visit) checkPrimary() *onpremError {
	d := v.deployment()
	if !v.route.master || d.NotPrimary <= 0 {
		return nil
	}
	d.NotPrimary--
	return onpremFailure(1017, "This node is not the primary master. Try again.")
}
