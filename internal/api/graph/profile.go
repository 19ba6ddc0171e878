package graph

import (
	"context"
	"net/url"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// Profile is what customers see of a business in WhatsApp. The API leaves out what is
// not set; it is "" or nil then.
type Profile struct {
	About       string   // 1 to 139 characters, below the name
	Address     string   // at most 256 characters
	Description string   // at most 512 characters
	Email       string   // at most 128 characters
	Websites    []string // at most two, each at most 256 characters
	Vertical    string   // the industry, such as RETAIL; new ones may turn up
	PictureURL  string   // good for a short time only: not fit to be compared
}

// ProfilePatch is a change of a profile. What is nil stays as it is.
type ProfilePatch struct {
	About         *string   // cannot be emptied
	Address       *string   // "" clears it
	Description   *string   // "" clears it
	Email         *string   // "" clears it
	Websites      *[]string // an empty list clears them
	Vertical      *string
	PictureHandle *string // from [Apps.Upload]; cannot be read back
}

// profileFields is all that can be read. Without being asked the API gives out nothing.
const profileFields = "about,address,description,email,profile_picture_url,websites,vertical"

// Profile reads the business profile of a number.
//
// Errors: NotFound (there is no such number, or the token may not see it), Denied,
// Expired, Throttled, Unavailable.
//
// operation: GET /{phone-number-id}/whatsapp_business_profile
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/business-profiles
func (s *Phones) Profile(ctx context.Context, id PhoneID) (*Profile, error) {
	type entry struct {
		About       text   `json:"about"`
		Address     text   `json:"address"`
		Description text   `json:"description"`
		Email       text   `json:"email"`
		Websites    []text `json:"websites"`
		Vertical    text   `json:"vertical"`
		PictureURL  text   `json:"profile_picture_url"`
	}
	type answer struct {
		Data []entry `json:"data"` // of one
	}
	r := request{
		path: "/{phone-number-id}/whatsapp_business_profile", ids: []string{string(id)},
		query: url.Values{"fields": {profileFields}},
	}
	out, err := get(ctx, s.client, r, func(a *answer) bool { return len(a.Data) == 1 })
	if err != nil {
		return nil, err
	}
	e := out.Data[0]
	p := &Profile{
		About: string(e.About), Address: string(e.Address), Description: string(e.Description),
		Email: string(e.Email), Vertical: string(e.Vertical), PictureURL: string(e.PictureURL),
	}
	for _, w := range e.Websites {
		p.Websites = append(p.Websites, string(w))
	}
	return p, nil
}

// SetProfile changes the business profile of a number, and only what the patch names.
// Without anything to change nothing is sent.
//
// Errors: Invalid (a value is too long or of another form; the picture's handle is too
// old), NotFound, Denied, Expired, Throttled, Unavailable.
//
// operation: POST /{phone-number-id}/whatsapp_business_profile
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/business-profiles
func (s *Phones) SetProfile(ctx context.Context, id PhoneID, p ProfilePatch) error {
	if p == (ProfilePatch{}) {
		return nil
	}
	if p.Websites != nil && *p.Websites == nil {
		p.Websites = &[]string{} // nil would be null, which clears nothing
	}
	body := struct {
		Product       string    `json:"messaging_product"`
		About         *string   `json:"about,omitempty"`
		Address       *string   `json:"address,omitempty"`
		Description   *string   `json:"description,omitempty"`
		Email         *string   `json:"email,omitempty"`
		Websites      *[]string `json:"websites,omitempty"`
		Vertical      *string   `json:"vertical,omitempty"`
		PictureHandle *string   `json:"profile_picture_handle,omitempty"`
	}{"whatsapp", p.About, p.Address, p.Description, p.Email, p.Websites, p.Vertical, p.PictureHandle}
	return s.write(ctx, id, request{
		path: "/{phone-number-id}/whatsapp_business_profile", body: encode(body), policy: api.Safe,
	})
}
