package sim

import (
	"net/url"
	"strings"
	"testing"
)

// businessBeliefs go on with the numbers of webhookBeliefs.
var businessBeliefs = []belief{
	{126, "The accounts of a portfolio take business_management.",
		"solution-providers/manage-accounts; that whatsapp_business_management is needed too, and the code 200, are inferred", func(l *lab) {
			l.store.scopes = []string{scopeManagement}
			l.wantError(l.get("700000000000001/owned_whatsapp_business_accounts"), 403, 200, 0)
		}},
	{127, "An account that is shared is among the clients of the partner, and not among those it owns.",
		"solution-providers/manage-accounts; that both edges answer for any portfolio is inferred", func(l *lab) {
			if a := l.get("700000000000001/owned_whatsapp_business_accounts?sort=creation_time_descending"); strings.Contains(a.body, "399") {
				l.Errorf("got %s", a.body)
			}
			if a := l.get("700000000000001/client_whatsapp_business_accounts"); !strings.Contains(a.body, "399") {
				l.Errorf("got %s", a.body)
			}
		}},
	{128, "An account that the token has no access to is in no list.", "inferred", func(l *lab) {
		l.ForbidAccount("399", true)
		if a := l.get("700000000000001/client_whatsapp_business_accounts"); strings.Contains(a.body, "399") {
			l.Errorf("got %s", a.body)
		}
	}},
	{129, "The status of a verification is in lower case, the others of an account in capitals.",
		"conflict: live, against Meta's OpenAPI file of v25.0; the others are Meta's samples", func(l *lab) {
			a := l.get("399?fields=business_verification_status,status,account_review_status")
			if a.json["business_verification_status"] != "verified" || a.json["status"] != "ACTIVE" || a.json["account_review_status"] != "APPROVED" {
				l.Errorf("got %s", a.body)
			}
		}},
	{130, "A truth value to filter by is one of JSON; a string fails with an error about the operator.", "live", func(l *lab) {
		q := url.QueryEscape(`[{"field":"is_official_business_account","operator":"EQUAL","value":"false"}]`)
		a := l.get("300000000000001/phone_numbers?filtering=" + q)
		l.wantError(a, 400, 100, 0)
		if !strings.Contains(a.body, "operation 'EQUAL'") {
			l.Errorf("got %s", a.body)
		}
	}},
	{131, "The token of the app describes itself, and never expires.", "graph-api/reference/debug_token; its type is inferred", func(l *lab) {
		a := l.get("debug_token?input_token=" + url.QueryEscape("600000000000001|shhh"))
		if !strings.Contains(a.body, `"expires_at":0`) || !strings.Contains(a.body, `"type":"APP"`) {
			l.Errorf("got %s", a.body)
		}
	}},
}

func TestClaims_business(t *testing.T) { checkBeliefs(t, businessBeliefs, newFleet) }
