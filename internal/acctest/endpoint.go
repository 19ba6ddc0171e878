package acctest

import (
	"net/http"
	"net/http/httptest"
	"sync"
)

// Endpoint is a server of a user's that webhooks go to. It answers a challenge as it
// should be if the verify token is the one it expects.
type Endpoint struct {
	mu     sync.Mutex
	token  string
	answer http.HandlerFunc // instead, nil for none
}

// Endpoint starts an endpoint behind a host, such as hooks.example.com, that expects a
// verify token.
func (w *World) Endpoint(host, token string) *Endpoint {
	w.t.Helper()
	e := &Endpoint{token: token}
	server := httptest.NewServer(e)
	w.t.Cleanup(server.Close)
	w.RouteCallback(host, server.URL)
	return e
}

// Expect has the endpoint expect another verify token.
func (e *Endpoint) Expect(token string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.token, e.answer = token, nil
}

// Answer has the endpoint answer in another way, as one does that is broken.
func (e *Endpoint) Answer(f http.HandlerFunc) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.answer = f
}

// ServeHTTP answers a challenge.
func (e *Endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	token, answer := e.token, e.answer
	e.mu.Unlock()
	query := r.URL.Query()
	switch {
	case answer != nil:
		answer(w, r)
	case query.Get("hub.mode") != "subscribe" || query.Get("hub.verify_token") != token:
		w.WriteHeader(http.StatusForbidden)
	default:
		_, _ = w.Write([]byte(query.Get("hub.challenge"))) // a caller that hung up is none of ours
	}
}
