package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// TestExamples_apply applies every example as it stands in the tree, and plans
// nothing afterwards. Each way to import is tried with the example beside it.
func TestExamples_apply(t *testing.T) {
	t.Parallel()
	for _, e := range examples(t) {
		t.Run(e.dir, func(t *testing.T) {
			t.Parallel()
			w := exampleWorld(t, e)
			w.Terraform("plan", "-json", "-input=false", "-out=tfplan").Succeeds()
			w.Apply().Succeeds()
			w.Empty()
		})
		for _, file := range e.imports {
			if strings.Contains(file, "identity") {
				continue // TestRegistration_identity does it; Terraform 1.11 knows no identities
			}
			t.Run(e.dir+"/"+filepath.Base(file), func(t *testing.T) {
				t.Parallel()
				w := exampleWorld(t, e)
				w.Change(acctest.New, func(n *sim.Number) { n.Status, n.PlatformType = "CONNECTED", "CLOUD_API" })
				copyTo(t, w, file)
				plan := w.Terraform("plan", "-json", "-input=false", "-out=tfplan").Succeeds()
				if !strings.Contains(plan.Output, "1 to import, 0 to add") {
					t.Errorf("nothing is imported:\n%s", plan.Output)
				}
				w.Apply().Succeeds()
				w.Empty()
			})
		}
	}
}

// exampleWorld is a world with the files of an example, and the values that its
// variables need.
func exampleWorld(t *testing.T, e example) *acctest.World {
	t.Helper()
	w := acctest.Start(t)
	pin := w.Stored("PIN", w.PIN())
	w.Setenv("TF_VAR_pin", pin)
	w.Setenv("TF_VAR_backup", `{"data":"V0FCSExhbXBsZQ==","password":"correct-horse-battery"}`)
	w.Change(acctest.OnPremise, func(n *sim.Number) {
		n.PIN, n.Backup = pin, &sim.Backup{Data: "V0FCSExhbXBsZQ==", Password: "correct-horse-battery"}
	})
	w.Change(acctest.Live, func(n *sim.Number) { n.PIN = pin })
	if e.dir != "provider" { // which brings the block itself
		w.Write("")
	}
	for _, file := range e.files {
		copyTo(t, w, file)
	}
	return w
}

// copyTo puts a file of the tree into a world.
func copyTo(t *testing.T, w *acctest.World, file string) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	w.WriteFile(filepath.Base(file), string(content))
}
