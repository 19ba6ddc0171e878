package webhook_test

import (
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

// TestUnknown plans with values that another resource will only have after the apply.
func TestUnknown(t *testing.T) {
	t.Parallel()
	p := start(t)
	p.has(foreign, "security")
	p.Stored("verify token", p.token)
	p.Run(`variable "verify_token" {
  type      = string
  sensitive = true
}
resource "terraform_data" "v" {
  input = {
    account = "` + acctest.Account + `"
    phone   = "` + acctest.Live + `"
    uri     = "` + url + `"
    field   = "messages"
    nothing = ""
  }
}
resource "whatsapp_webhook_subscription" "s" {
  business_account_id   = terraform_data.v.output.account
  override_callback_uri = terraform_data.v.output.uri
  verify_token          = "${var.verify_token}${terraform_data.v.output.nothing}"
}
resource "whatsapp_phone_webhook_override" "o" {
  phone_number_id = terraform_data.v.output.phone
  callback_uri    = terraform_data.v.output.uri
  verify_token    = var.verify_token
  depends_on      = [whatsapp_webhook_subscription.s]
}
resource "whatsapp_app_webhook" "a" {
  callback_url = terraform_data.v.output.uri
  verify_token = "${var.verify_token}${terraform_data.v.output.nothing}"
  fields       = ["flows", terraform_data.v.output.field]
}
`)
	if p.override() != url || p.goesTo(acctest.Live) != url || p.gets() != url+" flows messages" {
		t.Errorf("override %q, number %q, app %q", p.override(), p.goesTo(acctest.Live), p.gets())
	}
}

// TestReplace_createBeforeDestroy leaves what the successor took over.
func TestReplace_createBeforeDestroy(t *testing.T) {
	t.Parallel()
	for kind, tt := range map[string]struct {
		config string
		holds  func(p *place) bool
	}{
		subscriptionKind + ".s": {subscriptionOf(acctest.Account, overridden(url, 1)+first), func(p *place) bool { return p.override() == url }},
		overrideKind + ".o":     {overrideOf(acctest.Live, callback(url, 1)+first), func(p *place) bool { return p.goesTo(acctest.Live) == url }},
		appKind + ".a":          {appWebhookOf(wanted(url, 1, "messages") + first), func(p *place) bool { return p.gets() == url+" messages" }},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			p := start(t)
			if kind == overrideKind+".o" {
				p.isSubscribed("")
			}
			p.Run(tt.config)
			p.Plan(tt.config, "-replace="+kind).Succeeds().Changes(true)
			p.Apply().Succeeds().Warns("stays", "create_before_destroy")
			if !tt.holds(p) {
				t.Error("the successor lost it")
			}
			p.Empty()
		})
	}
}

const first = "  lifecycle {\n    create_before_destroy = true\n  }\n"
