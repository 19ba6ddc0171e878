package sim

import "net/http"

// onpremError is an error as On-Premises answers it.
// source: whatsapp/api/errors
type onpremError struct {
	status, code   int
	title, details string
}

// onpremCodes are the codes with their titles and HTTP statuses. Meta lists no
// status beside a code, so these are inferred; documented are 401 for a token that
// is not valid and 404 for a certificate that is not there.
var onpremCodes = map[int]struct {
	status int
	title  string
}{
	1000: {http.StatusInternalServerError, "Generic error"},
	1004: {http.StatusBadRequest, "Resource already exists"},
	1005: {http.StatusForbidden, "Access denied"},
	1006: {http.StatusNotFound, "Resource not found"},
	1008: {http.StatusBadRequest, "Required parameter is missing"},
	1009: {http.StatusBadRequest, "Parameter value is not valid"},
	1010: {http.StatusBadRequest, "Parameter is not required"},
	1011: {http.StatusServiceUnavailable, "Service not ready"},
	1013: {http.StatusBadRequest, "User is not valid"},
	1014: {http.StatusInternalServerError, "Internal error"},
	1015: {http.StatusTooManyRequests, "Too many requests"},
	1016: {http.StatusServiceUnavailable, "System overloaded"},
	1017: {http.StatusServiceUnavailable, "Not Primary Master"},
	1018: {http.StatusServiceUnavailable, "Not Primary Coreapp"},
	1021: {http.StatusBadRequest, "Bad User"},
	1022: {http.StatusBadRequest, "Webhooks URL is not configured"},
	1023: {http.StatusInternalServerError, "Database error occurred"},
	1024: {http.StatusBadRequest, "Password Change Required"},
	1025: {http.StatusBadRequest, "Invalid Request"},
	1031: {http.StatusForbidden, "Sender account has been locked"},
}

// onpremFailure returns the error with this code. A code that is not listed gets
// the status of a bad request.
func onpremFailure(code int, details string) *onpremError {
	c, known := onpremCodes[code]
	if !known {
		c.status, c.title = http.StatusBadRequest, "Injected error"
	}
	return &onpremError{status: c.status, code: code, title: c.title, details: details}
}

// errCredentials is for callers who are not who they say.
func errCredentials(details string) *onpremError {
	err := onpremFailure(1005, details)
	err.status = http.StatusUnauthorized
	return err
}

// errNoEndpoint is for a path that is not served, or not with this method.
func errNoEndpoint() *onpremError {
	err := onpremFailure(1014, "Endpoint not found")
	err.status = http.StatusNotFound
	return err
}

// onpremNotModelled answers for what the real API may do and the simulator does
// not, as [notModelled] does for the Graph API.
func onpremNotModelled(what string) *onpremError {
	return &onpremError{
		status: http.StatusNotImplemented, code: 1000, title: "Not modelled",
		details: "The simulator does not model this: " + what,
	}
}

// envelope returns the body of the error.
func (e *onpremError) envelope() map[string]any {
	m := map[string]any{"code": e.code, "title": e.title}
	if e.details != "" {
		m["details"] = e.details
	}
	return map[string]any{"errors": []any{m}}
}
