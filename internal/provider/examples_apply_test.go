package provider_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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
			for _, n := range w.Numbers() {
				if n.ProfileLost {
					t.Errorf("%s has lost its profile", n.DisplayPhoneNumber)
				}
			}
		})
		for _, file := range e.imports {
			if strings.Contains(file, "identity") {
				continue // TestRegistration_identity does it; Terraform 1.11 knows no identities
			}
			t.Run(e.dir+"/"+filepath.Base(file), func(t *testing.T) {
				t.Parallel()
				w := exampleWorld(t, e)
				w.Change(acctest.New, func(n *sim.Number) { n.Status, n.PlatformType = "CONNECTED", "CLOUD_API" })
				withWebhooks(w)
				copyTo(t, w, file)
				plan := w.Terraform("plan", "-json", "-input=false", "-out=tfplan").Succeeds()
				if !imports.MatchString(plan.Output) {
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
	source := e.source(t)
	w := startFor(t, source)
	pin, backup := w.PIN(), sim.Backup{Data: w.Text(40), Password: w.Text(20)}
	if storesPIN.MatchString(source) {
		w.Stored("PIN", pin)
	} else {
		w.Secret("PIN", pin)
	}
	w.Setenv("TF_VAR_pin", pin)
	w.Setenv("TF_VAR_orders_pin", w.Secret("PIN to be", w.PIN()))
	w.Setenv("TF_VAR_support_pin", pin)
	w.Setenv("TF_VAR_tokens", fmt.Sprintf(`{"garden":%[1]q,"bakery":%[1]q}`, w.Token()))
	text, err := json.Marshal(map[string]string{
		"data": w.Secret("backup", backup.Data), "password": w.Secret("backup password", backup.Password),
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Setenv("TF_VAR_backup", string(text))
	w.Setenv("TF_VAR_support_backup", string(text))
	forWebhooks(w)
	w.Change(acctest.OnPremise, func(n *sim.Number) { n.PIN, n.Backup = pin, &backup })
	w.Change(acctest.Live, func(n *sim.Number) { n.PIN = pin })
	pins, err := json.Marshal(map[string]string{"orders": w.Secret("PIN of a module", w.PIN()), "support": pin})
	if err != nil {
		t.Fatal(err)
	}
	w.Setenv("TF_VAR_pins", string(pins))
	w.Setenv("TF_VAR_numbers", fmt.Sprintf(`{"orders":{"phone_number_id":%q,"business_account_id":%q}}`, acctest.New, acctest.Account))
	if e.dir == "migration" { // moves this one too
		w.Change(acctest.New, func(n *sim.Number) {
			n.Status, n.PlatformType, n.PIN, n.Backup = "CONNECTED", "ON_PREMISE", pin, &backup
		})
	}
	if !strings.Contains(source, "required_providers") { // an example that is whole brings it
		w.Write("")
	}
	if strings.Contains(source, `source = "../`) {
		layOut(w, e, source)
		return w
	}
	for _, file := range slices.Concat(e.files, e.data(t)) {
		copyTo(t, w, file)
	}
	if e.dir == "complete" {
		w.WriteFile("terraform.tfvars", read(t, "examples/complete/terraform.tfvars.example"))
	}
	if strings.Contains(source, "profile_picture") {
		w.UseBinary() // a relative path begins where the provider runs, which is not here
	}
	return w
}

// imports finds that one object is imported. What an example brings besides, such as a
// subscription that an override needs, may be added.
var imports = regexp.MustCompile(`1 to import, [01] to add`)

// forWebhooks starts an endpoint for the webhooks of the examples, and gives the provider
// what calls of the app need.
func forWebhooks(w *acctest.World) {
	token, secret := w.Secret("verify token", w.Text(24)), w.Secret("app secret", w.Text(32))
	w.Endpoint("hooks.example.com", token)
	w.Setenv("TF_VAR_verify_token", token)
	w.ChangeApp(func(a *sim.App) { a.Secret = secret })
	w.Setenv("WHATSAPP_APP_ID", w.App().ID)
	w.Setenv("WHATSAPP_APP_SECRET", secret)
}

// withWebhooks has webhooks set everywhere, for an import.
func withWebhooks(w *acctest.World) {
	elsewhere := sim.Callback{URI: "https://elsewhere.example.com/", VerifyToken: "another one"}
	w.ChangeApp(func(a *sim.App) {
		a.Subscriptions = []sim.AppSubscription{{Object: "whatsapp_business_account", Callback: elsewhere, Fields: []string{"messages"}}}
	})
	app := w.App().ID
	w.ChangeAccount(acctest.Account, func(a *sim.Account) { a.Apps = []sim.Subscription{{AppID: app}} })
	w.Change(acctest.Live, func(n *sim.Number) { n.Webhook = elsewhere })
}

// layOut puts an example that uses a module into a world, and the modules beside it as
// they are in the tree. Its state is in a file, wherever it says that it should be; the
// backend itself has a test of its own.
func layOut(w *acctest.World, e example, source string) {
	w.Copy(filepath.Join(root, "examples", filepath.FromSlash(e.dir)), e.dir)
	w.Copy(filepath.Join(root, "examples/modules"), "modules")
	w.Enter(e.dir)
	if strings.Contains(source, "backend ") {
		w.WriteFile("backend_override.tf", "terraform {\n  backend \"local\" {}\n}\n")
	}
	w.Terraform("init", "-input=false", "-no-color").Succeeds()
	if strings.Contains(source, "terraform.workspace") {
		w.Terraform("workspace", "new", "-no-color", luckyShrub).Succeeds()
	}
}

// luckyShrub is the workspace of an account in the examples.
const luckyShrub = "lucky-shrub"

// storesPIN finds the argument that has Terraform keep the PIN in the state.
var storesPIN = regexp.MustCompile(`(?m)^\s*pin\s+=`)

// startFor starts a world, with a deployment where an example reaches for one.
func startFor(t *testing.T, source string) *acctest.World {
	t.Helper()
	if !strings.Contains(source, "base_url ") {
		return acctest.Start(t)
	}
	w, _ := acctest.StartDeployment(t, nil)
	w.StopOnPremises(acctest.OnPremise) // to start it where the variables of the examples say
	address, ca, err := w.StartOnPremises(acctest.OnPremise, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w.Setenv("TF_VAR_base_url", address)
	w.Setenv("TF_VAR_ca_certificate", string(ca))
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
