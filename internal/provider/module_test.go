package provider_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// moduleWorld is a world with the module for numbers in its folder, as it stands in the
// tree, and with a configuration around it if one is given.
func moduleWorld(t *testing.T, w *acctest.World, around string) *acctest.World {
	t.Helper()
	w.Copy(filepath.Join(root, "examples/modules"), "modules")
	if around == "" {
		w.Enter("modules/numbers")
	} else {
		w.Write(around)
	}
	w.Terraform("init", "-input=false", "-no-color").Succeeds()
	return w
}

// pins makes up PINs for names of numbers, and hands them to the configuration. It
// returns what it hands over.
func pins(t *testing.T, w *acctest.World, names ...string) string {
	t.Helper()
	all := map[string]string{}
	for _, name := range names {
		all[name] = w.Secret("PIN of "+name, w.PIN())
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	w.Setenv("TF_VAR_pins", string(text))
	return string(text)
}

// TestModule_tests runs the tests that the module brings along, with the provider against
// the simulator. One number is registered, twice as its trigger asks, and deregistered in
// the end; the other one is adopted, and stays.
func TestModule_tests(t *testing.T) {
	t.Parallel()
	world, err := os.Open(filepath.Join(root, "examples/modules/numbers/tests/world.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer world.Close()
	seed, err := sim.Load(world)
	if err != nil {
		t.Fatal(err)
	}
	w := moduleWorld(t, acctest.StartWith(t, seed), "")
	w.Needs(acctest.WriteOnly)
	pins(t, w, "orders", "support")
	r := w.Terraform("test", "-no-color").Succeeds()
	if !strings.Contains(r.Output, "10 passed, 0 failed") {
		t.Errorf("not all tests ran:\n%s", r.Output)
	}
	for route, want := range map[string]int{acctest.Register: 2, acctest.SetPIN: 1, acctest.Deregister: 1} {
		if got := r.Count(route); got != want {
			t.Errorf("%s was sent %d times, not %d", route, got, want)
		}
	}
	if n := number(t, w, acctest.Live); n.PlatformType != "CLOUD_API" {
		t.Errorf("the number that should stay is on %s", n.PlatformType)
	}
}

// number is a number as the simulator has it.
func number(t *testing.T, w *acctest.World, id string) sim.Number {
	t.Helper()
	n, ok := w.Number(id)
	if !ok {
		t.Fatalf("there is no number %s", id)
	}
	return n
}

// TestModule_refuses says what is wrong with the input, before anything is asked or sent.
func TestModule_refuses(t *testing.T) {
	t.Parallel()
	numbers := func(more string) string {
		return `{ phone_number_id = "` + acctest.New + `", business_account_id = "` + acctest.Account + `"` + more + ` }`
	}
	for name, c := range map[string]struct {
		numbers, pins string
		says          []string
	}{
		"a number on two accounts": {
			`{ shrub = ` + numbers("") + `, market = { phone_number_id = "` + acctest.New + `", business_account_id = "` + acctest.OtherAccount + `" } }`,
			`{ shrub = "012345", market = "012345" }`,
			[]string{"is on one account", acctest.New + " (market, shrub)"},
		},
		"a phone number instead of its id": {
			`{ shrub = { phone_number_id = "+1 555-010-0100", business_account_id = "` + acctest.Account + `" } }`,
			`{ shrub = "012345" }`,
			[]string{"It is not the phone number itself", "Not one: shrub."},
		},
		"no PIN":          {`{ shrub = ` + numbers("") + ` }`, `{ market = "012345" }`, []string{"has no PIN for shrub"}},
		"a PIN too short": {`{ shrub = ` + numbers("") + ` }`, `{ shrub = "12345" }`, []string{"Each PIN is six digits"}},
		"no account":      {`{ shrub = { phone_number_id = "` + acctest.New + `" } }`, `{ shrub = "012345" }`, []string{`attribute "business_account_id" is required`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			w.Needs(acctest.WriteOnly)
			moduleWorld(t, w, "module \"numbers\" {\n  source = \"./modules/numbers\"\n  numbers = "+c.numbers+"\n  pins = "+c.pins+"\n}\n")
			w.Terraform("plan", "-json", "-input=false").Fails("", c.says...).Sent()
		})
	}
}

// TestModule_adopts takes a number over by an import without a call that changes anything, as
// the module's page says, and gives it another name later.
func TestModule_adopts(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Needs(acctest.WriteOnly)
	config := func(name, more string) string {
		return `module "numbers" {
  source  = "./modules/numbers"
  numbers = { ` + name + ` = { phone_number_id = "` + acctest.Live + `", business_account_id = "` + acctest.Account + `", pin_version = 0 } }
  pins    = {}
}
` + more
	}
	moduleWorld(t, w, config("support", "import {\n  to = module.numbers.whatsapp_phone_registration.this[\"support\"]\n  id = \""+acctest.Live+"\"\n}\n"))
	r := w.Terraform("plan", "-json", "-input=false", "-out=tfplan").Succeeds().Quiet()
	if !strings.Contains(r.Output, "1 to import, 0 to add, 0 to change, 0 to destroy") {
		t.Errorf("the plan is another:\n%s", r.Output)
	}
	w.Apply().Succeeds().Sent()
	w.Empty()
	w.Write(config("help", `moved {
  from = module.numbers.whatsapp_phone_registration.this["support"]
  to   = module.numbers.whatsapp_phone_registration.this["help"]
}
`))
	w.Terraform("apply", "-json", "-input=false", "-auto-approve").Succeeds().Quiet().Sent(acctest.Look)
	w.Empty()
}
