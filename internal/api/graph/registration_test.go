package graph

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

func TestRegister_bytes(t *testing.T) {
	data := strings.Repeat(`<a&b>\"/é+=`, 100_000)
	tests := map[string]struct {
		reg  Registration
		want string
	}{
		"a PIN": {Registration{PIN: "012345"}, `{"messaging_product":"whatsapp","pin":"012345"}`},
		"a backup": {
			Registration{PIN: "012345", Backup: &Backup{Password: `p<&>"`, Data: data}},
			`{"messaging_product":"whatsapp","pin":"012345","backup":{"password":"p<&>\"","data":"` +
				strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(data) + `"}}`,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := serve(t, file(t, 200, "success_bool.json"))
			c, _ := client(t, w)
			if err := c.Phones.Register(t.Context(), phone, tt.reg); err != nil {
				t.Fatal(err)
			}
			w.wantCalls(t, 1)
			got := w.got()[0]
			if got.Method != "POST" || got.Path != "/v25.0/106540352242922/register" {
				t.Errorf("called %s %s", got.Method, got.Path)
			}
			if got.Body != tt.want {
				t.Errorf("sent %d bytes beginning with %.120s, want %d bytes beginning with %.120s",
					len(got.Body), got.Body, len(tt.want), tt.want)
			}
			if ct := got.Header.Get("Content-Type"); ct != "application/json" {
				t.Errorf("Content-Type is %q", ct)
			}
		})
	}
}

