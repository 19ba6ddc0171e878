package phone_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

// answering is a world whose API answers every request with the same text.
func answering(t *testing.T, answer string) *acctest.World {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, answer)
	}))
	t.Cleanup(server.Close)
	w := acctest.Start(t)
	w.Setenv("WHATSAPP_BASE_URL", server.URL)
	return w
}

// TestNumberData_everything has each value of the API in its own attribute, the
// reasons why messages are held up included.
func TestNumberData_everything(t *testing.T) {
	t.Parallel()
	w := answering(t, `{
  "id": "`+acctest.Live+`", "display_phone_number": "+1 555-010-0102", "verified_name": "Lucky Shrub",
  "status": "RATE_LIMITED", "platform_type": "CLOUD_API", "code_verification_status": "EXPIRED",
  "name_status": "AVAILABLE_WITHOUT_REVIEW", "new_display_name": "Lucky", "new_name_status": "DECLINED",
  "quality_rating": "YELLOW", "account_mode": "SANDBOX", "throughput": {"level": "HIGH"},
  "whatsapp_business_manager_messaging_limit": "TIER_10K", "country_code": "US", "country_dial_code": "1",
  "search_visibility": "VISIBLE", "is_on_biz_app": true, "is_pin_enabled": false,
  "is_official_business_account": true, "is_preverified_number": true,
  "health_status": {"can_send_message": "BLOCKED", "entities": [
    {"entity_type": "PHONE_NUMBER", "id": "`+acctest.Live+`", "can_send_message": "LIMITED", "additional_info": ["Slow down.", "Please."]},
    {"entity_type": "WABA", "id": "`+acctest.Account+`", "can_send_message": "BLOCKED", "errors": [
      {"error_code": 141006, "error_description": "There is no payment method.", "possible_solution": "Add one."},
      {"error_code": 141010, "error_description": "It is not verified."}
    ]}
  ]}
}`)
	w.Plan(numberData(acctest.Live)).Succeeds()
	w.Apply().Succeeds().Quiet()
	want := map[string]any{
		"phone_number_id": acctest.Live, "id": acctest.Live, "business_account_id": acctest.Account,
		"display_phone_number": "+1 555-010-0102", "country_code": "US", "country_dial_code": "1",
		"verified_name": "Lucky Shrub", "name_status": "AVAILABLE_WITHOUT_REVIEW", "new_display_name": "Lucky", "new_name_status": "DECLINED",
		"status": "RATE_LIMITED", "platform_type": "CLOUD_API", "code_verification_status": "EXPIRED",
		"quality_rating": "YELLOW", "throughput_level": "HIGH", "messaging_limit": "TIER_10K", "account_mode": "SANDBOX",
		"search_visibility": "VISIBLE", "is_on_biz_app": true, "is_official_business_account": true, "is_pin_enabled": false, "is_preverified_number": true,
		"registered": true, "health": map[string]any{"can_send_message": "BLOCKED", "entities": []any{
			map[string]any{
				"type": "PHONE_NUMBER", "id": acctest.Live, "can_send_message": "LIMITED",
				"additional_info": []any{"Slow down.", "Please."}, "errors": nil,
			},
			map[string]any{
				"type": "WABA", "id": acctest.Account, "can_send_message": "BLOCKED", "additional_info": nil,
				"errors": []any{
					map[string]any{"code": 141006.0, "description": "There is no payment method.", "solution": "Add one."},
					map[string]any{"code": 141010.0, "description": "It is not verified.", "solution": nil},
				},
			},
		}},
	}
	if diff := cmp.Diff(want, w.State()[dataAddress]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestNumberData_nothing is null wherever the API leaves a value out.
func TestNumberData_nothing(t *testing.T) {
	t.Parallel()
	w := answering(t, `{"id": "`+acctest.Live+`"}`)
	w.Plan(numberData(acctest.Live)).Succeeds()
	w.Apply().Succeeds().Quiet()
	for name, got := range w.State()[dataAddress] {
		if id := name == "id" || name == "phone_number_id"; id && got != acctest.Live || !id && got != nil {
			text, err := json.Marshal(got)
			t.Errorf("%s is %s, %v", name, text, err)
		}
	}
}
