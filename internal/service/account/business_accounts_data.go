package account

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

type accountsData struct {
	tf.DataSource[accountsModel]
}

var _ datasource.DataSourceWithConfigure = (*accountsData)(nil)

// NewAccountsData returns the whatsapp_business_accounts data source.
func NewAccountsData() datasource.DataSource {
	d := new(accountsData)
	d.Define("business_accounts", tf.Lookup[accountsModel]{Noun: "WhatsApp Business accounts", At: "business_id", Read: d.read})
	return d
}

// accountsModel is a business, and the accounts that it has to do with.
type accountsModel struct {
	BusinessID       types.String    `tfsdk:"business_id"`
	Relation         types.String    `tfsdk:"relation"`
	BusinessAccounts []listedAccount `tfsdk:"business_accounts"`
}

type listedAccount struct {
	accountFacts
	Relation types.String `tfsdk:"relation"`
}

// Schema is the docs page of the data source.
func (d *accountsData) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	facts := factAttributes()
	facts["relation"] = told("`owned` for an account of the business itself, `client` for one that a client shares with it. One that is both is `owned`.")
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the WhatsApp Business accounts that a business portfolio owns, and those that its clients share with it. " +
			"The access token needs the permission `business_management`.",
		Attributes: map[string]schema.Attribute{
			"business_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "The id of the business portfolio.",
				Validators:          []validator.String{tf.Valid("Invalid business id", "digits only", wa.BusinessID)},
			},
			"relation": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Only `owned` or only `client` accounts. Both when absent.",
				Validators:          []validator.String{tf.Valid("Invalid relation", "owned or client", relation)},
			},
			"business_accounts": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The accounts, in the order of their ids.",
				NestedObject:        schema.NestedAttributeObject{Attributes: facts},
			},
		},
	}
}

// relations are how an account can belong to a business.
var relations = []graph.Relation{graph.Owned, graph.Clients}

// relation is the rule for a relation.
func relation(s string) error {
	if !slices.Contains(relations, graph.Relation(s)) {
		return fmt.Errorf("%q is no relation. Write %q, %q, or leave it out for both", s, graph.Owned, graph.Clients)
	}
	return nil
}

// accountFields are those of an account, but for the health, which is long and of little
// use in a list.
var accountFields = graph.Fields{
	Required: graph.AccountFields.Required,
	Optional: slices.DeleteFunc(slices.Clone(graph.AccountFields.Optional), func(f string) bool { return f == "health_status" }),
}

func (d *accountsData) read(ctx context.Context, m *accountsModel) error {
	m.BusinessAccounts = []listedAccount{}
	for _, rel := range relations {
		if !m.Relation.IsNull() && m.Relation.ValueString() != string(rel) {
			continue
		}
		for account, err := range d.Graph.Businesses.Accounts(ctx, graph.BusinessID(m.BusinessID.ValueString()), rel, accountFields) {
			if err != nil {
				return err
			}
			one := listedAccount{Relation: types.StringValue(string(rel))}
			one.fromAPI(account)
			m.BusinessAccounts = append(m.BusinessAccounts, one)
		}
	}
	m.BusinessAccounts = inOrder(m.BusinessAccounts)
	return nil
}

// inOrder sorts accounts by their ids, each once.
func inOrder(accounts []listedAccount) []listedAccount {
	slices.SortStableFunc(accounts, func(a, b listedAccount) int {
		one, other := a.ID.ValueString(), b.ID.ValueString()
		return cmp.Or(cmp.Compare(len(one), len(other)), cmp.Compare(one, other))
	})
	return slices.CompactFunc(accounts, func(a, b listedAccount) bool { return a.ID.Equal(b.ID) })
}
