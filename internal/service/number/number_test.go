package number_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

func TestMain(m *testing.M) { acctest.Main(m) }

const (
	kindNumber       = "whatsapp_phone_number"
	kindVerification = "whatsapp_phone_verification"
	numberAddress    = kindNumber + ".n"

	add     = "POST /{business-account-id}/phone_numbers"
	rename  = acctest.SetPIN // the same route: what is sent decides
	request = "POST /{phone-number-id}/request_code"
	verify  = "POST /{phone-number-id}/verify_code"
)

// numberArguments are those of a number that is on no account yet.
func numberArguments(national, name string) acctest.Attributes {
	return acctest.Attributes{"business_account_id": acctest.Account, "country_code": "1", "phone_number": national, "display_name": name}
}

// numberConfig is a configuration with one number.
func numberConfig(national, name string) string {
	return fmt.Sprintf(`
resource "whatsapp_phone_number" "n" {
  business_account_id = %q
  country_code        = "1"
  phone_number        = %q
  display_name        = %q
}
`, acctest.Account, national, name)
}

// withDigits returns the simulator's numbers with these digits.
func withDigits(w *acctest.World, digits string) []sim.Number {
	var all []sim.Number
	for _, n := range w.Numbers() {
		if strings.NewReplacer("+", "", " ", "", "-", "").Replace(n.DisplayPhoneNumber) == digits {
			all = append(all, n)
		}
	}
	return all
}

// added is the one number with these digits.
func added(t *testing.T, w *acctest.World, digits string) sim.Number {
	t.Helper()
	all := withDigits(w, digits)
	if len(all) != 1 {
		t.Fatalf("there are %d numbers %s", len(all), digits)
	}
	return all[0]
}

// paged is how a list of the account's n numbers is asked for, two a page.
func paged(n int) []string {
	var all []string
	for range (n + 1) / 2 {
		all = append(all, acctest.List)
	}
	return all
}
