package onprem

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// decode decodes a body.
func decode(status int, body string, secret bool) *api.Error {
	return decodeError(&api.Answer{Status: status, Body: []byte(body), Header: http.Header{}}, secret)
}

func TestDecodeError(t *testing.T) {
	tests := []struct {
		file   string
		status int
		want   *api.Error
	}{
		{"login.json", 200, nil},
		{"backup.json", 200, nil},
		{"health_cluster_down.json", 200, nil}, // the error is that of a node
		{"ca.pem", 200, nil},
		{"success_meta.json", 200, nil},
		{"error_access.json", 401, &api.Error{
			Code: 1005, Kind: api.Denied, Outcome: api.Refused, Message: "Access denied", Reason: "Invalid credentials."}},
		{"error_bare.json", 403, &api.Error{
			Code: 1005, Kind: api.Denied, Outcome: api.Refused, Message: "Access denied",
			Reason: "Unknown error: biz_link_on_prem_reg_blocked"}},
		{"error_bare.json", 200, &api.Error{
			Code: 1005, Kind: api.Denied, Outcome: api.Refused, Message: "Access denied",
			Reason: "Unknown error: biz_link_on_prem_reg_blocked"}},
		{"error_internal.json", 404, &api.Error{Code: 1014, Outcome: api.Refused, Message: "Internal error"}},
		{"error_internal.json", 500, &api.Error{Code: 1014, Outcome: api.Unclear, Message: "Internal error"}},
		{"error_not_found.json", 500, &api.Error{Code: 1006, Kind: api.NotFound, Outcome: api.Refused, Message: "Resource not found"}},
		{"error_database.json", 400, &api.Error{
			Code: 1023, Kind: api.Unavailable, Outcome: api.Unclear, Message: "Database error occurred"}},
		{"error_provider.json", 401, &api.Error{Kind: api.Expired, Outcome: api.Refused, Message: "Invalid api key"}},
		{"error_provider_camel.json", 555, &api.Error{
			Kind: api.Unavailable, Outcome: api.Unclear, Message: "The number is not connected"}},
		{"gateway.html", 503, &api.Error{
			Kind: api.Unavailable, Outcome: api.Unclear, Message: foreign,
			Reason: "<html> <head><title>503 Service Temporarily Unavailable</title></head> <body> " +
				"<center><h1>503 Service Temporarily Unavailable</h1></center> </body> </html>"}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, decode(tt.status, recorded(t, tt.file), false)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDecodeError_otherForms(t *testing.T) {
	tests := map[string]struct {
		status int
		body   string
		want   *api.Error
	}{
		"no list":            {400, `{"errors":{"code":1009,"title":"t"}}`, &api.Error{Code: 1009, Kind: api.Invalid, Outcome: api.Refused, Message: "t"}},
		"code is a string":   {400, `{"errors":[{"code":"1009","title":7}]}`, &api.Error{Code: 1009, Kind: api.Invalid, Outcome: api.Refused, Message: "7"}},
		"several":            {400, `{"errors":[3,{},{"title":"x"},{"code":1008},{"code":1009}]}`, &api.Error{Code: 1008, Kind: api.Invalid, Outcome: api.Refused}},
		"without code":       {403, `{"errors":[{"title":"t","details":"d"}]}`, &api.Error{Kind: api.Denied, Outcome: api.Refused, Message: "t", Reason: "d"}},
		"code is no number":  {500, `{"errors":[{"code":"x"}]}`, &api.Error{Kind: api.Unavailable, Message: foreign}},
		"unknown code":       {503, `{"errors":[{"code":1999,"title":"t"}]}`, &api.Error{Code: 1999, Message: "t"}},
		"unknown code, 4xx":  {403, `{"errors":[{"code":1999}]}`, &api.Error{Code: 1999, Outcome: api.Refused}},
		"errors is null":     {200, `{"errors":null}`, nil},
		"errors is empty":    {200, `{"errors":[]}`, nil},
		"errors is a string": {400, `{"errors":"x"}`, &api.Error{Outcome: api.Refused, Message: foreign, Reason: `{"errors":"x"}`}},
		"code alone":         {400, `{"code":1009}`, &api.Error{Code: 1009, Kind: api.Invalid, Outcome: api.Refused}},
		"a code of its own":  {200, `{"code":1009}`, nil},
		"success as text":    {200, `{"meta":{"success":"false"}}`, &api.Error{Message: foreign}},
		"meta is a list":     {200, `{"meta":[]}`, nil},
		"nothing, 400":       {400, "", &api.Error{Outcome: api.Refused, Message: foreign}},
		"nothing, 401":       {401, "", &api.Error{Kind: api.Expired, Outcome: api.Refused, Message: "the token is not, or no longer, valid"}},
		"nothing, 403":       {403, "", &api.Error{Kind: api.Denied, Outcome: api.Refused, Message: foreign}},
		"nothing, 404":       {404, "", &api.Error{Kind: api.NotFound, Outcome: api.Refused, Message: foreign}},
		"nothing, 408":       {408, "", &api.Error{Kind: api.Unavailable, Message: foreign}},
		"nothing, 429":       {429, "", &api.Error{Kind: api.Throttled, Outcome: api.NotDone, Message: foreign}},
		"nothing, 502":       {502, "", &api.Error{Kind: api.Unavailable, Message: foreign}},
		"list":               {400, "[1]", &api.Error{Outcome: api.Refused, Message: foreign, Reason: "[1]"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, decode(tt.status, tt.body, false)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// Where the answer may hold a secret, only the page of a proxy is quoted.
func TestDecodeError_secret(t *testing.T) {
	for body, want := range map[string]string{
		"{\"settings\":{\"data\":\"marker\"}}": "", "marker": "", `"marker"`: "", " <html>x</html>": "<html>x</html>",
	} {
		if e := decode(500, body, true); e.Reason != want {
			t.Errorf("%s: the reason is %q", body, e.Reason)
		}
	}
}

func TestDecodeError_showsABeginningOnly(t *testing.T) {
	if e := decode(500, strings.Repeat("ä", 5000), false); e.Reason != strings.Repeat("ä", 200) {
		t.Errorf("the reason is %d bytes: %.50s", len(e.Reason), e.Reason)
	}
}

func TestLookup(t *testing.T) {
	tests := []struct {
		code, status int
		kind         api.Kind
		outcome      api.Outcome
	}{
		{1000, 500, api.Unknown, api.Unclear}, {1000, 400, api.Unknown, api.Refused},
		{1004, 400, api.Conflict, api.Refused},
		{1005, 401, api.Denied, api.Refused},
		{1006, 404, api.NotFound, api.Refused},
		{1008, 400, api.Invalid, api.Refused},
		{1009, 400, api.Invalid, api.Refused},
		{1010, 400, api.Invalid, api.Refused},
		{1011, 503, api.Unavailable, api.NotDone}, {1011, 400, api.Unavailable, api.NotDone},
		{1013, 400, api.Invalid, api.Refused},
		{1014, 500, api.Unknown, api.Unclear}, {1014, 404, api.Unknown, api.Refused},
		{1015, 429, api.Throttled, api.NotDone},
		{1016, 503, api.Unavailable, api.NotDone},
		{1017, 503, api.Unavailable, api.NotDone},
		{1018, 503, api.Unavailable, api.NotDone},
		{1021, 400, api.Invalid, api.Refused},
		{1022, 400, api.Conflict, api.Refused},
		{1023, 500, api.Unavailable, api.Unclear},
		{1024, 400, api.Denied, api.Refused},
		{1025, 400, api.Invalid, api.Refused},
		{1031, 403, api.Denied, api.Refused},
		{4242, 400, api.Unknown, api.Refused}, {4242, 503, api.Unknown, api.Unclear}, {4242, 200, api.Unknown, api.Unclear},
	}
	tested := map[int]bool{}
	for _, tt := range tests {
		tested[tt.code] = true
		if m := lookup(tt.code, tt.status); m.kind != tt.kind || m.outcome != tt.outcome {
			t.Errorf("%d with %d: got %s, %s, want %s, %s", tt.code, tt.status, m.kind, m.outcome, tt.kind, tt.outcome)
		}
	}
	for code := range codes {
		if !tested[code] {
			t.Errorf("%d is in the table, but not here", code)
		}
	}
}

// Whatever is in the table must make sense as a whole.
func TestCodes(t *testing.T) {
	for c, m := range codes {
		if m.text == "" || m.source == "" {
			t.Errorf("%d says too little: %+v", c, m)
		}
		again := m.kind == api.Throttled || m.kind == api.Unavailable
		if (m.outcome == api.NotDone) && !again || m.outcome == api.Refused && again {
			t.Errorf("%d is %s and %s", c, m.kind, m.outcome)
		}
	}
}

func FuzzDecodeError(f *testing.F) {
	names, err := filepath.Glob("testdata/*.*")
	if err != nil || len(names) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, name := range names {
		if body, err := os.ReadFile(name); err == nil {
			f.Add(400, body, false)
			f.Add(200, body, true)
		}
	}
	f.Add(500, []byte(`{"errors":[{"code":1e99,"title":{}}],"code":"1005"}`), true)
	f.Add(200, []byte(`{"errors":{"errors":[null]},"meta":{"success":0}}`), false)
	f.Fuzz(func(t *testing.T, status int, body []byte, secret bool) {
		e := decodeError(&api.Answer{Status: status, Body: body, Header: http.Header{}}, secret)
		if e == nil {
			if status < 200 || status > 299 {
				t.Errorf("%d is no error", status)
			}
			return
		}
		if e.Code == 0 && e.Message == "" && e.Reason == "" || e.Error() == "" {
			t.Errorf("the error says nothing: %+v", e)
		}
		if e.Outcome == api.NotDone && e.Kind != api.Throttled && e.Kind != api.Unavailable {
			t.Errorf("not done, but %s", e.Kind)
		}
	})
}

// What the calls read has no form that ends in a panic.
func FuzzAnswers(f *testing.F) {
	names, err := filepath.Glob("testdata/*.json")
	if err != nil || len(names) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, name := range names {
		if body, err := os.ReadFile(name); err == nil {
			f.Add(body)
		}
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if held, ok := parseToken(body); ok && !sendable(held.text) {
			t.Errorf("the token %q cannot be sent", held.text)
		}
		h := Health{Nodes: parseHealth(body)}
		if h.Connected() != (h.String() == connected) {
			t.Errorf("connected is %v, and the text %q", h.Connected(), h)
		}
		if s, ok := parseSupport(body); !ok && s != (Support{}) {
			t.Errorf("got %+v from nothing", s)
		}
		nothing(body)
	})
}
