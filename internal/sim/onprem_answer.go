package sim

import (
	"cmp"
	"net/http"
)

// nothing is the value of a call of On-Premises that has nothing to tell but that
// it succeeded.
type nothing struct{}

// plain is a value that is text, not JSON.
type plain string

// missing is the value of what is not there: 404 with nothing in it.
type missing struct{}

// emptyForms are the bodies that On-Premises shows for a success without content.
// Meta's pages show null and {}, its Postman collection the others.
var emptyForms = []string{"", "null", "{}", "meta"}

// encodeVisit turns the result of a handler into an answer.
func (w webapp) encodeVisit(v *visit, value any, err *onpremError) answer {
	a := answer{status: http.StatusOK, header: http.Header{}}
	if err != nil {
		a.status, a.code = err.status, err.code
		value = err.envelope()
	}
	switch value := value.(type) {
	case missing:
		a.status = http.StatusNotFound
	case plain:
		a.raw(http.StatusOK, "text/plain", string(value))
	case nothing:
		a.json(w.emptyBody(v))
	case map[string]any:
		value["meta"] = v.meta()
		a.json(encodeJSON(value))
	}
	return a
}

// json puts JSON into an answer; nothing at all is no JSON.
func (a *answer) json(body []byte) {
	a.body = body
	if len(body) > 0 {
		a.header.Set("Content-Type", "application/json")
	}
}

func (v *visit) meta() map[string]any {
	return map[string]any{"version": v.version, "api_status": "stable"}
}

// emptyBody returns the body of a success without content.
func (w webapp) emptyBody(v *visit) []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	form := emptyForms[w.empties%len(emptyForms)]
	w.empties++
	if w.options.emptySuccess != nil {
		form = *w.options.emptySuccess
	}
	if form == "meta" {
		return encodeJSON(map[string]any{"meta": v.meta()})
	}
	return []byte(form)
}

// spoilVisit turns an answer of On-Premises into what a fault makes of it.
func (w webapp) spoilVisit(a answer, f *Fault, v *visit) answer {
	switch f.Kind {
	case FaultNoSuccess:
		a.replace(w.encodeVisit(v, map[string]any{"success": false}, nil))
	case FaultError, FaultErrorAfter:
		if f.Code == 0 {
			a.raw(cmp.Or(f.Status, http.StatusInternalServerError), "text/plain; charset=utf-8", "upstream error\n")
			break
		}
		a.replace(w.encodeVisit(v, nil, f.onpremError()))
	case FaultEcho:
		a.replace(w.encodeVisit(v, nil, onpremFailure(1009,
			v.call.Header.Get("Authorization")+" "+string(v.call.Body))))
	case FaultThrottle:
		a.replace(w.encodeVisit(v, nil, onpremFailure(1015, "Wait a bit and try again.")))
	default:
		a.damage(f)
	}
	a.fault = f.Kind.String()
	return a
}

// onpremError returns the error of On-Premises that a fault describes.
func (f *Fault) onpremError() *onpremError {
	err := onpremFailure(f.Code, f.Details)
	err.status = cmp.Or(f.Status, err.status)
	err.title = cmp.Or(f.Message, err.title)
	return err
}
