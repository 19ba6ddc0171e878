package account

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// accountFacts is what the API tells of an account, alone or in a list.
type accountFacts struct {
	ID                         types.String `tfsdk:"id"`
	Name                       types.String `tfsdk:"name"`
	Status                     types.String `tfsdk:"status"`
	AccountReviewStatus        types.String `tfsdk:"account_review_status"`
	BusinessVerificationStatus types.String `tfsdk:"business_verification_status"`
	OwnershipType              types.String `tfsdk:"ownership_type"`
	OwnerBusinessID            types.String `tfsdk:"owner_business_id"`
	OwnerBusinessName          types.String `tfsdk:"owner_business_name"`
	Country                    types.String `tfsdk:"country"`
	Currency                   types.String `tfsdk:"currency"`
	TimezoneID                 types.String `tfsdk:"timezone_id"`
	TemplateNamespace          types.String `tfsdk:"message_template_namespace"`
	PrimaryFundingID           types.String `tfsdk:"primary_funding_id"`
	MessagingLimit             types.String `tfsdk:"messaging_limit"`
	IsEnabledForInsights       types.Bool   `tfsdk:"is_enabled_for_insights"`
	IsSharedWithPartners       types.Bool   `tfsdk:"is_shared_with_partners"`
	CreationTime               types.String `tfsdk:"creation_time"`
}

// fromAPI takes over what the API tells of the account.
func (m *accountFacts) fromAPI(a *graph.Account) {
	m.ID, m.Name = tf.Text(string(a.ID)), tf.Text(a.Name)
	m.Status, m.OwnershipType = tf.Text(a.Status), tf.Text(a.OwnershipType)
	m.AccountReviewStatus, m.BusinessVerificationStatus = tf.Text(a.ReviewStatus), tf.Text(a.BusinessVerificationStatus)
	m.Country, m.Currency, m.TimezoneID = tf.Text(a.Country), tf.Text(a.Currency), tf.Text(a.TimezoneID)
	m.TemplateNamespace, m.PrimaryFundingID = tf.Text(a.MessageTemplateNamespace), tf.Text(a.PrimaryFundingID)
	m.MessagingLimit = tf.Text(a.MessagingLimit)
	m.IsEnabledForInsights, m.IsSharedWithPartners = tf.Flag(a.IsEnabledForInsights), tf.Flag(a.IsSharedWithPartners)
	m.CreationTime = tf.Time(a.CreatedAt)
	if a.Owner != nil {
		m.OwnerBusinessID, m.OwnerBusinessName = tf.Text(string(a.Owner.ID)), tf.Text(a.Owner.Name)
	}
}

// factAttributes is what the docs pages say of the facts.
func factAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                           told("The id of the account."),
		"name":                         told("The name of the account."),
		"status":                       told("The status of the account, such as `ACTIVE`."),
		"account_review_status":        told("Meta's review of the account: `APPROVED`, `PENDING`, `REJECTED`, `DEFERRED`."),
		"business_verification_status": told("Whether Meta has verified the business: `verified`, `not_verified`, `pending` and others. Meta writes it in small letters here, in capitals there: compare with `lower()`."),
		"ownership_type":               told("How the account is owned: `SELF`, `CLIENT_OWNED`, `ON_BEHALF_OF`."),
		"owner_business_id":            told("The id of the business portfolio that owns the account."),
		"owner_business_name":          told("The name of that business."),
		"country":                      told("The country of the business, as in `US`."),
		"currency":                     told("The currency of the bills, as in `USD`."),
		"timezone_id":                  told("The time zone of the bills: a number of Meta's own, not a name."),
		"message_template_namespace":   told("The namespace of the message templates."),
		"primary_funding_id":           told("The id of the payment method. Null where there is none, or where the access token may not see it."),
		"messaging_limit":              told("How many customers the business may write to in 24 hours, as in `TIER_250` or `TIER_UNLIMITED`. The API calls it `whatsapp_business_manager_messaging_limit`."),
		"is_enabled_for_insights":      toldFlag("Whether insights are on. They cannot be switched off again."),
		"is_shared_with_partners":      toldFlag("Whether partners have access to the account."),
		"creation_time":                told("When the account was made, in RFC 3339."),
	}
}

// told is a text that the API tells.
func told(about string) schema.Attribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: about}
}

// toldFlag is a flag that the API tells.
func toldFlag(about string) schema.Attribute {
	return schema.BoolAttribute{Computed: true, MarkdownDescription: about}
}