func TestWrites_bytes(t *testing.T) {
	tests := map[string]struct {
		call       func(*Phones) error
		path, body string
	}{
		"deregister": {
			func(s *Phones) error { return s.Deregister(t.Context(), phone) },
			"/v25.0/106540352242922/deregister", "",
		},
		"PIN": {
			func(s *Phones) error { return s.SetPIN(t.Context(), phone, "000001") },
			"/v25.0/106540352242922", `{"pin":"000001"}`,
		},
		"region": {
			func(s *Phones) error { return s.SetStorageRegion(t.Context(), phone, "DE") },
			"/v25.0/106540352242922/settings",
			`{"storage_configuration":{"status":"IN_COUNTRY_STORAGE_ENABLED","data_localization_region":"DE"}}`,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := serve(t, file(t, 200, "success_bool.json"))
			c, _ := client(t, w)
			if err := tt.call(c.Phones); err != nil {
				t.Fatal(err)
			}
			got := w.got()[0]
			want := received{Method: "POST", Path: tt.path, Body: tt.body, Query: got.Query, Header: got.Header}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWrite_answers(t *testing.T) {
	tests := map[string]struct {
		answer  http.HandlerFunc
		ok      bool
		outcome api.Outcome
	}{
		"a bool":              {file(t, 200, "success_bool.json"), true, 0},
		"a string":            {file(t, 200, "success_string.json"), true, 0},
		"an id":               {file(t, 200, "success_id.json"), true, 0},
		"false":               {file(t, 200, "success_false.json"), false, api.Refused},
		"false as a string":   {raw(200, `{"success":"false"}`), false, api.Refused},
		"false with an id":    {raw(200, `{"success":false,"id":"1"}`), false, api.Refused},
		"HTML":                {file(t, 200, "gateway.html"), false, api.Unclear},
		"nothing":             {raw(200, ""), false, api.Unclear},
		"an empty object":     {raw(200, "{}"), false, api.Unclear},
		"an empty id":         {raw(200, `{"id":""}`), false, api.Unclear},
		"a number":            {raw(200, `{"success":1}`), false, api.Unclear},
		"null":                {raw(200, "null"), false, api.Unclear},
		"cut":                 {cut, false, api.Unclear},
		"half of a JSON":      {raw(200, `{"success":tr`), false, api.Unclear},
		"no content":          {raw(204, ""), false, api.Unclear},
		"an error with 200":   {file(t, 200, "error_pin_mismatch.json"), false, api.Refused},
		"a redirect":          {raw(302, "", "Location", "/elsewhere"), false, api.Refused},
		"a redirect that did": {raw(303, "", "Location", "/elsewhere"), false, api.Unclear},
		"not found by proxy":  {raw(404, "no route"), false, api.Refused},
		"request timeout":     {raw(408, ""), false, api.Unclear},
		"bad gateway":         {file(t, 502, "gateway.html"), false, api.Unclear},
		"unknown error":       {file(t, 500, "error_unknown.json"), false, api.Unclear},
		"transient error":     {file(t, 400, "error_transient.json"), false, api.Unclear},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := serve(t, tt.answer)
			c, _ := client(t, w)
			err := c.Phones.Register(t.Context(), phone, Registration{PIN: "012345"})
			w.wantCalls(t, 1)
			if tt.ok != (err == nil) {
				t.Fatalf("the error is %v, want none: %v", err, tt.ok)
			}
			if err == nil {
				return
			}
			e := failed(t, err)
			if e.Outcome != tt.outcome || e.Call != "POST /{phone-number-id}/register" || e.Attempts != 1 || e.Status == 0 {
				t.Errorf("got %+v, want the outcome %s", e, tt.outcome)
			}
		})
	}
}

func TestRegister_isNotRepeatedWhenTheOutcomeIsUnclear(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{"reset": reset, "timeout": hang, "cut": cut} {
		t.Run(name, func(t *testing.T) {
			w := serve(t, answer)
			c, _ := client(t, w, func(c *Config) { c.RequestTimeout = 100 * time.Millisecond })
			err := c.Phones.Register(t.Context(), phone, Registration{PIN: "012345"})
			e := failed(t, err)
			if e.Outcome != api.Unclear || e.Kind != api.Unavailable || e.Err == nil {
				t.Errorf("got %+v, want an unclear outcome with its cause", e)
			}
			if isContext(err) {
				t.Errorf("%v passes for the end of the caller's own time", err)
			}
			w.wantCalls(t, 1)
		})
	}
}

// A connection that was used before could make Go's transport send again by itself.
func TestRegister_isNotRepeatedOnAUsedConnection(t *testing.T) {
	w := serve(t, file(t, 200, "phone.json"), reset)
	c, _ := client(t, w)
	if _, err := c.Phones.Get(t.Context(), phone, StatusFields); err != nil {
		t.Fatal(err)
	}
	err := c.Phones.Register(t.Context(), phone, Registration{PIN: "012345"})
	if api.OutcomeOf(err) != api.Unclear {
		t.Errorf("the outcome of %v is %s", err, api.OutcomeOf(err))
	}
	w.wantCalls(t, 2)
}

func TestRegister_isRepeatedWhenNothingWasDone(t *testing.T) {
	ok := file(t, 200, "success_bool.json")
	for name, first := range map[string]http.HandlerFunc{
		"133004":           file(t, 503, "error_unavailable.json"),
		"133015":           file(t, 400, "error_deletion.json"),
		"throttled":        file(t, 400, "error_throttled.json"),
		"429 from a proxy": raw(429, "slow down"),
	} {
		t.Run(name, func(t *testing.T) {
			w := serve(t, first, ok)
			c, _ := client(t, w)
			if err := c.Phones.Register(t.Context(), phone, Registration{PIN: "012345"}); err != nil {
				t.Error(err)
			}
			w.wantCalls(t, 2)
			if calls := w.got(); calls[0].Body != calls[1].Body {
				t.Errorf("sent %q, then %q", calls[0].Body, calls[1].Body)
			}
		})
	}
}

func TestRegister_waitsFiveMinutesForADeletion(t *testing.T) {
	w := serve(t, file(t, 400, "error_deletion.json"), file(t, 200, "success_bool.json"))
	c, _ := client(t, w)
	began := time.Now()
	if err := c.Phones.Register(t.Context(), phone, Registration{PIN: "012345"}); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took < 5*quick.Minute {
		t.Errorf("waited %s, want five minutes of %s", took, quick.Minute)
	}
}

func TestRegister_isRepeatedWhenTheConnectionIsRefused(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()

	lines := new(logs)
	var once sync.Once
	var calls int
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls++
		w.Write([]byte(`{"success":true}`))
	})}
	t.Cleanup(func() { server.Close() })
	lines.hook = func(msg string) {
		if msg != "repeating the call" {
			return
		}
		once.Do(func() { // nobody listened so far: now somebody does
			l, err := net.Listen("tcp", address)
			if err != nil {
				t.Error(err)
				return
			}
			go server.Serve(l)
		})
	}
	c, err := New(config("http://"+address, lines))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Phones.Register(t.Context(), phone, Registration{PIN: "012345"}); err != nil {
		t.Fatal(err)
	}
	if calls != 1 {
		t.Errorf("%d calls arrived", calls)
	}
}

