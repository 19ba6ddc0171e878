package provider_test

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

// engineRow is a row of the engines page: a feature, and a test of it. first is what
// an engine that lacks the feature refuses; works is what must hold with one that
// has it. A row for what the provider itself does not offer says so in missing.
type engineRow struct {
	feature acctest.Feature
	config  string
	first   func(t *testing.T, w *acctest.World) *acctest.Result // a plan, if there is no other
	works   func(t *testing.T, w *acctest.World)
	missing string
}

// TestEngine goes through the rows with the engine at hand. Whether a feature is
// there is found out, not looked up; what the table of package acctest says must
// agree. What it finds is the engines page: make engines.
func TestEngine(t *testing.T) {
	acctest.Engine(t)
	t.Parallel()
	rows := engineRows()
	for _, f := range acctest.Features() {
		row, ok := rowFor(rows, f)
		if !ok {
			t.Errorf("%s has no row in engines_test.go", f.Name)
			continue
		}
		t.Run(strings.ReplaceAll(f.Name, "`", ""), func(t *testing.T) {
			t.Parallel()
			if row.missing != "" {
				tell(t, f, "not run", row.missing)
				t.Skip(row.missing)
			}
			row.run(t)
		})
	}
}

func rowFor(rows []engineRow, f acctest.Feature) (engineRow, bool) {
	for _, row := range rows {
		if row.feature.Name == f.Name {
			return row, true
		}
	}
	return engineRow{}, false
}

// run tries the feature, and tells what came of it.
func (row engineRow) run(t *testing.T) {
	t.Helper()
	w, deployment := acctest.StartDeployment(t, nil)
	w.Anyway()
	truth, _ := w.Deployment(acctest.OnPremise)
	w.Setenv("WHATSAPP_ON_PREMISES_PASSWORD", truth.Password)
	w.Setenv("TF_VAR_base_url", deployment.URL)
	w.Setenv("TF_VAR_pin", w.Stored("PIN", w.PIN())) // some rows keep it in the state, and variables are in the plan
	w.Write(engineVariables + row.config)
	first := row.first
	if first == nil {
		first = func(_ *testing.T, w *acctest.World) *acctest.Result {
			return w.Terraform("plan", "-json", "-input=false", "-out=tfplan")
		}
	}
	result := first(t, w)
	if !acctest.EngineRelease(t).Has(row.feature) {
		row.refused(t, result)
		return
	}
	result.Succeeds()
	row.works(t, w)
	if !t.Failed() {
		tell(t, row.feature, "yes", "")
	}
}

// crash is what an engine prints when it, or the provider, has died.
var crash = regexp.MustCompile(`panic:|TERRAFORM CRASH|plugin did not respond|Plugin did not respond`)

// refused makes sure that what an engine lacks costs a clear message and no call
// that changes anything.
func (row engineRow) refused(t *testing.T, r *acctest.Result) {
	t.Helper()
	message := words(r)
	if r.Code != 1 || message == "" || crash.MatchString(r.Output) {
		t.Fatalf("exit code %d, and no clear message; if the feature is there, correct the table in package acctest:\n%s", r.Code, r.Output)
	}
	for _, route := range r.Asked {
		if !strings.Contains(route, "GET ") {
			t.Errorf("%s was sent", route)
		}
	}
	if !t.Failed() {
		tell(t, row.feature, "no", message)
	}
}

// words are the first error that the user sees, in one line.
func words(r *acctest.Result) string {
	for _, d := range r.Diagnostics {
		if d.Severity == "error" {
			return strings.Join(strings.Fields(d.Summary+": "+d.Detail), " ")
		}
	}
	text := strings.TrimSpace(frame.ReplaceAllString(r.Output, ""))
	if at := strings.Index(text, "Error: "); at >= 0 {
		text = text[at:]
	} else {
		text = text[strings.LastIndex(text, "\n")+1:] // what came of it, below the warnings
	}
	return strings.Join(strings.Fields(text), " ")
}

// frame is what engines draw around a message.
var frame = regexp.MustCompile(`[│╷╵]|\x1b\[[0-9;]*m`)

// cell is what an engine said to a feature.
type cell struct {
	Product, Version, Feature, Result, Message string
}

// tell adds a cell to the file that make engines collects them in.
func tell(t *testing.T, f acctest.Feature, result, message string) {
	t.Helper()
	name := os.Getenv("TF_ACC_ENGINE_RESULTS")
	if name == "" {
		return
	}
	release := acctest.EngineRelease(t)
	line, err := json.Marshal(cell{release.Product, release.Version, f.Name, result, message})
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := fmt.Fprintf(file, "%s\n", line); err != nil {
		t.Fatal(err)
	}
}
