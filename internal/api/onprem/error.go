package onprem

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// The messages for answers that have none of their own.
const (
	foreign      = "the answer is not one of the On-Premises API"
	badToken     = "the token is not, or no longer, valid"
	unidentified = "user name or password is wrong"
)

// failure is one error of the API. The documentation shows it within a list, and once,
// for a blocked registration, alone.
//
// source: https://developers.facebook.com/docs/whatsapp/on-premises/errors
type failure struct {
	Code    text `json:"code"`
	Title   text `json:"title"`
	Details text `json:"details"`
}

// envelope is the body of an answer, as far as it tells of errors.
type envelope struct {
	failure
	Errors json.RawMessage `json:"errors"` // a list, in an answer of the API itself
	Meta   json.RawMessage `json:"meta"`
}

// meta is what providers that stand in front of the API put in place of an error.
type meta struct {
	Success any  `json:"success"`
	Message text `json:"developer_message"`
	Camel   text `json:"developerMessage"`
}

// decodeError returns the error that an answer is, or nil if it is none. It never
// fails: what is not the documented form is an error too. Of an answer that may hold a
// secret nothing is quoted but the API's own texts and pages of a proxy.
func decodeError(a *api.Answer, secret bool) *api.Error {
	good := a.Status >= 200 && a.Status <= 299
	f, ok := parseFailure(a.Body, good)
	switch {
	case ok:
		return f.toError(a.Status)
	case good:
		return nil
	}
	e := byStatus(a.Status)
	e.Reason = quote(a, secret)
	return e
}

// parseFailure finds the error in a body. good says that the status tells of none.
func parseFailure(body []byte, good bool) (failure, bool) {
	var env envelope
	if !isObject(body) || json.Unmarshal(body, &env) != nil {
		return failure{}, false
	}
	if f, ok := listed(env.Errors); ok {
		return f, true
	}
	if f := env.failure; f.code() != 0 && (!good || f.Title != "" || f.Details != "") {
		return f, true
	}
	var m meta
	if isObject(env.Meta) && json.Unmarshal(env.Meta, &m) == nil && (m.Success == false || m.Success == "false") {
		return failure{Title: cmp.Or(m.Message, m.Camel)}, true
	}
	return failure{}, false
}

// listed returns the first error with a code from a list, or else the first at all.
func listed(raw json.RawMessage) (failure, bool) {
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil {
		items = []json.RawMessage{raw} // a single one, without its list
	}
	var first failure
	found := false
	for _, item := range items {
		var f failure
		if !isObject(item) || json.Unmarshal(item, &f) != nil {
			continue
		}
		if f.code() != 0 {
			return f, true
		}
		if !found {
			first, found = f, true
		}
	}
	return first, found
}

// toError sorts an error by its code, and by the status only if it has none.
func (f failure) toError(status int) *api.Error {
	code := f.code()
	if code == 0 {
		e := byStatus(status)
		e.Message = cmp.Or(string(f.Title), e.Message)
		e.Reason = string(f.Details)
		return e
	}
	known := lookup(code, status)
	return &api.Error{
		Code: code, Kind: known.kind, Outcome: known.outcome, Message: string(f.Title), Reason: string(f.Details),
	}
}

// code returns the code as a number, or 0 if it is none.
func (f failure) code() int {
	n, err := strconv.Atoi(string(f.Code))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// byStatus returns the error for a status without a code. Of these, 401 is documented
// for a token that is not valid, and nothing else may be concluded about the token.
//
// source: https://developers.facebook.com/docs/whatsapp/on-premises/overview
func byStatus(status int) *api.Error {
	e := &api.Error{Kind: api.Unknown, Outcome: api.Unclear, Message: foreign}
	switch {
	case status == http.StatusUnauthorized:
		e.Kind, e.Outcome, e.Message = api.Expired, api.Refused, badToken
	case status == http.StatusForbidden:
		e.Kind, e.Outcome = api.Denied, api.Refused
	case status == http.StatusNotFound:
		e.Kind, e.Outcome = api.NotFound, api.Refused
	case status == http.StatusTooManyRequests:
		e.Kind, e.Outcome = api.Throttled, api.NotDone
	case status == http.StatusRequestTimeout, status >= 500:
		e.Kind = api.Unavailable
	case status >= 400:
		e.Outcome = api.Refused
	}
	return e
}

// unexpected returns the error for a successful answer that is not of the documented form.
func unexpected(a *api.Answer, secret bool) *api.Error {
	return &api.Error{
		Kind: api.Unknown, Outcome: api.Unclear,
		Message: "the answer is not of the documented form",
		Reason:  quote(a, secret),
	}
}

// quote returns the beginning of an answer. What could hold a secret that nobody has
// seen yet, and nothing could therefore take out, is not quoted.
func quote(a *api.Answer, secret bool) string {
	if secret && !bytes.HasPrefix(bytes.TrimSpace(a.Body), []byte("<")) {
		return ""
	}
	return a.Excerpt()
}

// isObject says whether a piece of JSON is an object.
func isObject(b []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(b), []byte("{")) }
