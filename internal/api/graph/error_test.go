package graph

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// decode decodes a recorded body.
func decode(t *testing.T, status int, name string) *api.Error {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return decodeError(&api.Answer{Status: status, Body: body, Header: http.Header{}}, time.Minute)
}

func TestDecodeError(t *testing.T) {
	tests := []struct {
		file   string
		status int
		want   *api.Error
	}{
		{"success_bool.json", 200, nil},
		{"phone.json", 200, nil},
		{"error_pin_mismatch.json", 400, &api.Error{
			Code: 133005, Kind: api.Denied, Outcome: api.Refused, Type: "OAuthException",
			Message: "(#133005) Two step verification PIN Mismatch", Reason: "Two-step verification code mismatch.",
			Fields: []string{"pin"}, Trace: "Az8or2yhqkZfEZ-_4Qn_Bam",
		}},
		{"error_deletion.json", 400, &api.Error{
			Code: 133015, Kind: api.Unavailable, Outcome: api.NotDone, Type: "OAuthException", RetryAfter: 5 * time.Minute,
			Message: "(#133015) Please wait a few minutes before attempting to register this phone number",
			Reason: "The phone number you are attempting to register was recently deleted, " +
				"and its deletion has not yet completed.",
			Trace: "AbDeletion0000000000001",
		}},
		{"error_user_text.json", 400, &api.Error{
			Code: 100, Subcode: 2388103, Kind: api.Conflict, Outcome: api.Refused, Type: "OAuthException",
			Message: "Invalid parameter", UserTitle: "Cannot migrate phone number",
			UserMessage: "Your display name is not approved yet.", Fields: []string{"pin"}, Trace: "AbUserText0000000000001",
		}},
		{"error_transient.json", 400, &api.Error{
			Code: 987654, Kind: api.Unavailable, Outcome: api.Unclear, Type: "OAuthException",
			Message: "An unexpected error has occurred. Please retry your request later.", Trace: "AbTransient000000000001",
		}},
		{"gateway.html", 502, &api.Error{
			Kind: api.Unavailable, Outcome: api.Unclear, Message: "the answer is not one of the Graph API",
			Reason: "<!DOCTYPE html> <html> <head><title>502 Bad Gateway</title></head> " +
				"<body><center><h1>502 Bad Gateway</h1></center></body> </html>",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, decode(t, tt.status, tt.file)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDecodeError_otherForms(t *testing.T) {
	tests := map[string]struct {
		status int
		body   string
		want   api.Error
	}{
		"data is a string": {400, `{"error":{"code":100,"error_data":"what is wrong"}}`,
			api.Error{Code: 100, Kind: api.Invalid, Outcome: api.Refused, Reason: "what is wrong"}},
		"data is a list": {400, `{"error":{"code":100,"error_data":["x"]}}`,
			api.Error{Code: 100, Kind: api.Invalid, Outcome: api.Refused}},
		"blame of another form": {400, `{"error":{"code":100,"error_data":{"details":"d","blame_field_specs":"pin"}}}`,
			api.Error{Code: 100, Kind: api.Invalid, Outcome: api.Refused, Reason: "d"}},
		"blame is empty": {400, `{"error":{"code":100,"error_data":{"blame_field_specs":[[],[1],[""],["backup","data"]]}}}`,
			api.Error{Code: 100, Kind: api.Invalid, Outcome: api.Refused, Fields: []string{"backup"}}},
		"code is a string": {400, `{"error":{"code":"190","error_subcode":"463","message":5}}`,
			api.Error{Code: 190, Subcode: 463, Kind: api.Expired, Outcome: api.Refused, Message: "5"}},
		"no code": {500, `{"error":{"message":"m"}}`, api.Error{
			Kind: api.Unavailable, Outcome: api.Unclear,
			Message: "the answer is not one of the Graph API", Reason: `{"error":{"message":"m"}}`}},
		"code is no number": {400, `{"error":{"code":"x"}}`, api.Error{
			Outcome: api.Refused, Message: "the answer is not one of the Graph API", Reason: `{"error":{"code":"x"}}`}},
		"error is a string": {401, `{"error":"invalid_token"}`, api.Error{
			Outcome: api.Refused, Message: "the answer is not one of the Graph API", Reason: `{"error":"invalid_token"}`}},
		"nothing": {404, "", api.Error{Outcome: api.Refused, Message: "the answer is not one of the Graph API"}},
		"nothing, 408": {408, "", api.Error{
			Kind: api.Unavailable, Outcome: api.Unclear, Message: "the answer is not one of the Graph API"}},
		"nothing, 429": {429, "", api.Error{
			Kind: api.Throttled, Outcome: api.NotDone, Message: "the answer is not one of the Graph API"}},
		"a terminal's escapes": {400, "\x1b[2Jx\u0007", api.Error{
			Outcome: api.Refused, Message: "the answer is not one of the Graph API", Reason: "[2Jx"}},
		"known code, transient": {400, `{"error":{"code":133005,"is_transient":true}}`,
			api.Error{Code: 133005, Kind: api.Denied, Outcome: api.Refused, Fields: []string{"pin"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := decodeError(&api.Answer{Status: tt.status, Body: []byte(tt.body), Header: http.Header{}}, time.Minute)
			if diff := cmp.Diff(&tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDecodeError_traceFromTheHeader(t *testing.T) {
	h := http.Header{"X-Fb-Trace-Id": {"FromHeader"}}
	for _, body := range []string{`{"error":{"code":1}}`, "oops"} {
		if e := decodeError(&api.Answer{Status: 500, Body: []byte(body), Header: h}, 0); e.Trace != "FromHeader" {
			t.Errorf("%s: the trace is %q", body, e.Trace)
		}
	}
}

func TestDecodeError_showsABeginningOnly(t *testing.T) {
	e := decodeError(&api.Answer{Status: 500, Body: []byte(strings.Repeat("ä", 5000)), Header: http.Header{}}, 0)
	if e.Reason != strings.Repeat("ä", 200) {
		t.Errorf("the reason is %d bytes: %.50s", len(e.Reason), e.Reason)
	}
}

func TestLookup(t *testing.T) {
	tests := []struct {
		code, subcode, status int
		kind                  api.Kind
		outcome               api.Outcome
	}{
		{0, 0, 401, api.Expired, api.Refused},
		{102, 0, 400, api.Expired, api.Refused},
		{104, 0, 400, api.Expired, api.Refused},
		{101, 0, 400, api.Expired, api.Refused},
		{190, 463, 401, api.Expired, api.Refused},
		{190, 999, 401, api.Expired, api.Refused},
		{3, 0, 500, api.Denied, api.Refused},
		{10, 0, 403, api.Denied, api.Refused},
		{200, 0, 403, api.Denied, api.Refused},
		{230, 5, 403, api.Denied, api.Refused},
		{299, 0, 403, api.Denied, api.Refused},
		{300, 0, 403, api.Unknown, api.Refused},
		{368, 0, 403, api.Denied, api.Refused},
		{130403, 0, 400, api.Denied, api.Refused},
		{131005, 0, 403, api.Denied, api.Refused},
		{131031, 0, 403, api.Denied, api.Refused},
		{4, 0, 400, api.Throttled, api.NotDone},
		{4, 2446079, 400, api.Throttled, api.NotDone},
		{17, 0, 400, api.Throttled, api.NotDone},
		{32, 0, 400, api.Throttled, api.NotDone},
		{341, 0, 400, api.Throttled, api.NotDone},
		{613, 0, 400, api.Throttled, api.NotDone},
		{613, 1996, 400, api.Throttled, api.NotDone},
		{80007, 0, 400, api.Throttled, api.NotDone},
		{80008, 2446079, 400, api.Throttled, api.NotDone},
		{130429, 0, 400, api.Throttled, api.NotDone},
		{1, 0, 400, api.Unavailable, api.Unclear},
		{2, 0, 503, api.Unavailable, api.Unclear},
		{131000, 0, 500, api.Unavailable, api.Unclear},
		{131016, 0, 500, api.Unavailable, api.Unclear},
		{131057, 0, 500, api.Unavailable, api.Unclear},
		{133004, 0, 503, api.Unavailable, api.NotDone},
		{33, 0, 400, api.NotFound, api.Refused},
		{100, 33, 400, api.NotFound, api.Refused},
		{100, 0, 400, api.Invalid, api.Refused},
		{100, 2388092, 400, api.Invalid, api.Refused},
		{100, 12345, 400, api.Invalid, api.Refused},
		{100, 2207051, 400, api.Conflict, api.Refused},
		{133000, 0, 500, api.Conflict, api.Refused},
		{133005, 0, 400, api.Denied, api.Refused},
		{133006, 0, 400, api.Conflict, api.Refused},
		{133008, 0, 400, api.Denied, api.Refused},
		{133009, 0, 400, api.Denied, api.Refused},
		{133010, 0, 400, api.Conflict, api.Refused},
		{133015, 0, 400, api.Unavailable, api.NotDone},
		{133016, 0, 400, api.Denied, api.Refused},
		{136024, 0, 400, api.Conflict, api.Refused},
		{100, 2388012, 400, api.Conflict, api.Refused},
		{100, 2388091, 400, api.Conflict, api.Refused},
		{2200, 0, 400, api.Invalid, api.Refused},
		{2201, 0, 400, api.Invalid, api.Refused},
		{424242, 0, 400, api.Unknown, api.Refused},
		{424242, 0, 500, api.Unknown, api.Unclear},
		{424242, 0, 200, api.Unknown, api.Unclear},
	}
	for _, tt := range tests {
		m := lookup(tt.code, tt.subcode, tt.status)
		if m.kind != tt.kind || m.outcome != tt.outcome {
			t.Errorf("%d/%d: got %s, %s, want %s, %s", tt.code, tt.subcode, m.kind, m.outcome, tt.kind, tt.outcome)
		}
	}
}

// Whatever is in the table must make sense as a whole.
func TestCodes(t *testing.T) {
	for c, m := range codes {
		if m.text == "" || m.source == "" || m.kind == api.Unknown {
			t.Errorf("%v says too little: %+v", c, m)
		}
		again := m.kind == api.Throttled || m.kind == api.Unavailable
		if (m.outcome == api.NotDone) && !again || m.outcome == api.Refused && again {
			t.Errorf("%v is %s and %s", c, m.kind, m.outcome)
		}
	}
}

func FuzzDecodeError(f *testing.F) {
	names, err := filepath.Glob("testdata/*")
	if err != nil || len(names) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, name := range names {
		if body, err := os.ReadFile(name); err == nil {
			f.Add(400, body)
		}
	}
	f.Add(500, []byte(`{"error":{"code":1e99,"error_data":"{\"details\":{}}","is_transient":"true"}}`))
	f.Add(200, []byte(`{"error":{"code":-1,"error_data":{"blame_field_specs":[[null]]}}}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		e := decodeError(&api.Answer{Status: status, Body: body, Header: http.Header{}}, time.Minute)
		if e == nil {
			if status < 200 || status > 299 {
				t.Errorf("%d is no error", status)
			}
			return
		}
		if n := len([]rune(e.Reason)); e.Code == 0 && e.Message == "the answer is not one of the Graph API" && n > 200 {
			t.Errorf("%d characters are shown", n)
		}
		if e.Outcome == api.NotDone && e.Kind != api.Throttled && e.Kind != api.Unavailable {
			t.Errorf("not done, but %s", e.Kind)
		}
		if e.Error() == "" {
			t.Error("the error has no text")
		}
	})
}

func FuzzPhone(f *testing.F) {
	for _, name := range []string{"phone.json", "phone_all.json"} {
		body, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var p Phone
		if p.UnmarshalJSON(body) != nil {
			return
		}
		if diff := cmp.Diff(&p, p.clone()); diff != "" {
			t.Error(diff)
		}
		p.AccountID()
	})
}
