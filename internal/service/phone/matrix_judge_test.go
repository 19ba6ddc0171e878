package phone_test

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

// reference is what tells support, or the reader, which call an error is about: its
// method and path.
var reference = regexp.MustCompile(`(GET|POST|DELETE) /(\{|v1/)`)

// judgement collects what is wrong with a case.
type judgement struct {
	b      *bench
	wrongs []string
}

func (j *judgement) wrong(format string, args ...any) {
	j.wrongs = append(j.wrongs, fmt.Sprintf(format, args...))
}

// run judges what must hold after every run, whatever went wrong in it.
func (j *judgement) run(turn string) {
	b, r := j.b, j.b.result
	if r.panics != "" {
		j.wrong("%s: panic: %s", turn, r.panics)
	}
	if spent := b.Registrations(b.op.number) - b.spent; spent > b.op.spends {
		j.wrong("%s: %d registrations, decided were %d", turn, spent, b.op.spends)
	}
	// The budget of ten counts what was refused as well.
	if n := b.Attempts(b.op.number); n > max(1, b.op.calls) {
		j.wrong("%s: %d calls of the ten that a number has are spent", turn, n)
	}
	if r.tainted {
		j.wrong("%s: tainted: there is an error, and the state holds what was made", turn)
	}
	if r.lost {
		j.wrong("%s: lost: the state does not hold the number any more, which is live", turn)
	}
	for _, d := range r.Diagnostics {
		j.words(turn, d)
	}
	j.secrets(turn+": log", b.ProviderLog())
	if !b.held.Gone() {
		j.secrets(turn+": state", string(b.held.State.MsgPack)+string(b.held.State.JSON)+string(b.held.Private))
	}
}

// words judges the text of a diagnostic.
func (j *judgement) words(turn string, d acctest.Diagnostic) {
	j.secrets(turn+": "+d.Summary, d.Summary+"\n"+d.Detail)
	if strings.TrimSpace(d.Summary) == "" || strings.TrimSpace(d.Detail) == "" {
		j.wrong("%s: a diagnostic says nothing: %+v", turn, d)
	}
}

func (j *judgement) secrets(where, text string) {
	for _, secret := range j.b.Leaked(text) {
		j.wrong("%s: shows the %s", where, secret)
	}
}

// harmed judges the run in which something went wrong.
func (j *judgement) harmed(c matrixCase) {
	b, r := j.b, j.b.result
	j.run("with the fault")
	said := ""
	for _, d := range r.Errors() {
		said += d.Summary + "\n" + d.Detail + "\n"
	}
	spent := b.Registrations(b.op.number) - b.spent
	switch missing := b.missing(); {
	case said == "" && missing != "" && !b.unsure() && !c.strange():
		j.wrong("with the fault: no error, but %s", missing)
	case said != "" && spent > 0 && !strings.Contains(said, "Nothing was repeated"):
		j.wrong("registered, but: %s", said)
	case said != "" && !b.op.fails && !reference.MatchString(said) && !c.strange():
		j.wrong("the error names no call: %s", said)
	case said != "" && !b.op.fails && c.harm.passes && c.reads():
		j.wrong("a fault that passes was not overcome: %s", said)
	}
}

// session judges whether a deployment was left again. A token whose login, or whose
// end, went wrong cannot be given back, nor can one whose login took longer than the
// attempt that a case of silence allows, which happens on a busy machine.
func (j *judgement) session(c matrixCase) {
	lied := c.harm.fault != nil && c.harm.fault.Status == 401 || c.deployment && c.harm.stays()
	excused := 0
	if c.harm.silent {
		excused = j.b.repeated(acctest.Login)
	}
	if n := j.b.Tokens(c.op.number) - excused; n > 0 && c.route != acctest.Login && c.route != acctest.Logout && !lied {
		j.wrong("%d tokens of the deployment were left behind", n)
	}
}

// repeated is how often a call followed one of the same route.
func (b *bench) repeated(route string) int {
	n, last := 0, ""
	for _, call := range b.Calls() {
		if call.Route == route && last == route {
			n++
		}
		last = call.Route
	}
	return n
}

// mended judges the run after it, in which nothing goes wrong.
func (j *judgement) mended() {
	b, r := j.b, j.b.result
	j.run("without the fault")
	for _, d := range r.Errors() {
		if !b.op.fails {
			j.wrong("not converged: %s: %s", d.Summary, d.Detail)
		}
	}
	if b.op.config != nil && b.result.changed {
		j.idle()
	}
	missing := b.missing()
	if missing != "" && b.op.config != nil {
		b.refresh(b.Protocol()) // a number that was pending is connected by now
		missing = b.missing()
	}
	if missing != "" {
		j.wrong("not converged: %s", missing)
	}
}

// idle judges the plan after everything, which must be empty.
func (j *judgement) idle() {
	b := j.b
	p := b.Protocol()
	if r := b.refresh(p); r.dropped || len(r.Errors()) > 0 {
		j.wrong("not converged: the next refresh says %+v", r.Diagnostics)
		return
	}
	if plan := p.Plan(kind, b.held, b.config()); plan.Changes || len(plan.Diagnostics) > 0 {
		j.wrong("not converged: the next plan is not empty: %+v", plan.Diagnostics)
	}
}

// missing says what the operation still lacks, "" for nothing.
func (b *bench) missing() string {
	switch {
	case b.op.fails && len(b.result.Errors()) == 0:
		return "the error is missing"
	case b.op.fails && b.held.Gone():
		return "the object is missing"
	case b.op.ends && !b.held.Gone():
		return "the object is still held"
	case b.op.goal != nil:
		return b.op.goal(b)
	}
	return ""
}

// unsure reports whether a warning says what is not known, and that nothing was
// repeated, or that the number is not ready yet.
func (b *bench) unsure() bool {
	for _, d := range b.result.Warnings() {
		if strings.Contains(d.Detail, "nothing was repeated") || strings.Contains(d.Detail, "Nothing has to be done again") ||
			strings.Contains(d.Detail, "The state keeps what was known before") {
			return true
		}
	}
	return false
}
