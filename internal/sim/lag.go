package sim

// lag is what readers of a number that was just registered do not see yet: first
// nothing of it at all, then a pending registration. It is counted in reads, so
// that a test does not depend on time.
//
// Meta publishes no figure; that a number's status may be behind its registration
// is the experience of integrators.
type lag struct {
	stale, polls int
	before       Number // what stale reads show
}

// show returns what the API shows of the number now, and counts it as a read.
func (e *entry) show() Number {
	switch {
	case e.lag.stale > 0:
		e.lag.stale--
		return e.lag.before
	case e.lag.polls > 0:
		e.lag.polls--
		n := e.Number
		n.Status = statusPending
		return n
	}
	return e.Number
}

// showAtOnce ends the lag.
func (e *entry) showAtOnce() { e.lag = lag{} }
