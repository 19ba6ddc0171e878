package graph

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

func ptr[T any](v T) *T { return &v }

func TestPhones_Get(t *testing.T) {
	w := serve(t, file(t, 200, "phone.json"))
	c, _ := client(t, w)
	got, err := c.Phones.Get(t.Context(), phone, LookFields)
	if err != nil {
		t.Fatal(err)
	}
	want := &Phone{
		ID: phone, DisplayPhoneNumber: "+1 555-010-0123", VerifiedName: "Lucky Shrub", Status: "CONNECTED",
		PlatformType: "CLOUD_API", CodeVerificationStatus: "EXPIRED", NameStatus: "APPROVED", IsOnBizApp: ptr(false),
		Health: &Health{CanSendMessage: "LIMITED", Entities: []HealthEntity{
			{Type: "PHONE_NUMBER", ID: string(phone), CanSendMessage: "AVAILABLE"},
			{Type: "WABA", ID: string(account), CanSendMessage: "LIMITED", Errors: []HealthError{{
				Code: 141006, Description: "There is an error with the payment method.",
				Solution: "Add a valid payment method in WhatsApp Manager.",
			}}},
			{
				Type: "BUSINESS", ID: "506914307656634", CanSendMessage: "AVAILABLE",
				AdditionalInfo: []string{"The business has not passed verification."},
			},
			{Type: "APP", ID: "634974688087057", CanSendMessage: "AVAILABLE"},
		}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got.AccountID() != account {
		t.Errorf("the account is %q", got.AccountID())
	}
	call := w.got()[0]
	if call.Method != "GET" || call.Path != "/v25.0/106540352242922" || call.Body != "" {
		t.Errorf("called %s %s with %q", call.Method, call.Path, call.Body)
	}
	const fields = "id,display_phone_number,verified_name,status,platform_type,code_verification_status," +
		"name_status,new_display_name,new_name_status,is_on_biz_app,health_status"
	if call.Query.Get("fields") != fields {
		t.Errorf("asked for %s", call.Query.Get("fields"))
	}
}

func TestPhones_Get_allFields(t *testing.T) {
	w := serve(t, file(t, 200, "phone_all.json"))
	c, _ := client(t, w)
	got, err := c.Phones.Get(t.Context(), phone, AllFields)
	if err != nil {
		t.Fatal(err)
	}
	want := &Phone{
		ID: phone, DisplayPhoneNumber: "15550100123", VerifiedName: "Lucky Shrub", Status: "CONNECTED",
		PlatformType: "CLOUD_API", CodeVerificationStatus: "VERIFIED", NameStatus: "AVAILABLE_WITHOUT_REVIEW",
		NewDisplayName: "Luckier Shrub", NewNameStatus: "PENDING_REVIEW", QualityRating: "GREEN", QualityScore: "GREEN",
		AccountMode: "LIVE", ThroughputLevel: "STANDARD", MessagingLimit: "TIER_2K", CountryCode: "US",
		CountryDialCode: "1", SearchVisibility: "NON_VISIBLE",
		IsPINEnabled: ptr(true), IsOfficialBusinessAccount: ptr(false), IsPreverifiedNumber: ptr(false),
	}
	got.IsOnBizApp = nil // of another type than documented: whatever it is, the rest is there
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	asked := w.got()[0].Query.Get("fields")
	for _, never := range []string{"certificate", "unified_cert_status"} {
		if strings.Contains(asked, never) {
			t.Errorf("asked for %s", never)
		}
	}
}

func TestPhones_Get_isRepeated(t *testing.T) {
	w := serve(t, reset, cut, file(t, 503, "gateway.html"), file(t, 400, "error_throttled.json"), file(t, 200, "phone.json"))
	c, _ := client(t, w)
	if _, err := c.Phones.Get(t.Context(), phone, StatusFields); err != nil {
		t.Error(err)
	}
	w.wantCalls(t, 5)
}

func TestPhones_Get_repeatsAreBounded(t *testing.T) {
	w := serve(t, reset)
	c, _ := client(t, w, func(c *Config) { c.MaxRetries = 2 })
	_, err := c.Phones.Get(t.Context(), phone, StatusFields)
	if e := failed(t, err); e.Attempts != 3 {
		t.Errorf("got %+v", e)
	}
	w.wantCalls(t, 3)
}

func TestPhones_Get_isNotRepeatedWhenRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		kind   api.Kind
	}{
		"missing": {file(t, 400, "error_missing_object.json"), api.NotFound},
		"expired": {file(t, 401, "error_expired.json"), api.Expired},
		"HTML":    {file(t, 200, "gateway.html"), api.Unknown},
		"no id":   {raw(200, `{"status":"CONNECTED"}`), api.Unknown},
		"a list":  {raw(200, `[]`), api.Unknown},
		"a 404":   {raw(404, `no route`), api.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			w := serve(t, tt.answer)
			c, _ := client(t, w)
			_, err := c.Phones.Get(t.Context(), phone, LookFields)
			if !api.IsKind(err, tt.kind) {
				t.Errorf("got %v, want the kind %s", err, tt.kind)
			}
			w.wantCalls(t, 1)
		})
	}
}

