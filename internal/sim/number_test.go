package sim

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const newNumber = `"cc":"1","phone_number":"5550100111","verified_name":"Lucky Shrub"`

func TestRequests_numbers(t *testing.T) {
	add, code := "/v25.0/"+garden+"/phone_numbers", "/v25.0/"+raw
	checkRequests(t, []rawCase{
		{"add", "POST", add, "{" + newNumber + "}", 200, `{"id":"9`},
		{"add, as a form", "POST", add, "cc=49&phone_number=15112345678&verified_name=Lucky+Shrub", 200, `{"id":"9`},
		{"add to nobody", "POST", "/v25.0/" + unknown + "/phone_numbers", "{" + newNumber + "}", 400, `"error_subcode":33`},
		{"add to a number", "POST", "/v25.0/" + live + "/phone_numbers", "{" + newNumber + "}", 400, `"error_subcode":33`},
		{"add, no country code", "POST", add, `{"phone_number":"5550100111","verified_name":"Shrub"}`, 400, `"code":100 … parameter cc is required`},
		{"add, four digits of country code", "POST", add, `{"cc":"0049","phone_number":"5550100111","verified_name":"Shrub"}`, 400, `one to three digits`},
		{"add, a plus", "POST", add, `{"cc":"+1","phone_number":"5550100111","verified_name":"Shrub"}`, 400, `one to three digits`},
		{"add, country code a number", "POST", add, `{"cc":1,"phone_number":"5550100111","verified_name":"Shrub"}`, 400, `cc must be a string`},
		{"add, no number", "POST", add, `{"cc":"1","verified_name":"Shrub"}`, 400, `parameter phone_number is required`},
		{"add, number formatted", "POST", add, `{"cc":"1","phone_number":"555-010-0111","verified_name":"Shrub"}`, 400, `phone_number must be the digits`},
		{"add, country code twice", "POST", add, `{"cc":"1","phone_number":"15550100111","verified_name":"Shrub"}`, 400, `must not have the country code in front`},
		{"add, too long", "POST", add, `{"cc":"49","phone_number":"15112345678901","verified_name":"Shrub"}`, 400, `not a valid number`},
		{"add, too short", "POST", add, `{"cc":"49","phone_number":"1511","verified_name":"Shrub"}`, 400, `not a valid number`},
		{"add, no name", "POST", add, `{"cc":"1","phone_number":"5550100111"}`, 400, `verified_name must have 2 to 75`},
		{"add, name of one", "POST", add, `{"cc":"1","phone_number":"5550100111","verified_name":"é"}`, 400, `2 to 75`},
		{"add, name of two", "POST", add, `{"cc":"1","phone_number":"5550100111","verified_name":"éé"}`, 200, `"id"`},
		{"add, name of 75", "POST", add, `{"cc":"1","phone_number":"5550100111","verified_name":"` + strings.Repeat("é", 75) + `"}`, 200, `"id"`},
		{"add, name of 76", "POST", add, `{"cc":"1","phone_number":"5550100111","verified_name":"` + strings.Repeat("é", 76) + `"}`, 400, `2 to 75`},
		{"add, name a number", "POST", add, `{"cc":"1","phone_number":"5550100111","verified_name":12}`, 400, `must be a string`},
		{"add, there already", "POST", add, `{"cc":"1","phone_number":"5550100001","verified_name":"Shrub"}`, 400,
			`"code":100 … on this WhatsApp Business Account already … "error_user_title"`},
		{"add, elsewhere already", "POST", "/v25.0/" + bakery + "/phone_numbers", `{"cc":"1","phone_number":"5550100001","verified_name":"Shrub"}`, 400,
			`"code":100 … on another WhatsApp Business Account`},
		{"add, moving", "POST", add, `{"cc":"1","phone_number":"5550100111","migrate_phone_number":true}`, 501, `migrate_phone_number`},
		{"add, not moving", "POST", add, "{" + newNumber + `,"migrate_phone_number":false}`, 200, `"id"`},
		{"add, verified before", "POST", add, "{" + newNumber + `,"preverified_id":"1"}`, 501, `preverified_id`},
		{"add, misspelt", "POST", add, "{" + newNumber + `,"country_code":"1"}`, 400, `Unexpected key \"country_code\"`},
		{"add, in the URL", "POST", add + "?cc=1", "", 501, `in the URL`},

		{"request code", "POST", code + "/request_code", `{"code_method":"SMS","language":"en_US"}`, 200, `{"success":true}`},
		{"request code, in the URL", "POST", code + "/request_code?code_method=VOICE&language=de_DE", "", 200, `{"success":true}`},
		{"request code, half in the URL", "POST", code + "/request_code?code_method=VOICE", `{"language":"de_DE"}`, 200, `{"success":true}`},
		{"request code, twice", "POST", code + "/request_code?code_method=VOICE", `{"code_method":"SMS","language":"de_DE"}`, 501, `code_method`},
		{"request code, something else in the URL", "POST", code + "/request_code?colour=red", `{"code_method":"SMS","language":"de_DE"}`, 501, `colour`},
		{"request code, as a form", "POST", code + "/request_code", `code_method=SMS&language=en_US`, 200, `{"success":true}`},
		{"request code, no method", "POST", code + "/request_code", `{"language":"en_US"}`, 400, `parameter code_method`},
		{"request code, by post", "POST", code + "/request_code", `{"code_method":"POST","language":"en_US"}`, 400, `one of {SMS, VOICE}`},
		{"request code, no language", "POST", code + "/request_code", `{"code_method":"SMS"}`, 400, `parameter language`},
		{"request code, language alone", "POST", code + "/request_code", `{"code_method":"SMS","language":"en"}`, 400, `language and a country`},
		{"request code, misspelt", "POST", code + "/request_code", `{"code_method":"SMS","language":"en_US","colour":"red"}`, 400, `Unexpected key`},
		{"request code, verified", "POST", "/v25.0/" + live + "/request_code", `{"code_method":"SMS","language":"en_US"}`, 400, `"code":136024`},
		{"request code for nobody", "POST", "/v25.0/" + unknown + "/request_code", `{"code_method":"SMS","language":"en_US"}`, 400, `"error_subcode":33`},
		{"verify, none requested", "POST", code + "/verify_code", `{"code":"012345"}`, 400, `"code":100 … No code was requested`},
		{"verify, no code", "POST", code + "/verify_code", `{}`, 400, `parameter code is required`},
		{"verify, five digits", "POST", code + "/verify_code", `{"code":"12345"}`, 400, `six digits`},
		{"verify, a hyphen", "POST", code + "/verify_code", `{"code":"123-456"}`, 400, `six digits`},
		{"verify, a number", "POST", code + "/verify_code", `{"code":123456}`, 400, `must be a string`},
		{"verify, verified", "POST", "/v25.0/" + live + "/verify_code", `{"code":"012345"}`, 400, `"code":136024`},
		{"verify for nobody", "POST", "/v25.0/" + unknown + "/verify_code", `{"code":"012345"}`, 400, `"error_subcode":33`},

		{"new name", "POST", "/v25.0/" + live, `{"new_display_name":"Lucky Shrub"}`, 200, `{"success":true}`},
		{"new name, in the URL", "POST", "/v25.0/" + live + "?new_display_name=Lucky+Shrub", "", 200, `{"success":true}`},
		{"new name and PIN", "POST", "/v25.0/" + live, `{"new_display_name":"Lucky Shrub","pin":"012345"}`, 200, `{"success":true}`},
		{"new name of one", "POST", "/v25.0/" + live, `{"new_display_name":"L"}`, 400, `2 to 75`},
		{"new name, empty", "POST", "/v25.0/" + live, `{"new_display_name":""}`, 400, `2 to 75`},
		{"new name, a number", "POST", "/v25.0/" + live, `{"new_display_name":12}`, 400, `must be a string`},
		{"PIN in the URL", "POST", "/v25.0/" + live + "?pin=012345", "", 501, `in the URL`},
	})
}

