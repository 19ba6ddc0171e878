package sim

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// belief is one thing we believe of the real API.
type belief struct {
	number int
	text   string
	// source names pages under
	// https://developers.facebook.com/documentation/business-messaging/whatsapp/
	// or of the Graph API's own documentation ("graph-api/…"); "live" is what people
	// measured on the real API, "inferred" what no source says, and "conflict" where
	// sources disagree and we follow the one named.
	source string
	check  func(*lab)
}

// beliefs are numbered for good: a belief that is dropped takes its number along.
var beliefs = []belief{
	{1, "A verified number is registered with any PIN while it has none, and keeps it.",
		"business-phone-numbers/registration", func(l *lab) {
			l.wantOK(l.register(fresh, "012345"))
			l.wantError(l.register(fresh, "543210"), 400, 133005, 0)
		}},
	{2, "Registering again with the right PIN succeeds.",
		"conflict: business-phone-numbers/registration, against an example in Meta's OpenAPI file",
		func(l *lab) { l.wantOK(l.register(live, "111222")) }},
	{3, "Success is told as a boolean or as a string.",
		"conflict: reference/whatsapp-business-phone-number/register-api shows both", func(l *lab) {
			WithStringSuccess()(l.Server)
			if a := l.register(live, "111222"); a.body != `{"success":"true"}` {
				l.Errorf("got %s", a.body)
			}
		}},
	{4, "An approved display name comes into force by registering again.",
		"conflict: business-phone-numbers/registration of June 2026, against display-names of 2025", func(l *lab) {
			l.wantOK(l.register(bread, "333444"))
			if n := l.number(bread); n.VerifiedName != "Bread" {
				l.Errorf("the name is %s", n.VerifiedName)
			}
		}},
	{5, "Ten calls in 72 hours; the eleventh blocks the number for 72 hours.",
		"business-phone-numbers/registration, support/error-codes", func(l *lab) {
			for range 10 {
				l.wantOK(l.register(live, "111222"))
			}
			l.wantError(l.register(live, "111222"), 400, 133016, 0)
			l.clock.Advance(72*time.Hour - time.Second)
			l.wantError(l.register(live, "111222"), 400, 133016, 0)
			l.clock.Advance(time.Second)
			l.wantOK(l.register(live, "111222"))
		}},
	{6, "Register and deregister share the ten.",
		"inferred from the text of 133016 in support/error-codes", func(l *lab) {
			l.wantOK(l.post(live+"/deregister", ""))
			l.wantOK(l.register(live, "111222"))
			if l.Attempts(live) != 2 {
				l.Errorf("%d attempts, want 2", l.Attempts(live))
			}
		}},
	{7, "A call counts whether or not it succeeds, also a malformed one.",
		"business-phone-numbers/registration; inferred for malformed ones", func(l *lab) {
			l.register(live, "abc")
			l.register(live, "000000")
			if l.Attempts(live) != 2 {
				l.Errorf("%d attempts, want 2", l.Attempts(live))
			}
		}},
	{8, "A call that is not let in does not count: token, permission, unknown number, deletion under way.",
		"inferred", func(l *lab) {
			l.send("POST", "/v25.0/"+live+"/register", "", "Authorization", "")
			l.ExpireToken()
			l.register(live, "111222")
			if l.Attempts(live) != 0 {
				l.Errorf("%d attempts, want 0", l.Attempts(live))
			}
		}},
	{9, "A malformed PIN is refused with subcode 2388092.", "live",
		func(l *lab) { l.wantError(l.register(fresh, "12345"), 400, 100, 2388092) }},
	{10, "A PIN that is a JSON number is malformed.", "inferred from the field's type, string",
		func(l *lab) {
			l.wantError(l.post(fresh+"/register", `{"messaging_product":"whatsapp","pin":123456}`), 400, 100, 2388092)
		}},
	{11, "Where messages are stored is no parameter of register since v21.0.",
		"conflict: changelog of 2024-10-02 and local-storage, against business-phone-numbers/registration", func(l *lab) {
			l.wantError(l.post(fresh+"/register",
				`{"messaging_product":"whatsapp","pin":"012345","data_localization_region":"DE"}`), 400, 100, 0)
		}},
	{12, "An unknown parameter is refused.", "inferred; some edges are known to ignore them",
		func(l *lab) { l.wantError(l.post(live, `{"pin":"012345","colour":"x"}`), 400, 100, 0) }},
	{13, "Too many wrong PINs lock the number; the details say for how long.",
		"support/error-codes; that it takes five and lasts an hour is inferred", func(l *lab) {
			for range 5 {
				l.register(live, "000000")
			}
			l.wantError(l.register(live, "111222"), 400, 133008, 0)
			l.clock.Advance(time.Hour)
			l.wantOK(l.register(live, "111222"))
		}},
	{14, "Wrong PINs in quick succession are refused with 133009.",
		"support/error-codes; how quick is not published, so it takes an option", func(l *lab) {
			WithPINPace(time.Second)(l.Server)
			l.register(live, "000000")
			l.wantError(l.register(live, "000000"), 400, 133009, 0)
		}},
	{15, "A wrong PIN in a migration takes the On-Premises deployment down.",
		"reference/whatsapp-business-phone-number/register-api; the code and what the node shows are inferred", func(l *lab) {
			l.wantError(l.migrate(onprem, "000000", "tacos", "V0FCS=="), 400, 133005, 0)
			l.wantShown(onprem, "DISCONNECTED", "NOT_APPLICABLE")
		}},
	{16, "After that the right PIN and the same backup register it.", "inferred", func(l *lab) {
		l.migrate(onprem, "000000", "tacos", "V0FCS==")
		l.wantOK(l.migrate(onprem, "004711", "tacos", "V0FCS=="))
	}},
	{17, "A valid backup takes the place of the verification.",
		"support/migrating-from-onprem-to-cloud", func(l *lab) {
			l.Change(onprem, func(n *Number) { n.CodeVerificationStatus = "NOT_VERIFIED" })
			l.wantError(l.register(onprem, "004711"), 400, 133006, 0)
			l.wantOK(l.migrate(onprem, "004711", "tacos", "V0FCS=="))
		}},
	{18, "A wrong backup is refused with 133002 and changes nothing.",
		"inferred from support/error-codes of 2022", func(l *lab) {
			l.wantError(l.migrate(onprem, "004711", "wrong", "V0FCS=="), 400, 133002, 0)
			l.wantState(onprem, "CONNECTED", "ON_PREMISE")
		}},
	{19, "A migration without a backup succeeds and loses the profile.",
		"support/migrating-from-onprem-to-cloud", func(l *lab) {
			l.wantOK(l.register(onprem, "004711"))
			if !l.number(onprem).ProfileLost {
				l.Error("the profile is not lost")
			}
		}},
	{20, "A backup of a number that has none is refused with 100.", "inferred",
		func(l *lab) { l.wantError(l.migrate(fresh, "004711", "tacos", "V0FCS=="), 400, 100, 0) }},
	{21, "A number in use with the Business app cannot be registered, with code 100.",
		"embedded-signup/onboarding-business-app-users says to skip it; the code is inferred",
		func(l *lab) { l.wantError(l.register(bizapp, "012345"), 400, 100, 0) }},
	{22, "Nor can it be deregistered, with code 100.",
		"embedded-signup/onboarding-business-app-users",
		func(l *lab) { l.wantError(l.post(bizapp+"/deregister", ""), 400, 100, 0) }},
	{23, "What is not registered is deregistered with 100/2207051.", "Meta's OpenAPI file",
		func(l *lab) { l.wantError(l.post(fresh+"/deregister", ""), 400, 100, 2207051) }},
	{24, "A number on On-Premises is not linked, with code 100.", "Meta's OpenAPI file; that it means On-Premises is inferred",
		func(l *lab) { l.wantError(l.post(onprem+"/deregister", ""), 400, 100, 0) }},
	{25, "Deregistering keeps the PIN.", "conflict: two reports, none of them Meta's; the unkinder one is followed",
		func(l *lab) {
			l.wantOK(l.post(live+"/deregister", ""))
			l.wantError(l.register(live, "000000"), 400, 133005, 0)
		}},
	{26, "Deregistering switches local storage off.", "business-phone-numbers/registration", func(l *lab) {
		l.Change(live, func(n *Number) { n.Region = "DE" })
		l.wantOK(l.post(live+"/deregister", ""))
		if l.number(live).Region != "" {
			l.Error("it is still on")
		}
	}},
	{27, "A deregistered number is DISCONNECTED on NOT_APPLICABLE, one never registered PENDING.",
		"inferred from the enumerations and from community reports", func(l *lab) {
			l.wantShown(fresh, "PENDING", "NOT_APPLICABLE")
			l.wantOK(l.post(live+"/deregister", ""))
			l.wantShown(live, "DISCONNECTED", "NOT_APPLICABLE")
		}},
	{28, "An unfinished deregistration blocks registering until it is repeated.", "support/error-codes", func(l *lab) {
		l.Change(fresh, func(n *Number) { n.DeregistrationUnfinished = true })
		l.wantError(l.register(fresh, "012345"), 500, 133000, 0)
		l.wantOK(l.post(fresh+"/deregister", ""))
		l.wantOK(l.register(fresh, "012345"))
	}},
	{29, "For five minutes a deleted number answers register with 133015, its node code 33.",
		"business-phone-numbers/phone-numbers, support/error-codes; code 33 for register afterwards is inferred", func(l *lab) {
			l.Remove(live)
			l.wantError(l.get(live), 400, 33, 0)
			l.wantError(l.register(live, "111222"), 400, 133015, 0)
			l.clock.Advance(5 * time.Minute)
			l.wantError(l.register(live, "111222"), 400, 33, 0)
		}},
	{30, "Setting the PIN needs no old one and no budget, and ends a lock.",
		"business-phone-numbers/two-step-verification; the end of the lock is inferred", func(l *lab) {
			for range 5 {
				l.register(live, "000000")
			}
			l.wantOK(l.post(live, `{"pin":"999888"}`))
			l.wantOK(l.register(live, "999888"))
		}},
	{31, "An empty PIN does not switch two-step verification off.",
		"conflict: business-phone-numbers/two-step-verification, against Meta's OpenAPI file",
		func(l *lab) { l.wantError(l.post(live, `{"pin":""}`), 400, 100, 2388092) }},
	{32, "One unknown field fails the whole read.", "live",
		func(l *lab) { l.wantError(l.get(live+"?fields=id,unified_cert_status"), 400, 100, 0) }},
	{33, "platform_type and host_platform are one field.", "live", func(l *lab) {
		a := l.get(live + "?fields=platform_type,host_platform")
		if a.json["platform_type"] != a.json["host_platform"] {
			l.Errorf("got %s", a.body)
		}
	}},
	{34, "last_onboarded_time and creation_time sort and cannot be read.",
		"conflict: live, against solution-providers/manage-phone-numbers", func(l *lab) {
			l.wantOK(l.get(garden + "/phone_numbers?sort=last_onboarded_time_ascending"))
			l.wantError(l.get(garden+"/phone_numbers?fields=last_onboarded_time"), 400, 100, 0)
		}},
	{35, "The list's limit is 100; more is refused.", "Meta's OpenAPI file; that it is refused is inferred",
		func(l *lab) { l.wantError(l.get(garden+"/phone_numbers?limit=101"), 400, 100, 0) }},
	{36, "A bad cursor is refused with 131059 since v24.0.", "support/error-codes; 100 before is inferred", func(l *lab) {
		l.wantError(l.send("GET", "/v24.0/"+garden+"/phone_numbers?after=x", ""), 400, 131059, 0)
		l.wantError(l.send("GET", "/v23.0/"+garden+"/phone_numbers?after=x", ""), 400, 100, 0)
	}},
	{37, "paging.next carries the access token.", "graph-api/results", func(l *lab) {
		if _, next := l.get(garden + "/phone_numbers").paging(); !strings.Contains(next, "access_token=EAAtest") {
			l.Errorf("next is %s", next)
		}
	}},
	{38, "Lost sight of a number looks like no number, while the list shows it.", "live; that the list shows it is inferred", func(l *lab) {
		l.Forbid(bread, true)
		l.wantError(l.get(bread), 400, 100, 33)
		if a := l.get(bakery + "/phone_numbers"); !strings.Contains(a.body, bread) {
			l.Errorf("got %s", a.body)
		}
	}},
	{39, "Lost access to an account answers 200 with HTTP status 403.", "support/error-codes", func(l *lab) {
		l.ForbidAccount(bakery, true)
		l.wantError(l.get(bakery+"/phone_numbers"), 403, 200, 0)
	}},
	{40, "health_status names the account of a number.", "support/health-status", func(l *lab) {
		a := l.get(live + "?fields=health_status")
		for kind, id := range map[string]string{
			"PHONE_NUMBER": live, "WABA": garden, "BUSINESS": "700000000000001", "APP": "600000000000001",
		} {
			if !strings.Contains(a.body, fmt.Sprintf(`"entity_type":"%s","id":"%s"`, kind, id)) {
				l.Errorf("no %s %s in %s", kind, id, a.body)
			}
		}
	}},
	{41, "Storage is set in capitals, and only while unregistered.",
		"conflict: local-storage, against Meta's OpenAPI file; the code of the refusal is inferred", func(l *lab) {
			on := `{"storage_configuration":{"status":"IN_COUNTRY_STORAGE_ENABLED","data_localization_region":"DE"}}`
			l.wantError(l.post(live+"/settings", strings.ToLower(on)), 400, 100, 0)
			l.wantError(l.post(live+"/settings", on), 400, 100, 0)
			l.wantOK(l.post(fresh+"/settings", on))
		}},
	{42, "A number on On-Premises counts as unregistered for that.", "inferred", func(l *lab) {
		l.wantOK(l.post(onprem+"/settings",
			`{"storage_configuration":{"status":"IN_COUNTRY_STORAGE_ENABLED","data_localization_region":"DE"}}`))
	}},
	{43, "A call without a token answers 104, HTTP status 400.",
		"inferred: graph-api documents 104, 2500 and 200 for it",
		func(l *lab) { l.wantError(l.send("GET", "/v25.0/"+live, "", "Authorization", ""), 400, 104, 0) }},
	{44, "An expired token answers 190/463, HTTP status 401.", "graph-api/guides/error-handling, support/error-codes", func(l *lab) {
		l.ExpireToken()
		l.wantError(l.get(live), 401, 190, 463)
	}},
	{45, "A proof over the token alone, and one over token and time, both pass.",
		"facebook-login/security for the timed one; live for the classic one", func(l *lab) {
			at := fmt.Sprint(time.Now().Unix())
			l.wantOK(l.get(live + "?appsecret_proof=" + sign("EAAtest", "shhh")))
			l.wantOK(l.get(live + "?appsecret_proof=" + sign("EAAtest|"+at, "shhh") + "&appsecret_time=" + at))
		}},
	{46, "Reading takes whatsapp_business_management, registering both permissions.",
		"business-phone-numbers/registration; which code names which permission is inferred", func(l *lab) {
			l.store.scopes = []string{scopeManagement}
			l.wantOK(l.get(live))
			l.wantError(l.register(live, "111222"), 403, 10, 0)
		}},
	{47, "An expired version is served by the oldest that is left.", "graph-api/guides/versioning", func(l *lab) {
		if v := l.send("GET", "/v15.0/"+live, "").header.Get("facebook-api-version"); v != "v21.0" {
			l.Errorf("served by %s", v)
		}
	}},
	{48, "A path without a version is served by the app's default.",
		"graph-api/guides/versioning; that this is v25.0 is a choice", func(l *lab) {
			if v := l.send("GET", "/"+live, "").header.Get("facebook-api-version"); v != "v25.0" {
				l.Errorf("served by %s", v)
			}
		}},
	{49, "A version that does not exist is an unknown path.", "inferred",
		func(l *lab) { l.wantError(l.send("GET", "/v99.0/"+live, ""), 400, 2500, 0) }},
	{50, "Throttling answers status 400 with minutes in a header.",
		"graph-api/overview/rate-limiting; it names 80008, support/error-codes 80007", func(l *lab) {
			l.Inject(Fault{Kind: FaultThrottle, RegainMinutes: 3})
			a := l.get(live)
			l.wantError(a, 400, 80008, 2446079)
			if h := a.header.Get("X-Business-Use-Case-Usage"); !strings.Contains(h, `"estimated_time_to_regain_access":3`) {
				l.Errorf("header %q", h)
			}
		}},
	{51, "A registration may not show at once.", "inferred from reports of integrators", func(l *lab) {
		l.wantOK(l.register(fresh, "012345"))
		l.wantShown(fresh, "PENDING", "CLOUD_API")
		l.wantShown(fresh, "CONNECTED", "CLOUD_API")
	}},
	{52, "Registering a number in use does not ask for its verification again.",
		"inferred: EXPIRED was seen live on numbers that work", func(l *lab) {
			l.Change(live, func(n *Number) { n.CodeVerificationStatus = "EXPIRED" })
			l.wantOK(l.register(live, "111222"))
		}},
	{53, "A banned number cannot be registered, with 131031.", "support/error-codes; that it is this code is inferred", func(l *lab) {
		l.Ban(live)
		l.wantError(l.register(live, "111222"), 403, 131031, 0)
	}},
	{54, "Another method on a known path is an unsupported request, 100/33.", "live",
		func(l *lab) { l.wantError(l.send("DELETE", "/v25.0/"+live, ""), 400, 100, 33) }},
	{55, "The portfolio's messaging limit can be read since v24.0.", "messaging-limits; that it is refused before is inferred", func(l *lab) {
		path := "/" + live + "?fields=whatsapp_business_manager_messaging_limit"
		l.wantOK(l.send("GET", "/v24.0"+path, ""))
		l.wantError(l.send("GET", "/v23.0"+path, ""), 400, 100, 0)
	}},
}

func TestClaims(t *testing.T) { checkBeliefs(t, beliefs, newLab) }

func checkBeliefs(t *testing.T, beliefs []belief, world func(*testing.T, ...Option) *lab) {
	t.Helper()
	last := 0
	for _, b := range beliefs {
		if b.number <= last || b.source == "" || !strings.HasSuffix(b.text, ".") {
			t.Errorf("belief %d is out of order, or lacks a source or a full stop", b.number)
		}
		last = b.number
		t.Run(fmt.Sprint(b.number), func(t *testing.T) {
			defer func() {
				if t.Failed() {
					t.Logf("belief: %s (%s)", b.text, b.source)
				}
			}()
			b.check(world(t))
		})
	}
}
