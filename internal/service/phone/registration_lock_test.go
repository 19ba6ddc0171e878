package phone_test

import (
	"slices"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// TestRegistration_twice writes to one number from one resource at a time: of two
// that declare it in one apply, the first registers and the second adopts.
func TestRegistration_twice(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t, sim.WithRegisterTime(300*time.Millisecond))
	pin := w.PIN()
	w.Plan(writeOnly(w, acctest.New, pin, "") + `
resource "whatsapp_phone_registration" "again" {
  phone_number_id = "` + acctest.New + `"
  pin_wo          = var.pin
  pin_wo_version  = 1
}
`).Succeeds()
	apply := w.Apply().Succeeds().Warns("is adopted")
	var writes []string
	for _, route := range apply.Asked {
		if route != acctest.Look {
			writes = append(writes, route)
		}
	}
	if !slices.Equal(writes, []string{acctest.Register, acctest.SetPIN}) || w.Registrations(acctest.New) != 1 {
		t.Errorf("asked %q", apply.Asked)
	}
}
