package tf

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Text returns the API's text as a Terraform value: "" is how the API says that
// there is none, and null is how Terraform does.
func Text(s string) types.String {
	if s == "" {
		return types.StringNull()
	}
	return types.StringValue(s)
}

// Flag returns the API's optional flag as a Terraform value.
func Flag(b *bool) types.Bool { return types.BoolPointerValue(b) }

// Time returns a time as a Terraform value, in RFC 3339 and UTC, as the functions of
// Terraform want it. The zero time is null.
func Time(t time.Time) types.String {
	if t.IsZero() {
		return types.StringNull()
	}
	return types.StringValue(t.UTC().Format(time.RFC3339))
}

// Given reports whether a value was written in the configuration. A value that
// is not known yet counts: it was written, and will be there on apply.
func Given(v interface {
	IsNull() bool
}) bool {
	return !v.IsNull()
}
