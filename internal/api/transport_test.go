package api

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// tempo waits noticeably, so that a wait that is missing is seen, but not for long.
var tempo = Tempo{
	RetryMin: time.Millisecond, RetryMax: 50 * time.Millisecond,
	ThrottleMin: 100 * time.Millisecond, Minute: 100 * time.Millisecond,
}

// served is a transport, a server whose answers have the given statuses, one after the
// other and the last again and again, and what was seen of the two.
type served struct {
	*Transport
	url   *url.URL
	calls atomic.Int32

	mu    sync.Mutex
	lines []string
}

func serve(t *testing.T, answers ...http.HandlerFunc) *served {
	t.Helper()
	s := new(served)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := int(s.calls.Add(1))
		answers[min(n, len(answers))-1](w, r)
	}))
	t.Cleanup(server.Close)
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	s.url = u
	s.Transport = &Transport{HTTP: NewHTTP(5 * time.Second), MaxRetries: 3, Tempo: tempo, Log: s.log}
	return s
}

func (s *served) log(_ context.Context, l Level, msg string, fields map[string]any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, fmt.Sprint(int(l), " ", msg, " ", fields))
}

// logged returns how many lines contain a text.
func (s *served) logged(text string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.lines {
		if strings.Contains(l, text) {
			n++
		}
	}
	return n
}

// call makes a call whose answers are judged by their status.
func (s *served) call(ctx context.Context, p Policy) error {
	return s.Do(ctx, Request{Call: "GET /x", Method: "GET", URL: s.url, Policy: p, Decode: func(a *Answer) *Error {
		switch a.Status {
		case 200:
			return nil
		case 429:
			return &Error{Kind: Throttled, Outcome: NotDone}
		case 503:
			return &Error{Kind: Unavailable, Outcome: NotDone}
		}
		return &Error{Kind: Invalid, Outcome: Refused}
	}})
}

// status answers with a status and headers.
func status(code int, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
	}
}

const regain3 = `{"1":[{"type":"whatsapp_business_management","call_count":100,"estimated_time_to_regain_access":3}]}`

func TestTransport_waitsWhileThrottled(t *testing.T) {
	tests := map[string]struct {
		headers []string
		least   time.Duration
	}{
		"no time given":  {nil, tempo.ThrottleMin},
		"three minutes":  {[]string{"X-Business-Use-Case-Usage", regain3}, 3 * tempo.Minute},
		"Retry-After":    {[]string{"Retry-After", "1"}, time.Second},
		"useless header": {[]string{"X-Business-Use-Case-Usage", "{", "Retry-After", "-7"}, tempo.ThrottleMin},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := serve(t, status(429, tt.headers...), status(200))
			began := time.Now()
			if err := s.call(t.Context(), Once); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(began); took < tt.least {
				t.Errorf("waited %s, want %s", took, tt.least)
			}
			if s.calls.Load() != 2 || s.logged("3 the API is throttling") != 1 || s.logged("wait_ms") != 2 {
				t.Errorf("%d calls, log: %q", s.calls.Load(), s.lines)
			}
		})
	}
}

// Everybody waits, not only the call that was told.
func TestTransport_noCallGoesOutWhileThrottled(t *testing.T) {
	s := serve(t, status(429), status(200))
	s.MaxRetries = 0
	if err := s.call(t.Context(), Safe); !IsKind(err, Throttled) {
		t.Fatalf("got %v", err)
	}
	began := time.Now()
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() {
			if err := s.call(t.Context(), Safe); err != nil {
				t.Error(err)
			}
			if took := time.Since(began); took < tempo.ThrottleMin/2 {
				t.Errorf("a call was made after %s", took)
			}
		})
	}
	wg.Wait()
	if n := s.logged("is throttling"); n != 1 {
		t.Errorf("logged %d times", n)
	}
}

func TestTransport_cancelEndsAWait(t *testing.T) {
	s := serve(t, status(429))
	s.Tempo.ThrottleMin = time.Hour
	tests := map[string]time.Duration{"its own": 0, "that of others": 0}
	for _, name := range []string{"its own", "that of others"} {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(50*time.Millisecond, cancel)
		began := time.Now()
		err := s.call(ctx, Safe)
		if !errors.Is(err, context.Canceled) || OutcomeOf(err) != NotDone {
			t.Errorf("%s: got %v, %s", name, err, OutcomeOf(err))
		}
		tests[name] = time.Since(began)
		if tests[name] > 3*time.Second {
			t.Errorf("%s: took %s", name, tests[name])
		}
	}
	if n := s.calls.Load(); n != 1 {
		t.Errorf("%d calls", n)
	}
}

