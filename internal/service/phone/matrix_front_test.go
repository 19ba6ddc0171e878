package phone_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

// front stands before the simulator's Graph API. It does what the simulator cannot
// do by itself: let something begin at a certain call of an operation, whatever its
// route, and end with the operation.
type front struct {
	t       *testing.T
	world   *acctest.World
	address string
	server  *http.Server

	mu    sync.Mutex
	ln    net.Listener // nil while it refuses connections
	armed bool
	harm  harm
	op    operation
	at    int // the call at which it begins
	calls int // since it was armed
}

// newFront listens on a port that no other listener is given by chance, so that it
// can give the port back for a while.
func newFront(t *testing.T, w *acctest.World) *front {
	f := &front{t: t, world: w}
	f.server = &http.Server{Handler: f, ReadHeaderTimeout: time.Minute}
	for f.ln == nil {
		// Systems give out ports from above 32768.
		f.address = fmt.Sprintf("127.0.0.1:%d", 10000+rand.IntN(20000))
		f.listen()
	}
	t.Cleanup(func() { _ = f.server.Close() })
	w.Setenv("WHATSAPP_BASE_URL", "http://"+f.address)
	return f
}

// listen takes the port, unless somebody else has it.
func (f *front) listen() {
	ln, err := net.Listen("tcp", f.address)
	if err != nil {
		return
	}
	f.ln = ln
	go func() {
		if err := f.server.Serve(ln); !errors.Is(err, net.ErrClosed) && !errors.Is(err, http.ErrServerClosed) {
			f.t.Error(err)
		}
	}()
}

// arm has a harm begin at a call of the next operation, counted from 0.
func (f *front) arm(h harm, at int, op operation) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.armed, f.harm, f.at, f.calls, f.op = true, h, at, 0, op
	f.before()
}

// disarm ends what arm began.
func (f *front) disarm() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.armed && f.harm.hidden {
		f.world.Forbid(f.op.number, f.op.fails)
		f.world.ForbidAccount(acctest.Account, false)
	}
	f.armed = false
	f.up()
}

func (f *front) up() {
	for f.ln == nil {
		f.listen()
	}
}

// before does what must be so before the next call is made. It reports whether
// nobody listens for that one.
func (f *front) before() (deaf bool) {
	deaf = f.harm.refuse && f.calls == f.at || f.harm.deafened && f.calls == f.at+1
	if deaf && f.ln != nil {
		_ = f.ln.Close()
		f.ln = nil
		if f.harm.back > 0 {
			time.AfterFunc(f.harm.back, func() {
				f.mu.Lock()
				defer f.mu.Unlock()
				f.up()
			})
		}
	}
	return deaf
}

// ServeHTTP hands a call on to the simulator.
func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.begin(w)
	f.world.ServeHTTP(w, r)
}

// begin counts a call, and lets happen what is to happen at it or after it.
func (f *front) begin(w http.ResponseWriter) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.armed {
		return
	}
	if f.calls >= f.at && f.harm.always != nil {
		f.world.Inject(*f.harm.always)
	}
	if f.calls == f.at && f.harm.hidden {
		f.world.Forbid(f.op.number, true)
		f.world.ForbidAccount(acctest.Account, true)
	}
	f.calls++
	if f.before() {
		w.Header().Set("Connection", "close") // or else the next call would not need to connect
	}
}
