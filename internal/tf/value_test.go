package tf_test

import (
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// TestText is null where the API tells nothing.
func TestText(t *testing.T) {
	if got := tf.Text(""); !got.IsNull() {
		t.Errorf("no text is %v", got)
	}
	if got := tf.Text("red"); got.ValueString() != "red" {
		t.Errorf("red is %v", got)
	}
}

// TestFlag tells no from nothing.
func TestFlag(t *testing.T) {
	yes, no := true, false
	if !tf.Flag(nil).IsNull() || !tf.Flag(&yes).Equal(types.BoolValue(true)) || !tf.Flag(&no).Equal(types.BoolValue(false)) {
		t.Error("a flag is another one")
	}
}

// TestTime is null for never, and otherwise as Terraform's functions want it.
func TestTime(t *testing.T) {
	if !tf.Time(time.Time{}).IsNull() {
		t.Error("never is a time")
	}
	if got := tf.Time(time.Date(2026, 3, 1, 12, 0, 0, 5, time.FixedZone("CET", 3600))); got.ValueString() != "2026-03-01T11:00:00Z" {
		t.Errorf("got %s", got)
	}
}

// TestGiven counts what is not known yet.
func TestGiven(t *testing.T) {
	if tf.Given(types.StringNull()) || !tf.Given(types.StringUnknown()) || !tf.Given(types.StringValue("")) {
		t.Error("what was written is taken for absent, or the other way round")
	}
}
