package sim

import (
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// answered fails unless a request gets an answer of Graph's kind.
func answered(t *testing.T, s *Server, r *http.Request) {
	t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	var v map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil || v == nil {
		t.Fatalf("%s %s: %d %q", r.Method, r.URL, w.Code, w.Body)
	}
	if _, isError := v["error"]; isError == (w.Code == http.StatusOK) {
		t.Fatalf("%s %s: status %d does not go with %s", r.Method, r.URL, w.Code, w.Body)
	}
}

// FuzzRouter sends any path and query with any method.
func FuzzRouter(f *testing.F) {
	for _, seed := range [][3]string{
		{"GET", "/v25.0/" + live, "fields=id,health_status{entities{id}}"},
		{"GET", "/v25.0/" + garden + "/phone_numbers", "limit=1&after=YzF8&sort=[\"creation_time_ascending\"]"},
		{"POST", "/" + live + "/register", "appsecret_proof=00&appsecret_time=1"},
		{"DELETE", "//v25.0//%2f/../debug_token", "input_token=x"},
		{"GET", "/v999.9", "fields=,{"},
		{"", "", ""},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, method, path, query string) {
		s := New(testWorld(), WithEmptyPages())
		r := httptest.NewRequest("GET", "/", nil)
		r.Method, r.URL.Path, r.URL.RawPath, r.URL.RawQuery = method, path, path, query
		r.Header.Set("Authorization", "Bearer EAAtest")
		answered(t, s, r)
	})
}

// FuzzBody sends any body of any type to every route that takes one.
func FuzzBody(f *testing.F) {
	for _, seed := range [][2]string{
		{"application/json", `{"messaging_product":"whatsapp","pin":"012345","backup":{"password":"p","data":"d"}}`},
		{"application/json", `{"storage_configuration":{"status":"IN_COUNTRY_STORAGE_ENABLED","data_localization_region":"DE"}}`},
		{"application/json; charset", `[null]`},
		{"application/json", `{"messaging_product":"whatsapp","about":"x","websites":["https://x"],"vertical":"RETAIL","profile_picture_handle":"x"}`},
		{"application/json", `{"cc":"1","phone_number":"5550100111","verified_name":"Shrub","code_method":"SMS","language":"en_US"}`},
		{"application/x-www-form-urlencoded", `pin=012345&backup={"password":1}&appsecret_time=1`},
		{"multipart/form-data", "--x"},
		{"", "\x00"},
	} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, contentType, body string) {
		s := New(testWorld())
		for _, path := range []string{onprem + "/register", live + "/deregister", live, fresh + "/settings",
			garden + "/phone_numbers", raw + "/request_code", raw + "/verify_code",
			live + "/whatsapp_business_profile", "600000000000001/uploads", garden + "/subscribed_apps"} {
			r := httptest.NewRequest("POST", "/v25.0/"+path, strings.NewReader(body))
			r.Header["Content-Type"] = []string{contentType}
			r.Header.Set("Authorization", "Bearer EAAtest")
			answered(t, s, r)
		}
	})
}

// FuzzOnPremises sends anything to a deployment, and expects an answer of its kind.
func FuzzOnPremises(f *testing.F) {
	for _, seed := range [][4]string{
		{"POST", "/v1/users/login", "application/json", `{"new_password":"Str0ng!enough"}`},
		{"POST", "/v1/settings/backup", "application/json", `{"password":"tacos"}`},
		{"POST", "/v1/settings/account/two-step", "application/json; charset=utf-8", `{"pin":"012345"}`},
		{"DELETE", "/v1/settings/account/two-step", "", ""},
		{"GET", "/v1/health", "", "\x00"},
		{"GET", "//v1/../%2f", "text/html", "{"},
		{"", "", "", "null"},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3])
	}
	f.Fuzz(func(t *testing.T, method, path, contentType, body string) {
		s := New(hostedWorld(), WithEmptySuccess("{}"))
		s.store.numbers[cluster].sessions = sessions{"x": time.Now().Add(time.Hour)}
		r := httptest.NewRequest("GET", "/", strings.NewReader(body))
		r.Method, r.URL.Path, r.URL.RawPath = method, path, path
		r.Header.Set("Authorization", "Bearer x")
		r.Header["Content-Type"] = []string{contentType}
		w := httptest.NewRecorder()
		webapp{s, cluster}.ServeHTTP(w, r)
		var v map[string]any
		if err := json.Unmarshal(w.Body.Bytes(), &v); w.Body.Len() > 0 && (err != nil || v == nil) {
			t.Fatalf("%s %s: %d %q", method, path, w.Code, w.Body)
		}
		if _, isError := v["errors"]; isError != (w.Code != http.StatusOK) && w.Body.Len() > 0 {
			t.Fatalf("%s %s: status %d does not go with %s", method, path, w.Code, w.Body)
		}
	})
}

// FuzzUnseal takes any backup apart, and finds what was sealed in its own.
func FuzzUnseal(f *testing.F) {
	f.Add("tacos", "V0FCSw==", "15550100011", 7)
	f.Add("", "V0FCSwEAAAAAAAAAAAAAAAAAAAAA", "", -1)
	f.Fuzz(func(t *testing.T, password, data, number string, identity int) {
		unseal(password, data)
		want := snapshot{Identity: identity, Recovery: hex.EncodeToString([]byte(number))}
		if got, ok := unseal(password, want.seal(password, -1)); !ok || got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
	})
}
