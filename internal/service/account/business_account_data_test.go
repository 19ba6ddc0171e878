package account_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

func accountData(id string) string {
	return "data \"whatsapp_business_account\" \"a\" {\n  business_account_id = \"" + id + "\"\n}\n"
}

// everything is an account with all that the API may tell.
const everything = `{"id": "` + acctest.Account + `", "name": "Lucky Shrub", "currency": "USD", "timezone_id": "1",
  "message_template_namespace": "aaaa_bbbb", "account_review_status": "APPROVED", "business_verification_status": "verified",
  "ownership_type": "SELF", "status": "ACTIVE", "country": "US", "creation_time": 1700000000,
  "owner_business_info": {"id": "` + business + `", "name": "Lucky Shrub Inc."}, "primary_funding_id": "77",
  "whatsapp_business_manager_messaging_limit": "TIER_10K", "is_enabled_for_insights": true, "is_shared_with_partners": false,
  "health_status": {"can_send_message": "LIMITED"}}`

// facts is the same as Terraform has it.
var facts = map[string]any{
	"id": acctest.Account, "name": "Lucky Shrub", "currency": "USD", "timezone_id": "1",
	"message_template_namespace": "aaaa_bbbb", "account_review_status": "APPROVED", "business_verification_status": "verified",
	"ownership_type": "SELF", "status": "ACTIVE", "country": "US", "creation_time": "2023-11-14T22:13:20Z",
	"owner_business_id": business, "owner_business_name": "Lucky Shrub Inc.", "primary_funding_id": "77",
	"messaging_limit": "TIER_10K", "is_enabled_for_insights": true, "is_shared_with_partners": false,
}

// with returns the facts and more.
func with(more map[string]any) map[string]any {
	all := map[string]any{}
	for _, m := range []map[string]any{facts, more} {
		for name, value := range m {
			all[name] = value
		}
	}
	return all
}

// TestAccountData has each value of the API in its own attribute, read with one call.
func TestAccountData(t *testing.T) {
	t.Parallel()
	w, api := answering(t, map[string]string{acctest.Account: everything})
	w.Plan(accountData(acctest.Account)).Succeeds().Quiet()
	if diff := cmp.Diff([]string{acctest.Account}, api.takes()); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	w.Apply().Succeeds().Quiet()
	want := with(map[string]any{"business_account_id": acctest.Account, "can_send_message": "LIMITED"})
	if diff := cmp.Diff(want, w.State()["data.whatsapp_business_account.a"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAccountData_nothing is null wherever the API leaves a value out.
func TestAccountData_nothing(t *testing.T) {
	t.Parallel()
	w, _ := answering(t, map[string]string{acctest.Account: `{"id": "` + acctest.Account + `"}`})
	w.Plan(accountData(acctest.Account)).Succeeds()
	w.Apply().Succeeds().Quiet()
	for name, got := range w.State()["data.whatsapp_business_account.a"] {
		if id := name == "id" || name == "business_account_id"; id && got != acctest.Account || !id && got != nil {
			t.Errorf("%s is %v", name, got)
		}
	}
}

// TestAccountData_errors name the id.
func TestAccountData_errors(t *testing.T) {
	t.Parallel()
	w, api := answering(t, nil)
	w.Plan(accountData("Lucky Shrub")).Fails("business_account_id", "digits only")
	if asked := api.takes(); asked != nil {
		t.Errorf("asked: %q", asked)
	}
	w.Plan(accountData("102290129340999")).Fails("business_account_id", "Could not look up the WhatsApp Business account", "subcode 33")
}
