package api

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// paceFrom is the share of the allowance, in percent, from which calls are slowed down.
const paceFrom = 75

// gate keeps the pace of one client: it is closed while the API throttles, and lets
// calls through more slowly the nearer an allowance is to its end.
//
// The API gives each account an allowance of its own, beside that of the app. Each has a
// lane; a call keeps to the lane of its account and to the one that all calls share. Of a
// call whose account is not known it is assumed that it could be any.
type gate struct {
	tempo Tempo

	mu    sync.Mutex
	lanes map[string]*lane // by allowance; "" is the one that all calls share
}

// lane is the pace of the calls that are counted against one allowance.
type lane struct {
	pace  *rate.Limiter
	until time.Time         // closed until then
	usage map[string]figure // the last figures heard of, by what they count
	level float64           // the highest of them that is not out of date, in percent
}

// figure is a share of an allowance.
type figure struct {
	percent float64
	at      time.Time
}

func newGate(tempo Tempo) *gate {
	return &gate{tempo: tempo, lanes: map[string]*lane{"": newLane()}}
}

func newLane() *lane {
	return &lane{pace: rate.NewLimiter(rate.Inf, 1), usage: map[string]figure{}}
}

// lane returns the lane of an allowance, and makes one for an account that is new. The
// caller holds mu.
func (g *gate) lane(allowance string) *lane {
	l, ok := g.lanes[allowance]
	if !ok {
		l = newLane()
		g.lanes[allowance] = l
	}
	return l
}

// ahead returns the lanes that a call must keep to.
func (g *gate) ahead(allowance string) []*lane {
	g.mu.Lock()
	defer g.mu.Unlock()
	if allowance == "" {
		return slices.Collect(maps.Values(g.lanes))
	}
	return []*lane{g.lane(""), g.lane(allowance)}
}

// close shuts a lane for a time. It reports whether it was open before.
func (g *gate) close(allowance string, wait time.Duration) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	l, now := g.lane(allowance), time.Now()
	wasOpen := !l.until.After(now)
	if until := now.Add(wait); until.After(l.until) {
		l.until = until
	}
	return wasOpen
}

// closedFor returns how long the last of some lanes stays shut.
func (g *gate) closedFor(lanes []*lane) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	var most time.Duration
	for _, l := range lanes {
		most = max(most, time.Until(l.until))
	}
	return most
}

// wait returns when a call may go out. It gives up at once if ctx would end before that.
func (g *gate) wait(ctx context.Context, c *exchange) *Error {
	for {
		lanes := g.ahead(c.req.Allowance)
		for _, l := range lanes {
			if err := l.pace.Wait(ctx); err != nil && ctx.Err() == nil {
				return g.shut(0, fmt.Sprintf("calls are slowed down because %.0f %% of the allowance is used, "+
					"and the wait is longer than the time that is left", g.used(l)))
			}
		}
		left := g.closedFor(lanes)
		switch {
		case ctx.Err() != nil:
			return c.stopped(ctx.Err())
		case left <= 0:
			return nil
		case !withinDeadline(ctx, left):
			return g.shut(left, "the API is throttling, and the wait is longer than the time that is left")
		}
		c.log(ctx, Info, "the call waits until the API takes calls again", map[string]any{"wait_ms": left.Milliseconds()})
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

// used returns the highest figure of a lane, in percent.
func (g *gate) used(l *lane) float64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	return l.level
}

// observe takes in what an answer says of the allowances, and sets the pace. A figure for
// an id that is no account's, such as that of a business, is taken for everybody's.
func (g *gate) observe(h http.Header) {
	heard := usage(h)
	g.mu.Lock()
	defer g.mu.Unlock()
	now := time.Now()
	for what, percent := range heard {
		l, ok := g.lanes[what.id]
		if !ok {
			l = g.lanes[""]
		}
		l.usage[what.id+"/"+what.kind] = figure{percent, now}
	}
	for _, l := range g.lanes {
		l.settle(now, g.tempo)
	}
}

// settle works out the level and the pace from the figures that still hold.
func (l *lane) settle(now time.Time, tempo Tempo) {
	l.level = 0
	for what, f := range l.usage {
		// The allowance is that of a rolling hour: after one, a figure says nothing.
		if now.Sub(f.at) > 60*tempo.Minute {
			delete(l.usage, what)
			continue
		}
		l.level = max(l.level, f.percent)
	}
	if limit := l.limit(tempo); limit != l.pace.Limit() {
		l.pace.SetLimit(limit)
	}
}

// limit returns how many calls may go out per second. The time between two grows with
// the square of what is used above paceFrom, up to RetryMax when nothing is left.
func (l *lane) limit(tempo Tempo) rate.Limit {
	if l.level <= paceFrom || tempo.RetryMax <= 0 {
		return rate.Inf
	}
	over := min((l.level-paceFrom)/(100-paceFrom), 1)
	return rate.Limit(1 / (tempo.RetryMax.Seconds() * over * over))
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