// add puts a number on an account and returns its id.
func (l *lab) add(account, digits string) string {
	l.Helper()
	a := l.post(account+"/phone_numbers", `{"cc":"1","phone_number":"`+digits+`","verified_name":"Lucky Shrub"}`)
	l.wantOK(a)
	id, _ := a.json["id"].(string)
	return id
}

// ask has a code sent and returns it.
func (l *lab) ask(id string) string {
	l.Helper()
	l.wantOK(l.post(id+"/request_code", `{"code_method":"SMS","language":"en_US"}`))
	return l.SentCode(id)
}

func (l *lab) verify(id, code string) reply {
	l.Helper()
	return l.post(id+"/verify_code", `{"code":"`+code+`"}`)
}

// TestNumber_fromNothing takes a number from nothing to the Cloud API.
func TestNumber_fromNothing(t *testing.T) {
	l := newLab(t, WithPageSize(100))
	id := l.add(garden, "5550100111")
	a := l.get(id + "?fields=display_phone_number,status,platform_type,code_verification_status,name_status,verified_name,quality_rating")
	if want := `{"code_verification_status":"NOT_VERIFIED","display_phone_number":"+1 555-010-0111","id":"` + id +
		`","name_status":"PENDING_REVIEW","platform_type":"NOT_APPLICABLE","quality_rating":"UNKNOWN",` +
		`"status":"PENDING","verified_name":"Lucky Shrub"}`; a.body != want {
		t.Errorf("the node shows\n%s, want\n%s", a.body, want)
	}
	if a := l.get(garden + "/phone_numbers?fields=id&limit=1"); !strings.Contains(a.body, id) {
		t.Errorf("it is not the newest of its account: %s", a.body)
	}
	l.wantError(l.register(id, "012345"), 400, 133006, 0)
	l.wantOK(l.verify(id, l.ask(id)))
	l.wantOK(l.register(id, "012345"))
	l.wantState(id, "CONNECTED", "CLOUD_API")
	if other := l.add(garden, "5550100112"); other == id {
		t.Error("two numbers share an id")
	}
	for _, c := range l.Calls() {
		if want := c.Method == "POST" && c.Status == 200; c.Effective != want {
			t.Errorf("%s is effective: %t", c.Route, c.Effective)
		}
	}
}

