package tf

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Valid makes a validator of a plain rule, so that the rule itself knows nothing
// of Terraform. title is the summary of the error, description what the docs
// say. A rule for a secret must not repeat the value in its error; neither does
// this validator. Unknown and absent values pass.
func Valid(title, description string, rule func(string) error) validator.String {
	return stringRule{title, description, rule}
}

type stringRule struct {
	title, description string
	rule               func(string) error
}

// Description says what the rule wants.
func (r stringRule) Description(context.Context) string { return r.description }

// MarkdownDescription says what the rule wants.
func (r stringRule) MarkdownDescription(context.Context) string { return r.description }

// ValidateString applies the rule.
func (r stringRule) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := r.rule(req.ConfigValue.ValueString()); err != nil {
		at, prefix := line(req.Path)
		resp.Diagnostics.AddAttributeError(at, r.title, prefix+Sentence(err))
	}
}

// line returns where to show an error about an attribute. Terraform finds the
// line of an attribute of the resource, but not of one inside a nested
// attribute: such an error is shown at the outer one and begins with the name.
func line(p path.Path) (at path.Path, prefix string) {
	steps := p.Steps()
	if len(steps) < 2 {
		return p, ""
	}
	at = path.Empty()
	if outer, ok := steps[0].(path.PathStepAttributeName); ok {
		at = path.Root(string(outer))
	}
	return at, p.String() + ": "
}

// Sentence is a Go error as a sentence: with a capital letter and a full stop.
func Sentence(err error) string {
	first, size := utf8.DecodeRuneInString(err.Error())
	return string(unicode.ToUpper(first)) + strings.TrimSuffix(err.Error()[size:], ".") + "."
}

// NotEmpty refuses "", which most often is a variable that was never set.
func NotEmpty(what string) validator.String {
	return Valid("Empty "+what, "must not be empty", func(s string) error {
		if s == "" {
			return fmt.Errorf("%s must not be empty. Leave the attribute out if there is none", what)
		}
		return nil
	})
}

// Duration parses a time span that is longer than nothing, such as "90s".
func Duration(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a duration. Write a number with a unit, such as \"90s\" or \"5m\"", s)
	}
	if d <= 0 {
		return 0, fmt.Errorf("%q is not longer than nothing. Write a positive duration, such as \"90s\" or \"5m\"", s)
	}
	return d, nil
}
