package sim

import "time"

// Wrong PINs lock a number. Meta documents the two codes, 133008 for too many and
// 133009 for too fast, and that the details say how long to wait; the figures are
// ours.
// source: support/error-codes
const (
	guessesAllowed = 5
	guessLock      = time.Hour
)

// guesses remembers the wrong PINs given for a number.
type guesses struct {
	wrong  int
	last   time.Time // of the last wrong one
	locked time.Time // until then
}

// wait returns how long no PIN is looked at any more, and the code that says so; 0
// when one may be given now. After the lock the count starts again.
func (g *guesses) wait(now time.Time, pace time.Duration) (time.Duration, int) {
	if now.Before(g.locked) {
		return g.locked.Sub(now), 133008
	}
	if g.wrong >= guessesAllowed {
		*g = guesses{}
	}
	if free := g.last.Add(pace); g.wrong > 0 && now.Before(free) {
		return free.Sub(now), 133009
	}
	return 0, 0
}

// miss counts a wrong PIN.
func (g *guesses) miss(now time.Time) {
	g.wrong++
	g.last = now
	if g.wrong >= guessesAllowed {
		g.locked = now.Add(guessLock)
	}
}
