package onprem

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// Who the tests are, and what testdata/login.json and login_again.json give them.
const (
	username   = "admin"
	password   = `S3cret"<marker>&/7`
	firstToken = "eyJhbGciOHlXVCJ9.eyJ1c2VyIjoNTIzMDE2Nn0.mEoF0COaO00Z1cANo"
	nextToken  = "eyJhbGciOHlXVCJ9.eyJ1c2VyIjoNTIzMDE2OH0.zWq81LpXc22Tt0aRk"
)

// quick waits as the real tempo does, a thousand times faster.
var quick = api.Tempo{
	RetryMin: time.Millisecond, RetryMax: 30 * time.Millisecond,
	ThrottleMin: 60 * time.Millisecond, Minute: 60 * time.Millisecond,
}

// early is a time at which the recorded tokens have not expired.
func early() time.Time { return time.Date(2021, time.September, 7, 15, 0, 0, 0, time.UTC) }

// received is a call as it arrived.
type received struct {
	Call, Authorization, Body string
	Header                    http.Header
}

// wire is a deployment that gives prepared answers, for each call one after the other
// and the last one again and again, and remembers what it was asked.
type wire struct {
	*httptest.Server
	mu    sync.Mutex
	calls []received
}

// answers are prepared answers by method and path.
type answers map[string][]http.HandlerFunc

// serve starts a deployment. Without other answers, login gives the recorded tokens in
// turn, and logout is done.
func serve(t *testing.T, a answers) *wire {
	t.Helper()
	a = with(a, "POST /v1/users/login", file(t, 200, "login.json"), file(t, 200, "login_again.json"))
	a = with(a, "POST /v1/users/logout", file(t, 200, "success_meta.json"))
	w := new(wire)
	given := map[string]int{}
	w.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		call := r.Method + " " + r.URL.Path
		w.mu.Lock()
		w.calls = append(w.calls, received{call, r.Header.Get("Authorization"), string(body), r.Header.Clone()})
		n := given[call]
		given[call]++
		w.mu.Unlock()
		if len(a[call]) == 0 {
			raw(404, `{"errors":[{"code":1014,"title":"Internal error","details":"no such path"}]}`)(rw, r)
			return
		}
		a[call][min(n, len(a[call])-1)](rw, r)
	}))
	w.Config.ErrorLog = log.New(io.Discard, "", 0)
	w.StartTLS()
	t.Cleanup(w.Close)
	return w
}

// with adds what is not there yet.
func with(a answers, call string, given ...http.HandlerFunc) answers {
	out := answers{call: given}
	for k, v := range a {
		out[k] = v
	}
	return out
}

// got returns the calls that have arrived so far.
func (w *wire) got() []received {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]received(nil), w.calls...)
}

// wantCalls fails the test unless exactly these calls have arrived, in this order.
func (w *wire) wantCalls(t *testing.T, want ...string) {
	t.Helper()
	var got []string
	for _, c := range w.got() {
		got = append(got, c.Call)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("the calls:", diff)
	}
}

// ca returns the certificate of the deployment in PEM.
func (w *wire) ca() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: w.Certificate().Raw})
}

// file answers with a recorded body. The headers are pairs of name and value.
func file(t *testing.T, status int, name string, headers ...string) http.HandlerFunc {
	t.Helper()
	return raw(status, recorded(t, name), headers...)
}

// recorded returns a recorded body.
func recorded(t testing.TB, name string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// raw answers with a body as it is.
func raw(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// reset breaks the connection without an answer.
func reset(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	conn.Close()
}

// cut announces more than it sends.
func cut(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
		io.WriteString(w, body[:len(body)-3])
	}
}

// logs collects log lines as one text.
type logs struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logs) log(_ context.Context, level api.Level, msg string, fields map[string]any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintln(&l.text, int(level), msg, fields)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// client returns a client that trusts a deployment, and its log.
func client(t *testing.T, w *wire, change ...func(*Config)) (*Client, *logs) {
	t.Helper()
	l := new(logs)
	c := Config{
		BaseURL: w.URL, Username: username, Password: password, CA: w.ca(), UserAgent: "test/1", MaxRetries: 4,
		RequestTimeout: 20 * time.Second, Tempo: quick, Log: l.log, Now: early,
	}
	for _, f := range change {
		f(&c)
	}
	cl, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return cl, l
}

// failed returns the error of a call, and ends the test if it is of another type.
func failed(t *testing.T, err error) *api.Error {
	t.Helper()
	var e *api.Error
	if !errors.As(err, &e) {
		t.Fatalf("the error is %T %v, want an *api.Error", err, err)
	}
	return e
}

// everyCall is each call that needs a token, with the path that it goes to.
var everyCall = map[string]func(context.Context, *Client) error{
	"POST /v1/settings/backup": func(ctx context.Context, c *Client) error {
		_, err := c.Backup(ctx, backupPass)
		return err
	},
	"POST /v1/settings/account/two-step":   func(ctx context.Context, c *Client) error { return c.SetPIN(ctx, pin) },
	"DELETE /v1/settings/account/two-step": func(ctx context.Context, c *Client) error { return c.RemovePIN(ctx) },
	"GET /v1/health": func(ctx context.Context, c *Client) error {
		_, err := c.Health(ctx)
		return err
	},
	"GET /v1/support": func(ctx context.Context, c *Client) error {
		_, err := c.Support(ctx)
		return err
	},
	"GET /v1/settings/application": func(ctx context.Context, c *Client) error {
		_, err := c.Application(ctx)
		return err
	},
	"GET /v1/certificates/external/ca": func(ctx context.Context, c *Client) error {
		_, err := c.CA(ctx)
		return err
	},
}

// good returns the answer with which each call succeeds.
func good(t *testing.T) answers {
	t.Helper()
	return answers{
		"POST /v1/settings/backup":             {file(t, 200, "backup.json")},
		"POST /v1/settings/account/two-step":   {raw(200, "{}")},
		"DELETE /v1/settings/account/two-step": {raw(200, "null")},
		"GET /v1/health":                       {file(t, 200, "health_single.json")},
		"GET /v1/support":                      {file(t, 200, "support_single.json")},
		"GET /v1/settings/application":         {file(t, 200, "application.json")},
		"GET /v1/certificates/external/ca":     {file(t, 200, "ca.pem", "Content-Type", "text/plain")},
	}
}
