// Package provider is the shop window: what the provider offers, and how it is
// configured. provider.go holds the lists, one line per type; settings.go the
// provider block as one table; configure.go makes the API client of it.
package provider

import (
	"context"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/service/account"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/service/number"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/service/phone"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/service/profile"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/service/webhook"
)

// Address is where the registry has the provider.
const Address = "registry.terraform.io/whatsapp-terraform/whatsapp"

type whatsapp struct {
	version string
	tempo   api.Tempo
	getenv  func(string) string
}

var (
	_ provider.ProviderWithEphemeralResources = (*whatsapp)(nil)
	_ provider.ProviderWithListResources      = (*whatsapp)(nil)
	_ provider.ProviderWithActions            = (*whatsapp)(nil)
)

// Option changes how a provider behaves, for tests.
type Option func(*whatsapp)

// WithTempo shortens every wait, so that tests of waiting do not wait.
func WithTempo(t api.Tempo) Option { return func(p *whatsapp) { p.tempo = t } }

// WithEnvironment has the settings read from somewhere else than the environment
// of the process, so that tests can run side by side.
func WithEnvironment(getenv func(string) string) Option {
	return func(p *whatsapp) { p.getenv = getenv }
}

// New returns the provider. version is the release, "dev" for a build by hand.
func New(version string, opts ...Option) provider.Provider {
	p := &whatsapp{version: version, tempo: api.DefaultTempo(), getenv: os.Getenv}
	for _, opt := range opts {
		opt(p)
	}
	return p
}

// Metadata names the provider.
func (p *whatsapp) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "whatsapp"
	resp.Version = p.version
}

// Schema is the provider block, made from the table of settings.
func (p *whatsapp) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Sets up phone numbers on the WhatsApp Business Platform through Meta's Cloud API.",
		Attributes:          attributes(),
	}
}

// Resources are the managed resources.
func (p *whatsapp) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		phone.NewRegistration,
		number.NewPhoneNumber,
		number.NewPhoneVerification,
		profile.NewBusinessProfile,
		webhook.NewAppWebhook,
		webhook.NewPhoneOverride,
		webhook.NewSubscription,
	}
}

// EphemeralResources are the ephemeral resources.
func (p *whatsapp) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		phone.NewBackup,
	}
}

// ListResources are the list resources, for terraform query.
func (p *whatsapp) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		phone.NewRegistrationList,
		number.NewPhoneNumberList,
	}
}

// Actions are the actions.
func (p *whatsapp) Actions(context.Context) []func() action.Action {
	return []func() action.Action{
		number.NewRequestCode,
		number.NewVerifyCode,
	}
}

// DataSources are the data sources.
func (p *whatsapp) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		phone.NewNumberData,
		phone.NewNumbersData,
		account.NewAccountData,
		account.NewAccountsData,
		account.NewTokenData,
		webhook.NewConfigurationData,
	}
}
