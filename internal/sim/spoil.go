package sim

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

const gatewayPage = "<!DOCTYPE html>\n<html><head><title>Error</title></head>" +
	"<body><h1>Sorry, something went wrong.</h1></body></html>\n"

// spoil turns an answer into what a fault makes of it.
func (s *Server) spoil(a answer, f *Fault, req *request) answer {
	switch f.Kind {
	case FaultNoSuccess:
		a.replace(s.encode(req, map[string]any{"success": false}, nil))
	case FaultError, FaultErrorAfter, FaultEcho:
		s.refuse(&a, f, req)
	case FaultThrottle:
		a.replace(s.encode(req, nil, throttled(f)))
	default:
		a.damage(f)
	}
	s.reportUsage(&a, f, req)
	a.fault = f.Kind.String()
	return a
}

// damage does to an answer what a fault does to that of any API.
func (a *answer) damage(f *Fault) {
	switch f.Kind {
	case FaultResetBefore, FaultResetAfter, FaultCutBody:
		a.reset = true
	case FaultTruncate:
		a.cut = true
	case FaultHTML:
		a.raw(cmp.Or(f.Status, http.StatusBadGateway), "text/html; charset=utf-8", gatewayPage)
	case FaultHTMLAfter:
		a.raw(cmp.Or(f.Status, http.StatusOK), "text/html; charset=utf-8", gatewayPage)
	case FaultEmpty:
		a.raw(cmp.Or(f.Status, http.StatusOK), "", "")
	case FaultRedirect:
		a.raw(cmp.Or(f.Status, http.StatusFound), "", "")
		a.header.Set("Location", f.Message)
	case FaultUnknownEnum, FaultExtra:
		a.rewrite(f.Kind)
	}
}

// replace puts other in the place of an answer, but for what happened to the world.
func (a *answer) replace(other answer) {
	other.effective = a.effective
	*a = other
}

// raw puts a body that is none of Graph's in the place of an answer.
func (a *answer) raw(status int, contentType, body string) {
	a.replace(answer{status: status, header: http.Header{}, body: []byte(body)})
	if contentType != "" {
		a.header.Set("Content-Type", contentType)
	}
}

// refuse answers the error of a fault.
func (s *Server) refuse(a *answer, f *Fault, req *request) {
	switch {
	case f.Kind == FaultEcho:
		gerr := invalid(req.call.Header.Get("Authorization") + " " + string(req.call.Body))
		gerr.message += ": " + gerr.details
		a.replace(s.encode(req, nil, gerr))
	case f.Code == 0:
		a.raw(cmp.Or(f.Status, http.StatusInternalServerError), "text/plain; charset=utf-8", "upstream error\n")
	default:
		a.replace(s.encode(req, nil, f.graphError()))
	}
}

// graphError returns the error that a fault describes.
func (f *Fault) graphError() *graphError {
	return &graphError{
		status: cmp.Or(f.Status, http.StatusBadRequest), code: f.Code, subcode: f.Subcode,
		message: cmp.Or(f.Message, fmt.Sprintf("(#%d) Injected error", f.Code)),
		details: f.Details, userTitle: f.UserTitle, userMessage: f.UserMessage, transient: f.Transient,
	}
}

// throttled is the answer to too many calls: status 400, not 429.
// source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting
func throttled(f *Fault) *graphError {
	gerr := cloudError(cmp.Or(f.Status, http.StatusBadRequest), cmp.Or(f.Code, 80008),
		"There have been too many calls to this WhatsApp Business account", "Wait a bit and try again.")
	gerr.subcode = cmp.Or(f.Subcode, 2446079)
	return gerr
}

// reportUsage puts the usage headers into an answer, if the fault wants any.
func (s *Server) reportUsage(a *answer, f *Fault, req *request) {
	usage := f.Usage
	if f.Kind == FaultThrottle {
		usage = max(usage, 100)
	}
	if usage == 0 || a.reset {
		return
	}
	ofAccount := f.Kind == FaultThrottle && slices.Contains([]int{0, 80007, 80008}, f.Code)
	if !ofAccount { // what is used up by an account is not by the app
		a.header.Set("X-App-Usage", string(encodeJSON(counts(usage))))
	}
	a.showUsage(s.charged(req), usage, f.RegainMinutes)
}

func counts(usage int) map[string]any {
	return map[string]any{"call_count": usage, "total_cputime": 1, "total_time": 1}
}

// showUsage puts into an answer how much of the allowance of an account is used.
func (a *answer) showUsage(id string, usage, minutes int) {
	account := counts(usage)
	account["type"] = "whatsapp_business_management"
	account["estimated_time_to_regain_access"] = minutes
	a.header.Set("X-Business-Use-Case-Usage", string(encodeJSON(map[string]any{id: []any{account}})))
}

// charged returns the id of the account whose allowance a call counts against.
func (s *Server) charged(req *request) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.store.charged(req, s.store.app.ID)
}

// charged returns the id of the account that a call is about, or other.
func (st *store) charged(req *request, other string) string {
	if len(req.path) > 0 {
		if e := st.numbers[req.id()]; e != nil {
			return e.account.ID
		}
		if st.accounts[req.id()] != nil {
			return req.id()
		}
	}
	return other
}

// enums are the members of answers that hold enumerations.
const enums = " status platform_type host_platform code_verification_status name_status new_name_status" +
	" quality_rating account_mode level can_send_message entity_type type" +
	" whatsapp_business_manager_messaging_limit gateway_status socket_conn role api_status "

// rewrite changes the JSON of an answer in what nobody has heard of.
func (a *answer) rewrite(kind FaultKind) {
	var v any
	if json.Unmarshal(a.body, &v) != nil {
		return
	}
	alter(v, kind)
	a.body = encodeJSON(v)
}

func alter(v any, kind FaultKind) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			alter(item, kind)
		}
	case map[string]any:
		for k, item := range v {
			if _, text := item.(string); text && kind == FaultUnknownEnum && strings.Contains(enums, " "+k+" ") {
				v[k] = "SIM_UNHEARD_OF"
			}
			alter(item, kind)
		}
		if kind == FaultExtra {
			v["sim_unheard_of"] = map[string]any{"deep": []any{1, "two", nil}}
		}
	}
}
