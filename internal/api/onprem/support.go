package onprem

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
)

// Support is what a deployment says of itself.
type Support struct {
	Number       string    // the registered number, as the deployment writes it; "" when none is registered
	Version      string    // of the software, as the deployment writes it; "" when not told
	Expires      time.Time // when the software stops working; zero when not told
	MultiConnect bool      // several nodes serve the number
}

// node is what one node says.
type node struct {
	Number       text  `json:"debug_info"`
	Version      text  `json:"description"`
	Expires      text  `json:"expire_timestamp"`
	MultiConnect truth `json:"multi_connect"`
	Role         text  `json:"role"`
}

// Support returns the registered number, and until when the software works. In a cluster
// the primary master is asked first, and the earliest expiry counts.
//
// Errors: Denied, Expired, Throttled, Unavailable.
//
// operation: GET /v1/support
// source: https://developers.facebook.com/docs/whatsapp/api/support
func (c *Client) Support(ctx context.Context) (Support, error) {
	type answer struct {
		Support json.RawMessage `json:"support"`
	}
	var out Support
	_, err := get(ctx, c, "/v1/support", func(a *answer) (ok bool) {
		out, ok = parseSupport(a.Support)
		return ok
	})
	return out, err
}

// parseSupport reads both forms: of a single node, and by node.
func parseSupport(raw json.RawMessage) (Support, bool) {
	var nodes []node
	objects := byNode(raw, "debug_info", "description", "expire_timestamp", "multi_connect")
	for _, name := range slices.Sorted(maps.Keys(objects)) {
		var n node
		if json.Unmarshal(objects[name], &n) == nil && n != (node{Role: n.Role}) {
			nodes = append(nodes, n)
		}
	}
	slices.SortStableFunc(nodes, func(a, b node) int { return cmp.Compare(a.rank(), b.rank()) })
	var out Support
	for _, n := range nodes {
		out.Number = cmp.Or(out.Number, n.number())
		out.Version = cmp.Or(out.Version, printable(n.Version))
		out.MultiConnect = out.MultiConnect || bool(n.MultiConnect)
		if t := parseTime(n.Expires); !t.IsZero() && (out.Expires.IsZero() || t.Before(out.Expires)) {
			out.Expires = t
		}
	}
	return out, len(nodes) > 0
}

// rank puts the primary master before the others.
func (n node) rank() int {
	if n.Role == "primary_master" {
		return 0
	}
	return 1
}

// number returns the registered number.
func (n node) number() string {
	if strings.EqualFold(string(n.Number), "unregistered") {
		return ""
	}
	return printable(n.Number)
}

// printable returns a text without what could rewrite a terminal, and not too long.
func printable(t text) string {
	s := strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, string(t))
	return strings.TrimSpace(strings.ToValidUTF8(s[:min(len(s), 200)], ""))
}
