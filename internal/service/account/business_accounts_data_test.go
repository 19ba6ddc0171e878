package account_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

func accountsData(id, more string) string {
	return fmt.Sprintf("data \"whatsapp_business_accounts\" \"a\" {\n  business_id = %q\n%s\n}\n", id, more)
}

const (
	owned  = business + "/owned_whatsapp_business_accounts"
	client = business + "/client_whatsapp_business_accounts"
	next   = `"paging": {"cursors": {"after": "x"}, "next": "https://graph.facebook.com/x"}`
)

// TestAccountsData lists the accounts of the business and of its clients, all pages of
// both, each account once and in the order of their ids.
func TestAccountsData(t *testing.T) {
	t.Parallel()
	w, api := answering(t, map[string]string{
		owned: `{"data": [{"id": "20"}], ` + next + `}`, owned + " after x": `{"data": [` + everything + `]}`,
		client: `{"data": [{"id": "20"}, {"id": "3"}]}`,
	})
	w.Plan(accountsData(business, "")).Succeeds().Quiet()
	if diff := cmp.Diff([]string{owned, owned + " after x", client}, api.takes()); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	w.Apply().Succeeds()
	accounts, ok := w.Attribute("data.whatsapp_business_accounts.a", "business_accounts").([]any)
	if !ok || len(accounts) != 3 {
		t.Fatalf("%v", accounts)
	}
	var got []string
	for _, a := range accounts {
		got = append(got, fmt.Sprint(a.(map[string]any)["id"], " ", a.(map[string]any)["relation"]))
	}
	if diff := cmp.Diff([]string{"3 client", "20 owned", acctest.Account + " owned"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(with(map[string]any{"relation": "owned"}), accounts[2]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestAccountsData_relation asks for one relation alone.
func TestAccountsData_relation(t *testing.T) {
	t.Parallel()
	for relation, path := range map[string]string{"owned": owned, "client": client} {
		w, api := answering(t, map[string]string{path: `{"data": []}`})
		w.Plan(accountsData(business, "  relation = \""+relation+"\"")).Succeeds()
		if diff := cmp.Diff([]string{path}, api.takes()); diff != "" {
			t.Errorf("asked (-want +got):\n%s", diff)
		}
		w.Apply().Succeeds()
		if accounts, ok := w.Attribute("data.whatsapp_business_accounts.a", "business_accounts").([]any); !ok || len(accounts) != 0 {
			t.Errorf("%v", accounts)
		}
	}
}

// TestAccountsData_errors name what is wrong.
func TestAccountsData_errors(t *testing.T) {
	t.Parallel()
	w, api := answering(t, map[string]string{owned: `{"data": [{"id": "20"}]}`})
	w.Plan(accountsData("Lucky Shrub", "")).Fails("business_id", "digits only")
	w.Plan(accountsData(business, "  relation = \"shared\"")).Fails("relation", `is no relation. Write "owned", "client"`)
	if asked := api.takes(); asked != nil {
		t.Errorf("asked: %q", asked)
	}
	w.Plan(accountsData(business, "")).Fails("business_id", "Could not look up the WhatsApp Business accounts", "client_whatsapp_business_accounts")
}
