package graph

import (
	"context"
	"net/url"
)

// getPage reads the page after a cursor, "" for the first one, of a listing whose entries
// come without being asked for by field. valid says whether an entry is one.
func getPage[T any](ctx context.Context, c *Client, r request, cursor string, valid func(T) bool) (*page[T], error) {
	q := url.Values{}
	for name, values := range r.query {
		q[name] = values
	}
	if cursor != "" {
		q.Set("after", cursor)
	}
	r.query = q
	return get(ctx, c, r, func(p *page[T]) bool { return p.Data != nil && allOf(*p.Data, valid) })
}

// allOf says whether all entries are valid.
func allOf[T any](entries []T, valid func(T) bool) bool {
	for _, e := range entries {
		if !valid(e) {
			return false
		}
	}
	return true
}
