package sim

import (
	"strings"
	"testing"
)

func TestLoad(t *testing.T) {
	w, err := Load(strings.NewReader(`{
		"token": "EAAx", "token_type": "USER", "token_expires": "2027-01-01T00:00:00Z",
		"scopes": [], "app": {"id": "1", "name": "n", "secret": "s", "require_proof": true},
		"accounts": [{"id": "2", "name": "a", "business_id": "3", "numbers": [{
			"id": "4", "display_phone_number": "+1 555-010-0001", "verified_name": "v", "status": "FLAGGED",
			"platform_type": "ON_PREMISE", "code_verification_status": "EXPIRED", "name_status": "DECLINED",
			"new_display_name": "w", "new_name_status": "PENDING_REVIEW", "quality_rating": "RED",
			"account_mode": "SANDBOX", "throughput_level": "HIGH",
			"whatsapp_business_manager_messaging_limit": "TIER_2K", "is_on_biz_app": true, "pin": "012345",
			"data_localization_region": "DE", "backup": {"password": "p", "data": "d"}, "profile_lost": true,
			"deregistration_unfinished": true, "refused_fields": ["throughput"]
		}]}]
	}`))
	if err != nil {
		t.Fatal(err)
	}
	n := w.Accounts[0].Numbers[0]
	if w.Token != "EAAx" || w.TokenExpires.Year() != 2027 || w.Scopes == nil || !w.App.RequireProof ||
		n.Status != "FLAGGED" || n.MessagingLimit != "TIER_2K" || n.Backup.Data != "d" || !n.OnBizApp ||
		!n.DeregistrationUnfinished || !n.ProfileLost || n.Region != "DE" || n.RefusedFields[0] != "throughput" {
		t.Errorf("got %+v", w)
	}
	New(w).Close()
}

func TestLoad_deployment(t *testing.T) {
	w, err := Load(strings.NewReader(`{"accounts":[{"id":"1","numbers":[{"id":"2","display_phone_number":"+1 555-010-0001",
		"deployment":{"username":"u","password":"p","role":"ROLE_USER","state":"connecting","wa_id":"15550100002",
			"expires":"2027-01-02T03:04:05","shards":8,"ha":true,"version":"2.49.3","not_primary":1,"not_ready":2}
	}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := Deployment{"u", "p", false, "ROLE_USER", "connecting", "15550100002", "2027-01-02T03:04:05", 8, true, "2.49.3", 1, 2}
	if got, _ := newLabWith(t, w).Deployment("2"); got != want {
		t.Errorf("got %+v", got)
	}
}

func TestLoad_errors(t *testing.T) {
	number := func(members string) string {
		return `{"accounts":[{"id":"1","numbers":[{"id":"2"` + members + `}]}]}`
	}
	hosted := func(members string) string {
		return number(`,"display_phone_number":"1","deployment":{` + members + `}`)
	}
	tests := []struct{ name, json, want string }{
		{"no JSON", `tacos`, "invalid character"},
		{"unknown name", `{"acounts":[]}`, "acounts"},
		{"unknown name inside", number(`,"pin_code":"1"`), "pin_code"},
		{"two objects", `{} {}`, "something follows"},
		{"app id", `{"app":{"id":"x"}}`, `app: id "x" is not all digits`},
		{"account id", `{"accounts":[{"id":"x"}]}`, `account: id "x" is not all digits`},
		{"no account id", `{"accounts":[{}]}`, `account: id "" is not all digits`},
		{"business id", `{"accounts":[{"id":"1","business_id":"x"}]}`, `business_id "x"`},
		{"an app without an id", `{"accounts":[{"id":"1","subscribed_apps":[{}]}]}`, `account 1: subscribed_apps: app_id ""`},
		{"an app twice", `{"accounts":[{"id":"1","subscribed_apps":[{"app_id":"7"},{"app_id":"7"}]}]}`, `app_id "7"`},
		{"a webhook twice", `{"app":{"subscriptions":[{"object":"page","callback":{}},{"object":"page","callback":{}}]}}`, `object "page"`},
		{"number id", `{"accounts":[{"id":"1","numbers":[{"id":"+1"}]}]}`, `number: id "+1"`},
		{"account twice", `{"accounts":[{"id":"1"},{"id":"1"}]}`, "the id of another account"},
		{"number twice", `{"accounts":[{"id":"1","numbers":[{"id":"2"},{"id":"2"}]}]}`, "the id of another number"},
		{"number as account", `{"accounts":[{"id":"1","numbers":[{"id":"1"}]}]}`, "the id of another account"},
		{"PIN", number(`,"pin":"12345"`), "pin is not six digits"},
		{"region", number(`,"data_localization_region":"FR"`), `"FR" does not exist`},
		{"deployment of no number", number(`,"deployment":{}`), "number 2: deployment: the number has no display_phone_number"},
		{"two backups", number(`,"deployment":{},"backup":{}`), "makes its backups itself"},
		{"role", hosted(`"role":"ROLE_X"`), `role "ROLE_X" does not exist`},
		{"state", hosted(`"state":"up"`), `state "up" does not exist`},
		{"wa_id", hosted(`"wa_id":"+1"`), `wa_id "+1" is not all digits`},
		{"expires", hosted(`"expires":"2027-01-01"`), `expires "2027-01-01" is no time like`},
		{"shards", hosted(`"shards":3`), "there cannot be 3"},
		{"two passwords", hosted(`"default_password":true,"password":"x"`), "default_password stands for"},
		{"refused field", number(`,"refused_fields":["colour"]`), `"colour" is refused by every number`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Load(strings.NewReader(tt.json))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q in it", err, tt.want)
			}
		})
	}
}

func TestNew_panicsForAnImpossibleWorld(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("there is such a world")
		}
	}()
	New(World{Accounts: []Account{{ID: "x"}}})
}

func TestNew_completes(t *testing.T) {
	l := newLab(t)
	for id, want := range map[string][3]string{
		live:   {"CONNECTED", "CLOUD_API", "STANDARD"},
		fresh:  {"PENDING", "NOT_APPLICABLE", "NOT_APPLICABLE"},
		onprem: {"CONNECTED", "ON_PREMISE", "NOT_APPLICABLE"},
	} {
		n := l.number(id)
		if got := [3]string{n.Status, n.PlatformType, n.ThroughputLevel}; got != want {
			t.Errorf("%s: got %v, want %v", id, got, want)
		}
		if n.CodeVerificationStatus != "VERIFIED" || n.NameStatus != "APPROVED" || n.AccountMode != "LIVE" {
			t.Errorf("%s: got %+v", id, n)
		}
	}
}
