package account_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

const (
	tokenData = "data \"whatsapp_access_token\" \"t\" {}\n"
	debug     = "GET /debug_token"
)

// token is a world with a token of one's own.
func token(t *testing.T, change func(*sim.World)) *acctest.World {
	t.Helper()
	world := acctest.DefaultWorld()
	world.App.Name = "Lucky App"
	change(&world)
	return acctest.StartWith(t, world)
}

// TestTokenData tells what the token may do, with one call, and keeps the token itself
// out of everything.
func TestTokenData(t *testing.T) {
	t.Parallel()
	expires := time.Now().Add(30 * 24 * time.Hour).Truncate(time.Second).UTC()
	w := token(t, func(world *sim.World) {
		world.TokenExpires = expires
		world.Scopes = []string{"whatsapp_business_messaging", "whatsapp_business_management", "business_management"}
	})
	w.Plan(tokenData).Succeeds().Quiet().Sent(debug)
	w.Apply().Succeeds()
	got := w.State()["data.whatsapp_access_token.t"]
	if issued, err := time.Parse(time.RFC3339, got["issued_at"].(string)); err != nil || time.Since(issued) > 2*time.Hour {
		t.Errorf("issued at %v, %v", got["issued_at"], err)
	}
	delete(got, "issued_at")
	accounts := []any{acctest.Account, acctest.OtherAccount}
	want := map[string]any{
		"valid": true, "problem": nil, "type": "SYSTEM_USER", "app_id": "634974688087057", "app_name": "Lucky App",
		"user_id": "800000000000001", "expires_at": expires.Format(time.RFC3339), "data_access_expires_at": nil,
		"scopes": []any{"business_management", "whatsapp_business_management", "whatsapp_business_messaging"},
		"granular_scopes": []any{
			map[string]any{"scope": "whatsapp_business_messaging", "target_ids": accounts},
			map[string]any{"scope": "whatsapp_business_management", "target_ids": accounts},
			map[string]any{"scope": "business_management", "target_ids": nil},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestTokenData_warns of a token that is a person's, or that goes blind early.
func TestTokenData_warns(t *testing.T) {
	t.Parallel()
	soon := time.Now().Add(90 * 24 * time.Hour)
	for name, tt := range map[string]struct {
		change func(*sim.World)
		want   []string
	}{
		"a person's":          {func(w *sim.World) { w.TokenType = "USER" }, []string{"The access token is that of a person"}},
		"a person's, for now": {func(w *sim.World) { w.TokenType, w.DataAccessExpires = "USER", soon }, []string{"of a person", soon.UTC().Format(time.RFC3339)}},
		"blind":               {func(w *sim.World) { w.DataAccessExpires = soon }, []string{"will lose its access to data", soon.UTC().Format(time.RFC3339)}},
		"blind first":         {func(w *sim.World) { w.DataAccessExpires, w.TokenExpires = soon, soon.Add(time.Hour) }, []string{"will lose its access to data"}},
		"expired first":       {func(w *sim.World) { w.DataAccessExpires, w.TokenExpires = soon, soon.Add(-time.Hour) }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := token(t, tt.change).Plan(tokenData).Succeeds()
			if tt.want == nil {
				plan.Quiet()
				return
			}
			plan.Warns(tt.want...)
		})
	}
}

// TestTokenData_example fails a plan as the example of the docs page says.
func TestTokenData_example(t *testing.T) {
	t.Parallel()
	example, err := os.ReadFile("../../../examples/data-sources/whatsapp_access_token/conditions/main.tf")
	if err != nil {
		t.Fatal(err)
	}
	in := func(days int) time.Time { return time.Now().Add(time.Duration(days) * 24 * time.Hour) }
	for name, tt := range map[string]struct {
		change func(*sim.World)
		fails  string
		warns  string
	}{
		"never ends": {func(*sim.World) {}, "", ""},
		"in time":    {func(w *sim.World) { w.TokenExpires = in(15) }, "", ""},
		"too soon":   {func(w *sim.World) { w.TokenExpires = in(13) }, "The access token expires at " + in(13).UTC().Format(time.DateOnly), ""},
		"no scope":   {func(w *sim.World) { w.Scopes = []string{"whatsapp_business_management"} }, "The access token lacks whatsapp_business_messaging.", ""},
		"blind soon": {func(w *sim.World) { w.DataAccessExpires = in(13) }, "", "may not read data for much longer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan := token(t, tt.change).Plan(string(example))
			if tt.fails != "" {
				plan.Fails("", tt.fails)
				return
			}
			if plan.Succeeds(); tt.warns != "" {
				plan.Warns(tt.warns)
			} else if strings.Contains(plan.Output, "much longer") {
				t.Error("it warns")
			}
		})
	}
}

// TestTokenData_expired is an error of the token, whose cause is the answer's.
func TestTokenData_expired(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.ExpireToken()
	w.Plan(tokenData).Fails("", "Could not look up the access token", "code 190")
}
