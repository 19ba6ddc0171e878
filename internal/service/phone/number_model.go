package phone

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// numberFacts is what the API tells of a number, alone or in a list, but for its health.
type numberFacts struct {
	ID                 types.String `tfsdk:"id"`
	BusinessAccountID  types.String `tfsdk:"business_account_id"`
	DisplayPhoneNumber types.String `tfsdk:"display_phone_number"`
	CountryCode        types.String `tfsdk:"country_code"`
	CountryDialCode    types.String `tfsdk:"country_dial_code"`
	VerifiedName       types.String `tfsdk:"verified_name"`
	NameStatus         types.String `tfsdk:"name_status"`
	NewDisplayName     types.String `tfsdk:"new_display_name"`
	NewNameStatus      types.String `tfsdk:"new_name_status"`
	Status             types.String `tfsdk:"status"`
	PlatformType       types.String `tfsdk:"platform_type"`
	Verification       types.String `tfsdk:"code_verification_status"`
	QualityRating      types.String `tfsdk:"quality_rating"`
	ThroughputLevel    types.String `tfsdk:"throughput_level"`
	MessagingLimit     types.String `tfsdk:"messaging_limit"`
	AccountMode        types.String `tfsdk:"account_mode"`
	SearchVisibility   types.String `tfsdk:"search_visibility"`
	IsOnBizApp         types.Bool   `tfsdk:"is_on_biz_app"`
	IsOfficial         types.Bool   `tfsdk:"is_official_business_account"`
	IsPINEnabled       types.Bool   `tfsdk:"is_pin_enabled"`
	IsPreverified      types.Bool   `tfsdk:"is_preverified_number"`
	Registered         types.Bool   `tfsdk:"registered"`
}

type healthModel struct {
	CanSendMessage types.String   `tfsdk:"can_send_message"`
	Entities       []healthEntity `tfsdk:"entities"`
}

type healthEntity struct {
	Type           types.String  `tfsdk:"type"`
	ID             types.String  `tfsdk:"id"`
	CanSendMessage types.String  `tfsdk:"can_send_message"`
	AdditionalInfo []string      `tfsdk:"additional_info"`
	Errors         []healthError `tfsdk:"errors"`
}

type healthError struct {
	Code        types.Int64  `tfsdk:"code"`
	Description types.String `tfsdk:"description"`
	Solution    types.String `tfsdk:"solution"`
}

// fromAPI takes over what the API tells of the number.
func (m *numberFacts) fromAPI(n *graph.Phone) {
	m.ID = tf.Text(string(n.ID))
	m.BusinessAccountID = tf.Text(string(n.AccountID()))
	m.DisplayPhoneNumber, m.VerifiedName = tf.Text(n.DisplayPhoneNumber), tf.Text(n.VerifiedName)
	m.CountryCode, m.CountryDialCode = tf.Text(n.CountryCode), tf.Text(n.CountryDialCode)
	m.NameStatus, m.NewDisplayName, m.NewNameStatus = tf.Text(n.NameStatus), tf.Text(n.NewDisplayName), tf.Text(n.NewNameStatus)
	m.Status, m.PlatformType = tf.Text(n.Status), tf.Text(n.PlatformType)
	m.Verification = tf.Text(n.CodeVerificationStatus)
	m.QualityRating, m.ThroughputLevel = tf.Text(n.QualityRating), tf.Text(n.ThroughputLevel)
	m.MessagingLimit, m.AccountMode = tf.Text(n.MessagingLimit), tf.Text(n.AccountMode)
	m.SearchVisibility = tf.Text(n.SearchVisibility)
	m.IsOnBizApp, m.IsOfficial = tf.Flag(n.IsOnBizApp), tf.Flag(n.IsOfficialBusinessAccount)
	m.IsPINEnabled, m.IsPreverified = tf.Flag(n.IsPINEnabled), tf.Flag(n.IsPreverifiedNumber)
	if n.PlatformType != "" {
		m.Registered = types.BoolValue(n.Live())
	}
}

