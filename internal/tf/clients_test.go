package tf_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// TestClients_ready is so when the provider is configured and knows its settings.
func TestClients_ready(t *testing.T) {
	var none *tf.Clients
	if none.Ready() || (&tf.Clients{Unknown: []string{"base_url"}}).Ready() {
		t.Error("calls could be made without settings")
	}
	if !new(tf.Clients).Ready() {
		t.Error("no calls can be made")
	}
}

// TestClients_mark remembers each fact once, and takes facts together.
func TestClients_mark(t *testing.T) {
	var c tf.Clients
	if c.Marked("warned", "7") {
		t.Error("a fact is known before it was marked")
	}
	if !c.Mark("warned", "7") || c.Mark("warned", "7") || !c.Marked("warned", "7") {
		t.Error("a fact is not new once")
	}
	if c.Marked("warned") || c.Marked("warned", "8") || c.Marked("warned7") || !c.Mark("7", "warned") {
		t.Error("one fact is taken for another")
	}
}

// TestClients_wrong reports a provider that hands over something else, and takes
// nothing for a provider that is not configured yet.
func TestClients_wrong(t *testing.T) {
	var r tf.Resource[lamp]
	var resp resource.ConfigureResponse
	r.Configure(t.Context(), resource.ConfigureRequest{}, &resp)
	if len(resp.Diagnostics) != 0 || r.Ready() {
		t.Errorf("ready: %t, %v", r.Ready(), resp.Diagnostics)
	}
	r.Configure(t.Context(), resource.ConfigureRequest{ProviderData: "a string"}, &resp)
	if got := said(resp.Diagnostics); len(got) != 1 || !strings.Contains(got[0], "got string") || r.Ready() {
		t.Errorf("ready: %t, %q", r.Ready(), got)
	}
}
