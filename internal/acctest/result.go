package acctest

import (
	"encoding/json"
	"strings"
)

// Succeeds fails the test if there was an error, and returns the result.
func (r *Result) Succeeds() *Result {
	r.w.t.Helper()
	if r.Code == 1 || len(r.of("error")) > 0 {
		r.w.t.Fatalf("Terraform failed:\n%s", r.text())
	}
	return r
}

// Fails fails the test unless there is an error at a line of the configuration
// that contains at ("" for an error without one), and whose text contains all
// the given fragments. Line breaks count as blanks.
func (r *Result) Fails(at string, fragments ...string) *Result {
	r.w.t.Helper()
	if r.Code != 1 || !r.has("error", at, fragments) {
		r.w.t.Errorf("exit code %d, no error at %q with %q:\n%s", r.Code, at, fragments, r.text())
	}
	return r
}

// Warns fails the test unless there is exactly one warning with the fragments.
func (r *Result) Warns(fragments ...string) *Result {
	r.w.t.Helper()
	n := 0
	for _, d := range r.of("warning") {
		if d.contains(fragments) {
			n++
		}
	}
	if n != 1 {
		r.w.t.Errorf("%d warnings, not one, contain %q:\n%s", n, fragments, r.text())
	}
	return r
}

// Quiet fails the test if there is a warning.
func (r *Result) Quiet() *Result {
	r.w.t.Helper()
	if len(r.of("warning")) > 0 {
		r.w.t.Errorf("unexpected warnings:\n%s", r.text())
	}
	return r
}

// Changes fails the test unless the plan has changes, or has none, as wanted.
func (r *Result) Changes(want bool) *Result {
	r.w.t.Helper()
	if (r.Code == 2) != want {
		r.w.t.Errorf("exit code %d, changes wanted: %t\n%s", r.Code, want, r.Output)
	}
	return r
}

// Sent fails the test unless exactly these requests were sent by this run.
func (r *Result) Sent(want ...string) *Result {
	r.w.t.Helper()
	if strings.Join(r.Asked, "\n") != strings.Join(want, "\n") {
		r.w.t.Errorf("asked of the API:\n  %s\nwant:\n  %s", strings.Join(r.Asked, "\n  "), strings.Join(want, "\n  "))
	}
	return r
}

// Count is how often a request was sent by this run.
func (r *Result) Count(route string) int {
	n := 0
	for _, asked := range r.Asked {
		if asked == route {
			n++
		}
	}
	return n
}

// of returns the diagnostics of a severity.
func (r *Result) of(severity string) []Diagnostic {
	var some []Diagnostic
	for _, d := range r.Diagnostics {
		if d.Severity == severity {
			some = append(some, d)
		}
	}
	return some
}

func (r *Result) has(severity, at string, fragments []string) bool {
	for _, d := range r.of(severity) {
		if strings.Contains(d.Code, at) && d.contains(fragments) {
			return true
		}
	}
	return false
}

func (d Diagnostic) contains(fragments []string) bool {
	text := strings.Join(strings.Fields(d.Summary+" "+d.Detail), " ")
	for _, fragment := range fragments {
		if !strings.Contains(text, fragment) {
			return false
		}
	}
	return true
}

// text is the diagnostics for a failure message, everything if there are none.
func (r *Result) text() string {
	if len(r.Diagnostics) == 0 {
		return r.Output
	}
	var b strings.Builder
	for _, d := range r.Diagnostics {
		b.WriteString(d.Severity + ": " + d.Summary + "\n  at: " + d.Code + "\n  " + strings.ReplaceAll(d.Detail, "\n", "\n  ") + "\n")
	}
	return b.String()
}

// Attribute returns an attribute of a resource or data source in the state, nil
// if it is null. It fails the test when the state does not hold the object.
func (w *World) Attribute(address, name string) any {
	w.t.Helper()
	values, ok := w.State()[address]
	if !ok {
		w.t.Fatalf("%s is not in the state", address)
	}
	return values[name]
}

// State returns what the state holds, by address.
func (w *World) State() map[string]map[string]any {
	w.t.Helper()
	var shown struct {
		Values struct {
			RootModule struct {
				Resources []struct {
					Address string
					Tainted bool
					Values  map[string]any
				}
			} `json:"root_module"`
		}
	}
	r := w.Terraform("show", "-json")
	if err := json.Unmarshal([]byte(r.Output), &shown); err != nil {
		w.t.Fatalf("%v:\n%s", err, r.Output)
	}
	all := map[string]map[string]any{}
	for _, res := range shown.Values.RootModule.Resources {
		if res.Tainted {
			w.t.Errorf("%s is tainted", res.Address)
		}
		all[res.Address] = res.Values
	}
	return all
}
