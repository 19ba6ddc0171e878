package graph

import (
	"context"
	"encoding/json"
	"iter"
	"net/url"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// AccountID is the id of a WhatsApp Business account.
type AccountID string

// Accounts are the calls about a WhatsApp Business account.
//
// See https://developers.facebook.com/documentation/business-messaging/whatsapp/whatsapp-business-accounts
type Accounts struct{ client *Client }

// Phones reads the phone numbers of an account, a hundred at a time; the next page is
// fetched when it is asked for. A result with an error is the last one. With filters, the
// API leaves out what does not pass all of them.
//
// Errors: NotFound (there is no such account, or the token may not see it), Denied,
// Expired, Throttled, Unavailable.
//
// operation: GET /{business-account-id}/phone_numbers
// source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/phone_numbers/
func (s *Accounts) Phones(ctx context.Context, id AccountID, f Fields, where ...Filter) iter.Seq2[*Phone, error] {
	r := request{path: "/{business-account-id}/phone_numbers", ids: []string{string(id)}}
	return pages(r, func(cursor string) (*page[*Phone], error) {
		return withFields(s.client, "GET "+r.path, f, func(fields string) (*page[*Phone], error) {
			r.query = url.Values{"fields": {fields}, "limit": {"100"}}
			filtering(r.query, where)
			if cursor != "" {
				r.query.Set("after", cursor)
			}
			return get(ctx, s.client, r, func(p *page[*Phone]) bool { return p.Data != nil && claim(*p.Data, id) })
		})
	})
}

// claim notes the account of each number, and says whether each has an id.
func claim(phones []*Phone, account AccountID) bool {
	for _, p := range phones {
		if p == nil || p.ID == "" {
			return false
		}
		p.Account = account
	}
	return true
}

// page is one answer of a listing.
//
// source: https://developers.facebook.com/docs/graph-api/results
type page[T any] struct {
	Data   *[]T `json:"data"` // nil when missing, which an empty page is not
	Paging struct {
		Cursors struct {
			After string `json:"after"`
		} `json:"cursors"`
		Next json.RawMessage `json:"next"` // whether there are more; the URL itself is not used
	} `json:"paging"`
}

// more says whether another page follows. An empty page may have a successor.
func (p *page[T]) more() bool { return len(p.Paging.Next) > 0 && string(p.Paging.Next) != "null" }

// pages yields the entries of all pages. fetch reads the page after a cursor, "" for the
// first one.
//
// The API also gives the whole URL of the next page. It is not followed: it may hold the
// access token, and would be a way to send the client elsewhere.
func pages[T any](r request, fetch func(cursor string) (*page[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		cursor, seen := "", map[string]bool{"": true}
		for {
			p, err := fetch(cursor)
			if err != nil {
				yield(none, err)
				return
			}
			for _, v := range *p.Data {
				if !yield(v, nil) {
					return
				}
			}
			if !p.more() {
				return
			}
			cursor = p.Paging.Cursors.After
			if seen[cursor] {
				yield(none, endless(r))
				return
			}
			seen[cursor] = true
		}
	}
}

// endless is the error of a listing that announces more but does not get there.
func endless(r request) error {
	return &api.Error{
		Call: "GET " + r.path, Kind: api.Unknown, Outcome: api.Refused,
		Message: "the listing announces another page, but gives no cursor for it or one that was used already",
	}
}
