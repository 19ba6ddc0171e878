package acctest

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

func TestMain(m *testing.M) { Main(m) }

// TestCrash has a provider panic after it has read its configuration, or a resource's,
// and scans what Terraform prints and logs of it. That a crash leaves traces to scan
// is asserted as well.
func TestCrash(t *testing.T) {
	Engine(t)
	program := filepath.Join(t.TempDir(), "terraform-provider-whatsapp")
	if out, err := exec.Command("go", "build", "-o", program, "./testdata/crash").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, at := range []string{"configure", "plan", "apply"} {
		t.Run(at, func(t *testing.T) {
			t.Parallel()
			world := DefaultWorld()
			world.App.Secret = "f4a1c0dedc0ffee5f4a1c0dedc0ffee5"
			w := StartWith(t, world)
			w.UseProgram(program)
			w.Setenv("GOTRACEBACK", "all") // the stacks of all goroutines, not only of the one that panicked
			w.Setenv("CRASH_AT", at)
			w.Setenv("WHATSAPP_APP_SECRET", w.Secret("app secret", world.App.Secret))
			w.owe(kindCrash)
			w.Write(secretive(w))
			r := w.Terraform("apply", "-input=false", "-no-color", "-auto-approve")
			// Terraform prints what it has read of a crash when it ends, which on a busy
			// machine may be nothing yet.
			for tries := 1; tries < 5 && at == "configure" && !strings.Contains(r.Output, crashed); tries++ {
				r = w.Terraform("apply", "-input=false", "-no-color", "-auto-approve")
			}
			if r.Code != 1 || !strings.Contains(r.Output, crashed) || !strings.Contains(r.Output, "nil pointer dereference") {
				t.Fatalf("exit code %d, no crash:\n%s", r.Code, r.Output)
			}
			if got, want := w.Registrations(New), map[string]int{"apply": 1}[at]; got != want {
				t.Errorf("%d registrations, want %d", got, want)
			}
		})
	}
}

// secretive is a configuration with a secret of every sort.
func secretive(w *World) string {
	w.Setenv("TF_VAR_pin", w.Stored("PIN", w.PIN()))
	backup := &sim.Backup{Data: w.Stored("backup", w.Text(200)), Password: w.Stored("backup password", w.Text(24))}
	w.Change(New, func(n *sim.Number) { n.Backup = backup })
	w.Setenv("TF_VAR_data", backup.Data)
	w.Setenv("TF_VAR_password", backup.Password)
	var b strings.Builder
	for _, name := range []string{"pin", "data", "password"} {
		b.WriteString("variable \"" + name + "\" {\n  type      = string\n  sensitive = true\n}\n\n")
	}
	return b.String() + `
resource "whatsapp_phone_registration" "n" {
  phone_number_id = "` + New + `"
  pin             = var.pin
  backup          = { data = var.data, password = var.password }
}
`
}
