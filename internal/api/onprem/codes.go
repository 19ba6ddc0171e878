package onprem

import "github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"

// meaning is what is known of an error code.
type meaning struct {
	kind    api.Kind
	outcome api.Outcome
	text    string // what the code stands for, for whoever reads this table
	source  string // the page that says so
}

// The pages the table is taken from, below https://developers.facebook.com/docs/whatsapp.
const (
	errorCodes = "on-premises/errors"
	login      = "on-premises/reference/users/login"
)

// codes is the table of the codes that a call of this package can meet. Those of sending
// messages are not in it.
//
// Unknown are the codes that the API gives for reasons of every sort: 1014 also stands
// for a path that it does not know. Whether something was done is then judged by the
// HTTP status.
var codes = map[int]meaning{
	1000: {kind: api.Unknown, outcome: api.Unclear, text: "something went wrong", source: errorCodes},
	1014: {kind: api.Unknown, outcome: api.Unclear, text: "internal error, or no such path", source: errorCodes},

	// The account and the number.
	1005: {kind: api.Denied, outcome: api.Refused, text: "wrong credentials, not an administrator, an expired version, or registration is blocked: the details say which", source: errorCodes},
	1024: {kind: api.Denied, outcome: api.Refused, text: "the first password must be changed before anything else", source: login},
	1031: {kind: api.Denied, outcome: api.Refused, text: "the account of the number is locked", source: errorCodes},

	// The call.
	1004: {kind: api.Conflict, outcome: api.Refused, text: "the resource exists already", source: errorCodes},
	1006: {kind: api.NotFound, outcome: api.Refused, text: "there is no such resource", source: errorCodes},
	1008: {kind: api.Invalid, outcome: api.Refused, text: "a required parameter is missing", source: errorCodes},
	1009: {kind: api.Invalid, outcome: api.Refused, text: "the value of a parameter is not valid", source: errorCodes},
	1010: {kind: api.Invalid, outcome: api.Refused, text: "a parameter is not required", source: errorCodes},
	1013: {kind: api.Invalid, outcome: api.Refused, text: "the user is not valid", source: errorCodes},
	1021: {kind: api.Invalid, outcome: api.Refused, text: "the user is not valid", source: errorCodes},
	1022: {kind: api.Conflict, outcome: api.Refused, text: "no webhook is configured", source: errorCodes},
	1025: {kind: api.Invalid, outcome: api.Refused, text: "the request is not valid", source: errorCodes},

	// The state of the deployment. Another try may find it better.
	1011: {kind: api.Unavailable, outcome: api.NotDone, text: "the service is starting, or the number is not registered", source: errorCodes},
	1015: {kind: api.Throttled, outcome: api.NotDone, text: "too many requests", source: errorCodes},
	1016: {kind: api.Unavailable, outcome: api.NotDone, text: "the system is overloaded", source: errorCodes},
	1017: {kind: api.Unavailable, outcome: api.NotDone, text: "another node is the primary master, which alone serves this call", source: errorCodes},
	1018: {kind: api.Unavailable, outcome: api.NotDone, text: "another node is becoming the primary one of the shard", source: errorCodes},
	1023: {kind: api.Unavailable, outcome: api.Unclear, text: "the database failed", source: errorCodes},
}

// lookup returns what is known of a code. For one without a kind, and for an unknown
// one, the HTTP status says whether something was done, and no more.
func lookup(code, status int) meaning {
	m, ok := codes[code]
	if !ok {
		m.text = "unknown"
	}
	if m.kind == api.Unknown && status >= 400 && status <= 499 {
		m.outcome = api.Refused
	}
	return m
}
