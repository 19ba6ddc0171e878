package page_test

import (
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// TestPress_plan presses buttons between plans, each of which says what was done.
func TestPress_plan(t *testing.T) {
	clock := sim.NewRunningClock()
	w := acctest.Start(t, sim.WithClock(clock))
	v := show(t, w.Server, clock)
	w.Setenv("TF_VAR_pin", w.Stored("PIN", w.PIN()))
	config := `
variable "pin" {
  type      = string
  sensitive = true
}

resource "whatsapp_phone_registration" "n" {
  phone_number_id = "` + acctest.New + `"
  pin             = var.pin
}
`
	w.Run(config)
	contains(t, v.state()["world"], "1 of 10 in 72 hours")
	v.press("ban", acctest.New, 303)
	w.Plan(config).Changes(false).Warns("Meta has banned +1 555-010-0100")
	v.press("unban", acctest.New, 303)
	w.Empty()

	v.press("deregister", acctest.New, 303)
	plan := w.Plan(config).Changes(true).Sent(acctest.Look)
	contains(t, plan.Output, `whatsapp_phone_registration.n: Plan to create`)
	w.Apply().Succeeds()
	contains(t, v.state()["world"], "2 of 10 in 72 hours")

	w.Change(acctest.New, func(n *sim.Number) { n.NewDisplayName, n.NewNameStatus = "Lucky Shrub & Sons", "PENDING_REVIEW" })
	w.Plan(config).Changes(false).Quiet()
	v.press("approve", acctest.New, 303)
	w.Plan(config).Changes(false).Warns("Lucky Shrub & Sons")
	v.press("window", "", 303)
	contains(t, v.state()["world"], "0 of 10 in 72 hours")
}
