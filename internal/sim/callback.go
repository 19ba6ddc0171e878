package sim

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// Callback is where webhooks go.
type Callback struct {
	// URI is the address, "" for none.
	URI string `json:"uri,omitempty"`
	// VerifyToken is what a challenge proves itself with. The API never shows it.
	VerifyToken string `json:"verify_token,omitempty"`
}

// Challenge is a request by which a callback was asked whether it wants webhooks.
type Challenge struct {
	// Time is when, by the Server's clock.
	Time time.Time
	// Callback is who was asked.
	Callback Callback
	// Challenge is what was to be answered.
	Challenge string
	// Status is the HTTP status of the answer, 0 for none.
	Status int
	// Problem says why the callback was refused, "" when it was not.
	Problem string
}

// Challenges returns every challenge so far, in the order of the answers.
func (s *Server) Challenges() []Challenge {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.asked)
}

// askCallback challenges the callback of a request, if it has one. It takes the time
// that the callback takes.
func askCallback(s *Server, req *request) {
	if req.asks == nil {
		return
	}
	req.asked = s.challenge(*req.asks)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, req.asked)
}

// refused returns the error of a request whose callback failed its challenge.
func (s *Server) refused(req *request, code int) *graphError {
	if req.asks == nil || req.asked.Problem == "" {
		return nil
	}
	if s.options.callback.code != 0 {
		code = s.options.callback.code
	}
	text := "Callback verification failed with the following errors: " + req.asked.Problem
	if code == 100 {
		return cloudError(http.StatusBadRequest, code, "Callback URL is not reachable or invalid", text)
	}
	return cloudError(http.StatusBadRequest, code, text, "")
}

// challenge asks a callback to repeat a number.
//
// source: webhooks/create-webhook-endpoint
func (s *Server) challenge(c Callback) Challenge {
	n, err := rand.Int(rand.Reader, big.NewInt(1<<31))
	if err != nil {
		panic("sim: " + err.Error()) // never fails
	}
	asked := Challenge{Time: s.options.now(), Callback: c, Challenge: fmt.Sprint(n)}
	ctx, cancel := context.WithTimeout(context.Background(), s.options.callback.timeout)
	defer cancel()
	defer s.whenClosed(cancel)()
	resp, err := s.ask(ctx, asked)
	if err != nil {
		asked.Problem = curl(err)
		return asked
	}
	defer resp.Body.Close()
	asked.Status = resp.StatusCode
	body, err := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
	switch {
	case err != nil:
		asked.Problem = curl(err)
	case resp.StatusCode != http.StatusOK:
		asked.Problem = fmt.Sprintf("HTTP Status Code = %d; HTTP Message = %s", resp.StatusCode, http.StatusText(resp.StatusCode))
	case string(body) != asked.Challenge:
		asked.Problem = "The response does not match the challenge"
	}
	return asked
}

// whenClosed calls f once the Server is closed, until the function that it returns
// is called.
func (s *Server) whenClosed(f func()) (forget func()) {
	over := make(chan struct{})
	go func() {
		select {
		case <-s.done:
			f()
		case <-over:
		}
	}()
	return func() { close(over) }
}

// ask sends a challenge. Redirects are not followed.
func (s *Server) ask(ctx context.Context, c Challenge) (*http.Response, error) {
	u, err := url.Parse(c.Callback.URI)
	if err != nil {
		return nil, err
	}
	q := u.Query()
	q.Set("hub.mode", "subscribe")
	q.Set("hub.challenge", c.Challenge)
	q.Set("hub.verify_token", c.Callback.VerifyToken)
	u.RawQuery = q.Encode()
	host, target := u.Host, s.target(u)
	if target != nil && target.Scheme == "http" {
		u.Scheme, u.Host = "http", target.Host
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	r.Host = host
	return s.asker(target).Do(r)
}

// target returns where on this machine a callback is, nil for none that is known.
func (s *Server) target(u *url.URL) *url.URL {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.options.callback.hosts[u.Host]; t != nil || !isLoopback(u.Hostname()) {
		return t
	}
	return u
}

var errNowhere = errors.New("no route to host")

// asker returns a client that reaches target, whatever a URL names, and nothing else.
func (s *Server) asker(target *url.URL) *http.Client {
	dial := func(ctx context.Context, _, addr string) (net.Conn, error) {
		if target == nil {
			return nil, errNowhere
		}
		if target.Port() != "" {
			addr = target.Host
		}
		return new(net.Dialer).DialContext(ctx, "tcp", addr)
	}
	return &http.Client{
		Transport: &http.Transport{
			DialContext: dial, DisableKeepAlives: true,
			TLSClientConfig: &tls.Config{RootCAs: s.options.callback.roots, MinVersion: tls.VersionTLS12},
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// curl describes why a callback could not be asked, the way that Meta does.
func curl(err error) string {
	var distrust *tls.CertificateVerificationError
	number, text := 7, "Failed to connect"
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		number, text = 28, "Operation timed out"
	case errors.Is(err, errNowhere):
		number, text = 6, "Could not resolve host (this simulator reaches this machine only)"
	case errors.As(err, &distrust):
		number, text = 60, "SSL certificate problem"
	}
	return fmt.Sprintf("curl_errno = %d; curl_error = %s; HTTP Status Code = 0", number, text)
}

// check refuses a callback that nobody is going to ask: Meta wants HTTPS. Plain HTTP
// to this machine is let through, for a test without certificates.
func (c Callback) check(name string, longest int) *graphError {
	u, err := url.Parse(c.URI)
	switch {
	case len(c.URI) > longest:
		return invalid(fmt.Sprintf("Param %s must have at most %d characters.", name, longest))
	case err != nil || u.Hostname() == "" || u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())):
		return invalid(fmt.Sprintf("Param %s must be a URL that begins with https://.", name))
	case c.VerifyToken == "":
		return invalid("The parameter verify_token is required.")
	}
	return nil
}
