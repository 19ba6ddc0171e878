package sim

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// Call is one request as it arrived and what became of it.
type Call struct {
	// Time is when it arrived, by the Server's clock.
	Time time.Time
	// Route is the method and the path with names for ids, one of [Routes]; ""
	// when no route fits.
	Route string
	// Deployment is the id of the number whose On-Premises deployment was called, ""
	// for a call of the Graph API.
	Deployment string
	// Method and Path are as sent, Path with the version.
	Method, Path string
	// Version is the version asked for in the path, such as "v25.0", or "".
	Version string
	// Query and Header are as sent, secrets included.
	Query  url.Values
	Header http.Header
	// Body is as sent, up to 16 MB of it.
	Body []byte
	// Status is the HTTP status answered; 0 while the call is under way, and for
	// one whose connection was reset.
	Status int
	// Code is the code of the error answered, 0 for none.
	Code int
	// Effective says that the call changed the world, of which the tokens of
	// On-Premises are no part. A call that was carried out is effective even if its
	// answer was lost.
	Effective bool
	// Fault is the name of the fault that hit the call, "" for none.
	Fault string
}

func (c Call) clone() Call {
	c.Query = url.Values(http.Header(c.Query).Clone())
	c.Header = c.Header.Clone()
	c.Body = bytes.Clone(c.Body)
	return c
}

// Calls returns every call so far, in the order of arrival.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return copyCalls(s.ledger)
}

// LastCalls returns the last n calls, or as many as there are, in the order of
// arrival.
func (s *Server) LastCalls(n int) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return copyCalls(s.ledger[max(len(s.ledger)-n, 0):])
}

func copyCalls(ledger []*Call) []Call {
	calls := make([]Call, 0, len(ledger))
	for _, c := range ledger {
		calls = append(calls, c.clone())
	}
	return calls
}

// Count returns how many calls a route has had, whatever became of them. It panics
// for a route that does not exist: a misspelt one would always count zero.
func (s *Server) Count(route string) int {
	mustBeRoute(route)
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, c := range s.ledger {
		if c.Route == route {
			n++
		}
	}
	return n
}

// ForgetCalls empties the ledger. The world, with the calls that count toward a
// number's budget, stays as it is.
func (s *Server) ForgetCalls() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ledger = nil
}

// arrive writes a call into the ledger before anything happens to it.
func (s *Server) arrive(c *Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.Time = s.options.now()
	s.review()
	s.ledger = append(s.ledger, c)
}

// settle completes a call's entry. It runs before the answer is written, so that
// who has an answer finds it in the ledger.
func (s *Server) settle(c *Call, change func(*Call)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(c)
	if s.options.log != nil {
		s.options.log(c.clone())
	}
}

func mustBeRoute(route string) {
	if !slices.Contains(Routes(), route) {
		panic("sim: there is no route " + route)
	}
}
