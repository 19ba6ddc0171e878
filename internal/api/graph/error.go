package graph

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// envelope is the body of every error of the API.
//
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
type envelope struct {
	Message     text            `json:"message"`
	Type        text            `json:"type"`
	Code        text            `json:"code"`
	Subcode     integer         `json:"error_subcode"`
	Data        json.RawMessage `json:"error_data"` // absent, an object or a string
	UserTitle   text            `json:"error_user_title"`
	UserMessage text            `json:"error_user_msg"`
	Transient   any             `json:"is_transient"`
	Trace       text            `json:"fbtrace_id"`
}

// details is error_data where it is an object.
type details struct {
	Details text    `json:"details"`
	Blamed  [][]any `json:"blame_field_specs"` // each a path in the request
}

// decodeError returns the error that an answer is, or nil if it is none. It never
// fails: what is not the documented form is an error too. minute is how long the waits
// that the API states in minutes are.
func decodeError(a *api.Answer, minute time.Duration) *api.Error {
	env, code, ok := parseEnvelope(a.Body)
	switch {
	case ok:
		return env.toError(code, a, minute)
	case a.Status < 200 || a.Status > 299:
		return withoutEnvelope(a)
	default:
		return nil
	}
}

// parseEnvelope finds the error object of a body, which must have a code. Whatever else
// in it has another type than documented is left empty.
func parseEnvelope(body []byte) (env *envelope, code int, ok bool) {
	var answer struct {
		Error json.RawMessage `json:"error"`
	}
	if json.Unmarshal(body, &answer) != nil || !isObject(answer.Error) {
		return nil, 0, false
	}
	env = new(envelope)
	if json.Unmarshal(answer.Error, env) != nil {
		return nil, 0, false
	}
	code, err := strconv.Atoi(string(env.Code))
	return env, code, err == nil
}

// toError sorts a documented error by its code.
func (env *envelope) toError(code int, a *api.Answer, minute time.Duration) *api.Error {
	known := lookup(code, int(env.Subcode), a.Status)
	e := &api.Error{
		Code: code, Subcode: int(env.Subcode),
		Kind: known.kind, Outcome: known.outcome, RetryAfter: time.Duration(known.minutes) * minute, OneAccount: known.account,
		Type: string(env.Type), Message: string(env.Message),
		UserTitle: string(env.UserTitle), UserMessage: string(env.UserMessage),
		Trace: string(env.Trace),
	}
	if known.kind == api.Unknown && (env.Transient == true || env.Transient == "true") {
		// Worth another try, says the API. It does not say that nothing was done.
		e.Kind, e.Outcome = api.Unavailable, api.Unclear
	}
	e.Reason, e.Fields = env.reason()
	if len(e.Fields) == 0 && known.field != "" {
		e.Fields = []string{known.field}
	}
	if e.Trace == "" {
		e.Trace = a.Header.Get("X-Fb-Trace-Id")
	}
	return e
}

// reason returns the longer explanation, and the request fields that are blamed.
func (env *envelope) reason() (string, []string) {
	data := env.Data
	var quoted string
	if json.Unmarshal(data, &quoted) == nil {
		if !isObject([]byte(quoted)) {
			return quoted, nil
		}
		data = []byte(quoted) // an object, written into a string
	}
	var d details
	if !isObject(data) {
		return "", nil
	}
	if json.Unmarshal(data, &d) != nil {
		d.Blamed = nil // of another form than known
	}
	var fields []string
	for _, path := range d.Blamed {
		if name, ok := first(path).(string); ok && name != "" {
			fields = append(fields, name)
		}
	}
	return string(d.Details), fields
}

func first(path []any) any {
	if len(path) == 0 {
		return nil
	}
	return path[0]
}

// withoutEnvelope returns the error for an answer that is not the API's own, for
// example that of a proxy. Nothing is concluded from it about token or object.
func withoutEnvelope(a *api.Answer) *api.Error {
	e := &api.Error{
		Kind: api.Unknown, Outcome: api.Refused,
		Message: "the answer is not one of the Graph API",
		Reason:  a.Excerpt(),
		Trace:   a.Header.Get("X-Fb-Trace-Id"),
	}
	switch {
	case a.Status == http.StatusTooManyRequests:
		e.Kind, e.Outcome = api.Throttled, api.NotDone
	case a.Status == http.StatusRequestTimeout, a.Status >= 500:
		e.Kind, e.Outcome = api.Unavailable, api.Unclear
	}
	return e
}

// unexpected returns the error for a successful answer that is not of the documented form.
func unexpected(a *api.Answer) *api.Error {
	return &api.Error{
		Kind: api.Unknown, Outcome: api.Unclear,
		Message: "the answer is not of the documented form",
		Reason:  a.Excerpt(),
		Trace:   a.Header.Get("X-Fb-Trace-Id"),
	}
}

// isObject says whether a piece of JSON is an object.
func isObject(b []byte) bool {
	var m map[string]json.RawMessage
	return strings.HasPrefix(strings.TrimSpace(string(b)), "{") && json.Unmarshal(b, &m) == nil
}

// asError returns the error of a call behind err.
func asError(err error) (*api.Error, bool) {
	var e *api.Error
	return e, errors.As(err, &e)
}
