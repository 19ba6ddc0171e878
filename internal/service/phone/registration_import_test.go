package phone_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

const kind = "whatsapp_phone_registration"

// TestRegistration_life walks the whole life: apply, import by command and by
// block, update in place, replace, vanish, destroy. After each step the next
// plan is empty.
func TestRegistration_life(t *testing.T) {
	acctest.Engine(t)
	t.Parallel()
	w := acctest.Start(t)
	first, second := w.Stored("first PIN", w.PIN()), w.Stored("second PIN", w.PIN())
	config := func(id, pin string) string {
		return "resource \"whatsapp_phone_registration\" \"n\" {\n  phone_number_id = \"" + id + "\"\n  pin = \"" + pin + "\"\n}\n"
	}
	action := func(a plancheck.ResourceActionType) resource.ConfigPlanChecks {
		return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(numberAddress, a)}}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: w.Factories(),
		Steps: []resource.TestStep{
			{Config: config(acctest.New, first), ConfigPlanChecks: action(plancheck.ResourceActionCreate)},
			{ResourceName: numberAddress, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"pin"}},
			{Config: config(acctest.New, second), ConfigPlanChecks: action(plancheck.ResourceActionUpdate)},
			{Config: config(acctest.Second, second), ConfigPlanChecks: action(plancheck.ResourceActionReplace)},
			{
				PreConfig: func() { w.Deregister(acctest.Second) },
				Config:    config(acctest.Second, second), ConfigPlanChecks: action(plancheck.ResourceActionCreate),
			},
		},
	})
	for _, n := range w.Numbers() {
		if (n.ID == acctest.New || n.ID == acctest.Second) && n.PlatformType == "CLOUD_API" {
			t.Errorf("number %s is still registered", n.ID)
		}
	}
	if w.Registrations(acctest.New) != 1 || w.Registrations(acctest.Second) != 2 {
		t.Errorf("%d and %d registrations", w.Registrations(acctest.New), w.Registrations(acctest.Second))
	}
}

// TestRegistration_import plans nothing after an import of what exists, and one
// update in place when the configuration declares a PIN.
func TestRegistration_import(t *testing.T) {
	t.Parallel()
	const block = "\nimport {\n  to = whatsapp_phone_registration.n\n  id = \"" + acctest.Live + "\"\n}\n"
	for name, tt := range map[string]struct {
		region  string
		body    string
		changes string
		sent    []string
	}{
		"nothing declared": {"", "", "1 to import, 0 to add, 0 to change, 0 to destroy", nil},
		"region declared":  {"DE", `  data_localization_region = "DE"`, "1 to import, 0 to add, 0 to change, 0 to destroy", nil},
		"region left out":  {"DE", "", "1 to import, 0 to add, 0 to change, 0 to destroy", nil},
		"account declared": {"", `  business_account_id = "` + acctest.Account + `"`, "1 to import, 0 to add, 0 to change, 0 to destroy", nil},
		"PIN declared":     {"", "  pin_wo = var.pin\n  pin_wo_version = 1", "1 to import, 0 to add, 1 to change, 0 to destroy", []string{acctest.SetPIN, acctest.Look}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			w.Setenv("TF_VAR_pin", w.Secret("PIN", w.PIN()))
			w.Change(acctest.Live, func(n *sim.Number) { n.Region = tt.region })
			plan := w.Plan(registration(acctest.Live, tt.body)+block).Succeeds().Quiet().Sent(acctest.Look, acctest.ReadRegion)
			if !strings.Contains(plan.Output, tt.changes) {
				t.Errorf("the plan is not %q:\n%s", tt.changes, plan.Output)
			}
			w.Apply().Succeeds().Quiet().Sent(tt.sent...)
			w.Empty()
			if w.Attempts(acctest.Live) != 0 {
				t.Errorf("%d attempts", w.Attempts(acctest.Live))
			}
		})
	}
}

// TestRegistration_importCommand imports by the command, and refuses what is no
// id, or not registered.
func TestRegistration_importCommand(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Write(registration(acctest.Live, ""))
	run := func(id string) *acctest.Result {
		return w.Terraform("import", "-input=false", "-no-color", numberAddress, id)
	}
	for id, words := range map[string]string{
		"+1 555-010-0102": "written like a phone number",
		"":                "is empty",
		acctest.New:       "no registration of +1 555-010-0100 to import",
		"106540352249999": "Could not import phone number id 106540352249999",
	} {
		if r := run(id); r.Code != 1 || !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(r.Output, "│", "")), " "), words) {
			t.Errorf("import of %q: exit code %d, not %q:\n%s", id, r.Code, words, r.Output)
		}
	}
	if r := run(acctest.Live); r.Code != 0 {
		t.Fatalf("import failed:\n%s", r.Output)
	}
	w.Empty()
}

// TestRegistration_identity keeps the id of the number as identity through
// everything, and imports by it. Terraform 1.12 knows identities; this is what it
// sends.
func TestRegistration_identity(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	p := w.Protocol()
	want := func(o *acctest.Object, id string) {
		t.Helper()
		if got := p.Identity(kind, o); got["phone_number_id"] != id {
			t.Errorf("the identity is %v, want %s", got, id)
		}
	}
	imported := p.Import(kind, "", map[string]string{"phone_number_id": acctest.Live})
	want(imported, acctest.Live)
	if got := p.Values(kind, imported); got["display_phone_number"] != "+1 555-010-0102" {
		t.Errorf("imported %v", got)
	}
	want(p.Import(kind, acctest.Live, nil), acctest.Live)

	created := p.Create(kind, map[string]string{"phone_number_id": acctest.New, "pin": w.PIN()})
	want(created, acctest.New)
	want(p.Read(kind, created), acctest.New)

	// A state written by an engine without identities gets one even as it is removed.
	created.Identity = nil
	w.Deregister(acctest.New)
	gone := w.Protocol().Read(kind, created) // another run: this one has the list of the account
	want(gone, acctest.New)
	if p.Values(kind, gone) != nil || len(gone.Warnings) != 1 {
		t.Errorf("the number is still there, or nothing was said: %v", gone.Warnings)
	}
}
