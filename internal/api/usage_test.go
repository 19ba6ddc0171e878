package api

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestUsage(t *testing.T) {
	tests := map[string]struct {
		app, accounts string
		want          map[string]float64
		regain        int
	}{
		"none": {"", "", map[string]float64{}, 0},
		"both": {
			`{"call_count":28,"total_cputime":3,"total_time":31}`,
			`{"102290129340398":[{"type":"whatsapp_business_management","call_count":80,"total_cputime":25,` +
				`"total_time":92,"estimated_time_to_regain_access":0},{"type":"whatsapp","call_count":1}]}`,
			map[string]float64{"/app": 31, "102290129340398/whatsapp_business_management": 92, "102290129340398/whatsapp": 1}, 0,
		},
		"throttled": {"", `{"1":[{"type":"a","call_count":100,"estimated_time_to_regain_access":19}],` +
			`"2":[{"type":"a","estimated_time_to_regain_access":"7.5"}]}`, map[string]float64{"1/a": 100, "2/a": 0}, 19},
		"part of a minute":    {"", `{"1":[{"type":"a","estimated_time_to_regain_access":0.2}]}`, map[string]float64{"1/a": 0}, 1},
		"longer than an hour": {"", `{"1":[{"type":"a","estimated_time_to_regain_access":1e300}]}`, map[string]float64{"1/a": 0}, 60},
		"strange figures": {`{"call_count":"81","total_time":null,"total_cputime":{}}`,
			`{"1":[{"type":"a","call_count":-5,"estimated_time_to_regain_access":-3}]}`, map[string]float64{"/app": 81, "1/a": 0}, 0},
		"no JSON":    {"<html>", "call_count=5", map[string]float64{}, 0},
		"other JSON": {"[]", `{"1":{"type":"a"}}`, map[string]float64{}, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			h := http.Header{}
			h.Set("X-App-Usage", tt.app)
			h.Set("X-Business-Use-Case-Usage", tt.accounts)
			got := map[string]float64{}
			for what, percent := range usage(h) {
				got[what.id+"/"+what.kind] = percent
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if got := regainMinutes(h); got != tt.regain {
				t.Errorf("access again after %d minutes, want %d", got, tt.regain)
			}
		})
	}
}

func FuzzUsage(f *testing.F) {
	f.Add(`{"call_count":28,"total_cputime":3,"total_time":31}`, `{"1":[{"type":"whatsapp","call_count":80}]}`)
	f.Add(`{"call_count":1e400}`, `{"1":[null,{}],"":[{"estimated_time_to_regain_access":1e18}]}`)
	f.Add("null", "[[]]")
	f.Fuzz(func(t *testing.T, app, accounts string) {
		h := http.Header{"X-App-Usage": {app}, "X-Business-Use-Case-Usage": {accounts}}
		for what, percent := range usage(h) {
			if percent < 0 {
				t.Errorf("%v is %v", what, percent)
			}
		}
		if m := regainMinutes(h); m < 0 || m > 60 {
			t.Errorf("%d minutes", m)
		}
		g := newGate(DefaultTempo())
		g.observe(h)
		if l := g.lanes[""].pace.Limit(); l <= 0 {
			t.Errorf("%v calls per second", l)
		}
	})
}
