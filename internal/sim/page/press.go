package page

import (
	"net/http"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// done is what a button does to a number. It reports whether there was anything to
// do it to.
type done func(s *sim.Server, id string) bool

// buttons are those of a number, by the name in their path.
var buttons = map[string]done{
	"deregister": (*sim.Server).Deregister,
	"ban":        (*sim.Server).Ban,
	"unban":      unban,
	"approve":    func(s *sim.Server, id string) bool { return s.Review(id, "APPROVED") },
	"decline":    func(s *sim.Server, id string) bool { return s.Review(id, "DECLINED") },
}

// steps are those of the clock.
var steps = map[string]time.Duration{"hour": time.Hour, "window": 72 * time.Hour}

// unban ends a ban, as an appeal does.
func unban(s *sim.Server, id string) bool {
	was := false
	s.Change(id, func(n *sim.Number) {
		if was = n.Status == "BANNED"; was {
			n.Status = "CONNECTED"
		}
	})
	return was
}

// press does what a button stands for, and shows the page again.
func (f *front) press(w http.ResponseWriter, r *http.Request) {
	button := r.PathValue("button")
	step, moves := steps[button]
	do, acts := buttons[button]
	switch {
	case moves:
		f.clock.Advance(step)
	case !acts:
		http.Error(w, "There is no such button.", http.StatusNotFound)
		return
	case !do(f.Server, named(w, r)):
		http.Error(w, "Nothing was changed: there is no such number, or nothing about it to change.", http.StatusConflict)
		return
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// named is the id that a form names, "" for none.
func named(w http.ResponseWriter, r *http.Request) string {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<12)
	return r.PostFormValue("number")
}
