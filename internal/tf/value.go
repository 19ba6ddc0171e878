package tf

import (
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

// Given reports whether a value was written in the configuration. A value that
// is not known yet counts: it was written, and will be there on apply.
func Given(v interface {
	IsNull() bool
}) bool {
	return !v.IsNull()
}
