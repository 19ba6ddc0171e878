package sim

import (
	"fmt"
	"time"
)

// FaultKind is a way for a call to go wrong.
type FaultKind int

// The ways for a call to go wrong. "Carried out" means that the call had its
// effect on the world, whatever the caller gets to see of it.
const (
	// FaultNone answers as usual: for a fault that only delays or reports usage.
	FaultNone FaultKind = iota
	// FaultResetBefore resets the connection; the call was not carried out.
	FaultResetBefore
	// FaultResetAfter resets the connection; the call was carried out.
	FaultResetAfter
	// FaultTruncate cuts the usual answer in half; the call was carried out.
	FaultTruncate
	// FaultHTML answers a page of HTML with Status (502 when 0); the call was not
	// carried out.
	FaultHTML
	// FaultHTMLAfter answers a page of HTML with Status (200 when 0); the call was
	// carried out.
	FaultHTMLAfter
	// FaultEmpty answers 200 with nothing in it; the call was carried out.
	FaultEmpty
	// FaultNoSuccess answers 200 {"success":false}; the call was not carried out.
	FaultNoSuccess
	// FaultError answers the error given, in the form of the API that was called; the
	// call was not carried out.
	FaultError
	// FaultErrorAfter answers the error given, or Status (500 when 0) and no error in
	// the API's form when Code is 0; the call was carried out.
	FaultErrorAfter
	// FaultThrottle answers 80008 with usage headers that say when to come back, or
	// 1015 without any on On-Premises; the call was not carried out.
	FaultThrottle
	// FaultRedirect answers Status (302 when 0) with Message as the place to go to;
	// the call was not carried out.
	FaultRedirect
	// FaultEcho answers an error that repeats the request's body and token, as an
	// unkind gateway would; the call was not carried out.
	FaultEcho
	// FaultUnknownEnum answers as usual, but with values that nobody has heard of
	// in place of all enumerations; the call was carried out.
	FaultUnknownEnum
	// FaultExtra answers as usual, with fields added that nobody has heard of; the
	// call was carried out.
	FaultExtra
	// FaultCutBody resets the connection after Bytes of the body. An upload keeps
	// what has arrived; any other call was not carried out.
	FaultCutBody
	faultKinds // how many there are
)

var faultNames = [faultKinds]string{
	"none", "reset before", "reset after", "truncate", "html", "html after", "empty", "no success",
	"error", "error after", "throttle", "redirect", "echo", "unknown enum", "extra", "cut body",
}

// String returns the name of k, as it stands in [Call.Fault].
func (k FaultKind) String() string {
	if k < 0 || k >= faultKinds {
		return fmt.Sprintf("FaultKind(%d)", int(k))
	}
	return faultNames[k]
}

// executes reports whether a call hit by a fault of this kind is carried out.
func (k FaultKind) executes() bool {
	switch k {
	case FaultResetBefore, FaultHTML, FaultNoSuccess, FaultError, FaultThrottle, FaultRedirect, FaultEcho:
		return false
	}
	return true
}

// Fault makes calls go wrong. Its zero value hits the next call and does nothing
// to it.
type Fault struct {
	// Route is the route to hit, one of [Routes]; "" hits every one.
	Route string
	// Skip is how many matching calls pass before the first is hit.
	Skip int
	// Times is how many calls are hit: 0 means one, -1 means all from then on.
	Times int
	// Delay is real time that passes before the answer, and after the call was
	// carried out if it was.
	Delay time.Duration
	// Kind is what happens.
	Kind FaultKind

	// Status is the HTTP status of the answer. 0 means the usual one of Kind, and
	// 400 for a Graph error.
	Status int
	// Code and the fields after it are the error of FaultError and FaultErrorAfter.
	// An empty Message is made up from Code. On On-Premises Message is the title,
	// and only Details is used of the others.
	Code, Subcode          int
	Message, Details       string
	UserTitle, UserMessage string
	Transient              bool
	// RegainMinutes is estimated_time_to_regain_access of FaultThrottle.
	RegainMinutes int
	// Usage is the percentage to put into the usage headers of the answer; 0 puts
	// none, as Meta does while few calls were made. On-Premises has no such headers.
	Usage int
	// Bytes is how much of the body FaultCutBody lets through.
	Bytes int
}

// armed is a fault that waits for its calls.
type armed struct {
	Fault
	skip, left int // left is negative for a fault without an end
}

// Inject arranges for a fault. Of several that match a call the one injected first
// hits it, and the others do not count it. Inject panics for a route or a kind that
// does not exist: such a fault would do nothing.
func (s *Server) Inject(f Fault) {
	if f.Route != "" {
		mustBeRoute(f.Route)
	}
	if f.Kind < 0 || f.Kind >= faultKinds {
		panic("sim: there is no fault " + f.Kind.String())
	}
	left := f.Times
	if left == 0 {
		left = 1
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &armed{Fault: f, skip: f.Skip, left: left})
}

// Unspent returns the faults that have not hit all the calls they were to hit, so
// that a test can notice a fault that did nothing. Faults without an end count
// until they hit once.
func (s *Server) Unspent() []Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	var rest []Fault
	for _, f := range s.faults {
		if f.left > 0 || f.left == -1 {
			rest = append(rest, f.Fault)
		}
	}
	return rest
}

// cut ends the body of a request after n bytes.
func (s *Server) cut(req *request, n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	req.call.Body = req.call.Body[:min(n, len(req.call.Body))]
	req.cutOff()
}

// fault returns the fault that hits a call of route, or nil.
func (s *Server) fault(route string) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.faults {
		if f.Route != "" && f.Route != route || f.left == 0 {
			continue
		}
		if f.skip > 0 {
			f.skip--
			continue
		}
		f.left--
		return &f.Fault
	}
	return nil
}
