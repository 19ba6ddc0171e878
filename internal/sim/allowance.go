package sim

import (
	"math"
	"slices"
	"time"
)

// usageShown is the percentage from which the headers tell of the usage. Meta shows
// them once enough calls were made, and does not say how many.
const usageShown = 50

// usage is how much of the allowance of an account is used.
type usage struct {
	account          string
	percent, minutes int
}

// charged are the routes whose calls count.
// source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting
var charged = []string{
	"GET /{business-account-id}", "GET /{business-account-id}/phone_numbers",
	"GET /{business-account-id}/subscribed_apps", "POST /{business-account-id}/subscribed_apps",
	"DELETE /{business-account-id}/subscribed_apps", "GET /{phone-number-id}",
}

// charge counts a call against the hourly allowance of its account, also one that it
// then refuses, which is inferred: calls that go on are said to prolong the block.
func (s *Server) charge(req *request) *graphError {
	limit := s.options.allowance[0]
	id := s.store.charged(req, "")
	if limit == 0 || id == "" || !slices.Contains(charged, req.route.String()) {
		return nil
	}
	if slices.ContainsFunc(s.store.accounts[id].entries, func(e *entry) bool { return e.live() && !e.removed }) {
		limit = s.options.allowance[1]
	}
	now := s.options.now()
	calls := slices.DeleteFunc(s.store.charges[id], func(t time.Time) bool { return !now.Before(t.Add(time.Hour)) })
	calls = append(calls, now)
	s.store.charges[id] = calls
	req.usage = usage{account: id, percent: len(calls) * 100 / max(limit, 1)}
	if len(calls) <= limit {
		return nil
	}
	free := calls[len(calls)-limit-1].Add(time.Hour)
	req.usage.minutes = int(math.Ceil(free.Sub(now).Minutes()))
	return throttled(&Fault{})
}
