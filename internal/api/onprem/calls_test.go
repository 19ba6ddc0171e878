package onprem

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

func TestBackup(t *testing.T) {
	large := strings.Repeat("QmFja3VwTWFya2Vy/+", 5<<20/18)
	tests := map[string]struct{ body, want string }{
		"with meta":      {recorded(t, "backup.json"), "V0FCSwEx/8Ja2Tr0cYkQ+u5m1l7bX0xkZP3nHd9oVgA="},
		"without meta":   {recorded(t, "backup_bare.json"), "V0FCSwEx/8Ja2Tr0cYkQ+u5m1l7bX0xkZP3nHd9oVgA="},
		"escaped":        {`{"settings":{"data":"a\/b\u003d \n"}}`, "a/b= \n"},
		"5 MB":           {`{"settings":{"data":"` + large + `"}}`, large},
		"more than 10MB": {`{"settings":{"data":"` + large + large + large + `"}}`, large + large + large},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := serve(t, answers{"POST /v1/settings/backup": {raw(200, tt.body)}})
			c, _ := client(t, w)
			got, err := c.Backup(t.Context(), "p")
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("got %d bytes, want %d", len(got), len(tt.want))
			}
		})
	}
}

// What is no backup is not shown, since it may be one in another form.
func TestBackup_none(t *testing.T) {
	for _, body := range []string{
		"", "null", "{}", `{"meta":{}}`, `{"settings":null}`, `{"settings":{}}`, `{"settings":{"data":""}}`,
		`{"settings":{"data":null}}`, `{"settings":{"data":{"marker":1}}}`, `{"settings":{"data":["marker"]}}`,
		`{"settings":"marker"}`, `{"data":"marker"}`, `marker`, `{"settings":{"data":"marker`,
	} {
		w := serve(t, answers{"POST /v1/settings/backup": {raw(200, body)}})
		c, lines := client(t, w)
		data, err := c.Backup(t.Context(), "p")
		if e := failed(t, err); data != "" || e.Kind != api.Unknown || strings.Contains(err.Error()+lines.String(), "marker") {
			t.Errorf("%s: got %q, %v", body, data, err)
		}
	}
}

// An error of the API beside data is an error, and the data is not shown.
func TestBackup_errorAndData(t *testing.T) {
	for _, status := range []int{200, 500} {
		w := serve(t, answers{"POST /v1/settings/backup": {
			raw(status, `{"errors":[{"code":1014,"title":"Internal error"}],"settings":{"data":"marker"}}`),
		}})
		c, lines := client(t, w)
		data, err := c.Backup(t.Context(), "p")
		if e := failed(t, err); e.Code != 1014 || data != "" || strings.Contains(err.Error()+lines.String(), "marker") {
			t.Errorf("got %q, %v", data, err)
		}
	}
}

func TestBackup_tooLong(t *testing.T) {
	if testing.Short() {
		t.Skip("sends 64 MiB")
	}
	w := serve(t, answers{"POST /v1/settings/backup": {raw(200, `{"settings":{"data":"`+strings.Repeat("A", maxBackup)+`"}}`)}})
	c, _ := client(t, w, func(c *Config) { c.MaxRetries = 0 })
	_, err := c.Backup(t.Context(), "p")
	if err == nil || !strings.Contains(err.Error(), "longer than 67108864 bytes") {
		t.Errorf("got %v", err)
	}
}

// Only a backup may be that long.
func TestHealth_tooLong(t *testing.T) {
	w := serve(t, answers{"GET /v1/health": {raw(200, strings.Repeat(" ", 11<<20))}})
	c, _ := client(t, w, func(c *Config) { c.MaxRetries = 0 })
	_, err := c.Health(t.Context())
	if err == nil || !strings.Contains(err.Error(), "longer than 10485760 bytes") {
		t.Errorf("got %v", err)
	}
}

func TestClient_answerCutShort(t *testing.T) {
	for call, do := range everyCall {
		t.Run(call, func(t *testing.T) {
			w := serve(t, answers{call: {cut(`{"settings":{"data":"marker marker marker"}}`)}})
			c, lines := client(t, w, func(c *Config) { c.MaxRetries = 0 })
			err := do(t.Context(), c)
			if e := failed(t, err); e.Kind != api.Unavailable || e.Outcome != api.Unclear || e.Status != 200 {
				t.Errorf("got %+v", e)
			}
			if strings.Contains(err.Error()+lines.String(), "marker") {
				t.Errorf("the answer is shown: %v", err)
			}
		})
	}
}

