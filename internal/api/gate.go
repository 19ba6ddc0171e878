package api

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// paceFrom is the share of the allowance, in percent, from which calls are slowed down.
const paceFrom = 75

// gate keeps the pace of one client: it is closed while the API throttles, and lets
// calls through more slowly the nearer the allowance is to its end.
//
// The allowance is counted per account, but this gate is one for the whole client. A
// call does not tell to which account its number belongs, and a client seldom serves
// two busy ones; a gate for each account comes with the lists that know the account.
type gate struct {
	tempo Tempo
	pace  *rate.Limiter

	mu    sync.Mutex
	until time.Time         // closed until then
	usage map[string]figure // the last figures heard of, by what they count
	level float64           // the highest of them that is not out of date
}

// figure is a share of an allowance.
type figure struct {
	percent float64
	at      time.Time
}

func newGate(tempo Tempo) *gate {
	return &gate{tempo: tempo, pace: rate.NewLimiter(rate.Inf, 1), usage: map[string]figure{}}
}

// close shuts the gate for a time. It reports whether it was open before.
func (g *gate) close(wait time.Duration) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	wasOpen := !g.until.After(now)
	if until := now.Add(wait); until.After(g.until) {
		g.until = until
	}
	return wasOpen
}

// closedFor returns how long the gate stays shut.
func (g *gate) closedFor() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return time.Until(g.until)
}

// wait returns when a call may go out. It gives up at once if ctx would end before that.
func (g *gate) wait(ctx context.Context, c *exchange) *Error {
	for {
		slow := g.pace.Wait(ctx)
		left := g.closedFor()
		switch {
		case ctx.Err() != nil:
			return c.stopped(ctx.Err())
		case slow != nil:
			return g.shut(0, fmt.Sprintf("calls are slowed down because %.0f %% of the allowance is used, "+
				"and the wait is longer than the time that is left", g.used()))
		case left <= 0:
			return nil
		case !withinDeadline(ctx, left):
			return g.shut(left, "the API is throttling, and the wait is longer than the time that is left")
		}
		sleep(ctx, left)
	}
}

// shut returns the error of a call that was not made because the wait is too long.
func (g *gate) shut(left time.Duration, text string) *Error {
	return &Error{Kind: Throttled, Outcome: NotDone, RetryAfter: left, Message: text}
}

// stopped returns the error of an attempt that was not made because the caller left.
func (c *exchange) stopped(err error) *Error {
	return &Error{Kind: Unavailable, Outcome: NotDone, Err: c.because(err, nil)}
}

// used returns the highest figure, in percent.
func (g *gate) used() float64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.level
}

// observe takes in what an answer says of the allowance, and sets the pace.
func (g *gate) observe(h http.Header) {
	heard := usage(h)
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	for what, percent := range heard {
		g.usage[what] = figure{percent, now}
	}
	g.level = 0
	for what, f := range g.usage {
		// The allowance is that of a rolling hour: after one, a figure says nothing.
		if now.Sub(f.at) > 60*g.tempo.Minute {
			delete(g.usage, what)
			continue
		}
		g.level = max(g.level, f.percent)
	}
	g.pace.SetLimit(g.limit())
}

// limit returns how many calls may go out per second. The time between two grows with
// the square of what is used above paceFrom, up to RetryMax when nothing is left.
func (g *gate) limit() rate.Limit {
	if g.level <= paceFrom || g.tempo.RetryMax <= 0 {
		return rate.Inf
	}
	over := min((g.level-paceFrom)/(100-paceFrom), 1)
	return rate.Limit(1 / (g.tempo.RetryMax.Seconds() * over * over))
}

// sleep waits, but no longer than ctx lasts.
func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
