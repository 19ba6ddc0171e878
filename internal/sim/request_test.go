package sim

import (
	"strings"
	"testing"
)

// rawCase is a request and what comes back.
type rawCase struct {
	name, method, path, body string
	status                   int
	want                     string // fragments, separated by " … "
}

// checkRequests sends each request to a simulator of its own.
func checkRequests(t *testing.T, tests []rawCase, opts ...Option) {
	t.Helper()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := newLab(t, opts...)
			a := l.send(tt.method, tt.path, tt.body)
			if a.status != tt.status {
				t.Errorf("status %d, want %d", a.status, tt.status)
			}
			for _, want := range strings.Split(tt.want, " … ") {
				if !strings.Contains(a.body, want) {
					t.Errorf("body lacks %s", want)
				}
			}
			if t.Failed() {
				t.Log(a.body)
			}
		})
	}
}

// TestRequests says of raw requests what comes back.
func TestRequests(t *testing.T) {
	const product = `"messaging_product":"whatsapp"`
	checkRequests(t, []rawCase{
		{"node, defaults", "GET", "/v25.0/" + live, "", 200,
			`"code_verification_status":"VERIFIED" … "display_phone_number":"+1 555-010-0001" … "id":"` + live +
				`" … "platform_type":"CLOUD_API" … "throughput":{"level":"STANDARD"} … "verified_name":"Garden"`},
		{"node, fields and the id", "GET", "/v25.0/" + live + "?fields=status", "", 200,
			`{"id":"` + live + `","status":"CONNECTED"}`},
		{"node, both names of the platform", "GET", "/v25.0/" + onprem + "?fields=host_platform,platform_type", "", 200,
			`"host_platform":"ON_PREMISE" … "platform_type":"ON_PREMISE"`},
		{"node, fields inside", "GET", "/v25.0/" + live + "?fields=health_status{can_send_message}", "", 200,
			`{"health_status":{"can_send_message":"AVAILABLE"},"id":"` + live + `"}`},
		{"node, fields inside a list", "GET", "/v25.0/" + live + "?fields=health_status{entities{id}}", "", 200,
			`{"entities":[{"id":"` + live + `"},{"id":"` + garden + `"}`},
		{"node, no fields inside a string", "GET", "/v25.0/" + live + "?fields=status{x}", "", 400, `"code":100`},
		{"node, unknown field inside", "GET", "/v25.0/" + live + "?fields=throughput{x}", "", 400, `"code":100`},
		{"node, unknown field", "GET", "/v25.0/" + live + "?fields=id,colour", "", 400,
			`"code":100 … (#100) Tried accessing nonexisting field (colour) on node type ` +
				`(WhatsAppBusinessAccountToNumberCurrentStatus)`},
		{"node, a field refused live", "GET", "/v25.0/" + live + "?fields=unified_cert_status", "", 400, `nonexisting field`},
		{"node, a field of v24.0", "GET", "/v24.0/" + live + "?fields=whatsapp_business_manager_messaging_limit", "", 200, `TIER_250`},
		{"node, a field before its version", "GET", "/v23.0/" + live + "?fields=whatsapp_business_manager_messaging_limit", "", 400, `nonexisting field`},
		{"node, an absent field", "GET", "/v25.0/" + live + "?fields=new_display_name", "", 200, `{"id":"` + live + `"}`},
		{"node, a field not modelled", "GET", "/v25.0/" + live + "?fields=official_business_account", "", 501, `does not model`},
		{"node, broken fields", "GET", "/v25.0/" + live + "?fields=id,,status", "", 400, `"code":2500 … Syntax error`},
		{"node, unclosed fields", "GET", "/v25.0/" + live + "?fields=throughput{level", "", 400, `Syntax error`},
		{"node, fields too deep", "GET", "/v25.0/" + live + "?fields=" + strings.Repeat("a{", 20) + "a" + strings.Repeat("}", 20), "", 400, `Syntax error`},
		{"nobody's id", "GET", "/v25.0/" + unknown, "", 400,
			`"code":100 … "error_subcode":33 … Unsupported get request. Object with ID '` + unknown + `' does not exist`},
		{"a phone number is no id", "GET", "/v25.0/+15550100001", "", 400, `"error_subcode":33`},
		{"account", "GET", "/v25.0/" + garden, "", 200, `{"id":"` + garden + `","name":"Garden"}`},
		{"account, owner", "GET", "/v25.0/" + garden + "?fields=owner_business_info{id}", "", 200,
			`"owner_business_info":{"id":"700000000000001"}`},
		{"account, a field not modelled", "GET", "/v25.0/" + garden + "?fields=analytics", "", 501, `does not model`},
		{"account, unknown field", "GET", "/v25.0/" + garden + "?fields=verified_name", "", 400, `(WhatsAppBusinessAccount)`},
		{"list of a number", "GET", "/v25.0/" + live + "/phone_numbers", "", 400, `"error_subcode":33`},
		{"list, backwards", "GET", "/v25.0/" + garden + "/phone_numbers?before=x", "", 501, `before`},
		{"list, sorted with a dot", "GET", "/v25.0/" + garden + "/phone_numbers?sort=creation_time.asc", "", 400, `Cannot sort by`},
		{"list, a field that only sorts", "GET", "/v25.0/" + garden + "/phone_numbers?fields=last_onboarded_time", "", 400, `nonexisting field`},
		{"list, limit too high", "GET", "/v25.0/" + garden + "/phone_numbers?limit=101", "", 400, `"code":100`},
		{"list, limit no number", "GET", "/v25.0/" + garden + "/phone_numbers?limit=all", "", 400, `"code":100`},
		{"token in the URL", "GET", "/v25.0/" + live + "?access_token=EAAtest", "", 501, `bearer header`},
		{"unknown edge", "GET", "/v25.0/" + live + "/colours", "", 400, `"code":2500 … Unknown path components: /` + live + `/colours`},
		{"no path", "GET", "/", "", 400, `"code":2500`},
		{"a version alone", "GET", "/v25.0/", "", 400, `"code":2500`},
		{"a version to come", "GET", "/v99.0/" + live, "", 400, `"code":2500`},
		{"another method", "DELETE", "/v25.0/" + live, "", 400, `Unsupported delete request … "error_subcode":33`},
		{"register an account", "POST", "/v25.0/" + garden + "/register", "{" + product + `,"pin":"123654"}`, 400, `"error_subcode":33`},
		{"register", "POST", "/v25.0/" + fresh + "/register", "{" + product + `,"pin":"012345"}`, 200, `{"success":true}`},
		{"register, as a form", "POST", "/v25.0/" + fresh + "/register", "messaging_product=whatsapp&pin=012345", 200, `{"success":true}`},
		{"register, a backup in a form", "POST", "/v25.0/" + onprem + "/register",
			"messaging_product=whatsapp&pin=004711&backup=%7B%22password%22%3A%22tacos%22%2C%22data%22%3A%22V0FCS%3D%3D%22%7D", 200, `{"success":true}`},
		{"register, no product", "POST", "/v25.0/" + fresh + "/register", `{"pin":"012345"}`, 400, `"code":100 … messaging_product`},
		{"register, another product", "POST", "/v25.0/" + fresh + "/register", `{"messaging_product":"sms","pin":"012345"}`, 400, `messaging_product`},
		{"register, no product at all", "POST", "/v25.0/" + fresh + "/register", `{"messaging_product":1,"pin":"012345"}`, 400, `must be a string`},
		{"register, no PIN", "POST", "/v25.0/" + fresh + "/register", "{" + product + "}", 400, `"code":100 … parameter pin`},
		{"register, short PIN", "POST", "/v25.0/" + fresh + "/register", "{" + product + `,"pin":"12345"}`, 400,
			`"code":100 … "error_subcode":2388092 … "error_user_title":"Invalid PIN format"`},
		{"register, PIN a number", "POST", "/v25.0/" + fresh + "/register", "{" + product + `,"pin":123456}`, 400, `2388092`},
		{"register, PIN in the URL", "POST", "/v25.0/" + fresh + "/register?pin=123456", "{" + product + "}", 501, `in the URL`},
		{"register with a region", "POST", "/v25.0/" + fresh + "/register", "{" + product + `,"pin":"012345","data_localization_region":"DE"}`, 400,
			`"code":100 … data_localization_region`},
		{"register with a region, long ago", "POST", "/v17.0/" + fresh + "/register", "{" + product + `,"pin":"012345","data_localization_region":"DE"}`, 400,
			`data_localization_region`},
		{"register with a tier", "POST", "/v25.0/" + fresh + "/register", "{" + product + `,"pin":"012345","tier":"PROD"}`, 501, `tier`},
		{"register, misspelt", "POST", "/v25.0/" + fresh + "/register", "{" + product + `,"pin":"012345","backups":{}}`, 400, `Unexpected key \"backups\"`},
		{"register, backup a string", "POST", "/v25.0/" + onprem + "/register", "{" + product + `,"pin":"004711","backup":"x"}`, 400, `must be an object`},
		{"register, half a backup", "POST", "/v25.0/" + onprem + "/register", "{" + product + `,"pin":"004711","backup":{"data":"x"}}`, 400, `must have a password`},
		{"register, backup misspelt", "POST", "/v25.0/" + onprem + "/register", "{" + product + `,"pin":"004711","backup":{"pass":"x"}}`, 400, `Unexpected key`},
		{"register, backup of numbers", "POST", "/v25.0/" + onprem + "/register", "{" + product + `,"pin":"004711","backup":{"password":1,"data":2}}`, 400, `must be a string`},
		{"register, not JSON", "POST", "/v25.0/" + fresh + "/register", `{"pin":`, 400, `not a JSON object`},
		{"register, not a form", "POST", "/v25.0/" + fresh + "/register", `a=%zz`, 400, `not a form`},
		{"deregister", "POST", "/v25.0/" + live + "/deregister", "", 200, `{"success":true}`},
		{"deregister, not registered", "POST", "/v25.0/" + fresh + "/deregister", "", 400, `"code":100 … "error_subcode":2207051`},
		{"deregister, On-Premises", "POST", "/v25.0/" + onprem + "/deregister", "", 400, `"code":100 … not currently linked`},
		{"deregister, Business app", "POST", "/v25.0/" + bizapp + "/deregister", "", 400,
			`"code":100 … Deregister endpoint is not available for API solution for SMB businesses`},
		{"deregister, with parameters", "POST", "/v25.0/" + live + "/deregister", `{"pin":"111222"}`, 400, `Unexpected key`},
		{"PIN", "POST", "/v25.0/" + live, `{"pin":"000111"}`, 200, `{"success":true}`},
		{"PIN, as a form", "POST", "/v25.0/" + live, `pin=000111`, 200, `{"success":true}`},
		{"PIN, empty", "POST", "/v25.0/" + live, `{"pin":""}`, 400, `2388092`},
		{"PIN, none", "POST", "/v25.0/" + live, `{}`, 400, `nothing to change; the parameters are pin`},
		{"a setting not modelled", "POST", "/v25.0/" + live, `{"username":"x"}`, 501, `username`},
		{"a setting nobody knows", "POST", "/v25.0/" + live, `{"colour":"x"}`, 400, `Unexpected key`},
		{"settings", "GET", "/v25.0/" + live + "/settings", "", 200, `{"storage_configuration":{"status":"DEFAULT"}}`},
		{"settings, storage on", "POST", "/v25.0/" + fresh + "/settings",
			`{"storage_configuration":{"status":"IN_COUNTRY_STORAGE_ENABLED","data_localization_region":"BR"}}`, 200, `{"success":true}`},
		{"settings, no region", "POST", "/v25.0/" + fresh + "/settings",
			`{"storage_configuration":{"status":"IN_COUNTRY_STORAGE_ENABLED"}}`, 400, `data_localization_region`},
		{"settings, a region without storage", "POST", "/v25.0/" + fresh + "/settings",
			`{"storage_configuration":{"status":"IN_COUNTRY_STORAGE_ENABLED","data_localization_region":"FR"}}`, 400, `data_localization_region`},
		{"settings, lower case", "POST", "/v25.0/" + fresh + "/settings",
			`{"storage_configuration":{"status":"in_country_storage_enabled","data_localization_region":"BR"}}`, 400, `must be one of`},
		{"settings, nothing kept", "POST", "/v25.0/" + fresh + "/settings",
			`{"storage_configuration":{"status":"NO_STORAGE_ENABLED","retention_minutes":60}}`, 501, `keeps nothing`},
		{"settings, region a number", "POST", "/v25.0/" + fresh + "/settings",
			`{"storage_configuration":{"status":"IN_COUNTRY_STORAGE_ENABLED","data_localization_region":1}}`, 400, `must be a string`},
		{"settings, status a number", "POST", "/v25.0/" + fresh + "/settings", `{"storage_configuration":{"status":1}}`, 400, `must be a string`},
		{"settings, misspelt", "POST", "/v25.0/" + fresh + "/settings", `{"storage_configuration":{"state":"x"}}`, 400, `Unexpected key`},
		{"settings, none", "POST", "/v25.0/" + fresh + "/settings", `{}`, 400, `storage_configuration`},
		{"settings, no object", "POST", "/v25.0/" + fresh + "/settings", `{"storage_configuration":[]}`, 400, `must be an object`},
		{"settings not modelled", "POST", "/v25.0/" + fresh + "/settings", `{"calling":{}}`, 501, `calling`},
		{"settings of nobody", "GET", "/v25.0/" + unknown + "/settings", "", 400, `"error_subcode":33`},
		{"settings for nobody", "POST", "/v25.0/" + unknown + "/settings", "{}", 400, `"error_subcode":33`},
		{"PIN for nobody", "POST", "/v25.0/" + unknown, "{}", 400, `"error_subcode":33`},
		{"deregister nobody", "POST", "/v25.0/" + unknown + "/deregister", "", 400, `"error_subcode":33`},
		{"list of nobody", "GET", "/v25.0/" + unknown + "/phone_numbers", "", 400, `"error_subcode":33`},
	})
}

