package sim

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime"
	"net/http"
	"slices"
	"time"
)

// visit is a request on its way to a route of On-Premises.
type visit struct {
	call    Call
	route   *onpremRoute
	version string // of the client, for meta
	form    params
	bad     *onpremError

	// Set once the request is carried out, under the Server's lock.
	entry     *entry
	now       time.Time
	token     string // the bearer token sent
	effective bool   // the call changed the world
}

func (w webapp) newVisit(r *http.Request) *visit {
	v := &visit{call: Call{
		Deployment: w.number, Method: r.Method, Path: r.URL.EscapedPath(),
		Query: r.URL.Query(), Header: r.Header.Clone(),
	}}
	if d, ok := w.Deployment(w.number); ok {
		v.version = d.Version
	}
	for _, route := range onpremRoutes() {
		if route.method == r.Method && route.path == v.call.Path {
			v.route, v.call.Route = &route, route.String()
		}
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	v.call.Body = body[:min(len(body), maxBody)]
	if err != nil || len(body) > maxBody {
		v.bad = errCutOff()
		return v
	}
	v.form, v.bad = decodeVisit(r.Header.Get("Content-Type"), body)
	return v
}

func errCutOff() *onpremError {
	return onpremFailure(1025, "The body is cut off, or larger than this simulator reads.")
}

// cutVisit ends the body of a request after n bytes.
func (w webapp) cutVisit(v *visit, n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	v.call.Body = v.call.Body[:min(n, len(v.call.Body))]
	v.bad = errCutOff()
}

// decodeVisit reads a body, which is an object of JSON or nothing.
func decodeVisit(contentType string, body []byte) (params, *onpremError) {
	p := params{}
	if len(bytes.TrimSpace(body)) == 0 {
		return p, nil
	}
	if media, _, _ := mime.ParseMediaType(contentType); media != "application/json" { // "" for what is none
		return nil, onpremFailure(1025, "The content type of the body is not application/json.")
	}
	if err := json.Unmarshal(body, &p); err != nil || p == nil {
		return nil, onpremFailure(1025, "The body is not a JSON object.")
	}
	return p, nil
}

// deployment returns the deployment that the request is for, to read and to change.
func (v *visit) deployment() *Deployment { return v.entry.Deployment }

// params returns the parameters of a request. A key that is not known is refused.
func (v *visit) params(known ...string) (params, *onpremError) {
	if v.bad != nil {
		return nil, v.bad
	}
	for _, k := range slices.Sorted(maps.Keys(v.form)) {
		if !slices.Contains(known, k) {
			return nil, onpremFailure(1010, fmt.Sprintf("Parameter %q is not required.", k))
		}
	}
	return v.form, nil
}

// required returns a parameter that must be there, as a string that is not empty.
func (p params) required(name string) (string, *onpremError) {
	switch value := p[name].(type) {
	case nil:
		return "", onpremFailure(1008, fmt.Sprintf("Parameter %s is missing.", name))
	case string:
		if value != "" {
			return value, nil
		}
	}
	return "", onpremFailure(1009, fmt.Sprintf("Parameter %s must be a string that is not empty.", name))
}
