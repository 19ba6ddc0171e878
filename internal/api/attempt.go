package api

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
	"unicode"
)

const (
	// maxAnswer is the most that is read of an answer, in bytes, unless the request says otherwise.
	maxAnswer = 10 << 20
	// maxExcerpt is how much an error shows of an answer it does not understand, in characters.
	maxExcerpt = 200
	// maxText is the longest text that an error takes over from a server, in characters.
	maxText = 2000
)

// Answer is a complete answer to one attempt.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte // at most 10 MiB, or MaxAnswer of the request; a longer answer is an error

	redactor *Redactor
}

// Excerpt returns the beginning of the body on one line, without secrets, for an error
// about an answer that is not of the documented form.
func (a *Answer) Excerpt() string {
	return shorten(strings.Join(strings.Fields(a.redactor.clean(string(a.Body))), " "), maxExcerpt)
}

// clean returns a text from outside without secrets, and without control characters,
// which could rewrite a terminal. It is shortened afterwards only: half a secret is not
// recognised.
func (r *Redactor) clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return ' '
		}
		return r
	}, r.String(strings.ToValidUTF8(s, "\uFFFD")))
}

// shorten returns the first most characters of s.
func shorten(s string, most int) string {
	for i := range s {
		if most--; most < 0 {
			return s[:i]
		}
	}
	return s
}

// exchange is one call under way, with all its attempts.
type exchange struct {
	t        *Transport
	req      Request
	redactor *Redactor

	attempts int
	started  time.Time // of this attempt
	base     context.Context
	sent     *atomic.Bool // whether this attempt's headers went out
	unclear  bool         // an earlier attempt may have taken effect
	last     *Error
	wait     time.Duration // before the next attempt
}

// begin makes hr ready for one attempt: waits until a call may go out, and signs it.
//
//nolint:contextcheck // hr comes back with the context of the attempt before; base is the caller's
func (c *exchange) begin(hr *http.Request) *Error {
	if c.base == nil {
		c.base = hr.Context()
	}
	if e := c.t.gate.wait(c.base, c); e != nil {
		return e
	}
	c.attempts++
	c.started = time.Now()
	// A flag of its own for each attempt, since a late hook of one must not touch the next.
	sent := new(atomic.Bool)
	c.sent = sent
	ctx := c.base
	if c.req.Policy == Once {
		ctx = context.WithValue(ctx, whole{}, sent)
	}
	*hr = *hr.WithContext(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		// Without complete headers no server begins to work; without a connection there
		// are none. Bytes that are still in a buffer count as sent, to be on the safe side.
		WroteHeaders: func() { sent.Store(true) },
	}))
	if c.req.Sign != nil {
		c.redactor = c.redactor.With(c.req.Sign(hr)...)
	}
	c.log(c.base, Trace, "calling the API", map[string]any{
		"attempt": c.attempts, "method": hr.Method, "host": hr.URL.Host, "path": hr.URL.EscapedPath(),
	})
	return nil
}

// read takes in the whole answer before anything is concluded from it.
func (c *exchange) read(resp *http.Response) error {
	most := cmp.Or(c.req.MaxAnswer, maxAnswer)
	body, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	resp.Body.Close()
	if err == nil && int64(len(body)) > most {
		err = fmt.Errorf("the answer is longer than %d bytes", most)
	}
	c.t.gate.observe(resp.Header)
	if err != nil {
		e := c.broken(err)
		e.Status = resp.StatusCode
		return c.fail(e)
	}
	a := &Answer{Status: resp.StatusCode, Header: resp.Header, Body: body, redactor: c.redactor}
	e := c.decode(a)
	c.logAnswer(a, e)
	if e == nil {
		return nil // not e: a nil *Error in an error is not nil
	}
	e.Status = resp.StatusCode
	switch e.Kind {
	case Throttled:
		c.throttle(e, resp.Header)
	case Unavailable:
		e.RetryAfter = max(e.RetryAfter, retryAfter(resp.Header, c.t.Tempo.RetryMax))
	}
	return c.fail(e)
}

// decode sorts out redirects, and leaves the rest to the client.
func (c *exchange) decode(a *Answer) *Error {
	if a.Status < 300 || a.Status > 399 {
		return c.req.Decode(a)
	}
	e := &Error{Kind: Unknown, Outcome: Refused, Message: "the server answered with a redirect, which is not followed"}
	if to, err := url.Parse(a.Header.Get("Location")); err == nil && to.Host != "" {
		e.Message = "the server answered with a redirect to " + to.Scheme + "://" + to.Host + ", which is not followed"
	}
	if a.Status == http.StatusSeeOther {
		e.Outcome = Unclear // this one means: done, see there
	}
	return e
}

// broken returns the error for an attempt that brought no complete answer.
func (c *exchange) broken(err error) *Error {
	e := &Error{Kind: Unavailable, Outcome: Unclear}
	if !c.sent.Load() {
		e.Outcome = NotDone
	}
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		e.Kind = Unknown // trying again does not mend a certificate
	}
	var timeout interface{ Timeout() bool }
	switch {
	case c.base.Err() != nil:
		e.Err = c.because(c.base.Err(), nil)
	case errors.As(err, &timeout) && timeout.Timeout():
		// Not wrapped: such an error passes for the end of the caller's own time.
		e.Err = errors.New("no complete answer in time, " + c.t.HTTP.Timeout.String() + " for each attempt: " + c.because(err, nil).Error())
	default:
		e.Err = c.because(err, nil)
	}
	return e
}
