package phone

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

type numbersData struct {
	tf.DataSource[numbersModel]
}

var _ datasource.DataSourceWithConfigure = (*numbersData)(nil)

// NewNumbersData returns the whatsapp_phone_numbers data source.
func NewNumbersData() datasource.DataSource {
	d := new(numbersData)
	d.Define("phone_numbers", tf.Lookup[numbersModel]{Noun: "phone numbers", Read: d.read})
	return d
}

// numbersModel is an account, which of its numbers are wanted, and what they are.
type numbersModel struct {
	BusinessAccountID types.String  `tfsdk:"business_account_id"`
	AccountMode       types.String  `tfsdk:"account_mode"`
	IsOfficial        types.Bool    `tfsdk:"is_official_business_account"`
	Registered        types.Bool    `tfsdk:"registered"`
	Status            []string      `tfsdk:"status"`
	PlatformType      []string      `tfsdk:"platform_type"`
	Pattern           types.String  `tfsdk:"display_phone_number_pattern"`
	PhoneNumbers      []numberFacts `tfsdk:"phone_numbers"`
}

// Schema is the docs page of the data source.
func (d *numbersData) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	some := func(about string) schema.Attribute {
		return schema.SetAttribute{Optional: true, ElementType: types.StringType, MarkdownDescription: about}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists the phone numbers of a WhatsApp Business account, a hundred with one call, with what the API tells of each but for its health. " +
			"Every filter that is given must be passed.",
		Attributes: map[string]schema.Attribute{
			"business_account_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "The id of the WhatsApp Business account.",
				Validators:          []validator.String{tf.Valid("Invalid business account id", "digits only", wa.AccountID)},
			},
			"account_mode": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Only numbers of this mode: `LIVE`, or `SANDBOX` for test numbers. Meta filters.",
				Validators:          []validator.String{tf.NotEmpty("account mode")},
			},
			"is_official_business_account": schema.BoolAttribute{Optional: true, MarkdownDescription: "Only numbers with the badge of an official business account, or only those without. Meta filters."},
			"registered":                   schema.BoolAttribute{Optional: true, MarkdownDescription: "Only numbers that are registered on the Cloud API, or only those that are not."},
			"status":                       some("Only numbers with one of these statuses, such as `CONNECTED`. Letter case does not matter."),
			"platform_type":                some("Only numbers that live at one of these places, such as `CLOUD_API`. Letter case does not matter."),
			"display_phone_number_pattern": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Only numbers that match this [RE2 expression](https://github.com/google/re2/wiki/Syntax). It is compared with a plus and the digits, such as `+15550100102`, " +
					"because the API puts blanks and dashes now here, now there. `^\\\\+1555` is for numbers that begin so.",
				Validators: []validator.String{tf.Valid("Invalid pattern", "an RE2 regular expression", pattern)},
			},
			"phone_numbers": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The numbers, in the order of their ids. For `for_each`, make a map of them: `{ for n in data.whatsapp_phone_numbers.all.phone_numbers : n.id => n }`.",
				NestedObject:        schema.NestedAttributeObject{Attributes: factAttributes()},
			},
		},
	}
}

// pattern is the rule for a pattern.
func pattern(s string) error {
	_, err := regexp.Compile(s)
	return err
}

// factFields are what the facts are made of. The health of a number is left out: it is
// long, it is what Meta takes the longest to make up, and a list wants it of all numbers.
var factFields = graph.Fields{
	Required: slices.DeleteFunc(slices.Clone(graph.AllFields.Required), func(f string) bool { return f == "health_status" }),
	Optional: graph.AllFields.Optional,
}

func (d *numbersData) read(ctx context.Context, m *numbersModel) error {
	shape, err := regexp.Compile(m.Pattern.ValueString())
	if err != nil {
		return err // the validator has said so, and better
	}
	account := graph.AccountID(m.BusinessAccountID.ValueString())
	m.PhoneNumbers = []numberFacts{}
	for number, err := range d.Graph.Accounts.Phones(ctx, account, factFields, m.filters()...) {
		if err != nil {
			return unlistable(ctx, account, err)
		}
		if !m.wants(number) || !shape.MatchString("+"+wa.Digits(number.DisplayPhoneNumber)) {
			continue
		}
		facts := numberFacts{}
		facts.fromAPI(number)
		facts.BusinessAccountID = m.BusinessAccountID
		m.PhoneNumbers = append(m.PhoneNumbers, facts)
	}
	m.PhoneNumbers = inOrder(m.PhoneNumbers)
	return nil
}

// inOrder sorts numbers by their ids. The API has the newest first, so that one more
// would move all others; and it may show one twice that moves while it is being listed.
func inOrder(numbers []numberFacts) []numberFacts {
	slices.SortStableFunc(numbers, func(a, b numberFacts) int {
		one, other := a.ID.ValueString(), b.ID.ValueString()
		return cmp.Or(cmp.Compare(len(one), len(other)), cmp.Compare(one, other))
	})
	return slices.CompactFunc(numbers, func(a, b numberFacts) bool { return a.ID.Equal(b.ID) })
}

// filters are those that Meta has.
func (m *numbersModel) filters() []graph.Filter {
	var all []graph.Filter
	if !m.AccountMode.IsNull() {
		all = append(all, graph.Filter{Field: "account_mode", Value: m.AccountMode.ValueString()})
	}
	if !m.IsOfficial.IsNull() {
		all = append(all, graph.Filter{Field: "is_official_business_account", Value: m.IsOfficial.ValueBool()})
	}
	return all
}

// wants reports whether a number passes the filters that are ours.
func (m *numbersModel) wants(n *graph.Phone) bool {
	among := func(all []string, s string) bool {
		return all == nil || slices.ContainsFunc(all, func(one string) bool { return strings.EqualFold(one, s) })
	}
	return (m.Registered.IsNull() || m.Registered.ValueBool() == n.Live()) &&
		among(m.Status, n.Status) && among(m.PlatformType, n.PlatformType)
}
