package provider_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// TestOperations_areSimulated finds every operation that a client calls among the
// routes of the simulator: written down three times, in the call, in its docstring
// and in the simulator, and compared here, not shared.
func TestOperations_areSimulated(t *testing.T) {
	for list, prefix := range map[string]string{"api/graph/operations.txt": "", "api/onprem/operations.txt": "onprem "} {
		text, err := os.ReadFile(filepath.Join(root, "internal", list))
		if err != nil {
			t.Fatal(err)
		}
		operations := strings.Split(strings.TrimSpace(string(text)), "\n")
		if len(operations) < 2 {
			t.Fatalf("%s lists nothing", list)
		}
		for _, line := range operations {
			if !slices.Contains(sim.Routes(), prefix+line) {
				t.Errorf("%s: the simulator does not serve %q", list, prefix+line)
			}
		}
	}
}