// refusing answers as the API does when it does not know certain fields.
func refusing(t *testing.T, named bool, unknown ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for _, f := range unknown {
			if !strings.Contains(","+r.URL.Query().Get("fields")+",", ","+f+",") {
				continue
			}
			if named {
				raw(400, `{"error":{"message":"(#100) Tried accessing nonexisting field (`+f+`)","type":"OAuthException","code":100}}`)(w, r)
			} else {
				file(t, 400, "error_field_unnamed.json")(w, r)
			}
			return
		}
		file(t, 200, "phone.json")(w, r)
	}
}

func TestPhones_Get_withoutRefusedFields(t *testing.T) {
	tests := map[string]struct {
		named       bool
		unknown     []string
		first, next int // calls of the first read, and of a second one
		left        string
	}{
		"none":          {true, nil, 1, 1, "x,status,a,b,c"},
		"one":           {true, []string{"a"}, 2, 1, "x,status,b,c"},
		"one of two":    {true, []string{"a", "b"}, 3, 1, "x,status"},
		"one unnamed":   {false, []string{"a"}, 2, 1, "x,status"},
		"a required":    {true, []string{"status"}, 2, 2, "x,status"},
		"several named": {true, []string{"a", "b", "c"}, 3, 1, "x,status"},
	}
	f := Fields{Required: []string{"x", "status"}, Optional: []string{"a", "b", "c"}}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := serve(t, refusing(t, tt.named, tt.unknown...))
			c, _ := client(t, w)
			for _, want := range []int{tt.first, tt.next} {
				before := len(w.got())
				_, err := c.Phones.Get(t.Context(), phone, f)
				if (err != nil) != (name == "a required") {
					t.Fatal(err)
				}
				if n := len(w.got()) - before; n != want {
					t.Errorf("%d calls, want %d", n, want)
				}
			}
			calls := w.got()
			if got := calls[len(calls)-1].Query.Get("fields"); got != tt.left {
				t.Errorf("asked for %s in the end, want %s", got, tt.left)
			}
		})
	}
}

func TestPhones_Get_refusedFieldIsNamedInALongerText(t *testing.T) {
	w := serve(t, file(t, 400, "error_field.json"), file(t, 200, "phone.json"))
	c, _ := client(t, w)
	if _, err := c.Phones.Get(t.Context(), phone, LookFields); err != nil {
		t.Fatal(err)
	}
	w.wantCalls(t, 2)
	if got := w.got()[1].Query.Get("fields"); !strings.HasSuffix(got, "is_on_biz_app") {
		t.Errorf("asked for %s", got)
	}
}

// A field is refused by one call; another call may well know it.
func TestFields_areRememberedByCall(t *testing.T) {
	c, _ := client(t, serve(t, reset))
	c.refuse("GET /a", "x")
	if diff := cmp.Diff([]string{"y"}, c.allowed("GET /a", []string{"x", "y"})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"x", "y"}, c.allowed("GET /b", []string{"x", "y"})); diff != "" {
		t.Error(diff)
	}
}

func TestPhones_Last(t *testing.T) {
	w := serve(t, file(t, 200, "phone.json"), file(t, 200, "phone.json"), reset)
	c, _ := client(t, w)
	if _, ok := c.Phones.Last(phone); ok {
		t.Error("something is known before it was read")
	}
	p, err := c.Phones.Get(t.Context(), phone, LookFields)
	if err != nil {
		t.Fatal(err)
	}
	last, ok := c.Phones.Last(phone)
	if !ok || !cmp.Equal(p, last) {
		t.Errorf("last is %+v, %v", last, ok)
	}
	last.Health.Entities[1].Errors[0].Code = 0
	*last.IsOnBizApp = true
	if again, _ := c.Phones.Last(phone); !cmp.Equal(p, again) {
		t.Error("the copy shares memory")
	}
	if _, err := c.Phones.Get(t.Context(), phone, LookFields); err != nil {
		t.Fatal(err)
	}
	w.wantCalls(t, 2)
	if err := c.Phones.Register(t.Context(), phone, Registration{PIN: "012345"}); err == nil {
		t.Fatal("the call did not fail")
	}
	if _, ok := c.Phones.Last(phone); ok {
		t.Error("a failed write was not followed by forgetting")
	}
}