func TestRequest_contentTypes(t *testing.T) {
	body := `{"messaging_product":"whatsapp","pin":"012345"}`
	for contentType, want := range map[string]int{
		"application/json":                  200,
		"application/json; charset=utf-8":   200,
		"application/x-www-form-urlencoded": 400,
		"text/plain":                        400,
		"multipart/form-data; boundary=x":   501,
		"":                                  400,
	} {
		l := newLab(t)
		a := l.send("POST", "/v25.0/"+fresh+"/register", body, "Content-Type", contentType)
		if a.status != want {
			t.Errorf("content type %q: status %d, want %d: %s", contentType, a.status, want, a.body)
		}
	}
}

func TestRequest_bodies(t *testing.T) {
	l := newLab(t)
	l.Change(onprem, func(n *Number) { n.Backup.Data = strings.Repeat("A", maxBody-1000) })
	l.wantOK(l.migrate(onprem, "004711", "tacos", strings.Repeat("A", maxBody-1000)))

	a := l.migrate(onprem, "004711", "tacos", strings.Repeat("A", maxBody))
	l.wantError(a, 400, 100, 0)
	if got := len(l.Calls()[1].Body); got != maxBody {
		t.Errorf("the ledger keeps %d bytes, want %d", got, maxBody)
	}
}

