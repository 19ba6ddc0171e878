package graph

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/url"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// BusinessID is the id of a business portfolio.
type BusinessID string

// Businesses are the calls about a business portfolio.
//
// See https://developers.facebook.com/documentation/business-messaging/whatsapp/solution-providers/manage-accounts
type Businesses struct{ client *Client }

// Relation is what accounts are to a business.
type Relation string

// The relations.
const (
	Owned   Relation = "owned"  // they are its own
	Clients Relation = "client" // they belong to its clients, who share them with it
)

// Account is a WhatsApp Business account. A field that was not asked for, or that the API
// left out, is "" or nil. The values of states are the API's; new ones may turn up at any
// time, and their letter case differs between its descriptions: compare without it.
type Account struct {
	ID                         AccountID `json:"id"`
	Name                       string    `json:"name"`
	Currency                   string    `json:"currency"` // of the bills: "USD"
	TimezoneID                 string    `json:"-"`        // a number of Meta's own, not a name
	MessageTemplateNamespace   string    `json:"message_template_namespace"`
	ReviewStatus               string    `json:"account_review_status"`        // APPROVED, PENDING, REJECTED, ...
	BusinessVerificationStatus string    `json:"business_verification_status"` // of the owner: verified, not_verified, ...
	OwnershipType              string    `json:"ownership_type"`               // SELF, CLIENT_OWNED, ...
	Status                     string    `json:"status"`                       // such as ACTIVE
	Country                    string    `json:"country"`                      // "US"
	Owner                      *Owner    `json:"owner_business_info"`          // the business it belongs to
	PrimaryFundingID           string    `json:"primary_funding_id"`           // how it pays; "" for not at all, or not told
	MessagingLimit             string    `json:"whatsapp_business_manager_messaging_limit"`
	IsEnabledForInsights       *bool     `json:"is_enabled_for_insights"`
	IsSharedWithPartners       *bool     `json:"is_shared_with_partners"`
	Health                     *Health   `json:"health_status"`
	CreatedAt                  time.Time `json:"-"` // zero if the API does not tell
}

// Owner is the business that an account belongs to.
type Owner struct {
	ID   BusinessID `json:"id"`
	Name string     `json:"name"`
}

// AccountFields is everything of an account that is known to be readable. What is
// required is what the API gives out by itself.
//
// source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/
var AccountFields = Fields{
	Required: []string{"id", "name", "currency", "timezone_id", "message_template_namespace"},
	Optional: []string{
		"account_review_status", "business_verification_status", "ownership_type", "status", "country", "creation_time",
		"owner_business_info", "primary_funding_id", "whatsapp_business_manager_messaging_limit",
		"is_enabled_for_insights", "is_shared_with_partners", "health_status",
	},
}

// UnmarshalJSON takes in an account as the API describes it. A field of another type than
// documented is left empty and does not spoil the others.
func (a *Account) UnmarshalJSON(b []byte) error {
	type plain Account
	wire := struct {
		*plain
		Timezone text   `json:"timezone_id"`
		Created  moment `json:"creation_time"`
	}{plain: (*plain)(a)}
	err := json.Unmarshal(b, &wire)
	var mismatch *json.UnmarshalTypeError
	if err != nil && (!errors.As(err, &mismatch) || a.ID == "") {
		return err
	}
	a.TimezoneID, a.CreatedAt = string(wire.Timezone), wire.Created.Time
	return nil
}

// Get reads an account.
//
// Errors: NotFound (there is no such account, or the token may not see it), Expired,
// Denied (131031: the account is locked), Throttled, Unavailable; Invalid if a required
// field is unknown to the API.
//
// operation: GET /{business-account-id}
// source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/
func (s *Accounts) Get(ctx context.Context, id AccountID, f Fields) (*Account, error) {
	r := request{path: "/{business-account-id}", ids: []string{string(id)}}
	return withFields(s.client, "GET "+r.path, f, func(fields string) (*Account, error) {
		r.query = url.Values{"fields": {fields}}
		return get(ctx, s.client, r, named)
	})
}

// Accounts reads the WhatsApp Business accounts that a business owns, or that its clients
// share with it, a hundred at a time; the next page is fetched when it is asked for. A
// result with an error is the last one. The token needs the permission
// business_management.
//
// Errors: NotFound (there is no such business, or the token may not see it), Invalid (no
// such relation), Denied, Expired, Throttled, Unavailable.
//
// operation: GET /{business-id}/owned_whatsapp_business_accounts
// operation: GET /{business-id}/client_whatsapp_business_accounts
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/solution-providers/manage-accounts
// source: https://developers.facebook.com/docs/graph-api/reference/business/
func (s *Businesses) Accounts(ctx context.Context, id BusinessID, rel Relation, f Fields) iter.Seq2[*Account, error] {
	path := map[Relation]string{
		Owned:   "/{business-id}/owned_whatsapp_business_accounts",
		Clients: "/{business-id}/client_whatsapp_business_accounts",
	}[rel]
	if path == "" {
		return func(yield func(*Account, error) bool) { yield(nil, noRelation(rel)) }
	}
	r := request{path: path, ids: []string{string(id)}}
	return pages(r, func(cursor string) (*page[*Account], error) {
		return withFields(s.client, "GET "+path, f, func(fields string) (*page[*Account], error) {
			r.query = url.Values{"fields": {fields}, "limit": {"100"}}
			return getPage(ctx, s.client, r, cursor, named)
		})
	})
}

// named says whether an account is one: it has an id.
func named(a *Account) bool { return a != nil && a.ID != "" }

// noRelation is the error for a relation that there is no list of.
func noRelation(rel Relation) error {
	return &api.Error{
		Call: "GET /{business-id}", Kind: api.Invalid, Outcome: api.Refused,
		Message: "a business has no accounts of the relation \"" + string(rel) + "\"",
	}
}
