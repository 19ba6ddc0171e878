package phone_test

import (
	"fmt"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// The input variables of every configuration here. What is ephemeral can only go
// into write-only arguments.
const variables = `
variable "pin" {
  type      = string
  ephemeral = true
  default   = null
}

variable "backup" {
  type      = object({ data = string, password = string })
  ephemeral = true
  default   = null
}

variable "stored_pin" {
  type      = string
  sensitive = true
  default   = null
}

variable "stored_backup" {
  type      = object({ data = string, password = string })
  sensitive = true
  default   = null
}
`

// registration is a configuration with one registration.
func registration(id, body string) string {
	return fmt.Sprintf("%s\nresource \"whatsapp_phone_registration\" \"n\" {\n  phone_number_id = %q\n%s\n}\n", variables, id, body)
}

// writeOnly is one whose PIN is never stored.
func writeOnly(w *acctest.World, id, pin, more string) string {
	w.Setenv("TF_VAR_pin", w.Secret("PIN", pin))
	return registration(id, "  pin_wo = var.pin\n  pin_wo_version = 1\n"+more)
}

// stored is one whose PIN is kept in the state.
func stored(w *acctest.World, id, pin, more string) string {
	w.Setenv("TF_VAR_stored_pin", w.Stored("PIN", pin))
	return registration(id, "  pin = var.stored_pin\n"+more)
}

// withPIN gives the simulator's number a PIN.
func withPIN(w *acctest.World, id, pin string) {
	w.Change(id, func(n *sim.Number) { n.PIN = pin })
}

// status makes the simulator's number have a status, behind everybody's back.
func status(w *acctest.World, id, status, platform string) {
	w.Change(id, func(n *sim.Number) { n.Status, n.PlatformType = status, platform })
}