func TestRegister_toldThatNothingWasSent(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	c, err := New(config("http://"+l.Addr().String(), new(logs)))
	if err != nil {
		t.Fatal(err)
	}
	e := failed(t, c.Phones.Register(t.Context(), phone, Registration{PIN: "012345"}))
	if e.Outcome != api.NotDone || e.Kind != api.Unavailable || e.Attempts != 5 {
		t.Errorf("got %+v, want not done after five attempts", e)
	}
}

func TestRegister_isNeverRepeatedForAWrongPIN(t *testing.T) {
	for _, code := range []int{133000, 133005, 133006, 133008, 133009, 133016, 131031} {
		w := serve(t, raw(400, `{"error":{"message":"no","code":`+jsonOf(code)+`,"is_transient":true}}`))
		c, _ := client(t, w)
		e := failed(t, c.Phones.Register(t.Context(), phone, Registration{PIN: "012345"}))
		if e.Outcome != api.Refused || e.Code != code {
			t.Errorf("got %+v", e)
		}
		w.wantCalls(t, 1)
	}
}

func TestSetPIN_isRepeated(t *testing.T) {
	w := serve(t, reset, file(t, 502, "gateway.html"), file(t, 500, "error_unknown.json"), file(t, 200, "success_bool.json"))
	c, _ := client(t, w)
	if err := c.Phones.SetPIN(t.Context(), phone, "012345"); err != nil {
		t.Error(err)
	}
	w.wantCalls(t, 4)
}

// The first attempt may have set the PIN, whatever is said of the second.
func TestSetPIN_outcomeIsThatOfAllAttempts(t *testing.T) {
	w := serve(t, reset, file(t, 400, "error_field_unnamed.json"))
	c, _ := client(t, w)
	e := failed(t, c.Phones.SetPIN(t.Context(), phone, "012345"))
	if e.Outcome != api.Unclear || e.Kind != api.Invalid || e.Attempts != 2 {
		t.Errorf("got %+v", e)
	}
}

// Whoever gives up while a registration is under way still learns what came of it.
func TestRegister_hasItsAnswerAlthoughCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w := serve(t, func(rw http.ResponseWriter, r *http.Request) {
		cancel()
		select {
		case <-r.Context().Done():
		case <-time.After(100 * time.Millisecond):
			file(t, 200, "success_bool.json")(rw, r)
		}
	})
	c, _ := client(t, w)
	if err := c.Phones.Register(ctx, phone, Registration{PIN: "012345"}); err != nil {
		t.Error(err)
	}
	w.wantCalls(t, 1)
}

func TestRegister_cancelledAndWithoutAnswer(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w := serve(t, func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() })
	c, _ := client(t, w, func(c *Config) { c.RequestTimeout = 200 * time.Millisecond })
	err := c.Phones.Register(ctx, phone, Registration{PIN: "012345"})
	if !isContext(err) || api.OutcomeOf(err) != api.Unclear {
		t.Errorf("got %v, %s", err, api.OutcomeOf(err))
	}
	w.wantCalls(t, 1)
}

// The listener accepts no connection, so that TLS never begins.
func TestRegister_cancelledBeforeItIsSent(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	c, err := New(config("https://"+l.Addr().String(), new(logs)))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	began := time.Now()
	err = c.Phones.Register(ctx, phone, Registration{PIN: "012345"})
	if !isContext(err) || api.OutcomeOf(err) != api.NotDone || time.Since(began) > 3*time.Second {
		t.Errorf("got %v, %s, after %s", err, api.OutcomeOf(err), time.Since(began))
	}
}

func TestGet_endsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w := serve(t, func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() })
	c, _ := client(t, w)
	began := time.Now()
	_, err := c.Phones.Get(ctx, phone, StatusFields)
	if !isContext(err) || time.Since(began) > 3*time.Second {
		t.Errorf("got %v after %s", err, time.Since(began))
	}
	w.wantCalls(t, 1)
}

func TestRegister_cancelledBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := serve(t, file(t, 200, "success_bool.json"))
	c, _ := client(t, w)
	err := c.Phones.Register(ctx, phone, Registration{PIN: "012345"})
	if !isContext(err) || api.OutcomeOf(err) != api.NotDone {
		t.Errorf("got %v, %s", err, api.OutcomeOf(err))
	}
	w.wantCalls(t, 0)
}

func jsonOf(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// Settings that say nothing but that it did not work are no settings.
func TestPhones_StorageRegion_refused(t *testing.T) {
	c, _ := client(t, serve(t, file(t, 200, "success_false.json")))
	if region, err := c.Phones.StorageRegion(t.Context(), phone); err == nil {
		t.Errorf("got region %q", region)
	}
}
