package sim

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// verticals are the industries of a profile, of all sources together.
// source: business-phone-numbers/business-profiles, Meta's OpenAPI file
var verticals = strings.Fields("UNDEFINED OTHER AUTO BEAUTY APPAREL EDU ENTERTAIN EVENT_PLAN FINANCE GROCERY GOVT" +
	" HOTEL HEALTH NONPROFIT PROF_SERVICES RETAIL TRAVEL RESTAURANT NOT_A_BIZ" +
	" ALCOHOL ONLINE_GAMBLING PHYSICAL_GAMBLING OTC_DRUGS")

// profileFields are the fields of a profile.
var profileFields = map[string]func(*Server, Profile) any{
	"messaging_product":   func(*Server, Profile) any { return "whatsapp" },
	"about":               func(_ *Server, p Profile) any { return optional(p.About) },
	"address":             func(_ *Server, p Profile) any { return optional(p.Address) },
	"description":         func(_ *Server, p Profile) any { return optional(p.Description) },
	"email":               func(_ *Server, p Profile) any { return optional(p.Email) },
	"vertical":            func(_ *Server, p Profile) any { return optional(p.Vertical) },
	"websites":            func(_ *Server, p Profile) any { return optionalList(p.Websites) },
	"profile_picture_url": (*Server).pictureURL,
}

func optionalList(list []string) any {
	if len(list) == 0 {
		return nil
	}
	return slices.Clone(list)
}

// pictureURL makes up a temporary URL of a picture, another one each time.
func (s *Server) pictureURL(p Profile) any {
	if p.PictureSHA256 == "" {
		return nil
	}
	s.store.pictures++
	q := url.Values{
		"ccb": {"11-4"},
		"oh":  {sign(fmt.Sprint(s.store.pictures), p.PictureSHA256)[:40]},
		"oe":  {fmt.Sprintf("%X", s.options.now().Add(72*time.Hour).Unix())},
	}
	return "https://pps.whatsapp.net/v/t61.24694-24/picture.jpg?" + q.Encode()
}

// getProfile shows the business profile of a number: what is asked for and not
// empty. Without fields it shows next to nothing. Some of Meta's files show the
// profile inside another object; this is the form seen live.
//
// source: business-phone-numbers/business-profiles
func getProfile(s *Server, req *request) (any, *graphError) {
	e, gerr := s.lookup(req)
	if gerr != nil {
		return nil, gerr
	}
	var fields []field
	if text := req.call.Query.Get("fields"); text != "" {
		if fields, gerr = parseFields(text); gerr != nil {
			return nil, gerr
		}
	}
	m := map[string]any{"messaging_product": "whatsapp"}
	for _, f := range fields {
		read, known := profileFields[f.name]
		if !known {
			return nil, errNoField(f.name, "WhatsAppBusinessProfile")
		}
		v, gerr := narrow(read(s, e.Profile), f)
		if gerr != nil {
			return nil, gerr
		}
		if v != nil {
			m[f.name] = v
		}
	}
	return map[string]any{"data": []any{m}}, nil
}

// setProfile changes of a business profile what is sent, and nothing else. What can
// be emptied is emptied by an empty value.
//
// source: business-phone-numbers/business-profiles
func setProfile(s *Server, req *request) (any, *graphError) {
	e, gerr := s.lookup(req)
	if gerr != nil {
		return nil, gerr
	}
	p, gerr := req.params("about", "address", "description", "email", "websites", "vertical", "profile_picture_handle")
	if gerr != nil {
		return nil, gerr
	}
	if gerr := p.product(); gerr != nil {
		return nil, gerr
	}
	profile := e.Profile.clone()
	if gerr := p.patch(&profile); gerr != nil {
		return nil, gerr
	}
	if gerr := s.setPicture(p, &profile); gerr != nil {
		return nil, gerr
	}
	req.effective = !reflect.DeepEqual(profile, e.Profile)
	e.Profile = profile
	return done{}, nil
}

// patch puts what is sent into a profile.
func (p params) patch(profile *Profile) *graphError {
	for _, t := range []struct {
		name     string
		min, max int
		to       *string
	}{
		{"about", 1, 139, &profile.About},
		{"address", 0, 256, &profile.Address},
		{"description", 0, 512, &profile.Description},
		{"email", 0, 128, &profile.Email},
	} {
		if gerr := p.line(t.name, t.min, t.max, t.to); gerr != nil {
			return gerr
		}
	}
	if p.has("vertical") {
		v, _ := p["vertical"].(string)
		if !slices.Contains(verticals, v) {
			return invalid("Param vertical must be one of {" + strings.Join(verticals, ", ") + "}.")
		}
		profile.Vertical = v
	}
	return p.sites(&profile.Websites)
}

// line reads a parameter that is a text of min to max characters, if it is there.
func (p params) line(name string, min, max int, to *string) *graphError {
	if !p.has(name) {
		return nil
	}
	v, ok := p[name].(string)
	if n := utf8.RuneCountInString(v); !ok || n < min || n > max {
		return invalid(fmt.Sprintf("Param %s must be a string of %d to %d characters.", name, min, max))
	}
	*to = v
	return nil
}

// sites reads the parameter websites, if it is there. In a form it is JSON too.
func (p params) sites(to *[]string) *graphError {
	if !p.has("websites") {
		return nil
	}
	text, isText := p["websites"].(string)
	if !isText {
		text = string(encodeJSON(p["websites"]))
	}
	var sites []string
	if json.Unmarshal([]byte(text), &sites) != nil || sites == nil || len(sites) > 2 {
		return invalid("Param websites must be an array of at most two URLs.")
	}
	for _, site := range sites {
		if !strings.HasPrefix(site, "http://") && !strings.HasPrefix(site, "https://") || utf8.RuneCountInString(site) > 256 {
			return invalid("Param websites must have URLs of at most 256 characters that begin with http:// or https://.")
		}
	}
	*to = nil
	if len(sites) > 0 {
		*to = sites
	}
	return nil
}

// setPicture takes the picture of an upload, if one is sent: a finished one whose
// bytes are an image, whatever it was announced as. That a handle can be used once
// is inferred.
func (s *Server) setPicture(p params, profile *Profile) *graphError {
	if !p.has("profile_picture_handle") {
		return nil
	}
	h, gerr := p.text("profile_picture_handle")
	if gerr != nil {
		return gerr
	}
	u := s.handle(h)
	switch {
	case h == "" || u == nil:
		return invalid("Param profile_picture_handle is not the handle of an upload, was used already, or has expired.")
	case !strings.HasPrefix(http.DetectContentType(u.Data), "image/") || !strings.HasPrefix(u.Type, "image/"):
		return invalid("Param profile_picture_handle is the handle of a file that is not an image.")
	}
	u.Used = true
	sum := sha256.Sum256(u.Data)
	profile.PictureSHA256 = hex.EncodeToString(sum[:])
	return nil
}