func TestRequest_versions(t *testing.T) {
	for path, want := range map[string]string{
		"/v26.0/": "v26.0", "/v21.0/": "v21.0", "/v18.0/": "v21.0", "/": "v25.0",
	} {
		l := newLab(t)
		a := l.send("GET", path+live, "")
		l.wantOK(a)
		if got := a.header.Get("facebook-api-version"); got != want {
			t.Errorf("%s is answered by %s, want %s", path, got, want)
		}
	}
}

func TestAnswer_headers(t *testing.T) {
	l := newLab(t)
	a := l.get(unknown)
	e, _ := a.json["error"].(map[string]any)
	if trace := a.header.Get("x-fb-trace-id"); trace == "" || e["fbtrace_id"] != trace {
		t.Errorf("trace %q in the header, %v in the body", trace, e["fbtrace_id"])
	}
	if got := a.header.Get("Content-Type"); got != "application/json; charset=UTF-8" {
		t.Errorf("content type %q", got)
	}
	for _, h := range []string{"X-App-Usage", "X-Business-Use-Case-Usage"} {
		if a.header.Get(h) != "" {
			t.Errorf("header %s without being asked for", h)
		}
	}
	if e["type"] != "GraphMethodException" || a.header.Get("x-fb-request-id") == "" {
		t.Errorf("got %s with %v", a.body, a.header)
	}
	if other := l.get(unknown); other.header.Get("x-fb-trace-id") == a.header.Get("x-fb-trace-id") {
		t.Error("two answers share a trace id")
	}
}
