package graph

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// What the tests are about: an account with a number, and the secrets of a client. The
// token has characters that a URL escapes.
const (
	account = AccountID("102290129340398")
	phone   = PhoneID("106540352242922")
	token   = "EAAGm0PX4ZCpsBA/token+marker=|01234567"
	secret  = "0123456789abcdef0123456789abcdef"
)

// quick waits as the real tempo does, a thousand times faster.
var quick = api.Tempo{
	RetryMin: time.Millisecond, RetryMax: 30 * time.Millisecond,
	ThrottleMin: 60 * time.Millisecond, Minute: 60 * time.Millisecond,
	PollMin: time.Millisecond, PollMax: 15 * time.Millisecond,
}

// received is a call as it arrived.
type received struct {
	Method, Path string
	Query        url.Values
	Header       http.Header
	Body         string
}

// wire is a server that gives prepared answers, one after the other and the last one
// again and again, and remembers what it was asked.
type wire struct {
	*httptest.Server
	mu    sync.Mutex
	calls []received
}

func serve(t *testing.T, answers ...http.HandlerFunc) *wire {
	t.Helper()
	w := new(wire)
	w.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.mu.Lock()
		w.calls = append(w.calls, received{r.Method, r.URL.EscapedPath(), r.URL.Query(), r.Header.Clone(), string(body)})
		answer := answers[min(len(w.calls), len(answers))-1]
		w.mu.Unlock()
		answer(rw, r)
	}))
	t.Cleanup(w.Close)
	return w
}

// got returns what has arrived so far.
func (w *wire) got() []received {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]received(nil), w.calls...)
}

// wantCalls fails the test unless exactly n calls have arrived.
func (w *wire) wantCalls(t *testing.T, n int) {
	t.Helper()
	if got := len(w.got()); got != n {
		t.Errorf("%d calls arrived, want %d", got, n)
	}
}

// file answers with a recorded body. The headers are pairs of name and value.
func file(t *testing.T, status int, name string, headers ...string) http.HandlerFunc {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return raw(status, string(body), headers...)
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

// hang does not answer until the client has gone.
func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// cut announces more than it sends.
func cut(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "100")
	io.WriteString(w, `{"success":true}`)
}

// logs collects log lines as one text.
type logs struct {
	mu   sync.Mutex
	text strings.Builder
	hook func(msg string)
}

func (l *logs) log(_ context.Context, level api.Level, msg string, fields map[string]any) {
	l.mu.Lock()
	fmt.Fprintln(&l.text, int(level), msg, fields)
	hook := l.hook
	l.mu.Unlock()
	if hook != nil {
		hook(msg)
	}
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// config returns the settings of a client that talks to base.
func config(base string, l *logs) Config {
	return Config{
		BaseURL: base, Token: token, AppSecret: secret, UserAgent: "test/1", MaxRetries: 4,
		RequestTimeout: 5 * time.Second, Tempo: quick, Log: l.log,
	}
}

// client returns a client for a server, and its log.
func client(t *testing.T, w *wire, change ...func(*Config)) (*Client, *logs) {
	t.Helper()
	l := new(logs)
	c := config(w.URL, l)
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
	e, ok := asError(err)
	if !ok {
		t.Fatalf("the error is %T %v, want an *api.Error", err, err)
	}
	return e
}

// isContext says whether an error is that of a context.
func isContext(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
