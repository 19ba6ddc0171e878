package graph

import (
	"slices"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// Fields are the fields to read of an object: the ones without which the caller cannot
// go on, and the ones it can do without.
//
// The API refuses a whole read because of one field it does not know, and what it knows
// differs between versions, accounts and pages of the documentation. An optional field
// that it refuses is left out, then and for the rest of the client's life.
type Fields struct {
	Required []string
	Optional []string
}

// The sets of fields that the callers need.
//
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/reference/whatsapp-business-phone-number
var (
	// LookFields is what planning, making, refreshing and ending a registration look at.
	LookFields = Fields{
		Required: []string{
			"id", "display_phone_number", "verified_name", "status", "platform_type", "code_verification_status",
		},
		Optional: []string{"name_status", "new_display_name", "new_name_status", "is_on_biz_app", "health_status"},
	}

	// AllFields is everything that can be read. Left out on purpose are the
	// certificates, which are secrets, and unified_cert_status and last_onboarded_time,
	// which are documented but refused by every version.
	AllFields = Fields{
		Required: []string{
			"id", "display_phone_number", "verified_name", "status", "platform_type", "code_verification_status",
			"name_status", "quality_rating", "account_mode", "throughput", "health_status",
		},
		Optional: []string{
			"new_display_name", "new_name_status", "country_code", "country_dial_code", "is_on_biz_app",
			"is_pin_enabled", "is_official_business_account", "is_preverified_number",
			"whatsapp_business_manager_messaging_limit", "quality_score", "search_visibility",
		},
	}
)

// nonexistent is the code for a field that the API does not know, among other things.
const nonexistent = 100

// withFields reads with as many fields as the API gives out, in three requests at most:
// with all, without the one it names, and without any optional one.
func withFields[T any](c *Client, call string, f Fields, read func(fields string) (T, error)) (T, error) {
	optional := c.allowed(call, f.Optional)
	for range 2 {
		out, err := read(join(f.Required, optional))
		if err == nil || len(optional) == 0 || !fieldRefused(err) {
			return out, err
		}
		named := blamed(err, optional)
		if named == "" {
			break
		}
		c.refuse(call, named)
		optional = c.allowed(call, optional)
	}
	out, err := read(join(f.Required, nil))
	if err == nil {
		// One of them it was. Finding out which would cost a request each.
		c.refuse(call, optional...)
	}
	return out, err
}

// fieldRefused says whether an error can be that of an unknown field.
func fieldRefused(err error) bool {
	e, ok := asError(err)
	return ok && e.Code == nonexistent && e.Kind == api.Invalid
}

// blamed returns the field that an error names in parentheses, or "". The text only
// helps to keep more fields: without it, or with another, all optional ones are dropped.
func blamed(err error, optional []string) string {
	e, ok := asError(err)
	if !ok {
		return ""
	}
	for _, f := range optional {
		if strings.Contains(e.Message, "("+f+")") {
			return f
		}
	}
	return ""
}

// allowed returns those of fields that the API has not refused in this call so far.
func (c *Client) allowed(call string, fields []string) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(fields), func(f string) bool { return c.refused[call+" "+f] })
}

// refuse remembers fields that the API refuses in a call.
func (c *Client) refuse(call string, fields ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range fields {
		c.refused[call+" "+f] = true
	}
}

// join returns the fields as the API wants them, each once.
func join(required, optional []string) string {
	var all []string
	for _, f := range slices.Concat(required, optional) {
		if !slices.Contains(all, f) {
			all = append(all, f)
		}
	}
	return strings.Join(all, ",")
}
