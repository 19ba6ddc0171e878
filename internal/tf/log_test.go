package tf_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// TestLog writes each report at its own level, with what belongs to it.
func TestLog(t *testing.T) {
	for level, want := range map[api.Level]string{api.Trace: "trace", api.Debug: "debug", api.Info: "info", api.Warn: "warn"} {
		var out bytes.Buffer
		tf.Log(tflogtest.RootLogger(t.Context(), &out), level, "the lamp is on", map[string]any{"watts": 5})
		lines, err := tflogtest.MultilineJSONDecode(&out)
		if err != nil || len(lines) != 1 {
			t.Fatalf("%d lines: %v", len(lines), err)
		}
		got := []any{lines[0]["@level"], lines[0]["@message"], lines[0]["watts"]}
		if diff := cmp.Diff([]any{want, "the lamp is on", 5.0}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}
