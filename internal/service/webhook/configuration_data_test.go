package webhook_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// TestConfigurationData tells the chain of a number, from nothing to all of it.
func TestConfigurationData(t *testing.T) {
	t.Parallel()
	p := start(t)
	config := `data "whatsapp_webhook_configuration" "c" {
  phone_number_id = "` + acctest.Live + `"
}
`
	want := map[string]any{
		"phone_number_id": acctest.Live, "id": acctest.Live,
		"phone_number": nil, "business_account": nil, "application": nil, "effective": nil,
	}
	for _, step := range []struct {
		attribute, uri string
		does           func(uri string)
	}{
		{"", "", func(string) {}},
		{"application", url, func(uri string) { p.has(uri, "messages") }},
		{"business_account", other, func(uri string) { p.isSubscribed(uri) }},
		{"phone_number", foreign, func(uri string) {
			p.Change(acctest.Live, func(n *sim.Number) { n.Webhook = sim.Callback{URI: uri, VerifyToken: "theirs"} })
		}},
	} {
		step.does(step.uri)
		if step.attribute != "" {
			want[step.attribute], want["effective"] = step.uri, step.uri
		}
		p.Plan(config).Succeeds().Quiet().Sent(acctest.Look)
		p.Apply().Succeeds()
		if diff := cmp.Diff(want, p.State()["data.whatsapp_webhook_configuration.c"]); diff != "" {
			t.Errorf("with %s (-want +got):\n%s", step.attribute, diff)
		}
	}
}

// TestConfigurationData_errors name the id.
func TestConfigurationData_errors(t *testing.T) {
	t.Parallel()
	p := start(t)
	config := func(id string) string {
		return "data \"whatsapp_webhook_configuration\" \"c\" {\n  phone_number_id = \"" + id + "\"\n}\n"
	}
	p.Plan(config("+1 555 010 0102")).Fails("phone_number_id", "written like a phone number").Sent()
	p.Plan(config("106540352242999")).Fails("phone_number_id", "Could not look up the webhook configuration", "subcode 33")
}
