package tf

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

type notesKey struct{}

// notes collects the warnings of one operation.
type notes struct{ diags diag.Diagnostics }

func withNotes(ctx context.Context) (context.Context, *notes) {
	n := new(notes)
	return context.WithValue(ctx, notesKey{}, n), n
}

// Warn tells the user something that is no error. The summary says what is so,
// the detail what it means and what to do. Outside of an operation that the
// bridge began it says nothing.
func Warn(ctx context.Context, summary, detail string) {
	if n, ok := ctx.Value(notesKey{}).(*notes); ok {
		n.diags.AddWarning(summary, detail)
	}
}

// Problem is an error whose words are already those for the user.
type Problem struct {
	Attribute string // the attribute to blame, "" for none
	Summary   string
	Detail    string
}

// Error returns summary and detail as one text.
func (p *Problem) Error() string { return p.Summary + ": " + p.Detail }

// GoneError says that what a resource managed no longer exists.
type GoneError struct{ Summary, Detail string }

// Error returns summary and detail as one text.
func (g *GoneError) Error() string { return g.Summary + ": " + g.Detail }

// Gone returns the error with which Read has a resource removed from the state.
// Its text becomes a warning, so that the plan that creates the resource anew
// says why. "Not found" from the API is not enough for it, since a lost
// permission gives the same answer.
func Gone(summary, detail string) error { return &GoneError{summary, detail} }

// partial marks an error after which the model is nevertheless to be stored.
type partial struct{ err error }

func (p *partial) Error() string { return p.err.Error() }
func (p *partial) Unwrap() error { return p.err }

// Partly returns err marked so that Update stores the model in spite of it:
// the first of two steps was done, and a state without it would be wrong.
func Partly(err error) error { return &partial{err} }

// during is an error with the words for what was being done.
type during struct {
	action string
	err    error
}

func (d *during) Error() string { return d.action + ": " + d.err.Error() }
func (d *during) Unwrap() error { return d.err }

// During says what was being done when err happened, for the summary that the
// user reads: "register phone number 106…" gives "Could not register phone
// number 106…". It returns nil for a nil err.
func During(action string, err error) error {
	if err == nil {
		return nil
	}
	return &during{action, err}
}

// annotated is an error with something the user should know besides.
type annotated struct {
	err  error
	note string
}

func (a *annotated) Error() string { return a.err.Error() + " " + a.note }
func (a *annotated) Unwrap() error { return a.err }

// Also returns err with a paragraph that is shown to the user after its own text.
func Also(err error, note string) error { return &annotated{err, note} }
