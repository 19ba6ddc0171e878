package api

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// check is the loop's question whether to go on. It is asked when the headers of an
// answer are there, again when the body was read, and when there is no answer.
func (c *exchange) check(ctx context.Context, _ *http.Response, err error) (bool, error) {
	if err == nil {
		return false, nil
	}
	var e *Error
	if !errors.As(err, &e) {
		e = c.broken(err)
		c.logAnswer(nil, e)
		_ = c.fail(e) // what is to be returned in the end is kept there
	}
	if ctx.Err() != nil || !c.mayRepeat(e) {
		return false, nil //nolint:nilerr // an error here would stand for the one of the call
	}
	c.wait = c.waitFor(e)
	return withinDeadline(ctx, c.wait), nil
}

// mayRepeat says whether the policy of the call lets it be repeated after e.
func (c *exchange) mayRepeat(e *Error) bool {
	passing := e.Kind == Throttled || e.Kind == Unavailable
	if c.req.Policy == Safe {
		return passing || e.Status >= http.StatusInternalServerError && !c.req.ByKind // whatever code it has
	}
	return passing && e.Outcome == NotDone
}

// waitFor returns how long to wait after e.
func (c *exchange) waitFor(e *Error) time.Duration {
	if e.Kind == Throttled || e.RetryAfter > 0 {
		return e.RetryAfter
	}
	tempo := c.t.Tempo
	wait := tempo.RetryMin
	for i := 1; i < c.attempts && wait < tempo.RetryMax; i++ {
		wait *= 2
	}
	wait = min(wait, tempo.RetryMax)
	return wait/2 + jitter(wait/2) // never longer than RetryMax
}

// backoff is the loop's question how long to wait. It is asked only when it will repeat.
func (c *exchange) backoff(_, _ time.Duration, _ int, _ *http.Response) time.Duration {
	c.log(c.base, Info, "repeating the call", map[string]any{
		"attempt": c.attempts, "wait_ms": c.wait.Milliseconds(), "reason": c.last.Kind.String(),
		"code": c.last.Code, "status": c.last.Status,
	})
	return c.wait
}

// throttle closes the gate for the account, or for everybody, and notes in e for how long.
func (c *exchange) throttle(e *Error, h http.Header) {
	tempo := c.t.Tempo
	wait := max(e.RetryAfter, tempo.ThrottleMin,
		time.Duration(regainMinutes(h))*tempo.Minute, retryAfter(h, maxRegain*tempo.Minute))
	wait += jitter(wait / 10) // so that several processes do not come back at the same moment
	e.RetryAfter = wait
	allowance, whose := "", "no call goes out for now"
	if e.OneAccount && c.req.Allowance != "" {
		allowance, whose = c.req.Allowance, "no call about this account goes out for now"
	}
	if c.t.gate.close(allowance, wait) {
		c.log(c.base, Warn, "the API is throttling: "+whose, map[string]any{
			"wait_ms": wait.Milliseconds(), "until": time.Now().Add(wait).Format(time.RFC3339),
			"code": e.Code, "account": allowance,
		})
	}
}

// retryAfter returns what the header of that name asks for, but no more than most. The
// API does not document it, but what stands before the API may send it.
func retryAfter(h http.Header, most time.Duration) time.Duration {
	v := h.Get("Retry-After")
	if seconds, err := strconv.Atoi(v); err == nil {
		// Compared as seconds, because a large number overflows a duration.
		if float64(seconds) > most.Seconds() {
			return most
		}
		return max(0, time.Duration(seconds)*time.Second)
	}
	at, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	return min(max(0, time.Until(at)), most)
}

// fail completes e with what is known of the call as a whole, and keeps it.
func (c *exchange) fail(e *Error) *Error {
	if e.Attempts == 0 {
		e.Attempts = c.attempts
	}
	e.Call = c.req.Call
	if c.unclear {
		// What came of an earlier attempt is not undone by how this one ended.
		e.Outcome = Unclear
	}
	c.unclear = e.Outcome == Unclear
	c.redact(e)
	c.last = e
	return e
}

// refuse returns the error for a call that cannot be made at all.
func (c *exchange) refuse(err error) *Error {
	return c.fail(&Error{Kind: Invalid, Outcome: Refused, Err: c.because(err, nil)})
}

// redact takes the secrets out of every text of e.
func (c *exchange) redact(e *Error) {
	for _, s := range []*string{&e.Type, &e.Message, &e.Reason, &e.UserTitle, &e.UserMessage, &e.Trace} {
		*s = shorten(c.redactor.clean(*s), maxText)
	}
	for i, f := range e.Fields {
		e.Fields[i] = shorten(c.redactor.clean(f), maxExcerpt)
	}
}

// cause is a reason whose text has been freed of secrets, while errors.Is still finds
// what is behind it.
type cause struct {
	text string
	errs []error
}

func (c *cause) Error() string   { return c.text }
func (c *cause) Unwrap() []error { return c.errs }

// because returns err, and a further reason if there is one, as a cause.
func (c *exchange) because(err, further error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err // without the URL, whose query holds the proof
	}
	out := &cause{text: shorten(c.redactor.clean(err.Error()), maxText), errs: []error{err}}
	if further != nil && !errors.Is(further, err) {
		out.text += ": " + further.Error()
		out.errs = append(out.errs, further)
	}
	return out
}

// withinDeadline says whether wait ends before ctx does.
func withinDeadline(ctx context.Context, wait time.Duration) bool {
	end, ok := ctx.Deadline()
	return !ok || time.Until(end) > wait
}

// jitter returns a random time from zero to most.
func jitter(most time.Duration) time.Duration {
	if most <= 0 {
		return 0
	}
	return rand.N(most + 1)
}

// logAnswer tells how an attempt ended.
func (c *exchange) logAnswer(a *Answer, e *Error) {
	fields := map[string]any{
		"attempt": c.attempts, "duration_ms": time.Since(c.started).Milliseconds(),
	}
	if a != nil {
		fields["status"], fields["bytes"] = a.Status, len(a.Body)
		for name, key := range map[string]string{
			"X-Fb-Trace-Id": "trace", "X-Fb-Rev": "rev", "Facebook-Api-Version": "api_version",
		} {
			if v := a.Header.Get(name); v != "" {
				fields[key] = v
			}
		}
	}
	if e != nil {
		fields["kind"], fields["code"], fields["outcome"] = e.Kind.String(), e.Code, e.Outcome.String()
	}
	if e != nil && e.Err != nil {
		fields["error"] = e.Err.Error()
	}
	c.log(c.base, Debug, "the API answered", fields)
}
