package api

import (
	"context"
	"net/http"
	"net/url"
	"sync"

	"github.com/hashicorp/go-retryablehttp"
)

// Policy says when a call is repeated without asking.
type Policy int

const (
	// Once is for a call that must not take effect twice. It is repeated only when it
	// is known that nothing was done and that trying again may help. An attempt that was
	// sent is seen through even if its context ends meanwhile.
	Once Policy = iota
	// Safe is for a read and for a write that changes nothing when repeated. It is
	// repeated after a network error and whenever the API is throttling or unavailable.
	Safe
)

// Transport makes the calls of one client. It holds the client's pace, so a client
// needs exactly one. It must not be copied.
type Transport struct {
	HTTP       *http.Client // from NewHTTP or NewHTTPWithTLS
	MaxRetries int          // repeats of one call; 0 for none
	Tempo      Tempo        // how long to wait
	Log        Logger       // nil for none
	Secrets    *Redactor    // what must not appear in any error of any call

	once sync.Once
	gate *gate
}

// Request is a call to make.
type Request struct {
	Call   string   // method and path with names for ids, for errors and logs
	Method string   // HTTP method
	URL    *url.URL // where to; what must stay secret is added by Sign
	Body   []byte   // nil for none
	Policy Policy   // when to repeat

	// Allowance is the id of the account that the call is counted against, "" if it is
	// not known. While the account is throttled, none of its calls goes out.
	Allowance string

	// Repeat a Safe call for the kind of its error alone, not after any 5xx: for an
	// interface whose codes say more than its statuses.
	ByKind bool

	MaxAnswer int64 // the longest answer that is taken, in bytes; 0 for 10 MiB

	// Secrets of this call, beside those of the transport.
	Secrets []string
	// Sign completes the request before every attempt: headers and whatever must be
	// new each time. It may replace the URL, and returns the secrets it put in.
	Sign func(*http.Request) []string
	// Decode says whether the answer is an error, and if so which. It is given complete
	// answers only, of any status, and is called for each attempt. Decode leaves the
	// fields Call, Status and Attempts alone.
	Decode func(*Answer) *Error
}

// Do makes the call, waits and repeats as its policy says, and returns nil if Decode
// accepted an answer. Any error is an [*Error].
//
// Do does not wait past the deadline of ctx: when the next wait would, it returns at
// once with what it knows. An error that ended because of ctx wraps the context's error.
func (t *Transport) Do(ctx context.Context, req Request) error {
	t.once.Do(func() { t.gate = newGate(t.Tempo) })
	c := &exchange{t: t, req: req, redactor: t.Secrets.With(req.Secrets...)}
	hr, err := http.NewRequestWithContext(ctx, req.Method, req.URL.String(), nil)
	if err != nil {
		return c.refuse(err)
	}
	rr, err := retryablehttp.FromRequest(hr)
	if err == nil && req.Body != nil {
		err = rr.SetBody(req.Body)
	}
	if err != nil {
		return c.refuse(err)
	}
	rr.SetResponseHandler(c.read)
	return c.run(ctx, rr)
}

// run drives the loop. Its answer is not looked at: by then the exchange knows better.
func (c *exchange) run(ctx context.Context, rr *retryablehttp.Request) error {
	if e := c.begin(rr.Request); e != nil {
		return c.fail(e)
	}
	loop := retryablehttp.Client{
		HTTPClient: c.t.HTTP,
		RetryMax:   c.t.MaxRetries,
		CheckRetry: c.check,
		Backoff:    c.backoff,
		PrepareRetry: func(r *http.Request) error {
			if e := c.begin(r); e != nil {
				return e
			}
			return nil
		},
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	_, err := loop.Do(rr) //nolint:bodyclose // read closes it
	if err == nil {
		return nil
	}
	if c.last == nil { // the loop itself could not go on
		return c.refuse(err)
	}
	if ctx.Err() != nil && c.last.Outcome != Refused { // a refusal came in time
		c.last.Err = c.because(ctx.Err(), c.last.Err)
	}
	return c.last
}
