package sim

import (
	"strings"
	"testing"
	"time"
)

// numberBeliefs go on with the numbers of onpremBeliefs.
var numberBeliefs = []belief{
	{81, "A number is added by its country code and its national number.",
		"conflict: the reference of the edge, against Meta's OpenAPI file and the guide; that ten digits are checked for country code 1 is a choice",
		func(l *lab) {
			l.add(garden, "5550100111")
			l.wantError(l.post(garden+"/phone_numbers",
				`{"cc":"1","phone_number":"15550100112","verified_name":"Shrub"}`), 400, 100, 0)
		}},
	{82, "A number just added is PENDING and NOT_VERIFIED, on no platform, its name under review.",
		"business-phone-numbers/phone-numbers, a sample in Meta's OpenAPI file; name_status is inferred", func(l *lab) {
			n := l.number(l.add(garden, "5550100111"))
			if n.Status != "PENDING" || n.CodeVerificationStatus != "NOT_VERIFIED" ||
				n.PlatformType != "NOT_APPLICABLE" || n.NameStatus != "PENDING_REVIEW" || n.VerifiedName != "Lucky Shrub" {
				l.Errorf("got %+v", n)
			}
		}},
	{83, "Adding a number that is on the account already fails with 100, however it is formatted.",
		"business-phone-numbers/phone-numbers; the code for one on another account is inferred", func(l *lab) {
			body := `{"cc":"1","phone_number":"5550100001","verified_name":"Shrub"}`
			l.Change(live, func(n *Number) { n.DisplayPhoneNumber = "15550100001" })
			l.wantError(l.post(garden+"/phone_numbers", body), 400, 100, 0)
			l.wantError(l.post(bakery+"/phone_numbers", body), 400, 100, 0)
		}},
	{84, "For five minutes a deleted number cannot be added again, with 133015.",
		"business-phone-numbers/phone-numbers", func(l *lab) {
			l.Remove(live)
			l.wantError(l.post(garden+"/phone_numbers", `{"cc":"1","phone_number":"5550100001","verified_name":"Shrub"}`), 400, 133015, 0)
		}},
	{85, "A code for a number that is verified is refused with 136024.", "support/error-codes",
		func(l *lab) {
			l.wantError(l.post(live+"/request_code", `{"code_method":"SMS","language":"en_US"}`), 400, 136024, 0)
			l.wantError(l.verify(live, "012345"), 400, 136024, 0)
		}},
	{86, "The language of a code is language and country.",
		"conflict: Meta's OpenAPI file, against the guide's en", func(l *lab) {
			l.wantError(l.post(raw+"/request_code", `{"code_method":"SMS","language":"en"}`), 400, 100, 0)
		}},
	{87, "Too many codes are refused with 2388091 and the time to wait.",
		"live; that it is five in an hour is inferred, and which call counts", func(l *lab) {
			for range 5 {
				l.ask(raw)
			}
			a := l.post(raw+"/request_code", `{"code_method":"SMS","language":"en_US"}`)
			l.wantError(a, 400, 100, 2388091)
			if !strings.Contains(a.body, "Wait 60 minutes") {
				l.Errorf("got %s", a.body)
			}
		}},
	{88, "A code is valid for ten minutes and once.", "Meta's OpenAPI file; the code 100 of the refusals is inferred", func(l *lab) {
		code := l.ask(raw)
		l.clock.Advance(10 * time.Minute)
		l.wantError(l.verify(raw, code), 400, 100, 0)
	}},
	{89, "A new code ends the one before.", "inferred", func(l *lab) {
		code := l.ask(raw)
		if other := l.ask(raw); other == code {
			return // one in a hundred thousand
		}
		l.wantError(l.verify(raw, code), 400, 100, 0)
	}},
	{90, "Five wrong codes end a code.", "inferred: Meta's OpenAPI file has failed attempts lead to a block", func(l *lab) {
		code := l.ask(raw)
		for range 5 {
			l.verify(raw, "999999")
		}
		l.wantError(l.verify(raw, code), 400, 100, 0)
	}},
	{91, "A new display name is reviewed, and comes into force neither by that nor by itself.",
		"business-phone-numbers/registration of June 2026", func(l *lab) {
			l.wantOK(l.post(live, `{"new_display_name":"Shrubs"}`))
			l.Review(live, "APPROVED")
			if n := l.number(live); n.VerifiedName != "Garden" || n.NewDisplayName != "Shrubs" {
				l.Errorf("got %+v", n)
			}
		}},
	{92, "One name is under review at a time.", "display-names; the code 100 is inferred, and that a new number's first name counts",
		func(l *lab) {
			l.wantError(l.post(l.add(garden, "5550100111"), `{"new_display_name":"Shrubs"}`), 400, 100, 0)
		}},
	{93, "A declined name is shown until the next is submitted.", "inferred", func(l *lab) {
		l.wantOK(l.post(live, `{"new_display_name":"Shrubs"}`))
		l.Review(live, "DECLINED")
		if n := l.number(live); n.NewDisplayName != "Shrubs" || n.NewNameStatus != "DECLINED" {
			l.Errorf("got %+v", n)
		}
	}},
	{94, "Ten names can be submitted in thirty days.", "a report of others; the code 100 of the eleventh is inferred", func(l *lab) {
		for range 10 {
			l.wantOK(l.post(live, `{"new_display_name":"Shrubs"}`))
			l.Review(live, "DECLINED")
		}
		l.wantError(l.post(live, `{"new_display_name":"Shrubs"}`), 400, 100, 0)
	}},
	{95, "A call that changes several settings of a number does all or nothing.", "inferred", func(l *lab) {
		l.wantOK(l.post(live, `{"new_display_name":"Shrubs"}`))
		l.wantError(l.post(live, `{"new_display_name":"Shrubs","pin":"999999"}`), 400, 100, 0)
		if l.number(live).PIN != "111222" {
			l.Error("the PIN changed")
		}
	}},
}

func TestClaims_numbers(t *testing.T) { checkBeliefs(t, numberBeliefs, newLab) }
