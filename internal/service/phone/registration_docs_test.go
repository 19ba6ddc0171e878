package phone_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// inWords is how the docs name the calls that change something.
var inWords = map[string]string{
	acctest.Register: "register", acctest.Deregister: "deregister", acctest.SetPIN: "set PIN", acctest.SetRegion: "set region",
}

// changed is a change of a registration; without arguments after it, its end.
type changed struct{ before, after acctest.Attributes }

// documented reads the table "What a change does" of the docs page: per row what
// changes, and with what effect and calls.
func documented(t *testing.T) map[string][2]string {
	t.Helper()
	page, err := os.ReadFile("../../../docs/resources/phone_registration.md")
	if err != nil {
		t.Fatal(err)
	}
	_, part, _ := strings.Cut(string(page), "\n## What a change does\n")
	part, _, _ = strings.Cut(part, "\n## ")
	rows := map[string][2]string{}
	for _, m := range regexp.MustCompile(`(?m)^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$`).FindAllStringSubmatch(part, -1)[1:] {
		if m[1] != "---" {
			rows[m[1]] = [2]string{m[2], m[3]}
		}
	}
	return rows
}

// TestRegistration_documented makes each change of the table on the docs page and
// compares the calls with what it says.
func TestRegistration_documented(t *testing.T) {
	t.Parallel()
	const one, other = "012345", "067890"
	pin := acctest.Attributes{"phone_number_id": acctest.New, "pin": one}
	writeOnly := acctest.Attributes{"phone_number_id": acctest.New, "pin_wo": one, "pin_wo_version": 1}
	triggers := acctest.Attributes{"triggers": acctest.Attributes{"name": "a"}}
	region := func(name string) acctest.Attributes { return acctest.Attributes{"data_localization_region": name} }
	backup := acctest.Attributes{"data": "kJ8xQ9mZkJ8xQ9mZ", "password": "correct-horse-battery"}
	deployment := acctest.Attributes{"base_url": "https://127.0.0.1:1", "username": "admin", "password": "correct-horse-battery"}
	rows := documented(t)
	for row, cases := range map[string][]changed{
		"`phone_number_id`": {{before: pin, after: pin.With(acctest.Attributes{"phone_number_id": acctest.Second})}},
		"`pin`":             {{before: pin, after: pin.With(acctest.Attributes{"pin": other})}},
		"`pin_wo_version`":  {{before: writeOnly, after: writeOnly.With(acctest.Attributes{"pin_wo": other, "pin_wo_version": 2})}},
		"from `pin` to `pin_wo`, with a `pin_wo_version`": {{before: pin, after: writeOnly}},
		"`triggers`":           {{before: pin, after: pin.With(triggers)}, {before: writeOnly.With(triggers), after: writeOnly}},
		"`triggers` and `pin`": {{before: pin, after: pin.With(triggers).With(acctest.Attributes{"pin": other})}},
		"`data_localization_region`, another value": {{before: pin.With(region("DE")), after: pin.With(region("CH"))}},
		"`data_localization_region`, removed":       {{before: pin.With(region("DE")), after: pin}},
		"`business_account_id`":                     {{before: pin, after: pin.With(acctest.Attributes{"business_account_id": acctest.Account})}},
		"`backup`, `deregister_on_destroy`, `timeouts`": {
			{before: pin, after: pin.With(acctest.Attributes{"backup": backup})},
			{before: pin, after: pin.With(acctest.Attributes{"deregister_on_destroy": false})},
			{before: pin, after: pin.With(acctest.Attributes{"timeouts": acctest.Attributes{"create": "1m"}})},
		},
		"`backup_wo`, `on_premises`, `pin_wo` without its version": {
			{before: writeOnly, after: writeOnly.With(acctest.Attributes{"backup_wo": backup})},
			{before: writeOnly, after: writeOnly.With(acctest.Attributes{"on_premises": deployment})},
			{before: writeOnly, after: writeOnly.With(acctest.Attributes{"pin_wo": other})},
		},
		"destroy": {{before: pin}},
		"destroy with `deregister_on_destroy = false` in the state": {{before: pin.With(acctest.Attributes{"deregister_on_destroy": false})}},
	} {
		text, there := rows[row]
		delete(rows, row)
		for _, c := range cases {
			t.Run(row, func(t *testing.T) {
				t.Parallel()
				effect, calls := change(t, c)
				if !there || !strings.HasPrefix(text[0], effect) || text[1] != calls {
					t.Errorf("%s, calls: %s; the docs say %q", effect, calls, text)
				}
			})
		}
	}
	if len(rows) > 0 {
		t.Errorf("nothing was tried for %q", rows)
	}
}

// change makes a change, and says in the words of the docs what came of it.
func change(t *testing.T, c changed) (effect, calls string) {
	t.Helper()
	const kind = "whatsapp_phone_registration"
	w := acctest.Start(t)
	o := w.Protocol().Change(kind, nil, c.before)
	w.Asked()
	p := w.Protocol() // another run: in the same one, a number that was just registered stays
	switch plan := p.Plan(kind, o, c.after); {
	case c.after == nil:
		p.Change(kind, o, nil)
	case plan.Replaces:
		effect = "replaces"
		p.Change(kind, o, nil)
		p.Change(kind, nil, c.after)
	case plan.Changes:
		effect = "in place"
		p.Change(kind, o, c.after)
	default:
		effect = "nothing"
	}
	var words []string
	for _, call := range w.Asked() {
		if word := inWords[call]; word != "" {
			words = append(words, word)
		} else if strings.HasPrefix(call, "POST") {
			t.Errorf("the docs have no word for %s", call)
		}
	}
	if len(words) == 0 {
		words = []string{"none"}
	}
	return effect, strings.Join(words, ", ")
}

// TestRegistration_terminated waits for Meta's answer when a pipeline asks Terraform to
// stop, as it does on an interrupt from the keyboard.
func TestRegistration_terminated(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t, sim.WithRegisterTime(2*time.Second))
	w.UseBinary()
	w.Plan(writeOnly(w, acctest.New, w.PIN(), "")).Succeeds()
	apply := w.Command("apply", "-json", "-input=false", "tfplan")
	begin(t, w, apply)
	if err := apply.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := apply.Wait(); err != nil && !slices.Contains([]int{0, 1}, apply.ProcessState.ExitCode()) {
		t.Errorf("%v", err)
	}
	if got := w.Attribute(numberAddress, "platform_type"); got != "CLOUD_API" || w.Registrations(acctest.New) != 1 {
		t.Errorf("the state has the platform %v, %d registrations", got, w.Registrations(acctest.New))
	}
	w.Empty()
}
