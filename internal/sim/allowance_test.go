package sim

import (
	"strings"
	"testing"
	"time"
)

func TestAllowance(t *testing.T) {
	l := newLab(t, WithAllowance(2, 4))
	usage := func(a reply) string { return a.header.Get("X-Business-Use-Case-Usage") }
	if a := l.get(live); usage(a) != "" {
		t.Errorf("header %s", usage(a))
	}
	l.clock.Advance(30 * time.Minute)
	if a := l.get(garden); !strings.Contains(usage(a), `{"`+garden+`":[{"call_count":50,"estimated_time_to_regain_access":0`) {
		t.Errorf("header %s", usage(a))
	}
	l.wantOK(l.get(fresh))
	l.wantOK(l.get(garden + "/phone_numbers"))
	a := l.get(live)
	l.wantError(a, 400, 80008, 2446079)
	if !strings.Contains(usage(a), `"call_count":125,"estimated_time_to_regain_access":30`) {
		t.Errorf("header %s", usage(a))
	}
	l.wantOK(l.get(bread))              // of another account
	l.wantOK(l.get(live + "/settings")) // does not count
	l.clock.Advance(time.Hour)
	l.wantOK(l.get(live))

	l.Deregister(bread)
	for _, want := range []int{0, 0, 80008} {
		if a := l.get(bakery); a.code != want {
			t.Errorf("without a registered number: %d, want %d", a.code, want)
		}
	}
}
