package number

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

type phoneNumberList struct {
	tf.ListResource[phoneNumberListModel, phoneNumberModel]
}

var _ list.ListResourceWithConfigure = (*phoneNumberList)(nil)

// NewPhoneNumberList returns the list resource of whatsapp_phone_number.
func NewPhoneNumberList() list.ListResource {
	l := new(phoneNumberList)
	l.Define("phone_number", tf.Listing[phoneNumberListModel, phoneNumberModel]{Noun: "phone numbers", Walk: l.walk})
	return l
}

// phoneNumberListModel says where to look.
type phoneNumberListModel struct {
	BusinessAccountID types.String `tfsdk:"business_account_id"`
}

// ListResourceConfigSchema is the docs page of the list resource.
func (l *phoneNumberList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the phone numbers of a WhatsApp Business account, registered or not. It reads a hundred numbers with one call and changes nothing.",
		Attributes: map[string]schema.Attribute{
			"business_account_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "The id of the WhatsApp Business account whose numbers to list.",
				Validators:          []validator.String{tf.Valid("Invalid business account id", "digits only", wa.AccountID)},
			},
		},
	}
}

// listFields are what a listed number is made of. The account is known, so that the
// health status, which tells it, is not asked for.
var listFields = graph.Fields{
	Required: []string{"id", "display_phone_number", "verified_name", "code_verification_status"},
	Optional: []string{"country_dial_code", "name_status", "new_display_name", "new_name_status"},
}

// walk goes over the numbers of the account.
func (l *phoneNumberList) walk(ctx context.Context, c phoneNumberListModel, blank phoneNumberModel) iter.Seq2[tf.Found[phoneNumberModel], error] {
	return func(yield func(tf.Found[phoneNumberModel], error) bool) {
		account := graph.AccountID(c.BusinessAccountID.ValueString())
		for number, err := range l.Graph.Accounts.Phones(ctx, account, listFields) {
			if err != nil {
				yield(tf.Found[phoneNumberModel]{}, unlistable(ctx, account, err))
				return
			}
			state := blank
			state.fromList(number, account)
			if !yield(tf.Found[phoneNumberModel]{Name: label(number), Identity: identity{state.PhoneNumberID}, State: state}, nil) {
				return
			}
		}
	}
}

// fromList makes of a number what an import of it would.
func (m *phoneNumberModel) fromList(n *graph.Phone, account graph.AccountID) {
	m.BusinessAccountID = types.StringValue(string(account))
	m.adoptAPI(n)
}

// label is a number as people know it: "+1 555-010-0102 (Lucky Shrub)".
func label(n *graph.Phone) string {
	if n.VerifiedName == "" {
		return short(n)
	}
	return short(n) + " (" + n.VerifiedName + ")"
}

// unlistable says of which account it was that the numbers could not be listed.
func unlistable(ctx context.Context, account graph.AccountID, err error) error {
	p := &tf.Problem{
		Attribute: "business_account_id",
		Summary:   "Could not list the numbers of WhatsApp Business account " + string(account),
		Detail:    tf.Explain(ctx, err),
	}
	if api.IsKind(err, api.NotFound) || api.IsKind(err, api.Invalid) {
		p.Detail += "\n\nThe id must be that of a WhatsApp Business account. That of a phone number, a business portfolio or an app will not do."
	}
	return p
}
