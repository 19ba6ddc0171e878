package sim

import "time"

// Register and deregister share ten calls per number in a moving window of 72
// hours, whatever becomes of the call; the eleventh blocks the number for 72 hours.
// Meta states the limit for each of the two and names both in the text of 133016;
// that they share it is inferred.
// source: business-phone-numbers/registration, support/error-codes
const (
	budgetCalls  = 10
	budgetWindow = 72 * time.Hour
)

// Budget is how many register and deregister calls a number has in 72 hours, see
// [Server.Attempts].
const Budget = budgetCalls

// budget counts a number's register and deregister calls.
type budget struct {
	calls   []time.Time
	blocked time.Time // until then
}

// spend counts one call made now, or reports that there is none left.
func (b *budget) spend(now time.Time) bool {
	if now.Before(b.blocked) {
		return false
	}
	if b.used(now) >= budgetCalls {
		b.blocked = now.Add(budgetWindow)
		return false
	}
	b.calls = append(b.calls, now)
	return true
}

// used returns how many calls are inside the window now, and forgets the others.
func (b *budget) used(now time.Time) int {
	start := now.Add(-budgetWindow)
	for len(b.calls) > 0 && !b.calls[0].After(start) {
		b.calls = b.calls[1:]
	}
	return len(b.calls)
}
