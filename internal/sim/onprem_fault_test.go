package sim

import (
	"strings"
	"testing"
)

// TestFault_onPremises injects faults into a call that sets the PIN; those that cut
// the connection are tested where there is one.
func TestFault_onPremises(t *testing.T) {
	tests := []struct {
		fault    Fault
		executes bool
		status   int
		code     int
		want     string
	}{
		{Fault{}, true, 200, 0, `{}`},
		{Fault{Kind: FaultTruncate}, true, 200, 0, `{`},
		{Fault{Kind: FaultHTML, Status: 503}, false, 503, 0, "<html>"},
		{Fault{Kind: FaultHTMLAfter}, true, 200, 0, "<html>"},
		{Fault{Kind: FaultEmpty}, true, 200, 0, ""},
		{Fault{Kind: FaultNoSuccess}, false, 200, 0, `"success":false`},
		{Fault{Kind: FaultError, Code: 1016}, false, 503, 1016, `"errors":[{"code":1016,"title":"System overloaded"}]`},
		{Fault{Kind: FaultError, Code: 9999}, false, 400, 9999, `"code":9999`},
		{Fault{Kind: FaultError, Status: 500, Code: 1023, Message: "Oops", Details: "later"}, false, 500, 1023,
			`{"code":1023,"details":"later","title":"Oops"}`},
		{Fault{Kind: FaultErrorAfter, Code: 1014}, true, 500, 1014, `"code":1014`},
		{Fault{Kind: FaultErrorAfter}, true, 500, 0, "upstream error"},
		{Fault{Kind: FaultThrottle, Usage: 99}, false, 429, 1015, `"code":1015`},
		{Fault{Kind: FaultRedirect, Message: "https://192.0.2.1/"}, false, 302, 0, ""},
		{Fault{Kind: FaultEcho}, false, 400, 1009, `098765`},
		{Fault{Kind: FaultExtra}, true, 200, 0, `"sim_unheard_of"`},
	}
	for _, tt := range tests {
		t.Run(tt.fault.Kind.String(), func(t *testing.T) {
			l := newHosted(t, WithEmptySuccess("{}"))
			d := l.sit(hosted)
			tt.fault.Route = pinRoute
			l.Inject(tt.fault)
			a := d.call("POST", "settings/account/two-step", `{"pin":"098765"}`)
			if a.status != tt.status || !strings.Contains(a.body, tt.want) || a.header.Get("X-App-Usage") != "" {
				t.Errorf("got %d %q", a.status, a.body)
			}
			if executed := l.number(hosted).PIN == "098765"; executed != tt.executes {
				t.Errorf("carried out: %t, want %t", executed, tt.executes)
			}
			c := l.Calls()[1]
			if c.Fault != tt.fault.Kind.String() || c.Effective != tt.executes || c.Code != tt.code || c.Status != tt.status {
				t.Errorf("the ledger says %+v", c)
			}
		})
	}
}

func TestFault_onPremisesUnknownEnum(t *testing.T) {
	l := newHosted(t)
	d := l.sit(hosted)
	l.Inject(Fault{Kind: FaultUnknownEnum})
	d.wantGateway("SIM_UNHEARD_OF")
}