func TestTwoStep(t *testing.T) {
	for name, body := range map[string]string{
		"nothing": "", "blank": " \n", "null": "null", "object": "{}\n", "meta": recorded(t, "success_meta.json"),
	} {
		w := serve(t, answers{
			"POST /v1/settings/account/two-step":   {raw(200, body)},
			"DELETE /v1/settings/account/two-step": {raw(200, body)},
		})
		c, _ := client(t, w)
		if err := c.RemovePIN(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := c.SetPIN(t.Context(), "012345"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if r := w.got()[2]; r.Body != `{"pin":"012345"}` {
			t.Errorf("sent %s", r.Body)
		}
	}
}

// What only looks like a success is none.
func TestTwoStep_notDone(t *testing.T) {
	for body, want := range map[string]api.Kind{
		"<html>Please log in</html>": api.Unknown, "[]": api.Unknown, "true": api.Unknown, `"ok"`: api.Unknown, "{": api.Unknown,
		`{"meta":{"success":false}}`: api.Unknown, `{"errors":[{"code":1009}]}`: api.Invalid, `{"errors":[{}]}`: api.Unknown,
	} {
		w := serve(t, answers{"DELETE /v1/settings/account/two-step": {raw(200, body)}})
		c, _ := client(t, w)
		if e := failed(t, c.RemovePIN(t.Context())); e.Kind != want {
			t.Errorf("%s: got %s %v", body, e.Kind, e)
		}
	}
}

func TestHealth(t *testing.T) {
	tests := []struct {
		body      string
		nodes     map[string]string
		connected bool
		text      string
	}{
		{recorded(t, "health_single.json"), map[string]string{"": "connected"}, true, "connected"},
		{recorded(t, "health_unregistered.json"), map[string]string{"": "unregistered"}, false, "unregistered"},
		{recorded(t, "health_cluster.json"), map[string]string{
			"host-1:0d11b1a6a3a2": "disconnected", "host-2:7a20c0b9e0f1": "disconnected",
			"host-3:5b7d55a0d6c3": "connected", "host-4:9fd3a5f0b1c2": "disconnected",
		}, true, "connected"},
		{recorded(t, "health_cluster_down.json"), map[string]string{
			"host-1:0d11b1a6a3a2": "uninitialized", "host-3:5b7d55a0d6c3": "disconnected",
			"host-4:9fd3a5f0b1c2": "disconnected", "host-5:21c3ab00d4e5": "",
		}, false, "disconnected, uninitialized"},
		{`{"health":{"gateway_status":"CONNECTED"}}`, map[string]string{"": "connected"}, true, "connected"},
		{`{"health":{"gateway_status":"new_one"}}`, map[string]string{"": "new_one"}, false, "new_one"},
		{`{"health":{"gateway_status":{"gateway_status":"connecting"},"x":1}}`,
			map[string]string{"gateway_status": "connecting"}, false, "connecting"},
	}
	for _, tt := range tests {
		w := serve(t, answers{"GET /v1/health": {raw(200, tt.body)}})
		c, _ := client(t, w)
		got, err := c.Health(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(Health{Nodes: tt.nodes}, got); diff != "" {
			t.Error(diff)
		}
		if got.Connected() != tt.connected || got.String() != tt.text {
			t.Errorf("%v: connected is %v, text %q", got.Nodes, got.Connected(), got)
		}
	}
	if h := (Health{}); h.Connected() || h.String() != "unknown" {
		t.Errorf("without nodes: %v, %s", h.Connected(), h)
	}
}

// The status stands in messages: what is no word does not get into one.
func TestHealth_noStatus(t *testing.T) {
	for _, body := range []string{
		"", "null", "{}", `{"health":null}`, `{"health":"connected"}`, `{"health":{}}`, `{"health":[]}`, `{"health":{"n":{}}}`,
		`{"health":{"gateway_status":7}}`, `{"health":{"gateway_status":"connected\u001b[2J"}}`, `{"health":{"gateway_status":"735119"}}`,
		"<html>connected</html>",
	} {
		w := serve(t, answers{"GET /v1/health": {raw(200, body)}})
		c, _ := client(t, w)
		got, err := c.Health(t.Context())
		if err == nil || got.Connected() {
			t.Errorf("%s: got %v, %v", body, got, err)
		}
	}
}

func TestSupport(t *testing.T) {
	date := func(y int, m time.Month, d, h, min, s int) time.Time {
		return time.Date(y, m, d, h, min, s, 0, time.UTC)
	}
	tests := map[string]struct {
		body string
		want Support
	}{
		"single": {recorded(t, "support_single.json"),
			Support{Number: "16315551019", Version: "2.45.1", Expires: date(2018, 9, 27, 14, 26, 7)}},
		"unregistered": {recorded(t, "support_unregistered.json"), Support{Version: "2.45.1"}},
		// The master's number and version, and the expiry of the node that stops first.
		"cluster": {recorded(t, "support_cluster.json"),
			Support{Number: "16315551019", Version: "2.45.1", Expires: date(2026, 3, 1, 0, 0, 0), MultiConnect: true}},
		"other types": {`{"support":{"debug_info":16315551019,"description":["x"],"expire_timestamp":1,"multi_connect":"true"}}`,
			Support{Number: "16315551019", MultiConnect: true}},
		"no master": {`{"support":{"b":{"debug_info":"2"},"a":{"debug_info":"1","multi_connect":true}}}`,
			Support{Number: "1", MultiConnect: true}},
		"other letters": {`{"support":{"debug_info":"Unregistered","description":" 2\u001b[2J.4 "}}`, Support{Version: "2[2J.4"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := serve(t, answers{"GET /v1/support": {raw(200, tt.body)}})
			c, _ := client(t, w)
			got, err := c.Support(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestSupport_nothing(t *testing.T) {
	for _, body := range []string{"", "null", "{}", `{"support":{}}`, `{"support":[]}`, `{"support":{"n":{"role":"coreapp"}}}`} {
		w := serve(t, answers{"GET /v1/support": {raw(200, body)}})
		c, _ := client(t, w)
		if got, err := c.Support(t.Context()); err == nil || got != (Support{}) {
			t.Errorf("%s: got %+v, %v", body, got, err)
		}
	}
}

func TestApplication(t *testing.T) {
	for body, want := range map[string]string{
		recorded(t, "application.json"):                       "16315551019",
		recorded(t, "application_unregistered.json"):          "",
		`{"settings":{"application":{"wa_id":16315551019}}}`:  "16315551019",
		`{"settings":{"application":{"wa_id":null,"x":[1]}}}`: "",
	} {
		w := serve(t, answers{"GET /v1/settings/application": {raw(200, body)}})
		c, _ := client(t, w)
		got, err := c.Application(t.Context())
		if err != nil || got.WAID != want {
			t.Errorf("%s: got %q, %v", body, got.WAID, err)
		}
	}
	for _, body := range []string{"", "null", "{}", `{"settings":{}}`, `{"settings":{"application":"x"}}`, `{"settings":[]}`} {
		w := serve(t, answers{"GET /v1/settings/application": {raw(200, body)}})
		c, _ := client(t, w)
		if got, err := c.Application(t.Context()); err == nil {
			t.Errorf("%s: got %+v", body, got)
		}
	}
}

func TestApplication_needsAnAdministrator(t *testing.T) {
	w := serve(t, answers{"GET /v1/settings/application": {file(t, 403, "error_role.json")}})
	c, _ := client(t, w)
	_, err := c.Application(t.Context())
	if e := failed(t, err); e.Kind != api.Denied || e.Code != 1005 || e.Outcome != api.Refused {
		t.Errorf("got %+v", e)
	}
}

func TestCA(t *testing.T) {
	ca := recorded(t, "ca.pem")
	key := "-----BEGIN PRIVATE KEY-----\nbWFya2Vy\n-----END PRIVATE KEY-----\n"
	tests := map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"one":             {raw(200, ca), ca},
		"two":             {raw(200, ca+ca), ca + ca},
		"key and text":    {raw(200, "Subject: x\n"+key+ca), ca}, // the key is nobody's business
		"none":            {raw(404, ""), ""},
		"none, with code": {file(t, 404, "error_not_found.json"), ""},
		"none, success":   {raw(200, ""), ""},
		"none, null":      {raw(200, "null"), ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := serve(t, answers{"GET /v1/certificates/external/ca": {tt.answer}})
			c, _ := client(t, w)
			got, err := c.CA(t.Context())
			if err != nil || got != tt.want {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
	for name, answer := range map[string]http.HandlerFunc{
		"no such path": file(t, 404, "error_internal.json"), "page": raw(404, "<html>404</html>"), "not PEM": raw(200, "hello"),
		"only a key": raw(200, key), "damaged": raw(200, strings.Replace(ca, "MIIB", "MIIC", 1)), "backend": raw(500, ""),
	} {
		t.Run(name, func(t *testing.T) {
			w := serve(t, answers{"GET /v1/certificates/external/ca": {answer}})
			c, _ := client(t, w)
			if got, err := c.CA(t.Context()); err == nil || got != "" {
				t.Errorf("got %q, %v", got, err)
			}
		})
	}
}

func TestParseTime(t *testing.T) {
	want := time.Date(2021, 9, 14, 15, 29, 26, 0, time.UTC)
	for _, s := range []text{
		"2021-09-14 15:29:26+00:00", "2021-09-14 17:29:26+02:00", "2021-09-14 15:29:26Z", "2021-09-14T15:29:26",
		"2021-09-14T15:29:26Z", "2021-09-14T12:29:26-03:00", "2021-09-14T15:29:26.000Z",
	} {
		if got := parseTime(s); !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("%s: got %s", s, got)
		}
	}
	for _, s := range []text{"", "never", "1631633366", "2021-09-14", "14.09.2021 15:29", "2021-02-30T00:00:00"} {
		if got := parseTime(s); !got.IsZero() {
			t.Errorf("%s: got %s", s, got)
		}
	}
}
