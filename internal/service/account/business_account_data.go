// Package account holds what users look up of a WhatsApp Business account, of the
// business that owns it, and of the access token that sees them.
//
// business_account_data.go reads one account, business_accounts_data.go lists those of a
// business, account_model.go is what both tell; access_token_data.go is about the token.
package account

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

type accountData struct {
	tf.DataSource[accountModel]
}

var _ datasource.DataSourceWithConfigure = (*accountData)(nil)

// NewAccountData returns the whatsapp_business_account data source.
func NewAccountData() datasource.DataSource {
	d := new(accountData)
	d.Define("business_account", tf.Lookup[accountModel]{Noun: "WhatsApp Business account", At: "business_account_id", Read: d.read})
	return d
}

// accountModel is everything that the API tells of an account.
type accountModel struct {
	BusinessAccountID types.String `tfsdk:"business_account_id"`
	accountFacts
	CanSendMessage types.String `tfsdk:"can_send_message"`
}

// Schema is the docs page of the data source.
func (d *accountData) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := factAttributes()
	attributes["business_account_id"] = schema.StringAttribute{
		Required:            true,
		MarkdownDescription: "The id of the WhatsApp Business account.",
		Validators:          []validator.String{tf.Valid("Invalid business account id", "digits only", wa.AccountID)},
	}
	attributes["id"] = told("The same as `business_account_id`.")
	attributes["can_send_message"] = told("Whether messages can be sent from this account: `AVAILABLE`, `LIMITED`, `BLOCKED`. The data source `whatsapp_phone_number` has the reasons.")
	resp.Schema = schema.Schema{
		MarkdownDescription: "Reads a WhatsApp Business account: whose it is, what Meta thinks of it, how it pays. " +
			"Values that the API leaves out are null; lists of values are Meta's and grow.",
		Attributes: attributes,
	}
}

func (d *accountData) read(ctx context.Context, m *accountModel) error {
	account, err := d.Graph.Accounts.Get(ctx, graph.AccountID(m.BusinessAccountID.ValueString()), graph.AccountFields)
	if err != nil {
		return err
	}
	m.fromAPI(account)
	m.ID = m.BusinessAccountID
	if account.Health != nil {
		m.CanSendMessage = tf.Text(account.Health.CanSendMessage)
	}
	return nil
}