func TestPhones_Last_isForgottenByEveryWrite(t *testing.T) {
	for name, write := range map[string]func(*Phones) error{
		"register":   func(s *Phones) error { return s.Register(t.Context(), phone, Registration{PIN: "012345"}) },
		"deregister": func(s *Phones) error { return s.Deregister(t.Context(), phone) },
		"PIN":        func(s *Phones) error { return s.SetPIN(t.Context(), phone, "012345") },
		"region":     func(s *Phones) error { return s.SetStorageRegion(t.Context(), phone, "DE") },
	} {
		w := serve(t, file(t, 200, "phone.json"), file(t, 200, "success_bool.json"))
		c, _ := client(t, w)
		if _, err := c.Phones.Get(t.Context(), phone, LookFields); err != nil {
			t.Fatal(err)
		}
		if err := write(c.Phones); err != nil {
			t.Fatal(err)
		}
		if _, ok := c.Phones.Last(phone); ok {
			t.Errorf("%s left what was read before", name)
		}
	}
}

// What was on its way while something was written is not what is there now.
func TestPhones_Last_forgetsAReadThatBeganBeforeAWrite(t *testing.T) {
	c, _ := client(t, serve(t, reset))
	before := c.Phones.memory.now()
	c.Phones.memory.forget(phone)
	c.Phones.memory.remember(phone, &Phone{ID: phone}, before)
	if _, ok := c.Phones.Last(phone); ok {
		t.Error("a stale read was kept")
	}
}

func TestPhone_states(t *testing.T) {
	tests := []struct {
		platform, status string
		live, settled    bool
	}{
		{"CLOUD_API", "CONNECTED", true, true},
		{"CLOUD_API", "FLAGGED", true, true},
		{"CLOUD_API", "RESTRICTED", true, true},
		{"CLOUD_API", "RATE_LIMITED", true, true},
		{"CLOUD_API", "BANNED", true, true},
		{"CLOUD_API", "PENDING", true, false},
		{"CLOUD_API", "SOMETHING_NEW", true, false},
		{"CLOUD_API", "", true, false},
		{"CLOUD_API", "DISCONNECTED", false, false},
		{"CLOUD_API", "DELETED", false, false},
		{"CLOUD_API", "MIGRATED", false, false},
		{"NOT_APPLICABLE", "CONNECTED", false, false},
		{"ON_PREMISE", "CONNECTED", false, false},
		{"", "CONNECTED", false, false},
		{"SOMEWHERE_NEW", "CONNECTED", true, true},
		{"SOMEWHERE_NEW", "DISCONNECTED", false, false},
	}
	for _, tt := range tests {
		p := &Phone{PlatformType: tt.platform, Status: tt.status}
		if p.Live() != tt.live || p.Settled() != tt.settled {
			t.Errorf("%s %s: live %v, settled %v", tt.platform, tt.status, p.Live(), p.Settled())
		}
	}
	if id := (&Phone{}).AccountID(); id != "" {
		t.Errorf("without health the account is %q", id)
	}
}

func TestPhones_StorageRegion(t *testing.T) {
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		want   string
	}{
		"a region":          {file(t, 200, "settings_region.json"), "DE"},
		"the default":       {file(t, 200, "settings_default.json"), ""},
		"no settings":       {raw(200, "{}"), ""},
		"in small letters":  {raw(200, `{"storage_configuration":{"status":"in_country_storage_enabled","data_localization_region":"IN"}}`), "IN"},
		"after a bad reply": {raw(200, `{"storage_configuration":null}`), ""},
	} {
		t.Run(name, func(t *testing.T) {
			w := serve(t, tt.answer)
			c, _ := client(t, w)
			got, err := c.Phones.StorageRegion(t.Context(), phone)
			if err != nil || got != tt.want {
				t.Errorf("got %q, %v", got, err)
			}
			if call := w.got()[0]; call.Method != "GET" || call.Path != "/v25.0/106540352242922/settings" {
				t.Errorf("called %s %s", call.Method, call.Path)
			}
		})
	}
	c, _ := client(t, serve(t, file(t, 200, "gateway.html")))
	if _, err := c.Phones.StorageRegion(t.Context(), phone); err == nil {
		t.Error("HTML passes for settings")
	}
}

// A read that begins while a write is under way may see what was there before it.
func TestPhones_Last_forgetsAReadDuringAWrite(t *testing.T) {
	var c *Client
	w := serve(t, func(rw http.ResponseWriter, _ *http.Request) {
		if _, err := c.Phones.Get(t.Context(), phone, StatusFields); err != nil {
			t.Error(err)
		}
		file(t, 200, "success_bool.json")(rw, nil)
	}, file(t, 200, "phone.json"))
	c, _ = client(t, w)
	if err := c.Phones.SetPIN(t.Context(), phone, "012345"); err != nil {
		t.Fatal(err)
	}
	w.wantCalls(t, 2)
	if _, ok := c.Phones.Last(phone); ok {
		t.Error("what was read during the write was kept")
	}
}
