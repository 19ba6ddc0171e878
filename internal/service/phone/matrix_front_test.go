package phone_test

import (
	"crypto/tls"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

// front stands before an API of the simulator. It does what the simulator cannot do
// by itself: let something begin at a certain call of an operation, whatever its
// route, and end with the operation; and hold a call while its caller dies.
type front struct {
	t       *testing.T
	world   *acctest.World
	next    http.Handler
	address string
	server  *http.Server
	config  *tls.Config // nil for plain HTTP
	strike  *strike     // nil for none; set before the first call

	mu    sync.Mutex
	ln    net.Listener // nil while it refuses connections
	armed bool
	harm  harm
	op    operation
	at    int // the call at which it begins
	calls int // since it was armed
}

// graphFront puts one before the Graph API.
func graphFront(t *testing.T, w *acctest.World) *front {
	f := newFront(t, w, w, nil)
	w.Setenv("WHATSAPP_BASE_URL", "http://"+f.address)
	return f
}

// deploymentFront puts one before a deployment. What it cannot hand on, such as a
// reset, becomes the end of the connection.
func deploymentFront(t *testing.T, w *acctest.World, d *acctest.Deployment) *front {
	at, err := url.Parse(d.URL)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} //nolint:gosec // loopback, to a certificate made a moment ago
	t.Cleanup(transport.CloseIdleConnections)
	config, ca := certificate()
	f := newFront(t, w, &httputil.ReverseProxy{
		Rewrite:      func(r *httputil.ProxyRequest) { r.SetURL(at) },
		Transport:    transport,
		ErrorHandler: func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) },
		ErrorLog:     log.New(io.Discard, "", 0),
	}, config)
	d.Behind("https://"+f.address, ca)
	return f
}

// certificate is one for loopback, with its authority as PEM.
var certificate = sync.OnceValues(func() (*tls.Config, []byte) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	ca := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	return &tls.Config{Certificates: server.TLS.Certificates, MinVersion: tls.VersionTLS12}, ca
})

// newFront listens on a port that no other front has, so that it can give the port
// back for a while.
func newFront(t *testing.T, w *acctest.World, next http.Handler, config *tls.Config) *front {
	f := &front{t: t, world: w, next: next, config: config}
	f.server = &http.Server{Handler: f, ReadHeaderTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0)}
	for f.ln == nil {
		port := reserve()
		t.Cleanup(func() { reserved.Delete(port) })
		f.address = fmt.Sprintf("127.0.0.1:%d", port)
		f.listen()
	}
	t.Cleanup(func() { _ = f.server.Close() })
	return f
}

// reserved are the ports of the fronts of this process.
var reserved sync.Map

// reserve returns a port that no front of this process has. Systems give out ports
// from above 32768, and other processes that run these tests begin elsewhere.
func reserve() int {
	const first, room, processes = 10000, 250, 90
	for {
		port := first + os.Getpid()%processes*room + rand.IntN(room)
		if _, taken := reserved.LoadOrStore(port, true); !taken {
			return port
		}
	}
}

// listen takes the port, unless somebody else has it.
func (f *front) listen() {
	ln, err := net.Listen("tcp", f.address)
	if err != nil {
		return
	}
	f.ln = ln
	if f.config != nil {
		ln = tls.NewListener(ln, f.config)
	}
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

// up takes the port back, which nobody should have taken meanwhile.
func (f *front) up() {
	for end := time.Now().Add(20 * time.Second); f.ln == nil; time.Sleep(time.Millisecond) {
		if f.listen(); f.ln == nil && time.Now().After(end) {
			f.t.Errorf("somebody else has taken %s", f.address)
			return
		}
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
	if f.strike.hits(r) {
		f.strike.serve(f.next, w, r)
		return
	}
	f.next.ServeHTTP(w, r)
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
