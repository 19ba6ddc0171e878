package sim

import (
	"crypto/x509"
	"fmt"
	"net"
	"net/url"
	"time"
)

// callbackOptions are the knobs of how callbacks are asked and kept.
type callbackOptions struct {
	hosts   map[string]*url.URL // where a host is on this machine; guarded by the Server's lock
	roots   *x509.CertPool      // nil for those of the system
	timeout time.Duration
	code    int // of a refusal, 0 for the usual ones
	merges  bool
}

// WithCallback is [Server.RouteCallback] from the start.
func WithCallback(host, target string) Option {
	return func(s *Server) { s.RouteCallback(host, target) }
}

// RouteCallback says where on this machine a callback is whose URL names host, such
// as "hooks.example.com", with the port if the URL has one. target is the base URL
// of a server on loopback: "http://127.0.0.1:9000" is asked over plain HTTP, as if a
// proxy in front of it took off the encryption, and "https://127.0.0.1:9000" with
// TLS, for a certificate of host that is trusted. Without a route only callbacks on
// loopback can be reached. RouteCallback panics for a target that is not one.
func (s *Server) RouteCallback(host, target string) {
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Port() == "" || !isLoopback(u.Hostname()) {
		panic(fmt.Sprintf("sim: %q is no base URL of a server on loopback", target))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.options.callback.hosts[host] = u
}

// WithCallbackAuthority trusts the authority of a certificate, as PEM, when
// callbacks are asked with TLS, and no other. The default is what the system trusts.
// It panics for what is no certificate.
func WithCallbackAuthority(pem []byte) Option {
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		panic("sim: no certificate")
	}
	return func(s *Server) { s.options.callback.roots = pool }
}

// WithCallbackTimeout sets the real time that a callback has to answer a challenge.
// The default is 5 seconds; Meta publishes none.
func WithCallbackTimeout(d time.Duration) Option {
	return func(s *Server) { s.options.callback.timeout = d }
}

// WithCallbackCode sets the code that refuses a callback which fails its challenge.
// The default is 100 for the override of an account or a number, as in Meta's OpenAPI
// file, and 2200 for the webhook of an app. Reports have 2200 for an override too.
func WithCallbackCode(code int) Option {
	return func(s *Server) { s.options.callback.code = code }
}

// WithMergedFields adds the fields of a webhook of an app to those that it has. The
// default is that they take their place; Meta does not say which it is.
func WithMergedFields() Option {
	return func(s *Server) { s.options.callback.merges = true }
}

// isLoopback reports whether a host is this machine, without asking anybody.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
