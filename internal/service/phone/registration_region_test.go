package phone_test

import (
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// importing is the block that imports a number.
func importing(id string) string {
	return "\nimport {\n  to = " + numberAddress + "\n  id = \"" + id + "\"\n}\n"
}

// forbidden is an answer after which reading again would not help.
func forbidden(route string, skip, times int) sim.Fault {
	return sim.Fault{Route: route, Skip: skip, Times: times, Kind: sim.FaultError, Status: 403, Code: 10}
}

// TestRegistration_regionRefused registers nothing when the storage region could
// not be set, since afterwards it is too late for it.
func TestRegistration_regionRefused(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), `  data_localization_region = "DE"`)
	w.Inject(forbidden(acctest.SetRegion, 0, 1))
	w.Plan(config).Succeeds()
	w.Apply().Fails("", "Could not set the storage region of phone number +1 555-010-0100", "whatsapp_business_management").
		Sent(acctest.Look, acctest.SetRegion)
	if w.Attempts(acctest.New) != 0 || len(w.State()) != 0 {
		t.Errorf("%d attempts, state %v", w.Attempts(acctest.New), w.State())
	}
	w.Plan(config).Succeeds()
	w.Apply().Succeeds()
	w.Empty()
}

// TestRegistration_importRegionUnread imports a number whose storage region
// cannot be read, and warns of what a declared region would do.
func TestRegistration_importRegionUnread(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Inject(forbidden(acctest.ReadRegion, 0, -1))
	w.Plan(registration(acctest.Live, "")+importing(acctest.Live)).Succeeds().
		Warns("storage region of phone number id "+acctest.Live+" was not imported", "the plan will replace the registration", "code 10")
	w.Apply().Succeeds().Sent()
	w.Empty()
}

// TestRegistration_newRegionUnheardOf warns of a region that is not documented
// also when it replaces a registration.
func TestRegistration_newRegionUnheardOf(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Run(writeOnly(w, acctest.New, pin, ""))
	w.Plan(writeOnly(w, acctest.New, pin, `  data_localization_region = "XX"`)).Succeeds().
		Warns("region XX is not a documented one").Warns("will go dark")
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