func TestAddNumber_afterDeletion(t *testing.T) {
	l := newLab(t)
	again := func() reply {
		return l.post(bakery+"/phone_numbers", `{"cc":"1","phone_number":"5550100001","verified_name":"Shrub"}`)
	}
	l.Remove(live)
	l.wantError(again(), 400, 133015, 0)
	l.clock.Advance(5 * time.Minute)
	l.wantOK(again())
}

func TestCodes(t *testing.T) {
	l := newLab(t)
	if l.SentCode(raw) != "" || l.SentCode(unknown) != "" {
		t.Error("a code was sent before one was requested")
	}
	first := l.ask(raw)
	second := l.ask(raw)
	if !sixPIN.MatchString(first) || first[0] != '0' {
		t.Errorf("the code is %q", first)
	}
	if sent := l.SentCodes(raw); len(sent) != 2 || sent[1].Code != second || sent[0].Method != "SMS" ||
		sent[0].Language != "en_US" || sent[0].NumberID != raw || sent[0].PhoneNumber != "+1 555-010-0003" {
		t.Errorf("got %+v", sent)
	}
	if first != second {
		l.wantError(l.verify(raw, first), 400, 100, 0)
	}
	l.wantOK(l.verify(raw, second))
	if got := l.number(raw).CodeVerificationStatus; got != "VERIFIED" {
		t.Errorf("it is %s", got)
	}
	l.wantError(l.verify(raw, second), 400, 136024, 0)
	l.Change(raw, func(n *Number) { n.CodeVerificationStatus = "EXPIRED" })
	if a := l.verify(raw, second); !strings.Contains(a.body, "used already") {
		t.Errorf("a code passes twice: %s", a.body)
	}
}

func TestCodes_reachThePhone(t *testing.T) {
	var got []SentCode
	l := newLab(t, WithPhone(func(c SentCode) { got = append(got, c) }))
	if code := l.ask(raw); len(got) != 1 || got[0].Code != code {
		t.Errorf("the phone got %v, want %s", got, code)
	}
}

func TestCodes_expire(t *testing.T) {
	l := newLab(t)
	code := l.ask(raw)
	l.clock.Advance(10 * time.Minute)
	if a := l.verify(raw, code); a.code != 100 || !strings.Contains(a.body, "has expired") {
		t.Errorf("got %s", a.body)
	}
	code = l.ask(raw)
	l.clock.Advance(10*time.Minute - time.Second)
	l.wantOK(l.verify(raw, code))
}

func TestCodes_wrong(t *testing.T) {
	l := newLab(t)
	code := l.ask(raw)
	for range 5 {
		l.wantError(l.verify(raw, "999999"), 400, 100, 0)
	}
	if a := l.verify(raw, code); !strings.Contains(a.body, "too many wrong codes") {
		t.Errorf("got %s", a.body)
	}
	l.wantOK(l.verify(raw, l.ask(raw)))
}

