package onprem

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// connected is the status of a node that is connected to WhatsApp's servers.
const connected = "connected"

// Health is what a deployment says of its connection.
type Health struct {
	// Nodes is the status by node, the key "" for a deployment of a single node:
	// connected, connecting, disconnected, uninitialized or unregistered, in principle
	// also another, and "" where a node gave none.
	Nodes map[string]string
}

// Connected reports whether a node is connected. One is enough: in a cluster for high
// availability, exactly one is.
//
// source: https://developers.facebook.com/docs/whatsapp/on-premises/reference/health
func (h Health) Connected() bool {
	for _, status := range h.Nodes {
		if status == connected {
			return true
		}
	}
	return false
}

// String returns "connected", or else the statuses found, in words for a message.
func (h Health) String() string {
	if h.Connected() {
		return connected
	}
	var found []string
	for _, status := range slices.Compact(slices.Sorted(maps.Values(h.Nodes))) {
		if status != "" {
			found = append(found, status)
		}
	}
	if len(found) == 0 {
		return "unknown"
	}
	return strings.Join(found, ", ")
}

// Health returns whether the nodes of the deployment are connected.
//
// Errors: Denied, Expired, Throttled, Unavailable.
//
// operation: GET /v1/health
// source: https://developers.facebook.com/docs/whatsapp/on-premises/reference/health
func (c *Client) Health(ctx context.Context) (Health, error) {
	type answer struct {
		Health json.RawMessage `json:"health"`
	}
	var out Health
	_, err := get(ctx, c, "/v1/health", func(a *answer) bool {
		out.Nodes = parseHealth(a.Health)
		return out.Nodes != nil
	})
	return out, err
}

// parseHealth reads both forms: of a single node, and by node. It returns nil when there
// is no status at all.
func parseHealth(raw json.RawMessage) map[string]string {
	out := map[string]string{}
	found := false
	for name, raw := range byNode(raw, "gateway_status") {
		var node struct {
			Status text `json:"gateway_status"`
		}
		if json.Unmarshal(raw, &node) != nil {
			continue
		}
		out[name] = word(node.Status)
		found = found || out[name] != ""
	}
	if !found {
		return nil
	}
	return out
}

// byNode returns the objects by node, or the object itself under "" if it has one of the
// fields that a single node has.
func byNode(raw json.RawMessage, fields ...string) map[string]json.RawMessage {
	var object map[string]json.RawMessage
	if !isObject(raw) || json.Unmarshal(raw, &object) != nil {
		return nil
	}
	for _, f := range fields {
		// A node could have the name of a field; its value would be an object.
		if value, ok := object[f]; ok && !isObject(value) {
			return map[string]json.RawMessage{"": raw}
		}
	}
	maps.DeleteFunc(object, func(_ string, value json.RawMessage) bool { return !isObject(value) })
	return object
}

// word returns a status as it is, unless it is not a word: then "". It stands in messages.
func word(t text) string {
	s := strings.ToLower(string(t))
	if len(s) > 40 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") != "" {
		return ""
	}
	return s
}
