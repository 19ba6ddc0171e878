package sim

import (
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"
)

// answer is what goes back to the caller.
type answer struct {
	status    int
	header    http.Header
	body      []byte
	code      int    // error code in it
	effective bool   // the call changed the world
	fault     string // name of the fault in it
	reset     bool   // no answer: the connection is reset
	cut       bool   // only half of the body
}

// done is the value of a call that has nothing to tell but that it succeeded.
type done struct{}

// serve carries a request out and encodes what comes of it.
func (s *Server) serve(req *request) answer {
	v, gerr := s.run(req)
	a := s.encode(req, v, gerr)
	a.effective = req.effective
	if req.usage.percent >= usageShown {
		a.showUsage(req.usage.account, req.usage.percent, req.usage.minutes)
	}
	return a
}

// run carries a request out: who asks, then what the route counts and checks, then
// the time it takes, then what it does.
func (s *Server) run(req *request) (any, *graphError) {
	if gerr := s.reject(req); gerr != nil {
		return nil, gerr
	}
	if gerr := s.locked(req, s.enter); gerr != nil {
		return nil, gerr
	}
	if req.route.slow != nil {
		req.route.slow.meanwhile(s, req)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return req.route.handle(s, req)
}

// enter lets a request in.
func (s *Server) enter(req *request) *graphError {
	if gerr := s.authenticate(req); gerr != nil {
		return gerr
	}
	if gerr := s.charge(req); gerr != nil {
		return gerr
	}
	if req.route.slow != nil {
		return req.route.slow.prepare(s, req)
	}
	return nil
}

func (s *Server) locked(req *request, f func(*request) *graphError) *graphError {
	s.mu.Lock()
	defer s.mu.Unlock()
	return f(req)
}

// encode turns the result of a handler into an answer.
func (s *Server) encode(req *request, v any, gerr *graphError) answer {
	trace := s.nextTrace()
	a := answer{status: http.StatusOK, header: http.Header{}}
	switch {
	case gerr != nil:
		a.status, a.code = gerr.status, gerr.code
		v = gerr.envelope(trace)
	case v == done{}:
		v = map[string]any{"success": s.options.success}
	}
	a.body = encodeJSON(v)
	a.header.Set("Content-Type", "application/json; charset=UTF-8")
	a.header.Set("facebook-api-version", fmt.Sprintf("v%d.0", req.served()))
	a.header.Set("x-fb-trace-id", trace)
	a.header.Set("x-fb-request-id", "R"+trace)
	return a
}

// nextTrace returns a trace id. They are numbered, so that texts that carry one can
// be compared.
func (s *Server) nextTrace() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.traces++
	return fmt.Sprintf("AsimTrace%06d", s.traces)
}

func encodeJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("sim: " + err.Error()) // every value here is made of maps, slices and strings
	}
	return b
}

// record notes in the ledger what was answered.
func (a answer) record(c *Call) {
	c.Effective, c.Fault = a.effective, a.fault
	if !a.reset {
		c.Status, c.Code = a.status, a.code
	}
}

// write sends the answer, or less than that if a fault says so.
func (a answer) write(w http.ResponseWriter) {
	if a.reset {
		reset(w)
		return
	}
	for k, v := range a.header {
		w.Header()[k] = v
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	body := a.body
	if a.cut {
		body = body[:len(body)/2] // net/http drops the connection when it misses the rest
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(body) // the caller may be gone, which is its own affair
}

// reset drops the connection without an answer. To linger for no time makes TCP say
// "reset" where it would say "end".
func reset(w http.ResponseWriter) {
	h, ok := w.(http.Hijacker)
	if !ok {
		panic(http.ErrAbortHandler)
	}
	conn, _, err := h.Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if secure, ok := conn.(*tls.Conn); ok {
		conn = secure.NetConn() // no word of goodbye from TLS either
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // without it the connection ends less rudely
	}
	_ = conn.SetDeadline(time.Now())
	_ = conn.Close()
}
