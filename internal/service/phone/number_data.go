package phone

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

type numberData struct {
	tf.DataSource[numberModel]
}

var _ datasource.DataSourceWithConfigure = (*numberData)(nil)

// NewNumberData returns the whatsapp_phone_number data source.
func NewNumberData() datasource.DataSource {
	d := new(numberData)
	d.Define("phone_number", tf.Lookup[numberModel]{Noun: "phone number", At: "phone_number_id", Read: d.read})
	return d
}

// numberModel is everything that the API tells of a number.
type numberModel struct {
	PhoneNumberID types.String `tfsdk:"phone_number_id"`
	numberFacts
	Health *healthModel `tfsdk:"health"`
}

// Schema is the docs page of the data source.
func (d *numberData) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := factAttributes()
	attributes["phone_number_id"] = schema.StringAttribute{
		Required:            true,
		MarkdownDescription: "The id of the phone number: digits only, not the phone number itself.",
		Validators:          []validator.String{tf.Valid("Invalid phone number id", "digits only", wa.PhoneNumberID)},
	}
	attributes["id"] = told("The same as `phone_number_id`.")
	attributes["health"] = healthAttribute()
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads everything that the WhatsApp Cloud API tells of one phone number, what changes by the hour included. " +
			"Values that the API leaves out are null; lists of values are Meta's and grow.",
		Attributes: attributes,
	}
}

func (d *numberData) read(ctx context.Context, m *numberModel) error {
	number, err := d.Graph.Phones.Get(ctx, graph.PhoneID(m.PhoneNumberID.ValueString()), graph.AllFields)
	if err != nil {
		return err
	}
	m.fromAPI(number)
	m.ID, m.Health = m.PhoneNumberID, health(number.Health)
	return nil
}
