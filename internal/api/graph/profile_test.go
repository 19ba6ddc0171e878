package graph

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPhones_Profile(t *testing.T) {
	for name, want := range map[string]Profile{
		"profile.json": {
			About: "Succulents & more", Address: "1 Hacker Way, Menlo Park, CA 94025", Email: "hello@luckyshrub.example",
			Description: "Lucky Shrub sells plants.\nOpen daily.", Vertical: "RETAIL",
			Websites:   []string{"https://www.luckyshrub.example/", "https://www.luckyshrub.example/shop"},
			PictureURL: "https://pps.whatsapp.net/v/t61.24694-24/1.jpg?ccb=11-4&oh=01_Q5&oe=6700",
		},
		"profile_empty.json": {},
	} {
		w := serve(t, file(t, 200, name))
		c, _ := client(t, w)
		got, err := c.Phones.Profile(t.Context(), phone)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		const call = "GET /v25.0/106540352242922/whatsapp_business_profile " +
			"fields=about%2Caddress%2Cdescription%2Cemail%2Cprofile_picture_url%2Cwebsites%2Cvertical"
		if diff := cmp.Diff([]string{call}, w.lines()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestPhones_Profile_ofAnotherForm(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"no data": raw(200, `{}`), "nobody": raw(200, `{"data":[]}`), "two": raw(200, `{"data":[{},{}]}`),
		"no list": raw(200, `{"data":{"about":"x"}}`), "HTML": file(t, 200, "gateway.html"),
	} {
		c, _ := client(t, serve(t, answer), func(c *Config) { c.MaxRetries = 0 })
		if p, err := c.Phones.Profile(t.Context(), phone); err == nil {
			t.Errorf("%s: got %+v", name, p)
		}
	}
}

func TestPhones_SetProfile(t *testing.T) {
	tests := map[string]struct {
		patch ProfilePatch
		want  string
	}{
		"everything": {
			ProfilePatch{
				About: ptr("a"), Address: ptr("b"), Description: ptr("c"), Email: ptr("d@e.f"), Websites: &[]string{"https://g.h", "http://i.j"},
				Vertical: ptr("RETAIL"), PictureHandle: ptr("4:x=:y"),
			},
			`,"about":"a","address":"b","description":"c","email":"d@e.f","websites":["https://g.h","http://i.j"],"vertical":"RETAIL","profile_picture_handle":"4:x=:y"}`,
		},
		"what is cleared": {
			ProfilePatch{Address: ptr(""), Description: ptr(""), Email: ptr(""), Websites: &[]string{}},
			`,"address":"","description":"","email":"","websites":[]}`,
		},
		"a list that is nil": {ProfilePatch{Websites: new([]string)}, `,"websites":[]}`},
	}
	for name, tt := range tests {
		w := serve(t, file(t, 200, "success_bool.json"))
		c, _ := client(t, w)
		if err := c.Phones.SetProfile(t.Context(), phone, tt.patch); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(`{"messaging_product":"whatsapp"`+tt.want, w.got()[0].Body); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestPhones_SetProfile_sendsNothingForNothing(t *testing.T) {
	w := serve(t, file(t, 200, "success_bool.json"))
	c, _ := client(t, w)
	if err := c.Phones.SetProfile(t.Context(), phone, ProfilePatch{}); err != nil {
		t.Error(err)
	}
	w.wantCalls(t, 0)
}
