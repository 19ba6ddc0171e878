package api

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/time/rate"
)

// used returns headers that say how much of an allowance is used.
func used(what, percent string) http.Header {
	return http.Header{"X-Business-Use-Case-Usage": {`{"` + what + `":[{"type":"t","call_count":` + percent + `}]}`}}
}

func TestGate_pace(t *testing.T) {
	tempo := Tempo{RetryMax: 100 * time.Second, Minute: time.Minute}
	seconds := map[string]float64{"75.1": 0.0016, "80": 4, "85": 16, "95": 64, "100": 100, "250": 100}
	for percent, want := range seconds {
		g := newGate(tempo)
		g.observe(used("1", percent))
		if got := 1 / float64(g.lanes[""].pace.Limit()); got < want*0.98 || got > want*1.02 {
			t.Errorf("%s %%: a call every %.4f s, want %.4f", percent, got, want)
		}
	}
	for _, percent := range []string{"0", "75"} {
		g := newGate(tempo)
		g.observe(used("1", percent))
		if g.lanes[""].pace.Limit() != rate.Inf {
			t.Errorf("%s %% slows down", percent)
		}
	}
}

func TestGate_goesByTheHighestFigure(t *testing.T) {
	g := newGate(Tempo{RetryMax: time.Second, Minute: time.Minute})
	for _, step := range []struct {
		h    http.Header
		want float64
	}{
		{used("1", "90"), 90},
		{used("2", "10"), 90},
		{http.Header{}, 90},
		{used("1", "20"), 20},
		{http.Header{"X-App-Usage": {`{"total_time":99}`}}, 99},
	} {
		if g.observe(step.h); g.used(g.lanes[""]) != step.want {
			t.Errorf("after %v the level is %v, want %v", step.h, g.used(g.lanes[""]), step.want)
		}
	}
}

func TestGate_forgetsAFigureAfterAnHour(t *testing.T) {
	g := newGate(Tempo{RetryMax: time.Second, Minute: time.Millisecond})
	g.observe(used("1", "99"))
	time.Sleep(70 * time.Millisecond)
	g.observe(http.Header{})
	if all := g.lanes[""]; all.level != 0 || len(all.usage) != 0 || all.pace.Limit() != rate.Inf {
		t.Errorf("after an hour the level is still %v", all.level)
	}
}

func TestTransport_slowsDown(t *testing.T) {
	s := serve(t, status(200, "X-App-Usage", `{"call_count":100}`))
	began := time.Now()
	for range 4 { // the second one still goes out at once, the others every RetryMax
		if err := s.call(t.Context(), Safe); err != nil {
			t.Fatal(err)
		}
	}
	if took := time.Since(began); took < 2*tempo.RetryMax*9/10 {
		t.Errorf("took %s", took)
	}
}

func TestTransport_paceIsBoundedByTheDeadline(t *testing.T) {
	s := serve(t, status(200, "X-App-Usage", `{"call_count":100}`))
	s.Tempo.RetryMax = time.Hour
	for range 2 {
		if err := s.call(t.Context(), Safe); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	err := s.call(ctx, Safe)
	if !IsKind(err, Throttled) || OutcomeOf(err) != NotDone || !strings.Contains(err.Error(), "100 %") {
		t.Errorf("got %v", err)
	}
	if n := s.calls.Load(); n != 2 {
		t.Errorf("%d calls", n)
	}
}

func TestGate_close(t *testing.T) {
	g := newGate(tempo)
	if !g.close("", time.Hour) || g.close("", time.Minute) {
		t.Error("the gate was not open first, or was open then")
	}
	if left := g.closedFor(g.ahead("1")); left < 59*time.Minute {
		t.Errorf("a shorter wait opens the gate after %s", left)
	}
}

func TestGate_closesOneAccount(t *testing.T) {
	g := newGate(tempo)
	g.close("1", time.Hour)
	for allowance, closed := range map[string]bool{"1": true, "2": false, "": true} {
		if left := g.closedFor(g.ahead(allowance)); (left > 0) != closed {
			t.Errorf("a call of %q waits %s", allowance, left)
		}
	}
}

func TestGate_slowsOneAccountDown(t *testing.T) {
	g := newGate(Tempo{RetryMax: time.Second, Minute: time.Minute})
	g.ahead("1") // an account that calls were made about; 3 is none
	g.ahead("2")
	g.observe(used("1", "90"))
	levels := func() [3]float64 {
		return [3]float64{g.lanes[""].level, g.lanes["1"].level, g.lanes["2"].level}
	}
	if got := levels(); got != [3]float64{0, 90, 0} {
		t.Errorf("the levels are %v", got)
	}
	if g.observe(used("3", "80")); levels() != [3]float64{80, 90, 0} {
		t.Errorf("the levels are %v", levels())
	}
}
