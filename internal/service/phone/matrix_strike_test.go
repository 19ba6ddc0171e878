package phone_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// moment is when a process dies, seen from a call that it makes.
type moment int

const (
	before moment = iota // the call is never carried out
	during               // it is carried out when nobody waits for its answer any more
	after                // it was carried out, and its answer is on the way
)

// blow is what happens to the processes.
type blow struct {
	name   string
	moment moment
	kill   func(terraform int) error // by the id of the process, which leads its group
	asks   bool                      // it asks for the end, and what runs may finish
	sample bool                      // tried also where nothing but reading is going on
}

// blows are the ways for an apply to end in the middle of a call.
var blows = []blow{
	{name: "provider killed before", moment: before, kill: killProvider},
	{name: "provider killed during", moment: during, kill: killProvider},
	{name: "provider killed after", moment: after, kill: killProvider, sample: true},
	{name: "all killed before", moment: before, kill: killAll},
	{name: "all killed during", moment: during, kill: killAll},
	{name: "all killed after", moment: after, kill: killAll, sample: true},
	{name: "Ctrl-C during", moment: during, kill: pressCtrlC, asks: true, sample: true},
}

// killAll ends Terraform and the provider at once, as a machine does that goes down.
func killAll(terraform int) error { return syscall.Kill(-terraform, syscall.SIGKILL) }

// pressCtrlC does what a terminal does: both programs get the signal.
func pressCtrlC(terraform int) error { return syscall.Kill(-terraform, syscall.SIGINT) }

// killProvider ends the provider alone, so that Terraform writes what it makes of it.
func killProvider(terraform int) error {
	table, err := exec.Command("ps", "-A", "-o", "pid=,ppid=").Output()
	if err != nil {
		return err
	}
	killed := 0
	for line := range strings.Lines(string(table)) {
		ids := strings.Fields(line)
		if len(ids) != 2 || ids[1] != strconv.Itoa(terraform) {
			continue
		}
		pid, err := strconv.Atoi(ids[0])
		if err != nil {
			return err
		}
		if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
			return err
		}
		killed++
	}
	if killed != 1 {
		return fmt.Errorf("%d providers of process %d were killed, not one", killed, terraform)
	}
	return nil
}

// strike holds one call of an API until a blow has fallen.
type strike struct {
	blow blow
	call string // method and path, without the version
	skip int    // how many of them pass

	mu    sync.Mutex
	seen  int
	hit   chan struct{} // closed when the call is held
	fell  chan struct{} // closed when the blow has fallen
	ended chan struct{} // closed when nothing more becomes of the call
}

func newStrike(b blow, route, number string, skip int) *strike {
	call := strings.NewReplacer("onprem ", "", "{phone-number-id}", number).Replace(route)
	return &strike{blow: b, call: call, skip: skip, hit: make(chan struct{}), fell: make(chan struct{}), ended: make(chan struct{})}
}

// hits reports whether a call is the one to hold.
func (s *strike) hits(r *http.Request) bool {
	if s == nil {
		return false
	}
	path := r.URL.Path
	if rest, versioned := strings.CutPrefix(path, "/v25.0"); versioned {
		path = rest
	}
	if s.call != r.Method+" "+path {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen++
	return s.seen == s.skip+1
}

// serve has the call carried out, or not, around the blow. Whether there still is
// somebody to answer makes no difference to an API.
func (s *strike) serve(next http.Handler, w http.ResponseWriter, r *http.Request) {
	defer close(s.ended)
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	carriedOut := r.Clone(context.WithoutCancel(r.Context()))
	carriedOut.Body = io.NopCloser(bytes.NewReader(body))
	switch s.blow.moment {
	case before:
		s.fall()
	case during:
		s.fall()
		if s.blow.asks {
			s.linger(r.Context())
			next.ServeHTTP(w, carriedOut)
			return
		}
		next.ServeHTTP(httptest.NewRecorder(), carriedOut)
	case after:
		next.ServeHTTP(httptest.NewRecorder(), carriedOut)
		s.fall()
	}
	panic(http.ErrAbortHandler)
}

// fall waits for the blow.
func (s *strike) fall() {
	close(s.hit)
	<-s.fell
}

// linger gives Terraform the time to hand a wish to end on, unless the caller has
// given the call up already.
func (s *strike) linger(caller context.Context) {
	select {
	case <-caller.Done():
	case <-time.After(time.Second):
	}
}
