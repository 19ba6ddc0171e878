package sim

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

const registerRoute = "POST /{phone-number-id}/register"

// dial starts a simulator on a port and returns a way to call it.
func dial(t *testing.T, opts ...Option) (*lab, func(method, path, body string) (reply, error)) {
	t.Helper()
	l := newLab(t, opts...)
	base, err := l.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
	t.Cleanup(client.CloseIdleConnections)
	return l, func(method, path, body string) (reply, error) {
		r, err := http.NewRequestWithContext(t.Context(), method, base+"/v25.0/"+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		dress(r, body, l.Token(), nil)
		resp, err := client.Do(r)
		if err != nil {
			return reply{}, err
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		a := read(resp)
		a.body = string(b)
		return a, err
	}
}

// TestFault_kinds injects every kind of fault into a registration. What the caller
// gets must differ from the usual answer, for a fault that does nothing would let
// tests of recovery pass that test nothing.
func TestFault_kinds(t *testing.T) {
	answers := func(status int, fragments ...string) func(reply, error) bool {
		return func(a reply, err error) bool {
			ok := err == nil && a.status == status
			for _, f := range fragments {
				ok = ok && strings.Contains(a.body, f)
			}
			return ok
		}
	}
	isReset := func(_ reply, err error) bool { return errors.Is(err, syscall.ECONNRESET) }
	tests := []struct {
		fault    Fault
		executes bool
		code     int
		wants    func(reply, error) bool
	}{
		{Fault{Kind: FaultNone, Usage: 40}, true, 0, func(a reply, err error) bool {
			return err == nil && a.body == `{"success":true}` &&
				strings.Contains(a.header.Get("X-App-Usage"), `"call_count":40`) &&
				strings.Contains(a.header.Get("X-Business-Use-Case-Usage"), `{"`+garden+`":[{"call_count":40`)
		}},
		{Fault{Kind: FaultResetBefore}, false, 0, isReset},
		{Fault{Kind: FaultResetAfter}, true, 0, isReset},
		{Fault{Kind: FaultTruncate}, true, 0, func(a reply, err error) bool {
			return errors.Is(err, io.ErrUnexpectedEOF) && a.body == `{"succes`
		}},
		{Fault{Kind: FaultHTML}, false, 0, answers(502, "<html>")},
		{Fault{Kind: FaultHTMLAfter}, true, 0, answers(200, "<html>")},
		{Fault{Kind: FaultEmpty}, true, 0, func(a reply, err error) bool {
			return err == nil && a.status == 200 && a.body == ""
		}},
		{Fault{Kind: FaultNoSuccess}, false, 0, answers(200, `{"success":false}`)},
		{Fault{Kind: FaultError, Status: 503, Code: 133004, Subcode: 7, Message: "(#133004) Busy", Details: "later",
			UserTitle: "title", UserMessage: "text", Transient: true}, false, 133004,
			answers(503, `"code":133004`, `"error_subcode":7`, `"message":"(#133004) Busy"`, `"details":"later"`,
				`"error_user_title":"title"`, `"error_user_msg":"text"`, `"is_transient":true`)},
		{Fault{Kind: FaultErrorAfter, Code: 131000, Status: 500}, true, 131000, answers(500, `"code":131000`)},
		{Fault{Kind: FaultThrottle, RegainMinutes: 7}, false, 80008, func(a reply, err error) bool {
			return answers(400, `"code":80008`)(a, err) &&
				strings.Contains(a.header.Get("X-Business-Use-Case-Usage"), `"estimated_time_to_regain_access":7`)
		}},
		{Fault{Kind: FaultRedirect, Status: 307, Message: "http://192.0.2.1/"}, false, 0, func(a reply, err error) bool {
			return err == nil && a.status == 307 && a.header.Get("Location") == "http://192.0.2.1/"
		}},
		{Fault{Kind: FaultEcho}, false, 100, answers(400, `"code":100`, "012345", "EAAtest")},
		{Fault{Kind: FaultUnknownEnum}, true, 0, answers(200, `{"success":true}`)}, // see TestFault_unknownEnum
		{Fault{Kind: FaultExtra}, true, 0, answers(200, `"success":true`, `"sim_unheard_of"`)},
		{Fault{Kind: FaultCutBody, Bytes: 30}, false, 0, isReset},
	}
	if len(tests) != int(faultKinds) {
		t.Errorf("%d kinds are tested, want %d", len(tests), int(faultKinds))
	}
	for i, tt := range tests {
		t.Run(tt.fault.Kind.String(), func(t *testing.T) {
			if tt.fault.Kind != FaultKind(i) {
				t.Fatalf("case %d is about kind %d", i, tt.fault.Kind)
			}
			l, call := dial(t)
			tt.fault.Route = registerRoute
			l.Inject(tt.fault)
			a, err := call("POST", fresh+"/register", `{"messaging_product":"whatsapp","pin":"012345"}`)
			if !tt.wants(a, err) {
				t.Errorf("got %d %q, %v", a.status, a.body, err)
			}
			if executed := l.Registrations(fresh) == 1; executed != tt.executes {
				t.Errorf("carried out: %t, want %t", executed, tt.executes)
			}
			c := l.Calls()[0]
			if c.Fault != tt.fault.Kind.String() || c.Effective != tt.executes || c.Code != tt.code {
				t.Errorf("the ledger says %+v", c)
			}
			if left := l.Unspent(); len(left) != 0 {
				t.Errorf("unspent: %v", left)
			}
			if a, err := call("GET", fresh+"?fields=id", ""); err != nil || a.body != `{"id":"`+fresh+`"}` {
				t.Errorf("the next call: %q, %v", a.body, err)
			}
		})
	}
}

func TestFault_unknownEnum(t *testing.T) {
	l := newLab(t)
	l.Inject(Fault{Kind: FaultUnknownEnum})
	a := l.get(live + "?fields=status,platform_type,verified_name,health_status,throughput")
	for _, k := range []string{"status", "platform_type"} {
		if a.json[k] != "SIM_UNHEARD_OF" {
			t.Errorf("%s is %v", k, a.json[k])
		}
	}
	if a.json["verified_name"] != "Garden" || a.json["id"] != live {
		t.Errorf("what is no enumeration changed too: %s", a.body)
	}
	if !strings.Contains(a.body, `"throughput":{"level":"SIM_UNHEARD_OF"}`) || strings.Contains(a.body, "PHONE_NUMBER") {
		t.Errorf("inner enumerations stayed: %s", a.body)
	}
}

func TestFault_extraEverywhere(t *testing.T) {
	l := newLab(t)
	l.Inject(Fault{Kind: FaultExtra})
	a := l.get(garden + "/phone_numbers?fields=id")
	if n := strings.Count(a.body, "sim_unheard_of"); n != 5 { // answer, two entries, paging, cursors
		t.Errorf("%d objects have more than they should, want 5: %s", n, a.body)
	}
}

func TestFault_bareErrorAfter(t *testing.T) {
	l := newLab(t)
	l.Inject(Fault{Kind: FaultErrorAfter})
	a := l.register(fresh, "012345")
	if a.status != 500 || a.json != nil || l.Registrations(fresh) != 1 {
		t.Errorf("got %d %q, %d registrations", a.status, a.body, l.Registrations(fresh))
	}
}

func TestFault_delay(t *testing.T) {
	l := newLab(t)
	const delay = 50 * time.Millisecond
	for _, kind := range []FaultKind{FaultNone, FaultError} {
		l.Inject(Fault{Kind: kind, Code: 2, Delay: delay})
		start := time.Now()
		l.get(live)
		if took := time.Since(start); took < delay {
			t.Errorf("%v: took %v", kind, took)
		}
	}
}

func TestFault_whichCallsItHits(t *testing.T) {
	l := newLab(t)
	hits := func(n int) string {
		var s strings.Builder
		for range n {
			s.WriteString(map[bool]string{true: "x", false: "."}[l.get(live).code != 0])
		}
		return s.String()
	}
	tests := []struct {
		fault      Fault
		want       string
		route      string
		wantUnused int
	}{
		{Fault{}, "x...", "", 0},
		{Fault{Skip: 1}, ".x..", "", 0},
		{Fault{Times: 2}, "xx..", "", 0},
		{Fault{Skip: 1, Times: 2}, ".xx.", "", 0},
		{Fault{Skip: 3, Times: 2}, "...x", "", 1},
		{Fault{Route: "GET /{phone-number-id}"}, "x...", "", 0},
		{Fault{Route: registerRoute}, "....", "", 1},
		{Fault{Skip: 1, Times: -1}, ".xxx", "", 0},
	}
	for _, tt := range tests {
		l.faults = nil
		tt.fault.Kind, tt.fault.Code = FaultError, 2
		l.Inject(tt.fault)
		if got := hits(4); got != tt.want {
			t.Errorf("%+v hits %s, want %s", tt.fault, got, tt.want)
		}
		if got := len(l.Unspent()); got != tt.wantUnused {
			t.Errorf("%+v: %d unspent, want %d", tt.fault, got, tt.wantUnused)
		}
	}
}

func TestFault_oneAfterTheOther(t *testing.T) {
	l := newLab(t)
	l.Inject(Fault{Kind: FaultError, Code: 1})
	l.Inject(Fault{Kind: FaultError, Code: 2})
	if a, b, c := l.get(live), l.get(live), l.get(live); a.code != 1 || b.code != 2 || c.code != 0 {
		t.Errorf("got %d, %d, %d", a.code, b.code, c.code)
	}
}

func TestFault_hitsUnknownPaths(t *testing.T) {
	l := newLab(t)
	l.Inject(Fault{Kind: FaultThrottle})
	a := l.send("GET", "/", "")
	if a.code != 80008 || !strings.Contains(a.header.Get("X-Business-Use-Case-Usage"), `{"600000000000001":`) {
		t.Errorf("got %s with %v", a.body, a.header)
	}
	l.Inject(Fault{Kind: FaultThrottle})
	if a := l.get(bakery); !strings.Contains(a.header.Get("X-Business-Use-Case-Usage"), bakery) {
		t.Errorf("got %v", a.header)
	}
}

func TestInject_panics(t *testing.T) {
	for _, f := range []Fault{{Route: "POST /register"}, {Kind: faultKinds}, {Kind: -1}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%+v was taken", f)
				}
			}()
			newLab(t).Inject(f)
		}()
	}
}

func TestFaultKind_String(t *testing.T) {
	seen := map[string]bool{}
	for k := range faultKinds {
		if name := k.String(); name == "" || seen[name] {
			t.Errorf("kind %d is called %q", int(k), name)
		} else {
			seen[name] = true
		}
	}
	if got := FaultKind(99).String(); got != "FaultKind(99)" {
		t.Errorf("got %s", got)
	}
}
