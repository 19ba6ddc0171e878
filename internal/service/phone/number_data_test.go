package phone_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

const dataAddress = "data.whatsapp_phone_number.n"

func numberData(id string) string {
	return "data \"whatsapp_phone_number\" \"n\" {\n  phone_number_id = \"" + id + "\"\n}\n"
}

// TestNumberData reads everything that the node tells, leaving out the fields
// that it refuses.
func TestNumberData(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Change(acctest.Live, func(n *sim.Number) {
		n.NewDisplayName, n.NewNameStatus, n.MessagingLimit, n.PIN = "Lucky Shrub & Sons", "PENDING_REVIEW", "TIER_2K", "135792"
	})
	w.Plan(numberData(acctest.Live)).Succeeds()
	w.Apply().Succeeds()
	got := w.State()[dataAddress]
	for name, want := range map[string]any{
		"id": acctest.Live, "phone_number_id": acctest.Live, "business_account_id": acctest.Account,
		"display_phone_number": "+1 555-010-0102", "verified_name": "Lucky Shrub", "name_status": "APPROVED",
		"new_display_name": "Lucky Shrub & Sons", "new_name_status": "PENDING_REVIEW",
		"status": "CONNECTED", "platform_type": "CLOUD_API", "code_verification_status": "VERIFIED",
		"quality_rating": "GREEN", "throughput_level": "STANDARD", "messaging_limit": "TIER_2K", "account_mode": "LIVE",
		"is_on_biz_app": false, "is_pin_enabled": true,
	} {
		if got[name] != want {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
	health, err := json.Marshal(got["health"])
	if err != nil {
		t.Fatal(err)
	}
	var h struct {
		CanSend  string `json:"can_send_message"`
		Entities []struct{ Type, ID string }
	}
	if err := json.Unmarshal(health, &h); err != nil {
		t.Fatal(err)
	}
	kinds := map[string]string{}
	for _, e := range h.Entities {
		kinds[e.Type] = e.ID
	}
	want := map[string]string{"PHONE_NUMBER": acctest.Live, "WABA": acctest.Account, "BUSINESS": "2729063490586005", "APP": "634974688087057"}
	if diff := cmp.Diff(want, kinds); diff != "" || h.CanSend != "AVAILABLE" {
		t.Errorf("can send: %s, entities: %s", h.CanSend, diff)
	}
}

// TestNumberData_strange takes values that nobody has heard of as they come.
func TestNumberData_strange(t *testing.T) {
	t.Parallel()
	for _, kind := range []sim.FaultKind{sim.FaultUnknownEnum, sim.FaultExtra} {
		t.Run(kind.String(), func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			w.Inject(sim.Fault{Route: acctest.Look, Times: -1, Kind: kind})
			w.Plan(numberData(acctest.Live)).Succeeds()
			w.Apply().Succeeds()
		})
	}
}

// TestNumberData_errors name the id where it is to blame.
func TestNumberData_errors(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Plan(numberData("+1 555")).Fails("phone_number_id", "written like a phone number").Sent()
	w.Plan(numberData("106540352249999")).Fails("phone_number_id", "Could not look up the phone number", "subcode 33")
	w.ExpireToken()
	w.Plan(numberData(acctest.Live)).Fails("phone_number_id", "another access token")
}
