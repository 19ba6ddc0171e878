package sim

import (
	"strings"
	"testing"
	"time"
)

func TestRegister_newNumber(t *testing.T) {
	l := newLab(t)
	l.wantState(fresh, "PENDING", "NOT_APPLICABLE")
	l.wantOK(l.register(fresh, "012345"))

	l.wantShown(fresh, "PENDING", "CLOUD_API") // the default of WithPolls
	l.wantShown(fresh, "CONNECTED", "CLOUD_API")
	n := l.number(fresh)
	if n.PIN != "012345" || n.ThroughputLevel != "STANDARD" || n.ProfileLost {
		t.Errorf("got %+v", n)
	}
	if l.Registrations(fresh) != 1 || l.Attempts(fresh) != 1 {
		t.Errorf("%d registrations in %d attempts, want 1 in 1", l.Registrations(fresh), l.Attempts(fresh))
	}
}

func TestRegister_showsLate(t *testing.T) {
	l := newLab(t, WithStaleReads(2), WithPolls(2))
	l.wantOK(l.register(fresh, "012345"))
	for range 2 {
		l.wantShown(fresh, "PENDING", "NOT_APPLICABLE")
	}
	for range 2 {
		l.wantShown(fresh, "PENDING", "CLOUD_API")
	}
	l.wantShown(fresh, "CONNECTED", "CLOUD_API")
}

func TestRegister_listingsCountAsReads(t *testing.T) {
	l := newLab(t, WithPageSize(100))
	l.wantOK(l.register(fresh, "012345"))
	a := l.get(garden + "/phone_numbers?fields=status")
	if !strings.Contains(a.body, `{"id":"`+fresh+`","status":"PENDING"}`) {
		t.Errorf("the list shows %s", a.body)
	}
	l.wantShown(fresh, "CONNECTED", "CLOUD_API")
}

func TestRegister_changeShowsAtOnce(t *testing.T) {
	l := newLab(t, WithStaleReads(5))
	l.wantOK(l.register(fresh, "012345"))
	l.Ban(fresh)
	l.wantShown(fresh, "BANNED", "CLOUD_API")
}

func TestRegister_again(t *testing.T) {
	l := newLab(t)
	l.wantOK(l.register(live, "111222"))
	l.wantShown(live, "CONNECTED", "CLOUD_API") // one in use stays in use
	if l.Registrations(live) != 1 || l.Attempts(live) != 1 {
		t.Errorf("%d registrations in %d attempts, want 1 in 1", l.Registrations(live), l.Attempts(live))
	}
	l.Change(live, func(n *Number) { n.Status, n.CodeVerificationStatus = "FLAGGED", "EXPIRED" })
	l.wantOK(l.register(live, "111222"))
	l.wantState(live, "FLAGGED", "CLOUD_API")
}

func TestRegister_appliesApprovedName(t *testing.T) {
	l := newLab(t, WithStaleReads(1))
	l.wantOK(l.register(bread, "333444"))
	a := l.get(bread + "?fields=verified_name,new_display_name")
	if a.json["verified_name"] != "Bakery" || a.json["new_display_name"] != "Bread" {
		t.Errorf("the stale read shows %s", a.body)
	}
	a = l.get(bread + "?fields=verified_name,new_display_name,new_name_status,name_status")
	if a.json["verified_name"] != "Bread" || a.json["new_display_name"] != nil || a.json["new_name_status"] != nil {
		t.Errorf("the node shows %s", a.body)
	}

	l.Change(bread, func(n *Number) { n.NewDisplayName, n.NewNameStatus = "Cake", "PENDING_REVIEW" })
	l.wantOK(l.register(bread, "333444"))
	if n := l.number(bread); n.VerifiedName != "Bread" || n.NewDisplayName != "Cake" {
		t.Errorf("a name under review: got %+v", n)
	}
}

func TestRegister_refusals(t *testing.T) {
	tests := []struct {
		name                  string
		prepare               func(*Number)
		pin                   string
		status, code, subcode int
	}{
		{"wrong PIN", func(n *Number) { n.PIN = "999999" }, "012345", 400, 133005, 0},
		{"malformed PIN", func(*Number) {}, "abc", 400, 100, 2388092},
		{"not verified", func(n *Number) { n.CodeVerificationStatus = "NOT_VERIFIED" }, "012345", 400, 133006, 0},
		{"verification expired", func(n *Number) { n.CodeVerificationStatus = "EXPIRED" }, "012345", 400, 133006, 0},
		{"Business app", func(n *Number) { n.OnBizApp = true }, "012345", 400, 100, 0},
		{"banned", func(n *Number) { n.Status = "BANNED" }, "012345", 403, 131031, 0},
		{"deregistration unfinished", func(n *Number) { n.DeregistrationUnfinished = true }, "012345", 500, 133000, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := newLab(t)
			l.Change(fresh, tt.prepare)
			before := l.number(fresh)
			a := l.register(fresh, tt.pin)
			l.wantError(a, tt.status, tt.code, tt.subcode)
			if !strings.Contains(a.body, `"details":"`) {
				t.Errorf("no details: %s", a.body)
			}
			l.wantState(fresh, before.Status, before.PlatformType)
			if l.Attempts(fresh) != 1 || l.Registrations(fresh) != 0 || l.Calls()[0].Effective {
				t.Errorf("attempts %d, want 1; registrations %d, want 0; effective %t, want false",
					l.Attempts(fresh), l.Registrations(fresh), l.Calls()[0].Effective)
			}
		})
	}
}

