package sim

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// How many entries a page has at most, and how many if nobody says.
const (
	maxLimit     = 100
	defaultLimit = 25
)

// listed is what a listing has as entries.
type listed interface{ mark() string }

func (e *entry) mark() string   { return e.ID }
func (a *account) mark() string { return a.ID }

// page is one page of a listing: which entries, and where it stands.
type page[T listed] struct {
	entries []T
	more    bool
	empty   bool // an empty page with a successor
	after   string
}

// limit returns how many entries a page may have.
func (s *Server) limit(req *request) (int, *graphError) {
	n := defaultLimit
	if text := req.call.Query.Get("limit"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil || n < 1 || n > maxLimit {
			return 0, invalid(fmt.Sprintf("Param limit must be a number between 1 and %d.", maxLimit))
		}
	}
	return min(n, s.options.pageSize), nil
}

// cutPage cuts the page out of sorted entries that a request asks for.
func cutPage[T listed](s *Server, req *request, entries []T) (page[T], *graphError) {
	n, gerr := s.limit(req)
	if gerr != nil {
		return page[T]{}, gerr
	}
	after := req.call.Query.Get("after")
	start := 0
	if after != "" {
		if start, gerr = position(req, entries, after); gerr != nil {
			return page[T]{}, gerr
		}
	} else if s.options.emptyPages {
		return page[T]{more: true, empty: true, after: cursor(req.list(), "start")}, nil
	}
	end := min(start+n, len(entries))
	return page[T]{entries: entries[start:end], more: end < len(entries)}, nil
}

// list names the listing that a request is about.
func (r *request) list() string { return strings.Join(r.path, "/") }

// cursor returns an opaque mark in a listing.
func cursor(list, place string) string {
	return base64.RawURLEncoding.EncodeToString([]byte("c1|" + list + "|" + place))
}

// position returns where a listing goes on after a cursor. One that is made up, of
// another listing, or of an entry that is gone is refused, with a code of its own
// since v24.0.
// source: support/error-codes
func position[T listed](req *request, entries []T, after string) (int, *graphError) {
	text, _ := base64.RawURLEncoding.DecodeString(after) // "" for what is none
	place, ours := strings.CutPrefix(string(text), "c1|"+req.list()+"|")
	if ours && place == "start" {
		return 0, nil
	}
	for i, e := range entries {
		if ours && place == e.mark() {
			return i + 1, nil
		}
	}
	if req.served() < 24 {
		return 0, invalid("Param after is not a valid cursor.")
	}
	return 0, cloudError(http.StatusBadRequest, 131059, "Invalid cursor",
		"The cursor is not valid or has expired. Begin the listing again.")
}

// paging describes a page to the caller. As at Meta, next carries the access token
// and leads to a place of the server's choosing.
func paging[T listed](s *Server, req *request, p page[T]) map[string]any {
	if len(p.entries) == 0 && !p.empty {
		return nil
	}
	before := p.after
	if !p.empty {
		before = cursor(req.list(), p.entries[0].mark())
		p.after = cursor(req.list(), p.entries[len(p.entries)-1].mark())
	}
	m := map[string]any{"cursors": map[string]any{"before": before, "after": p.after}}
	if p.more {
		m["next"] = s.next(req, p.after)
	}
	return m
}

func (s *Server) next(req *request, after string) string {
	q := url.Values{}
	for k, v := range req.call.Query {
		if !strings.HasPrefix(k, "appsecret_") {
			q[k] = v
		}
	}
	q.Set("access_token", s.store.token)
	q.Set("after", after)
	return "http://" + req.host + req.call.Path + "?" + q.Encode()
}
