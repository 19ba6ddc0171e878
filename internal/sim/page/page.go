// Package page shows in a browser what a simulator holds: accounts, numbers, and the
// calls as they arrive. Its buttons do what happens behind the back of a
// configuration: a number is deregistered or banned, a name is decided about, time
// passes. [New] puts it in front of the simulator, at / and under /_sim/, where the
// Graph API has nothing.
//
//   - page.go has the ways in, and who may use them;
//   - press.go has the buttons;
//   - view.go chooses what is shown, so that no secret is;
//   - page.html, page.css and page.js are the page, complete: it asks nobody else for
//     anything, and works without its script.
package page

import (
	"embed"
	"encoding/json"
	"html/template"
	"net"
	"net/http"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

//go:embed page.html page.css page.js
var files embed.FS

var templates = template.Must(template.ParseFS(files, "page.html"))

// prefix is where everything is but the page itself. An id of Meta's is digits and a
// version begins with v, so that no call of the API gets here.
const prefix = "/_sim/"

// front is the page before a simulator.
type front struct {
	*sim.Server
	clock *sim.Clock
}

// New returns a handler that serves the page, and hands everything else on to the
// simulator. The clock is the one that decides there.
func New(s *sim.Server, clock *sim.Clock) http.Handler {
	f := &front{s, clock}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", f.page)
	mux.HandleFunc("GET "+prefix+"state", f.state)
	for _, name := range []string{"page.css", "page.js"} {
		mux.HandleFunc("GET "+prefix+name, func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, files, name) })
	}
	mux.HandleFunc("POST "+prefix+"press/{button}", f.press)
	own := onlyHere(http.NewCrossOriginProtection().Handler(mux))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" || strings.HasPrefix(r.URL.Path, prefix) {
			own.ServeHTTP(w, r)
			return
		}
		s.ServeHTTP(w, r)
	})
}

// onlyHere refuses what was asked of another name than that of this machine. A page
// elsewhere could give its own name the address of the loopback, and would then count
// as being of the same origin.
func onlyHere(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopback(r.Host) {
			http.Error(w, "The page of the simulator is for this machine: open it as http://localhost or http://127.0.0.1.", http.StatusForbidden)
			return
		}
		for name, value := range headers {
			w.Header().Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}

// headers of every answer: nothing from elsewhere runs or is loaded, and no page
// elsewhere can put this one into a frame and have somebody click on it.
var headers = map[string]string{
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	"X-Content-Type-Options": "nosniff",
	"Referrer-Policy":        "same-origin",
	"Cache-Control":          "no-store",
}

func loopback(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// page is the whole page, filled in.
func (f *front) page(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = templates.ExecuteTemplate(w, "page.html", f.view()) // fails when nobody reads any more
}

// state is what changes on the page: the content of each element, by its id.
func (f *front) state(w http.ResponseWriter, _ *http.Request) {
	v, parts := f.view(), map[string]string{}
	for _, name := range []string{"clock", "world", "calls"} {
		var b strings.Builder
		if err := templates.ExecuteTemplate(&b, name, v); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		parts[name] = b.String()
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(parts) // fails when nobody reads any more
}
