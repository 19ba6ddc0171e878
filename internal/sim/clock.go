package sim

import (
	"sync"
	"time"
)

// Clock is a clock that is moved by hand, so that a test can let 72 hours pass. It
// decides about windows, locks and expiry; it does not shorten the real time that a
// delay takes.
type Clock struct {
	at    func() time.Time // what it would show if nobody moved it
	mu    sync.Mutex
	ahead time.Duration
}

// NewClock returns a clock that stands at start and moves only by hand.
func NewClock(start time.Time) *Clock { return &Clock{at: func() time.Time { return start }} }

// NewRunningClock returns a clock that goes with real time, and can be moved ahead
// of it.
func NewRunningClock() *Clock { return &Clock{at: time.Now} }

// Now returns the time that the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at().Add(c.ahead)
}

// Advance moves the clock forward by d.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}
