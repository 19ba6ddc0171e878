package phone_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// numbersData is a configuration with a data source, by its name and its filters.
func numbersData(account string, filters map[string]string) string {
	var all strings.Builder
	for name, filter := range filters {
		fmt.Fprintf(&all, "data \"whatsapp_phone_numbers\" %q {\n  business_account_id = %q\n  %s\n}\n", name, account, filter)
	}
	return all.String()
}

// numbers are those that a data source holds.
func numbers(t *testing.T, state map[string]map[string]any, name string) []map[string]any {
	t.Helper()
	list, ok := state["data.whatsapp_phone_numbers."+name]["phone_numbers"].([]any)
	if !ok {
		t.Fatalf("%s holds no list", name)
	}
	all := []map[string]any{}
	for _, n := range list {
		all = append(all, n.(map[string]any))
	}
	return all
}

// TestNumbersData holds all that an account lists, in the order of the ids, and asks
// for each page once.
func TestNumbersData(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Change(acctest.Live, func(n *sim.Number) { n.MessagingLimit, n.PIN = "TIER_2K", "135792" })
	config := numbersData(acctest.Account, map[string]string{"n": ""})
	w.Plan(config).Succeeds().Quiet().Sent(repeat(acctest.List, 3)...)
	w.Apply().Succeeds()
	w.Empty()
	got := numbers(t, w.State(), "n")
	var ids []string
	for _, n := range got {
		ids = append(ids, n["id"].(string))
	}
	want := []string{acctest.New, acctest.OnPremise, acctest.Live, acctest.Unverified, acctest.Coexisting, acctest.InApp}
	if diff := cmp.Diff(want, ids); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	for name, want := range map[string]any{
		"business_account_id": acctest.Account, "display_phone_number": "+1 555-010-0102", "verified_name": "Lucky Shrub",
		"status": "CONNECTED", "platform_type": "CLOUD_API", "quality_rating": "GREEN", "throughput_level": "STANDARD",
		"messaging_limit": "TIER_2K", "account_mode": "LIVE", "is_pin_enabled": true, "registered": true,
	} {
		if got[2][name] != want {
			t.Errorf("%s is %v, want %v", name, got[2][name], want)
		}
	}
}

// TestNumbersData_filters leaves out what does not pass all filters.
func TestNumbersData_filters(t *testing.T) {
	t.Parallel()
	all := []string{acctest.New, acctest.OnPremise, acctest.Live, acctest.Unverified, acctest.Coexisting, acctest.InApp}
	filters, want := map[string]string{}, map[string][]string{}
	for name, tt := range map[string]struct {
		filter string
		want   []string
	}{
		"registered":   {`registered = true`, []string{acctest.Live, acctest.Coexisting}},
		"unregistered": {`registered = false`, []string{acctest.New, acctest.OnPremise, acctest.Unverified, acctest.InApp}},
		"status":       {`status = ["PENDING", "Disconnected"]`, []string{acctest.New, acctest.Unverified, acctest.InApp}},
		"platform":     {`platform_type = ["on_premise"]`, []string{acctest.OnPremise}},
		"none":         {`platform_type = []`, nil},
		"both":         {"status = [\"CONNECTED\"]\n  platform_type = [\"ON_PREMISE\"]", []string{acctest.OnPremise}},
		"pattern":      {`display_phone_number_pattern = "^\\+1555010010[2-4]$"`, []string{acctest.Live, acctest.Unverified, acctest.Coexisting}},
		"sandbox":      {`account_mode = "SANDBOX"`, []string{acctest.New}},
		"badge":        {`is_official_business_account = true`, []string{acctest.Live}},
		"no_badge":     {"is_official_business_account = false\n  account_mode = \"LIVE\"\n  registered = true", []string{acctest.Coexisting}},
		"nobody":       {`display_phone_number_pattern = "^49"`, nil},
		"everybody":    {`display_phone_number_pattern = ""`, all},
	} {
		filters[name], want[name] = tt.filter, tt.want
	}
	w := acctest.Start(t)
	w.Change(acctest.New, func(n *sim.Number) { n.AccountMode = "SANDBOX" })
	w.Change(acctest.Live, func(n *sim.Number) { n.Official = true })
	w.Plan(numbersData(acctest.Account, filters)).Succeeds()
	w.Apply().Succeeds()
	state := w.State()
	for name, want := range want {
		var got []string
		for _, n := range numbers(t, state, name) {
			got = append(got, n["id"].(string))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestNumbersData_refused names the argument to blame, and asks nothing when it can
// be told without.
func TestNumbersData_refused(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.ForbidAccount(acctest.OtherAccount, true)
	with := func(account, filter string) string { return numbersData(account, map[string]string{"n": filter}) }
	w.Plan(with("Lucky Shrub", "")).Fails("business_account_id", "digits only").Sent()
	w.Plan(with(acctest.Account, `display_phone_number_pattern = "(555"`)).Fails("display_phone_number_pattern", "missing closing )").Sent()
	w.Plan(with(acctest.Live, "")).Fails("business_account_id", "Could not list the numbers of WhatsApp Business account "+acctest.Live, "will not do")
	w.Plan(with(acctest.OtherAccount, "")).Fails("business_account_id", "code 200")
}
