package sim

import (
	"io"
	"net/http"
	"slices"
	"testing"
	"time"
)

// TestWithFront has a handler answer what is its own, of which the ledger knows
// nothing, and hand on the rest. Down and Up keep it.
func TestWithFront(t *testing.T) {
	s := New(testWorld(), WithFront(func(s *Server) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/" {
				s.ServeHTTP(w, r)
				return
			}
			w.WriteHeader(http.StatusTeapot)
		})
	}))
	url, err := s.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for range 2 {
		if got := statusOf(t, url+"/"); got != http.StatusTeapot {
			t.Errorf("/: %d", got)
		}
		if got := statusOf(t, url+"/"+live); got != 400 {
			t.Errorf("a number without a token: %d, want 400", got)
		}
		s.Down()
		if err := s.Up(); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(s.Calls()); got != 2 {
		t.Errorf("%d calls, want 2", got)
	}
}

func statusOf(t *testing.T, url string) int {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode
}

func TestLastCalls(t *testing.T) {
	l := newLab(t)
	for _, id := range []string{live, fresh, raw} {
		l.get(id)
	}
	for n, want := range map[int][]string{0: {}, 2: {fresh, raw}, 9: {live, fresh, raw}} {
		got := []string{}
		for _, c := range l.LastCalls(n) {
			got = append(got, c.Path[len(c.Path)-len(raw):])
		}
		if !slices.Equal(got, want) {
			t.Errorf("the last %d are %v, want %v", n, got, want)
		}
	}
}

func TestAccounts_areCopies(t *testing.T) {
	l := newLab(t)
	l.ChangeAccount(garden, func(a *Account) { a.Apps = []Subscription{{AppID: "1"}} })
	l.Accounts()[0].Apps[0].AppID = "changed"
	got := l.Accounts()
	if len(got) != 2 || got[0].ID != garden || got[1].ID != bakery || got[0].Apps[0].AppID != "1" || got[0].Numbers != nil {
		t.Errorf("got %+v", got)
	}
}

// TestNewRunningClock has a clock that goes by itself, and can be moved besides.
func TestNewRunningClock(t *testing.T) {
	c := NewRunningClock()
	before := c.Now()
	c.Advance(72 * time.Hour)
	time.Sleep(2 * time.Millisecond)
	if d := c.Now().Sub(before); d <= 72*time.Hour || d > 73*time.Hour {
		t.Errorf("it went %s ahead", d)
	}
}

func TestExampleWorld(t *testing.T) {
	if n := len(New(ExampleWorld()).Numbers()); n != 7 {
		t.Errorf("%d numbers, want 7", n)
	}
}