func TestRegister_unfinishedDeregistration(t *testing.T) {
	l := newLab(t)
	l.Change(fresh, func(n *Number) { n.DeregistrationUnfinished = true })
	l.wantError(l.register(fresh, "012345"), 500, 133000, 0)
	l.wantOK(l.post(fresh+"/deregister", ""))
	l.wantOK(l.register(fresh, "012345"))
}

func TestRegister_migration(t *testing.T) {
	l := newLab(t)
	l.wantError(l.migrate(onprem, "004711", "burrito", "V0FCS=="), 400, 133002, 0)
	l.wantError(l.migrate(onprem, "004711", "tacos", "V0FCS"), 400, 133002, 0)
	l.wantState(onprem, "CONNECTED", "ON_PREMISE")
	l.wantError(l.migrate(fresh, "004711", "tacos", "V0FCS=="), 400, 100, 0)

	l.Change(onprem, func(n *Number) { n.CodeVerificationStatus = "NOT_VERIFIED" })
	l.wantOK(l.migrate(onprem, "004711", "tacos", "V0FCS=="))
	l.wantState(onprem, "CONNECTED", "CLOUD_API")
	if l.number(onprem).ProfileLost {
		t.Error("the profile is lost in spite of the backup")
	}
}

func TestRegister_migrationWithoutBackup(t *testing.T) {
	l := newLab(t)
	l.wantOK(l.register(onprem, "004711"))
	l.wantState(onprem, "CONNECTED", "CLOUD_API")
	if !l.number(onprem).ProfileLost {
		t.Error("the profile is not lost")
	}
	l.wantOK(l.post(onprem+"/deregister", ""))
	l.wantOK(l.register(onprem, "004711"))
	if !l.number(onprem).ProfileLost {
		t.Error("the profile came back")
	}
}

func TestRegister_wrongPINTakesOnPremisesDown(t *testing.T) {
	l := newLab(t)
	l.wantError(l.migrate(onprem, "000000", "tacos", "V0FCS=="), 400, 133005, 0)
	l.wantState(onprem, "DISCONNECTED", "NOT_APPLICABLE")
	if !l.Calls()[0].Effective {
		t.Error("the call that took the deployment down is not effective")
	}
	l.wantOK(l.migrate(onprem, "004711", "tacos", "V0FCS=="))
	l.wantState(onprem, "CONNECTED", "CLOUD_API")
}

func TestRegister_wrongPINsLock(t *testing.T) {
	l := newLab(t)
	for range 5 {
		l.wantError(l.register(live, "000000"), 400, 133005, 0)
	}
	l.clock.Advance(10 * time.Minute)
	a := l.register(live, "111222")
	l.wantError(a, 400, 133008, 0)
	if !strings.Contains(a.body, "Wait 3000 seconds") {
		t.Errorf("details without the wait: %s", a.body)
	}
	l.clock.Advance(50 * time.Minute)
	l.wantError(l.register(live, "000000"), 400, 133005, 0) // the count starts again
	l.wantOK(l.register(live, "111222"))
}

func TestRegister_rightPINForgetsWrongOnes(t *testing.T) {
	l := newLab(t)
	for range 4 {
		l.wantError(l.register(live, "000000"), 400, 133005, 0)
	}
	l.wantOK(l.register(live, "111222"))
	l.wantError(l.register(live, "000000"), 400, 133005, 0)
	l.wantOK(l.register(live, "111222"))
}

func TestRegister_wrongPINsTooFast(t *testing.T) {
	l := newLab(t, WithPINPace(time.Second))
	l.wantError(l.register(live, "000000"), 400, 133005, 0)
	l.wantError(l.register(live, "111222"), 400, 133009, 0)
	l.clock.Advance(time.Second)
	l.wantOK(l.register(live, "111222"))
	l.wantOK(l.register(live, "111222"))
}

