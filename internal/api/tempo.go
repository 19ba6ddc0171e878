package api

import "time"

// Tempo holds every time the clients wait. Tests shorten them.
type Tempo struct {
	RetryMin    time.Duration // before the first repeat; doubled with each further one
	RetryMax    time.Duration // the longest wait before a repeat, and between two calls when the allowance is used up
	ThrottleMin time.Duration // the shortest wait after the API said that there were too many calls
	Minute      time.Duration // how long one minute is, wherever the API counts in minutes
	PollMin     time.Duration // between the first looks at something that takes its time
	PollMax     time.Duration // between the later ones
}

// DefaultTempo returns the times for the real APIs.
func DefaultTempo() Tempo {
	return Tempo{
		RetryMin: time.Second, RetryMax: 30 * time.Second,
		ThrottleMin: time.Minute, Minute: time.Minute,
		PollMin: time.Second, PollMax: 15 * time.Second,
	}
}
