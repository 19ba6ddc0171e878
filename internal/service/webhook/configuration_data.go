package webhook

import (
	"cmp"
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

type configurationData struct {
	tf.DataSource[configurationModel]
}

var _ datasource.DataSourceWithConfigure = (*configurationData)(nil)

// NewConfigurationData returns the whatsapp_webhook_configuration data source.
func NewConfigurationData() datasource.DataSource {
	d := new(configurationData)
	d.Define("webhook_configuration", tf.Lookup[configurationModel]{Noun: "webhook configuration", At: "phone_number_id", Read: d.read})
	return d
}

// configurationModel is the chain of URLs of a number.
type configurationModel struct {
	PhoneNumberID   types.String `tfsdk:"phone_number_id"`
	PhoneNumber     types.String `tfsdk:"phone_number"`
	BusinessAccount types.String `tfsdk:"business_account"`
	Application     types.String `tfsdk:"application"`
	Effective       types.String `tfsdk:"effective"`
	ID              types.String `tfsdk:"id"`
}

// Schema is the docs page of the data source.
func (d *configurationData) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	told := func(about string) schema.Attribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: about}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads where the messages of a phone number go: the URL of the number, of its account and of the app, and which of them applies. " +
			"Each is null if there is none.",
		Attributes: map[string]schema.Attribute{
			"phone_number_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "The id of the phone number, digits only; not the phone number itself.",
				Validators:          []validator.String{tf.Valid("Invalid phone number id", "digits only", wa.PhoneNumberID)},
			},
			"phone_number":     told("The override of the number, see `whatsapp_phone_webhook_override`."),
			"business_account": told("The override of its account, see `whatsapp_webhook_subscription`."),
			"application":      told("The URL of the app, see `whatsapp_app_webhook`. Webhooks about templates and the account go there in any case."),
			"effective":        told("Where the messages of the number go: the first of the three that is set."),
			"id":               told("The same as `phone_number_id`."),
		},
	}
}

func (d *configurationData) read(ctx context.Context, m *configurationModel) error {
	found, err := d.Graph.Phones.Webhooks(ctx, graph.PhoneID(m.PhoneNumberID.ValueString()))
	if err != nil {
		return err
	}
	m.ID = m.PhoneNumberID
	m.PhoneNumber, m.BusinessAccount, m.Application = tf.Text(found.Phone), tf.Text(found.Account), tf.Text(found.App)
	m.Effective = tf.Text(cmp.Or(found.Phone, found.Account, found.App))
	return nil
}