func TestPIN(t *testing.T) {
	l := newLab(t)
	l.register(live, "000000")
	l.wantOK(l.post(live, `{"pin":"000000"}`))
	l.wantOK(l.register(live, "000000"))
	if a := l.get(fresh + "?fields=is_pin_enabled"); a.json["is_pin_enabled"] != false {
		t.Errorf("without a PIN: %s", a.body)
	}
	l.wantOK(l.post(fresh, `{"pin":"555666"}`))
	if a := l.get(fresh + "?fields=is_pin_enabled"); a.json["is_pin_enabled"] != true {
		t.Errorf("with a PIN: %s", a.body)
	}
	if l.Attempts(fresh) != 0 {
		t.Error("setting the PIN counts toward the budget")
	}
}

func TestDeregister(t *testing.T) {
	l := newLab(t)
	l.Change(live, func(n *Number) { n.Region = "DE" })
	l.wantOK(l.post(live+"/deregister", ""))
	l.wantShown(live, "DISCONNECTED", "NOT_APPLICABLE")
	if n := l.number(live); n.Region != "" || n.PIN != "111222" || n.ThroughputLevel != "NOT_APPLICABLE" {
		t.Errorf("got %+v", n)
	}
	l.wantError(l.post(live+"/deregister", ""), 400, 100, 2207051)
	if l.Attempts(live) != 2 {
		t.Errorf("%d attempts, want 2", l.Attempts(live))
	}
	l.wantError(l.register(live, "000000"), 400, 133005, 0)
	l.wantOK(l.register(live, "111222"))
}

func TestBudget(t *testing.T) {
	l := newLab(t)
	for i := range 10 {
		if i%2 == 0 {
			l.wantOK(l.post(live+"/deregister", ""))
		} else {
			l.wantOK(l.register(live, "111222"))
		}
		l.clock.Advance(time.Hour)
	}
	l.clock.Advance(61 * time.Hour) // the first is 71 hours old
	if l.Attempts(live) != 10 {
		t.Fatalf("%d attempts, want 10", l.Attempts(live))
	}
	l.wantError(l.register(live, "111222"), 400, 133016, 0)
	l.wantError(l.post(live+"/deregister", ""), 400, 133016, 0)
	l.wantOK(l.register(fresh, "012345")) // every number has its own

	l.clock.Advance(71 * time.Hour) // the window is empty, the block is not over
	if l.Attempts(live) != 0 {
		t.Errorf("%d attempts, want 0", l.Attempts(live))
	}
	l.wantError(l.register(live, "111222"), 400, 133016, 0)
	l.clock.Advance(time.Hour)
	l.wantOK(l.register(live, "111222"))
}

func TestBudget_windowMoves(t *testing.T) {
	l := newLab(t)
	for range 10 {
		l.register(live, "111222")
		l.clock.Advance(time.Hour)
	}
	l.clock.Advance(62*time.Hour - time.Second)
	if l.Attempts(live) != 10 {
		t.Errorf("%d attempts, want 10", l.Attempts(live))
	}
	l.clock.Advance(time.Second)
	if l.Attempts(live) != 9 {
		t.Errorf("%d attempts, want 9", l.Attempts(live))
	}
	l.wantOK(l.register(live, "111222"))
}

func TestBudget_callsThatAreNotLetInAreFree(t *testing.T) {
	l := newLab(t)
	l.send("POST", "/v25.0/"+live+"/register", "", "Authorization", "Bearer wrong")
	l.Forbid(live, true)
	l.register(live, "111222")
	l.Forbid(live, false)
	if l.Attempts(live) != 0 {
		t.Errorf("%d attempts, want 0", l.Attempts(live))
	}
}

func TestSettings(t *testing.T) {
	l := newLab(t)
	on := `{"storage_configuration":{"status":"IN_COUNTRY_STORAGE_ENABLED","data_localization_region":"BR"}}`
	off := `{"storage_configuration":{"status":"IN_COUNTRY_STORAGE_DISABLED"}}`
	l.wantError(l.post(live+"/settings", on), 400, 100, 0)
	l.wantOK(l.post(fresh+"/settings", on))
	l.wantOK(l.register(fresh, "012345"))
	a := l.get(fresh + "/settings")
	if !strings.Contains(a.body, `"data_localization_region":"BR","status":"IN_COUNTRY_STORAGE_ENABLED"`) {
		t.Errorf("got %s", a.body)
	}
	l.wantError(l.post(fresh+"/settings", off), 400, 100, 0)
	l.wantOK(l.post(fresh+"/deregister", ""))
	if l.number(fresh).Region != "" {
		t.Error("the region outlives the registration")
	}
	l.wantOK(l.post(fresh+"/settings", on))
	l.wantOK(l.post(fresh+"/settings", off))
	if l.number(fresh).Region != "" {
		t.Error("storage was not switched off")
	}
}

func TestSuccess_asString(t *testing.T) {
	l := newLab(t, WithStringSuccess())
	for _, a := range []reply{
		l.register(fresh, "012345"), l.post(fresh, `{"pin":"543210"}`), l.post(fresh+"/deregister", ""),
	} {
		if a.body != `{"success":"true"}` {
			t.Errorf("got %s", a.body)
		}
	}
}
