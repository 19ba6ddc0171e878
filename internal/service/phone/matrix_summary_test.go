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

	cases, programs, requests, errors     int // cases in process, rows with a program
	registrations, most, decided, wasted  int // accepted, the most in one case, decided by users, and known to be too many
	wrong, lost, tainted, diverged, leaks int
	known                                 map[*defect]int // cases that a defect accounts for
}

// add adds a case.
func (s *summary) add(b *bench, j *judgement, failed bool, d *defect) {
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
	s.sort(j.wrongs)
}

// sort counts what is wrong with a case by the promise that it breaks.
func (s *summary) sort(wrongs []string) {
	if len(wrongs) > 0 {
		s.wrong++
	}
	diverged := false
	for _, w := range wrongs {
		switch {
		case strings.Contains(w, "lost:"):
			s.lost++
		case strings.Contains(w, "tainted:"):
			s.tainted++
		case strings.Contains(w, "not converged"):
			diverged = true
		case strings.Contains(w, ": shows the "):
			s.leaks++
		}
	}
	if diverged {
		s.diverged++
	}
}

// addProgram adds a row in which a process died.
func (s *summary) addProgram(m *machine) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.programs++
	if m.World == nil {
		return
	}
	s.requests += m.sent
	spent, wasted := m.Registrations(m.task.number)-m.spent, m.wasted()
	s.registrations += spent
	s.decided += m.task.spends
	s.wasted += wasted
	s.most = max(s.most, spent-wasted-m.task.spends+1)
	s.leaks += m.Found()
	s.sort(m.wrongs)
}

// String is the summary, a line for each figure. One that breaks a promise ends in
// the word WRONG, which make faults shows in red.
func (s *summary) String() string {
	known := 0
	for _, n := range s.known {
		known += n
	}
	total := s.cases + s.programs
	var b strings.Builder
	line := func(wrong bool, name, format string, args ...any) {
		text := fmt.Sprintf("\n  %-36s %s", name, fmt.Sprintf(format, args...))
		if wrong {
			text += "  WRONG"
		}
		b.WriteString(text)
	}
	line(s.wrong > 0, "cases run", "%d (%d in process, %d with a process that dies), %d wrong", total, s.cases, s.programs, s.wrong)
	line(false, "in process, with an error at first", "%d", s.errors)
	line(false, "requests sent", "%d", s.requests)
	line(s.most > 1, "effective registrations, at most", "%d for one decision (%d for %d in all)", s.most, s.registrations-s.wasted, s.decided)
	line(false, "registrations known to be repeated", "%d: %s", s.wasted, unknowable)
	line(s.lost > 0, "lost objects", "%d", s.lost)
	line(s.tainted > 0, "tainted after success", "%d", s.tainted)
	line(s.diverged > 0, "second apply converges", "%d of %d", total-s.diverged-known, total-known)
	line(s.leaks > 0, "secrets leaked", "%d", s.leaks)
	line(known > 0, "known to be wrong", "%d", known)
	return b.String()
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
