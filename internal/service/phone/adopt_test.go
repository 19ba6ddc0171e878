package phone_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// example is a file below examples/adopt, as it stands in the tree.
func example(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../../examples/adopt", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestAdopt_generated imports with the configuration that Terraform generates, with no
// edit by hand: nothing changes, whatever the number is like.
func TestAdopt_generated(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Change(acctest.Live, func(n *sim.Number) { n.Region, n.PIN = "DE", "135792" })
	w.Change(acctest.Coexisting, func(n *sim.Number) { n.VerifiedName = "" })
	block := func(name, id string) string {
		return "import {\n  to = whatsapp_phone_registration." + name + "\n  id = \"" + id + "\"\n}\n"
	}
	plan := w.Plan(block("live", acctest.Live)+block("coexisting", acctest.Coexisting), "-generate-config-out=generated.tf").Succeeds()
	if !strings.Contains(plan.Output, "2 to import, 0 to add, 0 to change, 0 to destroy") {
		t.Errorf("the plan is another:\n%s", plan.Output)
	}
	w.Apply().Succeeds().Sent()
	w.Empty()
}

// TestAdopt_fleet takes a thousand numbers of ten accounts over, by the files of the
// example as they stand.
func TestAdopt_fleet(t *testing.T) {
	t.Parallel()
	const accounts, each = 10, 100
	world := fleet(accounts, each)
	w := acctest.StartWith(t, world, sim.WithPageSize(100))
	w.Setenv("TF_LOG", "ERROR") // a trace of a thousand numbers is a hundred megabytes
	numbers := firstStep(t, w, world)

	begun := time.Now()
	w.WriteFile("numbers.json", numbers)
	plan := planned(w, example(t, "main.tf")).Succeeds().Quiet()
	t.Logf("the plan took %v and %d calls", time.Since(begun), len(plan.Asked))
	if !strings.Contains(plan.Output, "1000 to import, 0 to add, 0 to change, 0 to destroy") {
		t.Errorf("the plan is another:\n%s", plan.Output)
	}
	// Two numbers tell that an account has more, its list has the others. The storage
	// region is not on it.
	if plan.Count(acctest.Look) != 2*accounts || plan.Count(acctest.List) != accounts || plan.Count(acctest.ReadRegion) != accounts*each {
		t.Errorf("the import looked at %d numbers, %d pages and %d regions", plan.Count(acctest.Look), plan.Count(acctest.List), plan.Count(acctest.ReadRegion))
	}
	begun = time.Now()
	w.Apply().Succeeds().Quiet().Sent()
	t.Logf("the apply took %v", time.Since(begun))
	// Once they are imported, the block can go; a plan without it is what comes every day.
	begun = time.Now()
	main := example(t, "main.tf")
	again := planned(w, main[:strings.Index(main, "import {")]+main[strings.Index(main, "resource"):]).Succeeds().Quiet().Changes(false)
	t.Logf("the next plan took %v and %d calls", time.Since(begun), len(again.Asked))
	if again.Count(acctest.Look) != accounts || again.Count(acctest.List) != accounts || len(again.Asked) != 2*accounts {
		t.Errorf("a plan without a change asked %d times", len(again.Asked))
	}
}

// TestAdopt_listed takes a thousand numbers over by the list, as Terraform 1.14 does it:
// each with the identity that it was found by, and the configuration that is generated
// from its state.
func TestAdopt_listed(t *testing.T) {
	t.Parallel()
	const accounts, each = 10, 100
	world := fleet(accounts, each)
	w := acctest.StartWith(t, world, sim.WithPageSize(100))
	query, imports := w.Protocol(), w.Protocol()
	n := 0
	for _, a := range world.Accounts {
		config := acctest.Attributes{"business_account_id": a.ID}
		for r := range query.List(t.Context(), kind, acctest.Query{Config: config, Whole: true, Limit: 100000}) {
			n++
			imported := imports.Import(kind, "", r.Identity)
			if plan := imports.Plan(kind, imported, query.Generated(kind, r.Object)); plan.Changes || len(plan.Diagnostics) > 0 {
				t.Errorf("%s: changes: %t, %v", r.Name, plan.Changes, plan.Diagnostics)
			}
		}
	}
	if n != accounts*each {
		t.Errorf("%d numbers", n)
	}
	// A page to find them, and for the import two numbers and a page again.
	if w.Count(acctest.List) != 2*accounts || w.Count(acctest.Look) != 2*accounts || w.Count(acctest.ReadRegion) != n {
		t.Errorf("%d pages, %d numbers, %d regions", w.Count(acctest.List), w.Count(acctest.Look), w.Count(acctest.ReadRegion))
	}
}

// TestAdopt_query does the same with the program and with the files of the example, by
// the business.
func TestAdopt_query(t *testing.T) {
	t.Parallel()
	w := acctest.StartWith(t, fleet(10, 20), sim.WithPageSize(100))
	w.Needs(acctest.Lists)
	w.WriteFile("main.tf", example(t, "query/main.tf"))
	w.WriteFile("numbers.tfquery.hcl", example(t, "query/numbers.tfquery.hcl"))
	w.Terraform("query", "-generate-config-out=numbers.tf", "-json").Succeeds().Quiet()
	plan := w.Terraform("plan", "-json", "-input=false", "-detailed-exitcode", "-out=tfplan").Succeeds().Quiet()
	if !strings.Contains(plan.Output, "200 to import, 0 to add, 0 to change, 0 to destroy") {
		t.Errorf("the plan is another:\n%s", plan.Output)
	}
	w.Apply().Succeeds().Quiet().Sent()
	w.Empty()
}

// planned plans a configuration that says itself which providers it needs.
func planned(w *acctest.World, config string) *acctest.Result {
	w.WriteFile("main.tf", config)
	return w.Terraform("plan", "-json", "-input=false", "-detailed-exitcode", "-out=tfplan")
}

// firstStep is what the first step of the example finds, as text for a file.
func firstStep(t *testing.T, w *acctest.World, world sim.World) string {
	t.Helper()
	var ids []string
	for _, a := range world.Accounts {
		ids = append(ids, `"`+a.ID+`"`)
	}
	w.Setenv("TF_VAR_business_account_ids", "["+strings.Join(ids, ",")+"]")
	planned(w, example(t, "find/main.tf")).Succeeds().Sent(repeat(acctest.List, len(ids))...)
	w.Apply().Succeeds()
	numbers := w.Terraform("output", "-json", "numbers").Output
	if err := os.Remove(filepath.Join(w.Dir(), "terraform.tfstate")); err != nil {
		t.Fatal(err)
	}
	return numbers
}
