package graph

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
)

// PhoneID is the id of a phone number: a string of digits, but not the number itself.
type PhoneID string

// Phones are the calls about one phone number.
//
// See https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
type Phones struct {
	client    *Client
	memory    memory
	directory directory
}

// Phone is a phone number on a business account. A field that was not asked for, or that
// the API left out, is "" or nil. The values of states and ratings are the API's; new
// ones may turn up at any time.
type Phone struct {
	ID                        PhoneID   `json:"id"`
	DisplayPhoneNumber        string    `json:"display_phone_number"`     // formatted in changing ways: compare the digits only
	VerifiedName              string    `json:"verified_name"`            // the display name in force
	Status                    string    `json:"status"`                   // such as CONNECTED, PENDING, DISCONNECTED
	PlatformType              string    `json:"platform_type"`            // CLOUD_API, ON_PREMISE or NOT_APPLICABLE
	CodeVerificationStatus    string    `json:"code_verification_status"` // of the ownership: VERIFIED, NOT_VERIFIED or EXPIRED
	NameStatus                string    `json:"name_status"`              // review of the display name: APPROVED, PENDING_REVIEW, ...
	NewDisplayName            string    `json:"new_display_name"`         // only while a change is pending
	NewNameStatus             string    `json:"new_name_status"`          // of the new display name
	QualityRating             string    `json:"quality_rating"`           // GREEN, YELLOW, RED or NA
	AccountMode               string    `json:"account_mode"`             // LIVE or SANDBOX
	ThroughputLevel           string    `json:"-"`                        // STANDARD, HIGH or NOT_APPLICABLE
	MessagingLimit            string    `json:"whatsapp_business_manager_messaging_limit"`
	CountryCode               string    `json:"country_code"`      // "US"
	CountryDialCode           string    `json:"country_dial_code"` // "1"
	SearchVisibility          string    `json:"search_visibility"` // VISIBLE, NON_VISIBLE, ...
	QualityScore              string    `json:"-"`                 // as QualityRating
	IsOnBizApp                *bool     `json:"is_on_biz_app"`     // used with the WhatsApp Business app as well
	IsPINEnabled              *bool     `json:"is_pin_enabled"`    // two-step verification is on
	IsOfficialBusinessAccount *bool     `json:"is_official_business_account"`
	IsPreverifiedNumber       *bool     `json:"is_preverified_number"` // lent by a partner
	Health                    *Health   `json:"health_status"`
	Account                   AccountID `json:"-"` // whose list it was read from, "" for none; see AccountID
}

// UnmarshalJSON takes in a number as the API describes it. A field of another type than
// documented is left empty and does not spoil the others.
func (p *Phone) UnmarshalJSON(b []byte) error {
	type plain Phone
	wire := struct {
		*plain
		Throughput struct {
			Level text `json:"level"`
		} `json:"throughput"`
		Quality struct {
			Score text `json:"score"`
		} `json:"quality_score"`
	}{plain: (*plain)(p)}
	err := json.Unmarshal(b, &wire)
	var mismatch *json.UnmarshalTypeError
	if err != nil && (!errors.As(err, &mismatch) || p.ID == "") {
		return err
	}
	p.ThroughputLevel = string(wire.Throughput.Level)
	p.QualityScore = string(wire.Quality.Score)
	return nil
}

// Health says whether messages can be sent, and what stands in the way.
//
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/health-status
type Health struct {
	CanSendMessage string         `json:"can_send_message"` // AVAILABLE, LIMITED or BLOCKED
	Entities       []HealthEntity `json:"entities"`
}

// HealthEntity is one thing that sending depends on: the number itself, its business
// account, the business, the app.
type HealthEntity struct {
	Type           string        `json:"entity_type"` // PHONE_NUMBER, WABA, BUSINESS, APP
	ID             string        `json:"id"`
	CanSendMessage string        `json:"can_send_message"`
	Errors         []HealthError `json:"errors"`
	AdditionalInfo []string      `json:"additional_info"`
}

// HealthError is one reason why messages cannot be sent, or not all of them.
type HealthError struct {
	Code        int    `json:"error_code"`
	Description string `json:"error_description"`
	Solution    string `json:"possible_solution"`
}

// Live reports whether the number is registered on the Cloud API. There is no field for
// it: neither its platform nor its status says that it is elsewhere or has left. Values
// that are not known count as live, so that a new word of Meta's neither makes a number
// disappear nor has it registered once more.
func (p *Phone) Live() bool {
	return !slices.Contains([]string{"", "ON_PREMISE", "NOT_APPLICABLE"}, p.PlatformType) &&
		!slices.Contains([]string{"DISCONNECTED", "DELETED", "MIGRATED"}, p.Status)
}

// Settled reports whether the number is live and there is nothing left to wait for.
func (p *Phone) Settled() bool {
	return p.Live() && slices.Contains([]string{"CONNECTED", "FLAGGED", "RESTRICTED", "RATE_LIMITED", "BANNED"}, p.Status)
}

// AccountID returns the business account of the number, or "" if it is not known. There
// is no field for it: it is the account whose list the number was read from, or else the
// one that the health status names, if that was read.
func (p *Phone) AccountID() AccountID {
	if p.Account != "" || p.Health == nil {
		return p.Account
	}
	for _, e := range p.Health.Entities {
		if e.Type == "WABA" {
			return AccountID(e.ID)
		}
	}
	return ""
}

// Get reads a phone number. It asks the API each time, and leaves the answer for [Phones.Last].
//
// Errors: NotFound (there is no such number, or the token may not see it: the API does
// not tell the two apart), Expired, Denied, Throttled; Invalid if a required field is
// unknown to the API.
//
// operation: GET /{phone-number-id}
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
func (s *Phones) Get(ctx context.Context, id PhoneID, f Fields) (*Phone, error) {
	before := s.memory.now()
	r := request{path: "/{phone-number-id}", ids: []string{string(id)}}
	p, err := withFields(s.client, "GET "+r.path, f, func(fields string) (*Phone, error) {
		r.query = url.Values{"fields": {fields}}
		return get(ctx, s.client, r, func(p *Phone) bool { return p.ID != "" })
	})
	if err != nil {
		return nil, err
	}
	s.memory.remember(id, p, before)
	return p, nil
}

// write sends to a number, and forgets what was known of it. It forgets twice, because
// a read that begins while the write is under way may see either state.
func (s *Phones) write(ctx context.Context, id PhoneID, r request) error {
	s.memory.forget(id)
	defer s.memory.forget(id)
	r.ids = []string{string(id)}
	return post(ctx, s.client, r)
}

// clone returns a copy that shares nothing.
func (p *Phone) clone() *Phone {
	c := *p
	for _, b := range []**bool{&c.IsOnBizApp, &c.IsPINEnabled, &c.IsOfficialBusinessAccount, &c.IsPreverifiedNumber} {
		if *b != nil {
			v := **b
			*b = &v
		}
	}
	if p.Health != nil {
		h := *p.Health
		h.Entities = slices.Clone(h.Entities)
		for i := range h.Entities {
			h.Entities[i].Errors = slices.Clone(h.Entities[i].Errors)
			h.Entities[i].AdditionalInfo = slices.Clone(h.Entities[i].AdditionalInfo)
		}
		c.Health = &h
	}
	return &c
}
