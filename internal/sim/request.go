package sim

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Versions of the API that are served. One that has expired is served by the oldest
// that has not, and a path without a version by the app's default.
// source: https://developers.facebook.com/docs/graph-api/changelog
const (
	oldestVersion  = 21
	newestVersion  = 26
	defaultVersion = 25
)

// maxBody is the most that is read of a body: a backup may be large.
const maxBody = 16 << 20

var versionPattern = regexp.MustCompile(`^v([0-9]{1,3})\.[0-9]$`)

// request is a request on its way to its route.
type request struct {
	call    Call
	route   *route
	path    []string // unescaped parts of the path after the version
	version int      // major number of the version asked for
	host    string
	form    params // parameters from the body
	bad     *graphError
	cut     bool      // the body ended before its announced length
	mover   *entry    // the number that the call is taking away from its deployment
	asks    *Callback // the callback that the call wants to be asked first
	asked   Challenge // what came of that
	usage   usage
	// effective is set by a handler when the call changed the world.
	effective bool
}

// params are the parameters of a POST: values of JSON, or strings of a form.
type params map[string]any

// id returns the id that the path begins with.
func (r *request) id() string { return r.path[0] }

func newRequest(r *http.Request) *request {
	req := &request{host: r.Host, version: defaultVersion}
	req.call = Call{
		Method: r.Method, Path: r.URL.EscapedPath(), Query: r.URL.Query(), Header: r.Header.Clone(),
	}
	req.split()
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	req.call.Body = body[:min(len(body), maxBody)]
	switch {
	case err != nil:
		req.cutOff()
	case len(body) > maxBody:
		req.bad = invalid("The body is larger than this simulator reads.")
	default:
		req.form, req.bad = decodeBody(r.Header.Get("Content-Type"), body)
	}
	return req
}

// cutOff notes that the body ended too early.
func (r *request) cutOff() {
	r.cut, r.bad = true, invalid("The body ended before its announced length.")
}

// split takes the path apart.
func (r *request) split() {
	parts := strings.Split(strings.Trim(r.call.Path, "/"), "/")
	if m := versionPattern.FindStringSubmatch(parts[0]); m != nil {
		r.call.Version = parts[0]
		r.version, _ = strconv.Atoi(m[1]) // at most three digits
		parts = parts[1:]
	}
	for _, p := range parts {
		if u, err := url.PathUnescape(p); err == nil {
			p = u
		}
		if p != "" {
			r.path = append(r.path, p)
		}
	}
}

// served returns the major version that answers.
func (r *request) served() int { return min(max(r.version, oldestVersion), newestVersion) }

// decodeBody reads the parameters from a body of JSON or of a form.
// source: https://developers.facebook.com/docs/graph-api/overview
func decodeBody(contentType string, body []byte) (params, *graphError) {
	if len(bytes.TrimSpace(body)) == 0 {
		return params{}, nil
	}
	media, _, _ := mime.ParseMediaType(contentType) // "" for what is none
	switch media {
	case "application/json":
		return decodeJSON(body)
	case "application/x-www-form-urlencoded":
		return decodeForm(body)
	case "multipart/form-data":
		return nil, notModelled("a multipart body")
	}
	return nil, invalid("The content type of the body is neither JSON nor a form.")
}

func decodeJSON(body []byte) (params, *graphError) {
	var p params
	if err := json.Unmarshal(body, &p); err != nil || p == nil {
		return nil, invalid("The body is not a JSON object.")
	}
	return p, nil
}

func decodeForm(body []byte) (params, *graphError) {
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, invalid("The body is not a form.")
	}
	p := params{}
	for k, v := range values {
		p[k] = v[0]
	}
	return p, nil
}

// params returns the parameters of a POST. Keys other than those of known are
// refused, for a misspelt one would have no effect without a word; the ones about
// the caller are allowed everywhere. Graph would take parameters from the URL too,
// but that is where a PIN ends up in access logs, so it is not modelled.
func (r *request) params(known ...string) (params, *graphError) { return r.paramsFrom(nil, known...) }

// paramsFrom is params for a call that is documented with parameters in the URL:
// those of inURL may stand there, if they are not in the body too.
func (r *request) paramsFrom(inURL []string, known ...string) (params, *graphError) {
	if r.bad != nil {
		return nil, r.bad
	}
	all := maps.Clone(r.form)
	for k := range r.call.Query {
		if k == "appsecret_proof" || k == "appsecret_time" {
			continue
		}
		_, twice := all[k]
		if twice || !slices.Contains(inURL, k) {
			return nil, notModelled("parameter " + k + " of a " + r.call.Method + " in the URL")
		}
		all[k] = r.call.Query.Get(k)
	}
	known = append(known, "messaging_product", "appsecret_proof", "appsecret_time")
	if err := all.only(append(known, inURL...)); err != nil {
		return nil, err
	}
	return all, nil
}

// argument returns a parameter that may stand in the URL or in the body.
func (r *request) argument(name string) string {
	if v := r.call.Query.Get(name); v != "" {
		return v
	}
	switch v := r.form[name].(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}