func TestCodes_limit(t *testing.T) {
	l := newLab(t, WithCodeLimit(2))
	l.ask(raw)
	l.clock.Advance(30 * time.Minute)
	l.ask(raw)
	a := l.post(raw+"/request_code", `{"code_method":"SMS","language":"en_US"}`)
	l.wantError(a, 400, 100, 2388091)
	if !strings.Contains(a.body, `Wait 30 minutes`) || len(l.SentCodes(raw)) != 2 {
		t.Errorf("%d codes: %s", len(l.SentCodes(raw)), a.body)
	}
	l.clock.Advance(30 * time.Minute)
	l.ask(raw)
}

func TestNames(t *testing.T) {
	l := newLab(t)
	rename := func(name string) reply { return l.post(live, `{"new_display_name":"`+name+`"}`) }
	shown := func() string {
		return l.get(live + "?fields=verified_name,name_status,new_display_name,new_name_status").body
	}
	l.wantOK(rename("Shrubs"))
	if a := shown(); !strings.Contains(a, `"new_display_name":"Shrubs","new_name_status":"PENDING_REVIEW"`) ||
		!strings.Contains(a, `"name_status":"APPROVED"`) || !strings.Contains(a, `"verified_name":"Garden"`) {
		t.Errorf("the node shows %s", a)
	}
	l.wantError(rename("Lucky Shrubs"), 400, 100, 0)
	if !l.Review(live, "DECLINED") || l.Review(live, "APPROVED") || l.Review(unknown, "APPROVED") {
		t.Error("a review ends never, twice, or of nothing")
	}
	if a := shown(); !strings.Contains(a, `"new_name_status":"DECLINED"`) {
		t.Errorf("the node shows %s", a)
	}
	l.wantOK(rename("Lucky Shrubs"))
	l.Review(live, "APPROVED")
	l.wantOK(l.register(live, "111222"))
	if a := shown(); strings.Contains(a, "new_") || !strings.Contains(a, `"verified_name":"Lucky Shrubs"`) {
		t.Errorf("the node shows %s", a)
	}
}

func TestNames_ofAnotherCallFail(t *testing.T) {
	l := newLab(t)
	l.wantError(l.post(live, `{"new_display_name":"Shrubs","pin":"1"}`), 400, 100, 2388092)
	l.wantOK(l.post(live, `{"new_display_name":"Shrubs"}`))
	l.wantError(l.post(live, `{"new_display_name":"Shrubs","pin":"999999"}`), 400, 100, 0)
	if l.number(live).PIN != "111222" {
		t.Error("half of a call was done")
	}
}

func TestNames_limit(t *testing.T) {
	l := newLab(t)
	rename := func(i int) reply { return l.post(live, fmt.Sprintf(`{"new_display_name":"Shrub %d"}`, i)) }
	for i := range 10 {
		l.wantOK(rename(i))
		l.Review(live, "APPROVED")
	}
	l.wantError(rename(10), 400, 100, 0)
	l.clock.Advance(30 * 24 * time.Hour)
	l.wantOK(rename(11))
}

func TestReviews_byTheClock(t *testing.T) {
	w := testWorld()
	w.Accounts[1].Numbers[0].NewNameStatus = "PENDING_REVIEW"
	l := newLabWith(t, w, WithReviews(time.Hour, "APPROVED"))
	l.clock.Advance(30 * time.Minute)
	id := l.add(garden, "5550100111")
	l.Change(live, func(n *Number) { n.NewDisplayName, n.NewNameStatus = "Shrubs", "PENDING_REVIEW" })
	if l.number(bread).NewNameStatus != "PENDING_REVIEW" {
		t.Error("the review took no time")
	}
	l.clock.Advance(30 * time.Minute)
	if l.number(bread).NewNameStatus != "APPROVED" || l.number(id).NameStatus != "PENDING_REVIEW" {
		t.Errorf("%s and %s", l.number(bread).NewNameStatus, l.number(id).NameStatus)
	}
	l.Review(id, "DECLINED")
	l.clock.Advance(30 * time.Minute)
	if a := l.get(live + "?fields=new_name_status"); !strings.Contains(a.body, "APPROVED") {
		t.Errorf("the node shows %s", a.body)
	}
	if l.number(id).NameStatus != "DECLINED" || len(l.store.reviews) != 0 {
		t.Error("the clock decided again")
	}
}

func TestReviews_panic(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a review takes no time")
		}
	}()
	WithReviews(0, "APPROVED")
}
