package sim

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// graphError is an error as the Graph API answers it. HTTP statuses are those of
// Meta's list of error codes in its edition of December 2025, the last to have them.
// source: support/error-codes
type graphError struct {
	status, code, subcode  int
	kind                   string // the envelope's type; "" is OAuthException
	message                string
	details                string
	userTitle, userMessage string
	transient              bool
}

// envelope returns the body of the error. Members that have nothing to say are left
// out, as they are by Meta.
func (e *graphError) envelope(trace string) map[string]any {
	m := map[string]any{
		"message":    e.message,
		"type":       cmp.Or(e.kind, "OAuthException"),
		"code":       e.code,
		"fbtrace_id": trace,
	}
	if e.subcode != 0 {
		m["error_subcode"] = e.subcode
	}
	if e.details != "" {
		m["error_data"] = map[string]any{"messaging_product": "whatsapp", "details": e.details}
	}
	if e.userTitle != "" || e.userMessage != "" {
		m["error_user_title"], m["error_user_msg"] = e.userTitle, e.userMessage
	}
	if e.transient {
		m["is_transient"] = true
	}
	return map[string]any{"error": m}
}

// cloudError returns an error of the Cloud API: "(#code) title", and details.
func cloudError(status, code int, title, details string) *graphError {
	return &graphError{
		status: status, code: code, message: fmt.Sprintf("(#%d) %s", code, title), details: details,
	}
}

// invalid refuses a parameter.
func invalid(details string) *graphError {
	return cloudError(http.StatusBadRequest, 100, "Invalid parameter", details)
}

// notModelled answers for what the real API may do and the simulator does not. It
// looks like no error of Meta's, and like none that helps to repeat.
func notModelled(what string) *graphError {
	return &graphError{
		status: http.StatusNotImplemented, code: 3, kind: "NotModelled",
		message: "The simulator does not model this: " + what,
	}
}

// errNoObject is the answer for what does not exist, must not be seen, or does not
// do what is asked: Meta says the same for all three.
func errNoObject(method, id string) *graphError {
	return &graphError{
		status: http.StatusBadRequest, code: 100, subcode: 33, kind: "GraphMethodException",
		message: fmt.Sprintf("Unsupported %s request. Object with ID '%s' does not exist, cannot be loaded"+
			" due to missing permissions, or does not support this operation.", strings.ToLower(method), id),
	}
}

func errDeleted() *graphError {
	return cloudError(http.StatusBadRequest, 33, "Parameter value is not valid",
		"The business phone number has been deleted.")
}

func errUnknownPath(path []string) *graphError {
	return &graphError{
		status: http.StatusBadRequest, code: 2500,
		message: "Unknown path components: /" + strings.Join(path, "/"),
	}
}

// errNoField fails a whole read because of one field.
func errNoField(name, node string) *graphError {
	return &graphError{
		status: http.StatusBadRequest, code: 100,
		message: fmt.Sprintf("(#100) Tried accessing nonexisting field (%s) on node type (%s)", name, node),
	}
}

func errPINFormat() *graphError {
	e := invalid("Param pin must be a string of six digits.")
	e.subcode = 2388092
	e.userTitle, e.userMessage = "Invalid PIN format", "The PIN must have exactly six digits."
	return e
}

func errWait(code int, title string, wait time.Duration) *graphError {
	return cloudError(http.StatusBadRequest, code, title,
		fmt.Sprintf("Wait %d seconds before a PIN is entered again.", int(wait.Seconds()+0.999)))
}
