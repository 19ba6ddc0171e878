package tf_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// check is what a validator says of a value at a place.
func check(t *testing.T, v validator.String, at path.Path, value types.String) []string {
	t.Helper()
	var resp validator.StringResponse
	v.ValidateString(t.Context(), validator.StringRequest{Path: at, ConfigValue: value}, &resp)
	return said(resp.Diagnostics)
}

// TestValid refuses what the rule refuses, at a line that Terraform finds, and
// says nothing of what is absent or not known yet.
func TestValid(t *testing.T) {
	v := tf.Valid("Invalid colour", "red", func(s string) error {
		if s != "red" {
			return errors.New("the lamp comes in red")
		}
		return nil
	})
	const refused = "Invalid colour: "
	for name, tt := range map[string]struct {
		at    path.Path
		value types.String
		want  []string
	}{
		"right":           {path.Root("colour"), types.StringValue("red"), nil},
		"absent":          {path.Root("colour"), types.StringNull(), nil},
		"not known yet":   {path.Root("colour"), types.StringUnknown(), nil},
		"wrong":           {path.Root("colour"), types.StringValue("blue"), []string{"error at colour: " + refused + "The lamp comes in red."}},
		"wrong, inside":   {path.Root("lamp").AtName("colour"), types.StringValue("blue"), []string{"error at lamp: " + refused + "lamp.colour: The lamp comes in red."}},
		"wrong, in a map": {path.Root("lamps").AtMapKey("hall"), types.StringValue(""), []string{`error at lamps: ` + refused + `lamps["hall"]: The lamp comes in red.`}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, check(t, v, tt.at, tt.value)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	if v.Description(t.Context()) != "red" || v.MarkdownDescription(t.Context()) != "red" {
		t.Error("the description is another one")
	}
}

// TestNotEmpty refuses the empty text and no other.
func TestNotEmpty(t *testing.T) {
	v := tf.NotEmpty("name")
	if got := check(t, v, path.Root("n"), types.StringValue(" ")); got != nil {
		t.Errorf("a blank: %q", got)
	}
	want := []string{"error at n: Empty name: Name must not be empty. Leave the attribute out if there is none."}
	if diff := cmp.Diff(want, check(t, v, path.Root("n"), types.StringValue(""))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSentence begins with a capital letter and ends with one full stop.
func TestSentence(t *testing.T) {
	for in, want := range map[string]string{
		"the lamp is off":         "The lamp is off.",
		"the lamp is off.":        "The lamp is off.",
		"Off. Switch it on":       "Off. Switch it on.",
		`"x" is not a colour`:     `"x" is not a colour.`,
		"über allen Gipfeln":      "Über allen Gipfeln.",
		"7 lamps are not allowed": "7 lamps are not allowed.",
	} {
		if got := tf.Sentence(errors.New(in)); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestDuration takes a time span that is longer than nothing, and says what to
// write instead of any other.
func TestDuration(t *testing.T) {
	for in, want := range map[string]time.Duration{"90s": 90 * time.Second, "1h5m": 65 * time.Minute, "1ns": 1} {
		if got, err := tf.Duration(in); got != want || err != nil {
			t.Errorf("%s: %v, %v", in, got, err)
		}
	}
	for in, words := range map[string]string{
		"": "not a duration", "90": "with a unit", "soon": "not a duration", "5 m": "with a unit",
		"0s": "positive duration", "-1s": "positive duration",
	} {
		if got, err := tf.Duration(in); got != 0 || err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
}

// TestTimeouts are durations that are longer than nothing, for each operation
// that can be given one.
func TestTimeouts(t *testing.T) {
	attribute := tf.Timeouts(t.Context()).(schema.SingleNestedAttribute)
	if len(attribute.Attributes) != 3 {
		t.Errorf("%d timeouts", len(attribute.Attributes))
	}
	for _, name := range []string{"create", "update", "delete"} {
		limit, ok := attribute.Attributes[name].(schema.StringAttribute)
		if !ok || len(limit.Validators) != 1 || !limit.Optional || !strings.Contains(limit.Description+limit.MarkdownDescription, name) {
			t.Errorf("%s is %+v", name, attribute.Attributes[name])
			continue
		}
		for value, words := range map[string]string{"5m": "", "-5m": "positive duration", "5": "with a unit"} {
			got := strings.Join(check(t, limit.Validators[0], path.Root("timeouts").AtName(name), types.StringValue(value)), "")
			if (got == "") != (words == "") || !strings.Contains(got, words) || got != "" && !strings.HasPrefix(got, "error at timeouts: Invalid timeout: timeouts."+name) {
				t.Errorf("%s = %q: %q", name, value, got)
			}
		}
	}
}