func TestTransport_doesNotSleepIntoTheDeadline(t *testing.T) {
	s := serve(t, status(429))
	s.Tempo.ThrottleMin = time.Hour
	for _, name := range []string{"its own wait", "that of others"} {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		began := time.Now()
		err := s.call(ctx, Safe)
		cancel()
		var e *Error
		if !errors.As(err, &e) || e.Kind != Throttled || e.Outcome != NotDone || e.RetryAfter < 50*time.Minute {
			t.Errorf("%s: got %+v", name, e)
		}
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("%s: took %s", name, took)
		}
	}
	if n := s.calls.Load(); n != 1 {
		t.Errorf("%d calls", n)
	}
}

func TestTransport_backoff(t *testing.T) {
	c := &exchange{t: &Transport{Tempo: Tempo{RetryMin: time.Second, RetryMax: 10 * time.Second}}}
	for i, most := range []time.Duration{1, 2, 4, 8, 10, 10} {
		c.attempts = i + 1
		for range 50 {
			most := most * time.Second
			if w := c.waitFor(&Error{Kind: Unavailable}); w < most/2 || w > most {
				t.Fatalf("after attempt %d: %s, want %s to %s", i+1, w, most/2, most)
			}
		}
	}
	c.attempts = 10_000
	if w := c.waitFor(&Error{Kind: Unavailable}); w > 10*time.Second {
		t.Errorf("late: %s", w)
	}
}

func TestRetryAfter(t *testing.T) {
	in := func(d time.Duration) string { return time.Now().Add(d).UTC().Format(http.TimeFormat) }
	tests := map[string][2]time.Duration{ // at least, at most
		"":                    {0, 0},
		"x":                   {0, 0},
		"-1":                  {0, 0},
		"3":                   {3 * time.Second, 3 * time.Second},
		"99":                  {time.Minute, time.Minute},
		"9223372036854775807": {time.Minute, time.Minute},
		in(20 * time.Second):  {15 * time.Second, 20 * time.Second},
		in(time.Hour):         {time.Minute, time.Minute},
		in(-time.Hour):        {0, 0},
	}
	for v, want := range tests {
		if got := retryAfter(http.Header{"Retry-After": {v}}, time.Minute); got < want[0] || got > want[1] {
			t.Errorf("%q: got %s, want %v", v, got, want)
		}
	}
}

func TestTransport_policies(t *testing.T) {
	tests := []struct {
		policy Policy
		answer int
		calls  int32
	}{
		{Once, 503, 4}, // NotDone
		{Safe, 503, 4},
		{Once, 400, 1},
		{Safe, 400, 1},
		{Once, 500, 1}, // of an unknown kind
		{Safe, 500, 4},
	}
	for _, tt := range tests {
		s := serve(t, status(tt.answer))
		if err := s.call(t.Context(), tt.policy); err == nil {
			t.Error("no error")
		}
		if n := s.calls.Load(); n != tt.calls {
			t.Errorf("policy %d, status %d: %d calls, want %d", tt.policy, tt.answer, n, tt.calls)
		}
	}
}

// Where the codes say more than the statuses, a 5xx alone is no reason to repeat.
func TestTransport_byKind(t *testing.T) {
	for answer, calls := range map[int]int32{500: 1, 503: 4} {
		s := serve(t, status(answer))
		err := s.Do(t.Context(), Request{Call: "GET /x", Method: "GET", URL: s.url, Policy: Safe, ByKind: true, Decode: func(*Answer) *Error {
			if answer == 503 {
				return &Error{Kind: Unavailable}
			}
			return &Error{Kind: Denied, Outcome: Refused}
		}})
		if n := s.calls.Load(); err == nil || n != calls {
			t.Errorf("%d: %d calls, want %d, and %v", answer, n, calls, err)
		}
	}
}

