package api

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Kind says what the caller can do about a failed call.
type Kind int

// The kinds of errors. A code that no source explains is Unknown, never guessed.
const (
	Unknown     Kind = iota // nothing is known: show it
	Invalid                 // a value in the call is wrong: change it
	NotFound                // the object is not there, or the token may not see it
	Conflict                // the state of the object forbids it: change that first
	Expired                 // the token is not, or no longer, valid
	Denied                  // the token is valid, but this is not allowed
	Throttled               // too many calls: wait
	Unavailable             // the service or the way to it is out of order: try again
)

var kindNames = [...]string{
	"unknown", "invalid", "not found", "conflict", "expired", "denied", "throttled", "unavailable",
}

// String returns the kind in words, for logs.
func (k Kind) String() string {
	if k < 0 || int(k) >= len(kindNames) {
		return fmt.Sprintf("kind %d", int(k))
	}
	return kindNames[k]
}

// Outcome says what is known of whether a failed call took effect.
type Outcome int

// The outcomes. The zero value is the careful one.
const (
	// Unclear means that the call may have taken effect: no answer, one that could
	// not be read, or one that does not say. Look before the call is repeated.
	Unclear Outcome = iota
	// Refused means that nothing was done, and that the same call will be refused again.
	Refused
	// NotDone means that nothing was done, and that the same call may succeed later.
	NotDone
)

var outcomeNames = [...]string{"unclear", "refused", "not done"}

// String returns the outcome in words, for logs.
func (o Outcome) String() string {
	if o < 0 || int(o) >= len(outcomeNames) {
		return fmt.Sprintf("outcome %d", int(o))
	}
	return outcomeNames[o]
}

// Error is one failed call, whichever interface it went to. Its texts come from the
// server with every secret of the call taken out.
type Error struct {
	Call        string        // method and path with names for ids: "POST /{phone-number-id}/register"
	Status      int           // HTTP status; 0 when there was no answer
	Code        int           // the API's error code; 0 when the answer carried none
	Subcode     int           // 0 when absent
	Kind        Kind          // what the caller can do about it
	Outcome     Outcome       // whether the call took effect, over all its attempts
	Type        string        // the API's class of error, such as "OAuthException"; says little
	Message     string        // the API's message
	Reason      string        // the API's longer explanation, or the beginning of an answer that could not be read
	UserTitle   string        // the API's title for end users; mostly absent
	UserMessage string        // the API's text for end users; mostly absent
	Fields      []string      // request fields the API blames, in its spelling
	RetryAfter  time.Duration // how long to wait before trying again; 0 when nobody said
	OneAccount  bool          // Throttled: only calls about the same account, not all of the app or user
	Trace       string        // the API's trace id; support asks for it
	Attempts    int           // how often the call was tried; 0 when it was given up before it was sent
	Err         error         // why there is no answer, or nil if there is one
}

// Error returns the error on one line: the call, what the API said, and the reference.
func (e *Error) Error() string {
	parts := make([]string, 0, 6)
	for _, s := range []string{e.Message, e.Reason, e.UserTitle, e.UserMessage} {
		if s != "" && !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	if len(parts) == 0 {
		parts = append(parts, "the call failed")
	}
	text := strings.Join(parts, ": ")
	if e.Call != "" {
		text = e.Call + ": " + text
	}
	if ref := e.reference(); ref != "" {
		text += " (" + ref + ")"
	}
	return text
}

// reference returns status, code, subcode and trace, as far as there are any.
func (e *Error) reference() string {
	var parts []string
	if e.Status != 0 {
		parts = append(parts, fmt.Sprintf("HTTP %d", e.Status))
	}
	if e.Code != 0 {
		parts = append(parts, fmt.Sprintf("code %d", e.Code))
	}
	if e.Subcode != 0 {
		parts = append(parts, fmt.Sprintf("subcode %d", e.Subcode))
	}
	if e.Trace != "" {
		parts = append(parts, "trace "+e.Trace)
	}
	return strings.Join(parts, ", ")
}

// Unwrap returns the reason why there is no answer, such as context.Canceled, or nil.
func (e *Error) Unwrap() error { return e.Err }

// IsKind reports whether err is, or wraps, an [Error] of kind k.
func IsKind(err error, k Kind) bool {
	var e *Error
	return errors.As(err, &e) && e.Kind == k
}

// HasCode reports whether err is, or wraps, an [Error] with one of the API's codes.
func HasCode(err error, codes ...int) bool {
	var e *Error
	return errors.As(err, &e) && slices.Contains(codes, e.Code)
}

// OutcomeOf returns what is known of whether the call behind err took effect. An error
// that is not from this package is Unclear, unless it has a method Outcome that knows
// better, as one has that is returned before anything is sent.
func OutcomeOf(err error) Outcome {
	var e *Error
	if errors.As(err, &e) {
		return e.Outcome
	}
	var teller interface {
		error
		Outcome() Outcome
	}
	if errors.As(err, &teller) {
		return teller.Outcome()
	}
	return Unclear
}