// health is nil where the API does not tell.
func health(h *graph.Health) *healthModel {
	if h == nil {
		return nil
	}
	m := &healthModel{CanSendMessage: tf.Text(h.CanSendMessage)}
	for _, e := range h.Entities {
		entity := healthEntity{
			Type: tf.Text(e.Type), ID: tf.Text(e.ID), CanSendMessage: tf.Text(e.CanSendMessage),
			AdditionalInfo: e.AdditionalInfo,
		}
		for _, reason := range e.Errors {
			entity.Errors = append(entity.Errors, healthError{
				Code: types.Int64Value(int64(reason.Code)), Description: tf.Text(reason.Description), Solution: tf.Text(reason.Solution),
			})
		}
		m.Entities = append(m.Entities, entity)
	}
	return m
}

// factAttributes is what the docs pages say of the facts.
func factAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                           told("The id of the phone number."),
		"business_account_id":          told("The id of the WhatsApp Business account that the number belongs to."),
		"display_phone_number":         told("The phone number as people write it. The API formats it in changing ways: compare the digits only."),
		"country_code":                 told("The country of the number, as in `US`."),
		"country_dial_code":            told("The dial code of that country, as in `1`."),
		"verified_name":                told("The display name in force."),
		"name_status":                  told("The review of the display name: `APPROVED`, `AVAILABLE_WITHOUT_REVIEW`, `DECLINED`, `EXPIRED`, `PENDING_REVIEW`, `NONE`."),
		"new_display_name":             told("The display name that was asked for, while a change of it is pending."),
		"new_name_status":              told("The review of the new display name. `APPROVED` means that it comes into force when the number is registered again."),
		"status":                       told("The status of the number: `CONNECTED`, `PENDING`, `DISCONNECTED`, `FLAGGED`, `RESTRICTED`, `RATE_LIMITED`, `BANNED`, `MIGRATED`, `DELETED`."),
		"platform_type":                told("Where the number lives: `CLOUD_API`, `ON_PREMISE` or `NOT_APPLICABLE`."),
		"code_verification_status":     told("Whether the ownership of the number was verified by a code: `VERIFIED`, `NOT_VERIFIED`, `EXPIRED`. Registered numbers may show `EXPIRED` and work."),
		"quality_rating":               told("The quality rating: `GREEN`, `YELLOW`, `RED`, `NA`, `UNKNOWN`."),
		"throughput_level":             told("How many messages per second the number may send: `STANDARD` (80), `HIGH` (1,000), `NOT_APPLICABLE`."),
		"messaging_limit":              told("How many customers the business may write to in 24 hours, as in `TIER_250` or `TIER_UNLIMITED`. The API calls it `whatsapp_business_manager_messaging_limit`."),
		"account_mode":                 told("`LIVE`, or `SANDBOX` for a test number."),
		"search_visibility":            told("Whether the number is found by search, as in `VISIBLE`."),
		"is_on_biz_app":                toldFlag("Whether the number is in use with the WhatsApp Business app."),
		"is_official_business_account": toldFlag("Whether the number has the badge of an official business account."),
		"is_pin_enabled":               toldFlag("Whether two-step verification is on."),
		"is_preverified_number":        toldFlag("Whether the number was verified beforehand by a partner."),
		"registered":                   toldFlag("Whether the number is registered on the Cloud API, and so can be imported as a `whatsapp_phone_registration`. It is made of `platform_type` and `status`."),
	}
}

// healthAttribute is what sending depends on, and what stands in its way.
func healthAttribute() schema.Attribute {
	reasons := schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
		"code":        schema.Int64Attribute{Computed: true, MarkdownDescription: "Meta's code."},
		"description": told("What is wrong."),
		"solution":    told("What to do about it."),
	}}
	entities := schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
		"type":             told("What it is: `PHONE_NUMBER`, `WABA`, `BUSINESS`, `APP`."),
		"id":               told("Its id."),
		"can_send_message": told("Whether it lets messages through: `AVAILABLE`, `LIMITED`, `BLOCKED`."),
		"additional_info":  schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: "Why it is limited."},
		"errors":           schema.ListNestedAttribute{Computed: true, MarkdownDescription: "Why it is blocked.", NestedObject: reasons},
	}}
	return schema.SingleNestedAttribute{
		Computed:            true,
		MarkdownDescription: "Whether messages can be sent, and what stands in the way.",
		Attributes: map[string]schema.Attribute{
			"can_send_message": told("The worst of all entities: `AVAILABLE`, `LIMITED`, `BLOCKED`."),
			"entities":         schema.ListNestedAttribute{Computed: true, MarkdownDescription: "What sending depends on.", NestedObject: entities},
		},
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
