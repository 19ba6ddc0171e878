package sim

import (
	"strings"
	"testing"
	"time"
)

// profileBeliefs go on with the numbers of numberBeliefs.
var profileBeliefs = []belief{
	{96, "A profile is an array of one, flat, without what is empty.",
		"conflict: business-phone-numbers/business-profiles, against Meta's OpenAPI file", func(l *lab) {
			l.wantOK(l.profile(live, `"about":"Plants"`))
			if a := l.get(live + "/whatsapp_business_profile?fields=about,email"); a.body != `{"data":[{"about":"Plants","messaging_product":"whatsapp"}]}` {
				l.Errorf("got %s", a.body)
			}
		}},
	{97, "Without fields a profile shows next to nothing.", "inferred: what it shows besides messaging_product is uncertain", func(l *lab) {
		l.wantOK(l.profile(live, `"about":"Plants"`))
		if a := l.get(live + "/whatsapp_business_profile"); strings.Contains(a.body, "Plants") {
			l.Errorf("got %s", a.body)
		}
	}},
	{98, "What is not sent of a profile stays.", "a client library of others", func(l *lab) {
		l.wantOK(l.profile(live, `"about":"Plants"`))
		l.wantOK(l.profile(live, `"email":"a@example.com"`))
		if l.number(live).Profile.About != "Plants" {
			l.Error("it is gone")
		}
	}},
	{99, "About cannot be emptied; the other texts can, and websites by an empty array.",
		"business-phone-numbers/business-profiles; that the other texts can is inferred", func(l *lab) {
			l.wantOK(l.profile(live, `"address":"","description":"","email":"","websites":[]`))
			l.wantError(l.profile(live, `"about":""`), 400, 100, 0)
		}},
	{100, "A description has up to 512 characters.", "conflict: business-phone-numbers/business-profiles, against Meta's OpenAPI file with 256",
		func(l *lab) { l.wantOK(l.profile(live, `"description":"`+strings.Repeat("x", 512)+`"`)) }},
	{101, "An industry that is on none of Meta's lists is refused.", "inferred",
		func(l *lab) { l.wantError(l.profile(live, `"vertical":"GARDENS"`), 400, 100, 0) }},
	{102, "A number that is not registered has a profile like any other.", "inferred",
		func(l *lab) { l.wantOK(l.profile(fresh, `"about":"Plants"`)) }},
	{103, "The id of an upload ends with a signature in the form of a query, which belongs to it.",
		"live", func(l *lab) {
			path := l.begin(3, "image/png")
			l.wantError(l.upload(strings.ReplaceAll(path, "?sig=", "%3Fsig%3D"), 0, "abc"), 400, 100, 33)
			l.wantOK(l.upload(path, 0, "abc"))
		}},
	{104, "Bytes are sent with the scheme OAuth; with Bearer they are refused.",
		"graph-api/guides/upload; that Bearer is refused is inferred", func(l *lab) {
			l.wantError(l.send("POST", l.begin(3, "image/png"), "abc", "Authorization", "Bearer EAAtest", "File_offset", "0"), 401, 190, 0)
		}},
	{105, "An upload goes on where it stopped; another offset is refused.",
		"graph-api/guides/upload; the refusal and its code are inferred", func(l *lab) {
			path := l.begin(3, "image/png")
			l.wantOK(l.upload(path, 0, "a"))
			l.wantError(l.upload(path, 0, "b"), 400, 100, 0)
			l.wantError(l.upload(path, 2, "b"), 400, 100, 0)
			l.wantOK(l.upload(path, 1, "bc"))
		}},
	{106, "A finished upload tells its handle again when no more bytes are sent.", "inferred", func(l *lab) {
		path := l.begin(3, "image/png")
		a := l.upload(path, 0, "abc")
		if b := l.upload(path, 3, ""); b.body != a.body {
			l.Errorf("got %s, then %s", a.body, b.body)
		}
	}},
	{107, "A handle is used once, within a day.", "inferred: graph-api/guides/upload says that handles expire, and not when", func(l *lab) {
		h := l.handleOf(picture, "image/png")
		l.wantOK(l.profile(live, `"profile_picture_handle":"`+h+`"`))
		l.wantError(l.profile(live, `"profile_picture_handle":"`+h+`"`), 400, 100, 0)
		h = l.handleOf(picture, "image/png")
		l.clock.Advance(24 * time.Hour)
		l.wantError(l.profile(live, `"profile_picture_handle":"`+h+`"`), 400, 100, 0)
	}},
	{108, "A picture is judged by its bytes.", "inferred", func(l *lab) {
		l.wantError(l.profile(live, `"profile_picture_handle":"`+l.handleOf("text", "image/png")+`"`), 400, 100, 0)
	}},
	{109, "The URL of a picture is another one every time.", "business-phone-numbers/business-profiles calls it temporary; every time is inferred",
		func(l *lab) {
			l.wantOK(l.profile(live, `"profile_picture_handle":"`+l.handleOf(picture, "image/png")+`"`))
			path := live + "/whatsapp_business_profile?fields=profile_picture_url"
			if one, two := l.get(path).body, l.get(path).body; one == two {
				l.Error("it is the same")
			}
		}},
	{110, "An upload takes the token of a user, and the app that it was made for.",
		"graph-api/guides/upload; the codes are inferred", func(l *lab) {
			path := "/uploads?file_name=a.png&file_length=3&file_type=image/png"
			l.wantError(l.send("POST", "/v25.0/600000000000001"+path, "", "Authorization", "Bearer 600000000000001|shhh"), 403, 200, 0)
			l.wantError(l.post("600000000000009"+path, ""), 400, 100, 33)
		}},
}

func TestClaims_profile(t *testing.T) { checkBeliefs(t, profileBeliefs, newLab) }
