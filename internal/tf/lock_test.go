package tf

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
)

// TestLocks lets one at a time through for a name, and others for other names.
func TestLocks(t *testing.T) {
	var l locks
	var inside, most atomic.Int32
	var all sync.WaitGroup
	for range 50 {
		all.Add(1)
		go func() {
			defer all.Done()
			unlock, err := l.lock(t.Context(), "a")
			if err != nil {
				t.Error(err)
				return
			}
			defer unlock()
			n := inside.Add(1)
			most.Store(max(most.Load(), n))
			inside.Add(-1)
		}()
	}
	all.Wait()
	if most.Load() != 1 {
		t.Errorf("%d were inside at once", most.Load())
	}
	unlock, err := l.lock(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	other, err := l.lock(t.Context(), "b")
	if err != nil {
		t.Fatal(err)
	}
	other()

	// Who is no longer interested does not wait.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := l.lock(ctx, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	unlock()
	if again, err := l.lock(t.Context(), "a"); err != nil {
		t.Error(err)
	} else {
		again()
	}
}
