package phone_test

import (
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// TestRegistration_accountOfflinePlan refuses, before anything is written, a
// number on another account than the declared one when the plan was made
// without a look.
func TestRegistration_accountOfflinePlan(t *testing.T) {
	t.Parallel()
	for name, id := range map[string]string{"not registered": acctest.New, "live": acctest.Live} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			w.Setenv("WHATSAPP_PREFLIGHT", "false")
			w.Plan(writeOnly(w, id, w.PIN(), `  business_account_id = "`+acctest.OtherAccount+`"`)).Succeeds().Sent()
			w.Apply().Fails("business_account_id", "not on this WhatsApp Business account", acctest.OtherAccount).Sent(acctest.Look)
			if len(w.State()) != 0 {
				t.Error("the state holds a number of another account")
			}
		})
	}
}

// TestRegistration_accountLearntLater fills in the account of a number as soon as
// the API tells it.
func TestRegistration_accountLearntLater(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Change(acctest.New, func(n *sim.Number) { n.RefusedFields = []string{"health_status"} })
	w.Run(config)
	if got := w.Attribute(numberAddress, "business_account_id"); got != nil {
		t.Fatalf("the account is %v already", got)
	}
	w.Change(acctest.New, func(n *sim.Number) { n.RefusedFields = nil })
	w.Terraform("apply", "-json", "-auto-approve", "-refresh-only").Succeeds().Quiet()
	if got := w.Attribute(numberAddress, "business_account_id"); got != acctest.Account {
		t.Errorf("the account is %v", got)
	}
	w.Empty()
}

// TestRegistration_accountUnknown plans for an account that is known only after
// apply, and checks it then.
func TestRegistration_accountUnknown(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	config := func(account string) string {
		return writeOnly(w, acctest.New, pin, "  business_account_id = terraform_data.later.output\n") +
			"\nresource \"terraform_data\" \"later\" {\n  input = \"" + account + "\"\n}\n"
	}
	w.Plan(config(acctest.OtherAccount)).Succeeds().Quiet()
	w.Apply().Fails("business_account_id", "not on this WhatsApp Business account")
	if w.Attempts(acctest.New) != 0 {
		t.Errorf("%d attempts", w.Attempts(acctest.New))
	}
	w.Run(config(acctest.Account))
}

// TestRegistration_accountToldLate leaves an account that was not known when the
// plan was made to the next refresh, which learns it.
func TestRegistration_accountToldLate(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Change(acctest.New, func(n *sim.Number) { n.RefusedFields = []string{"health_status"} })
	w.Run(writeOnly(w, acctest.New, pin, ""))
	w.Plan(writeOnly(w, acctest.New, pin, `  triggers = { a = "b" }`)).Succeeds()
	w.Change(acctest.New, func(n *sim.Number) { n.RefusedFields = nil })
	w.Apply().Succeeds()
	w.Terraform("apply", "-json", "-auto-approve").Succeeds()
	if got := w.Attribute(numberAddress, "business_account_id"); got != acctest.Account {
		t.Errorf("the account is %v", got)
	}
}

// TestRegistration_accountUnlisted blames the account, in the apply too, when its
// list is the only one who could tell and cannot be read.
func TestRegistration_accountUnlisted(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Setenv("WHATSAPP_PREFLIGHT", "false")
	w.Change(acctest.New, func(n *sim.Number) { n.RefusedFields = []string{"health_status"} })
	w.Plan(writeOnly(w, acctest.New, w.PIN(), `  business_account_id = "102290129349999"`)).Succeeds()
	w.Apply().Fails("business_account_id", "Could not list the numbers of WhatsApp Business account 102290129349999")
	if w.Attempts(acctest.New) != 0 {
		t.Errorf("%d attempts", w.Attempts(acctest.New))
	}
}

// TestRegistration_movedAccount says that a number is on another account now, and
// refuses a configuration that names the old one.
func TestRegistration_movedAccount(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Run(writeOnly(w, acctest.New, pin, ""))
	w.Move(acctest.New, acctest.OtherAccount)
	w.Plan(writeOnly(w, acctest.New, pin, "")).Changes(false).Warns("moved to another WhatsApp Business account", acctest.OtherAccount)
	w.Plan(writeOnly(w, acctest.New, pin, `  business_account_id = "`+acctest.Account+`"`)).
		Fails("business_account_id", "not on this WhatsApp Business account", acctest.OtherAccount).
		Sent(acctest.Look) // the refresh and the check share it
}

// TestRegistration_notFoundWithoutAccount believes no "not found" of a number
// whose account it never learnt.
func TestRegistration_notFoundWithoutAccount(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Change(acctest.New, func(n *sim.Number) { n.RefusedFields = []string{"health_status"} })
	w.Run(config)
	w.Forbid(acctest.New, true)
	w.Plan(config).Fails("phone_number_id", "cannot be seen any more", "Its account is not known", "stays in the state").Sent(acctest.Look)
	w.Attribute(numberAddress, "id")
}
