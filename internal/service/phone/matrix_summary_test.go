package phone_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// summary is what came of all cases.
type summary struct {
	mu sync.Mutex

	cases, requests, errors        int
	registrations, most, decided   int // accepted, the most in one case, and what users decided to spend
	lost, tainted, diverged, leaks int
	known                          map[*defect]int // cases that a defect accounts for
}

// add adds a case.
func (s *summary) add(b *bench, j *judgement, failed, tainted bool, d *defect) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cases++
	s.requests += len(b.Calls())
	if failed {
		s.errors++
	}
	spent := b.Registrations(b.op.number) - b.spent
	s.registrations += spent
	s.decided += b.op.spends
	if d != nil {
		if s.known == nil {
			s.known = map[*defect]int{}
		}
		s.known[d]++
		return
	}
	// Where none was decided, the first is as bad as the second elsewhere.
	s.most = max(s.most, spent-b.op.spends+1)
	if tainted {
		s.tainted++
	}
	for _, w := range j.wrongs {
		switch {
		case strings.Contains(w, ": lost:"):
			s.lost++
		case strings.Contains(w, "not converged"):
			s.diverged++
		case strings.Contains(w, ": shows the "):
			s.leaks++
		}
	}
}

// String is the summary in one paragraph.
func (s *summary) String() string {
	known := 0
	for _, n := range s.known {
		known += n
	}
	return fmt.Sprintf("%d cases run, %d of them with an error at first; %d effective registrations for %d decisions, never above %d for one; "+
		"%d requests sent; %d lost objects; %d tainted after success; second apply converges in %d of %d; %d leaks; %d known to be wrong",
		s.cases, s.errors, s.registrations, s.decided, s.most, s.requests, s.lost, s.tainted, s.cases-s.diverged-known, s.cases-known, s.leaks, known)
}

// check asserts the totals. whole says that nothing was left out, so that every known
// defect must have shown.
func (s *summary) check(t *testing.T, whole bool) {
	t.Helper()
	if s.most > 1 || s.lost > 0 || s.tainted > 0 || s.diverged > 0 || s.leaks > 0 {
		t.Error("a promise is broken")
	}
	for _, d := range known {
		if whole && s.known[d] == 0 {
			t.Errorf("mended, to be taken off the list: %s", d.why)
		}
	}
}
