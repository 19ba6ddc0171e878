package sim

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestDownAndUp(t *testing.T) {
	l, call := dial(t)
	if a, err := call("GET", live, ""); err != nil || a.status != 200 {
		t.Fatalf("got %d, %v", a.status, err)
	}
	l.Down()
	l.Down()
	if _, err := call("GET", live, ""); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("down: got %v, want connection refused", err)
	}
	if err := l.Up(); err != nil {
		t.Fatal(err)
	}
	if a, err := call("GET", live, ""); err != nil || a.status != 200 {
		t.Errorf("up again: got %d, %v", a.status, err)
	}
	if err := l.Up(); err == nil {
		t.Error("up twice")
	}
	if got := l.Count("GET /{phone-number-id}"); got != 2 {
		t.Errorf("%d calls, want 2", got)
	}
}

func TestStart_errors(t *testing.T) {
	s := New(testWorld())
	defer s.Close()
	if err := s.Up(); err == nil {
		t.Error("up without a start")
	}
	if _, err := s.Start("not an address"); err == nil {
		t.Error("started on no address")
	}
	if _, err := s.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Start("127.0.0.1:0"); err == nil {
		t.Error("started twice")
	}
}

func TestClose(t *testing.T) {
	l, call := dial(t)
	l.Close()
	l.Close()
	if _, err := call("GET", live, ""); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("got %v, want connection refused", err)
	}
}

func TestClose_endsWaits(t *testing.T) {
	l := newLab(t, WithRegisterTime(time.Hour))
	time.AfterFunc(20*time.Millisecond, l.Close)
	l.wantOK(l.register(fresh, "012345"))
}

// TestRegisterTime_effectAtTheEnd hangs up during a registration: it happens all
// the same, and not before its time is over.
func TestRegisterTime_effectAtTheEnd(t *testing.T) {
	l, _ := dial(t, WithRegisterTime(150*time.Millisecond))
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	body := `{"messaging_product":"whatsapp","pin":"012345"}`
	r, err := http.NewRequestWithContext(ctx, "POST", "http://"+l.addr+"/v25.0/"+fresh+"/register", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	dress(r, body, l.Token(), nil)
	if resp, err := http.DefaultClient.Do(r); err == nil {
		resp.Body.Close()
		t.Fatal("answered before its time")
	}
	if l.Registrations(fresh) != 0 || l.Attempts(fresh) != 1 {
		t.Errorf("meanwhile: %d registrations, %d attempts, want 0 and 1", l.Registrations(fresh), l.Attempts(fresh))
	}
	l.wantState(fresh, "PENDING", "NOT_APPLICABLE")
	for range 200 {
		if c := l.Calls()[0]; c.Status == 200 && c.Effective {
			l.wantState(fresh, "CONNECTED", "CLOUD_API")
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Error("the registration never happened")
}

func TestRegisterTime_malformedCallsTakeNone(t *testing.T) {
	l := newLab(t, WithRegisterTime(time.Hour))
	l.wantError(l.register(fresh, "abc"), 400, 100, 2388092)
}

func TestRegisterTime_numberRemovedMeanwhile(t *testing.T) {
	l := newLab(t, WithRegisterTime(100*time.Millisecond))
	time.AfterFunc(20*time.Millisecond, func() { l.Remove(fresh) })
	l.wantError(l.register(fresh, "012345"), 400, 33, 0)
}

// TestConcurrency is for the race detector: everything at once.
func TestConcurrency(t *testing.T) {
	l, call := dial(t, WithLog(func(Call) {}))
	l.Inject(Fault{Kind: FaultThrottle, Times: 3})
	work := []func(){
		func() { _, _ = call("POST", fresh+"/register", `{"messaging_product":"whatsapp","pin":"012345"}`) },
		func() { _, _ = call("POST", fresh+"/deregister", "") },
		func() { _, _ = call("GET", garden+"/phone_numbers?fields=health_status", "") },
		func() { _, _ = call("POST", live, `{"pin":"012345"}`) },
		func() { l.Change(live, func(n *Number) { n.RefusedFields = []string{"status"} }) },
		func() { l.Move(live, bakery); l.Forbid(live, true); l.ForbidAccount(bakery, true) },
		func() { l.Numbers(); l.Calls(); l.Count(registerRoute); l.Unspent(); l.Attempts(live) },
		func() { l.clock.Advance(time.Minute) },
		func() { l.Change(live, func(n *Number) { n.Deployment = &Deployment{Password: masterKey} }) },
		func() { l.login(live, "admin", masterKey, ""); l.Tokens(live); l.ExpireOnPremisesTokens(live) },
		func() { _, _, _ = l.StartOnPremises(live, "127.0.0.1:0"); l.StopOnPremises(live); l.Restore(live) },
	}
	var wg sync.WaitGroup
	for range 5 {
		for _, f := range work {
			wg.Go(f)
		}
	}
	wg.Wait()
}

// TestReset_withoutASocket is about handlers that no connection stands behind: they
// abort, as net/http has it.
func TestReset_withoutASocket(t *testing.T) {
	l := newLab(t)
	l.Inject(Fault{Kind: FaultResetBefore})
	defer func() {
		if err, _ := recover().(error); !errors.Is(err, http.ErrAbortHandler) {
			t.Errorf("got %v", err)
		}
	}()
	l.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
}
