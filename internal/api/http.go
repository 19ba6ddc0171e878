package api

import (
	"context"
	"crypto/tls"
	"io"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"
)

// maxRedirects is how many redirects one read follows.
const maxRedirects = 5

// NewHTTP returns the HTTP client for a [Transport]: proxies from the environment, TLS
// 1.2 or newer, timeout for each attempt, from dialling to the last byte of the answer.
//
// Redirects are followed for reads only and within the same origin only. Any other
// redirect is the answer, so that neither a body nor a token is carried elsewhere.
func NewHTTP(timeout time.Duration) *http.Client { return NewHTTPWithTLS(timeout, nil) }

// NewHTTPWithTLS is [NewHTTP] with a TLS configuration, for a server that is not to be
// judged by the system's roots alone. config is copied; nil is the default one.
func NewHTTPWithTLS(timeout time.Duration, config *tls.Config) *http.Client {
	t, ok := http.DefaultTransport.(*http.Transport)
	if ok {
		t = t.Clone()
	} else {
		t = &http.Transport{} // somebody replaced the default; its settings are not ours to guess
	}
	t.Proxy = http.ProxyFromEnvironment
	t.MaxIdleConnsPerHost = 16
	if config != nil {
		t.TLSClientConfig = config.Clone()
	}
	if t.TLSClientConfig == nil {
		t.TLSClientConfig = &tls.Config{}
	}
	t.TLSClientConfig.MinVersion = max(t.TLSClientConfig.MinVersion, tls.VersionTLS12)
	return &http.Client{Transport: finish{keepIdle{t}, timeout}, Timeout: timeout, CheckRedirect: sameOrigin}
}

// whole is the key in the context of an attempt that must not be cut short once it is
// sent. The value, an *atomic.Bool, says whether it is.
type whole struct{}

// finish lets the attempts of such a call have their answer, for as long as one attempt
// may take, even if the caller gives up or runs out of time meanwhile: what was done
// would otherwise be done without anybody knowing. What is not sent yet is given up.
type finish struct {
	next    http.RoundTripper
	timeout time.Duration
}

// RoundTrip makes one attempt.
func (f finish) RoundTrip(r *http.Request) (*http.Response, error) {
	caller := r.Context()
	sent, ok := caller.Value(whole{}).(*atomic.Bool)
	if !ok || caller.Err() != nil || f.timeout <= 0 {
		return f.next.RoundTrip(r)
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(caller), f.timeout)
	stop := context.AfterFunc(caller, func() {
		if !sent.Load() {
			cancel()
		}
	})
	resp, err := f.next.RoundTrip(r.WithContext(ctx))
	stop()
	if err != nil {
		cancel()
		return nil, err
	}
	resp.Body = &lastly{resp.Body, cancel}
	return resp, nil
}

// lastly does something after a body is closed.
type lastly struct {
	io.ReadCloser
	do func()
}

// Close closes the body.
func (l *lastly) Close() error {
	defer l.do()
	return l.ReadCloser.Close()
}

// keepIdle hides the method by which the retry loop drops all idle connections after
// every failed call. An error answer is no reason to dial again.
type keepIdle struct{ http.RoundTripper }

// sameOrigin lets a read follow a redirect that does not leave the origin.
func sameOrigin(next *http.Request, via []*http.Request) error {
	first := via[0]
	if first.Method != http.MethodGet || len(via) > maxRedirects || origin(next.URL) != origin(first.URL) {
		return http.ErrUseLastResponse
	}
	next.Header.Del("Referer") // it repeats the query
	return nil
}

// origin returns scheme, host and port of u.
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Scheme + "://" + u.Hostname() + ":" + port
}
