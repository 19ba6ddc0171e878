package phone_test

import (
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

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

// TestRegistration_regionAlreadyThere takes no number down to move it to where it
// is: one that was adopted without a region, and gets its own declared.
func TestRegistration_regionAlreadyThere(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Change(acctest.Live, func(n *sim.Number) { n.Region = "DE" })
	w.Run(writeOnly(w, acctest.Live, pin, ""))
	w.Plan(writeOnly(w, acctest.Live, pin, `  data_localization_region = "DE"`)).Succeeds().Quiet().Sent(acctest.Look, acctest.ReadRegion)
	w.Apply().Succeeds().Quiet().Sent(acctest.ReadRegion)
	w.Empty()
	w.Plan(writeOnly(w, acctest.Live, pin, `  data_localization_region = "CH"`)).Succeeds().Warns("will go dark")
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
		Fails("business_account_id", "not on this WhatsApp Business account", acctest.OtherAccount)
}

// TestRegistration_timeUp says that the time was up, and not that the API could
// not be reached.
func TestRegistration_timeUp(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Setenv("WHATSAPP_PREFLIGHT", "false")
	w.Plan(writeOnly(w, acctest.New, w.PIN(), `  timeouts = { create = "200ms" }`)).Succeeds()
	w.Inject(sim.Fault{Route: acctest.Look, Times: -1, Delay: time.Second})
	w.Apply().Fails("", "The time for this operation was up", "timeouts")
}