// A certificate that is not trusted is so the next time too.
func TestTransport_certificateIsNotTriedAgain(t *testing.T) {
	server := httptest.NewUnstartedServer(status(200))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	s := serve(t, status(200))
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	s.url = u
	got := s.call(t.Context(), Safe)
	var e *Error
	if !errors.As(got, &e) || e.Attempts != 1 || e.Outcome != NotDone || e.Kind != Unknown {
		t.Errorf("got %+v", e)
	}
	var cert *tls.CertificateVerificationError
	if !errors.As(got, &cert) {
		t.Errorf("%v does not lead to its cause", got)
	}
}

func TestTransport_logsNoQuery(t *testing.T) {
	s := serve(t, status(200, "Facebook-Api-Version", "v25.0", "X-Fb-Trace-Id", "A1b2"))
	s.url.RawQuery = "q=marker"
	s.url.Path = "/v25.0/1"
	if err := s.call(t.Context(), Safe); err != nil {
		t.Fatal(err)
	}
	if s.logged("marker") != 0 || s.logged("path:/v25.0/1") != 1 || s.logged("trace:A1b2") != 1 || s.logged("api_version:v25.0") != 1 {
		t.Errorf("log: %q", s.lines)
	}
}

func TestNewHTTP(t *testing.T) {
	c := NewHTTP(time.Second)
	f, ok := c.Transport.(finish)
	if !ok || f.timeout != time.Second {
		t.Fatalf("the transport is %T", c.Transport)
	}
	k, ok := f.next.(keepIdle)
	if !ok {
		t.Fatalf("the transport is %T", f.next)
	}
	tr, ok := k.RoundTripper.(*http.Transport)
	if !ok || tr.Proxy == nil || tr.MaxIdleConnsPerHost != 16 || tr.TLSClientConfig.MinVersion != tls.VersionTLS12 {
		t.Errorf("the transport is %+v", tr)
	}
	if tr == http.DefaultTransport || c.Timeout != time.Second {
		t.Error("the default transport is used, or no timeout")
	}
}

func TestNewHTTPWithTLS(t *testing.T) {
	given := &tls.Config{ServerName: "a.example", MinVersion: tls.VersionTLS10}
	f, ok := NewHTTPWithTLS(time.Second, given).Transport.(finish)
	if !ok {
		t.Fatal("the transport is another one")
	}
	tr, ok := f.next.(keepIdle).RoundTripper.(*http.Transport)
	if !ok || tr.TLSClientConfig.ServerName != "a.example" || tr.TLSClientConfig.MinVersion != tls.VersionTLS12 || tr.Proxy == nil {
		t.Errorf("the transport is %+v", tr)
	}
	if given.MinVersion != tls.VersionTLS10 {
		t.Error("the configuration of the caller was changed")
	}
}

// The most that is read of an answer is a matter of the request.
func TestTransport_maxAnswer(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "12345") })
	tests := map[int64]bool{0: true, 5: true, 6: true, 4: false}
	for most, want := range tests {
		err := s.Do(t.Context(), Request{
			Call: "GET /x", Method: "GET", URL: s.url, MaxAnswer: most,
			Decode: func(a *Answer) *Error { return nil },
		})
		if (err == nil) != want {
			t.Errorf("%d bytes: got %v", most, err)
		}
		if err != nil && !strings.Contains(err.Error(), "longer than 4 bytes") {
			t.Errorf("the error is %v", err)
		}
	}
}

func TestOrigin(t *testing.T) {
	same := [][2]string{
		{"https://a.example/x", "https://a.example:443/y?z"},
		{"http://a.example", "http://a.example:80"},
	}
	differ := [][2]string{
		{"https://a.example", "http://a.example"},
		{"https://a.example", "https://b.example"},
		{"https://a.example", "https://a.example:8443"},
		{"https://a.example", "https://a.example.evil.example"},
	}
	for want, pairs := range map[bool][][2]string{true: same, false: differ} {
		for _, p := range pairs {
			a, errA := url.Parse(p[0])
			b, errB := url.Parse(p[1])
			if errA != nil || errB != nil {
				t.Fatal(errA, errB)
			}
			if (origin(a) == origin(b)) != want {
				t.Errorf("%s and %s: same is not %v", a, b, want)
			}
		}
	}
}
