package number_test

import (
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

// chain takes a number from nothing to its registration.
const chain = codeVariables + `
variable "pin" {
  type      = string
  ephemeral = true
}

variable "name" {
  type    = string
  default = "Lucky Shrub"
}

resource "whatsapp_phone_number" "n" {
  business_account_id = "` + acctest.Account + `"
  country_code        = "1"
  phone_number        = "555 010 0123"
  display_name        = var.name
}

resource "whatsapp_phone_verification" "n" {
  phone_number_id = whatsapp_phone_number.n.phone_number_id
  code_wo         = var.code
  code_wo_version = var.code_version
}

resource "whatsapp_phone_registration" "n" {
  phone_number_id = whatsapp_phone_verification.n.phone_number_id
  pin_wo          = var.pin
  pin_wo_version  = 1
  triggers = {
    display_name = (
      whatsapp_phone_number.n.pending_name_status == "APPROVED"
      ? whatsapp_phone_number.n.pending_display_name
      : whatsapp_phone_number.n.verified_name
    )
  }
}
`

// TestChain takes a number from nothing to its registration in two applies, the first
// of which spends no registration; and then to another display name, which takes
// exactly one more.
func TestChain(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Setenv("TF_VAR_pin", w.Secret("PIN", w.PIN()))
	w.Plan(chain).Succeeds()
	r := w.Apply().Fails("", "is not verified", "No registration was attempted")
	if r.Count(acctest.Register) != 0 || r.Count(add) != 1 || r.Count(request) != 1 {
		t.Errorf("asked %q", r.Asked)
	}
	id := added(t, w, "15550100123").ID
	if w.Attribute(numberAddress, "id") != id || w.Attribute(kindVerification+".n", "status") != "code_sent" {
		t.Fatalf("the state is %v", w.State())
	}

	// Without a code, nothing is sent again and nothing is spent.
	w.Plan(chain).Succeeds().Warns("The ownership of +1 555-010-0123 is not verified")
	r = w.Apply().Fails("", "No registration was attempted")
	if r.Count(request) != 0 || w.Attempts(id) != 0 {
		t.Errorf("asked %q", r.Asked)
	}

	w.Setenv("TF_VAR_code", w.Secret("code", w.SentCode(id)))
	w.Setenv("TF_VAR_code_version", "1")
	w.Plan(chain).Succeeds()
	r = w.Apply().Succeeds()
	if n, _ := w.Number(id); r.Count(verify) != 1 || w.Registrations(id) != 1 || n.PlatformType != "CLOUD_API" || len(w.SentCodes(id)) != 1 {
		t.Errorf("asked %q", r.Asked)
	}
	w.Setenv("TF_VAR_code", "")
	w.Setenv("TF_VAR_code_version", "1")
	w.Setenv("TF_VAR_code", w.SentCode(id))
	w.Empty()
	w.Review(id, "APPROVED")

	// The loop of a display name.
	w.Setenv("TF_VAR_name", "Lucky Shrub Plants")
	w.Plan(chain).Succeeds()
	r = w.Apply().Succeeds()
	if r.Count(acctest.Register) != 0 || r.Count(rename) != 1 {
		t.Errorf("asked %q", r.Asked)
	}
	w.Empty()
	w.Review(id, "APPROVED")
	w.Plan(chain).Succeeds().Changes(true)
	w.Apply().Succeeds()
	if n, _ := w.Number(id); w.Registrations(id) != 2 || n.VerifiedName != "Lucky Shrub Plants" {
		t.Errorf("%d registrations, %+v", w.Registrations(id), n)
	}
	w.Terraform("apply", "-json", "-refresh-only", "-auto-approve").Succeeds()
	w.Empty()
	if w.Attribute(numberAddress, "verified_name") != "Lucky Shrub Plants" || w.Registrations(id) != 2 {
		t.Errorf("the state is %v", w.State()[numberAddress])
	}
	w.Destroy().Succeeds()
}
