// Package number holds what makes a phone number ready for its registration: that it
// is on a WhatsApp Business account, under which name, and that its owner has shown
// that it is theirs.
//
// whatsapp_phone_number is spread over files by when the code runs: phone_number.go
// says what the resource is and what it holds, phone_number_plan.go what planning says,
// phone_number_create.go how a number comes to be on its account, phone_number_life.go
// the rest of its life. phone_verification.go and its siblings have codes sent and
// handed in, code_action.go does the same for those who prefer to do it by hand.
package number

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

type phoneNumber struct {
	tf.Resource[phoneNumberModel]
}

var (
	_ resource.ResourceWithConfigure      = (*phoneNumber)(nil)
	_ resource.ResourceWithModifyPlan     = (*phoneNumber)(nil)
	_ resource.ResourceWithValidateConfig = (*phoneNumber)(nil)
	_ resource.ResourceWithImportState    = (*phoneNumber)(nil)
	_ resource.ResourceWithIdentity       = (*phoneNumber)(nil)
)

// NewPhoneNumber returns the whatsapp_phone_number resource.
func NewPhoneNumber() resource.Resource {
	r := new(phoneNumber)
	r.Define("phone_number", tf.Lifecycle[phoneNumberModel]{
		Noun:   "phone number",
		Create: r.create, Read: r.read, Update: r.update, Delete: r.delete,
		Writes:   phoneNumberModel.writes,
		Timeouts: func(m phoneNumberModel) timeouts.Value { return m.Timeouts },
		Blame:    phoneNumberModel.blame,
	})
	return r
}

// phoneNumberModel is the resource as Terraform holds it.
type phoneNumberModel struct {
	BusinessAccountID      types.String   `tfsdk:"business_account_id"`
	CountryCode            types.String   `tfsdk:"country_code"`
	PhoneNumber            types.String   `tfsdk:"phone_number"`
	DisplayName            types.String   `tfsdk:"display_name"`
	Timeouts               timeouts.Value `tfsdk:"timeouts"`
	ID                     types.String   `tfsdk:"id"`
	PhoneNumberID          types.String   `tfsdk:"phone_number_id"`
	DisplayPhoneNumber     types.String   `tfsdk:"display_phone_number"`
	CodeVerificationStatus types.String   `tfsdk:"code_verification_status"`
	VerifiedName           types.String   `tfsdk:"verified_name"`
	NameStatus             types.String   `tfsdk:"name_status"`
	PendingDisplayName     types.String   `tfsdk:"pending_display_name"`
	PendingNameStatus      types.String   `tfsdk:"pending_name_status"`
}

func (m phoneNumberModel) phone() graph.PhoneID { return graph.PhoneID(m.PhoneNumberID.ValueString()) }

func (m phoneNumberModel) account() graph.AccountID {
	return graph.AccountID(m.BusinessAccountID.ValueString())
}

// digits are those of the whole number. In most countries a number begins with a zero
// when it is dialled within the country; without it is how the API shows it.
func (m phoneNumberModel) digits() (asWritten, withoutZero string) {
	country, national := m.CountryCode.ValueString(), wa.Digits(m.PhoneNumber.ValueString())
	return country + national, country + strings.TrimPrefix(national, "0")
}

// dialled is the number as texts show it while the API has not shown it yet.
func (m phoneNumberModel) dialled() string {
	return "+" + m.CountryCode.ValueString() + " " + m.PhoneNumber.ValueString()
}

// writes names what the resource writes to: the number, or the place of one that has
// no id yet.
func (m phoneNumberModel) writes() string {
	if id := m.phone(); id != "" {
		return "phone number " + string(id)
	}
	digits, _ := m.digits()
	return "account " + string(m.account()) + " number " + digits
}

// toAPI is the number to add.
func (m phoneNumberModel) toAPI() graph.NewPhone {
	return graph.NewPhone{
		CountryCode: m.CountryCode.ValueString(), PhoneNumber: wa.Digits(m.PhoneNumber.ValueString()),
		VerifiedName: m.DisplayName.ValueString(),
	}
}

// fromAPI takes over what the API tells of the number.
func (m *phoneNumberModel) fromAPI(n *graph.Phone) {
	m.ID, m.PhoneNumberID = types.StringValue(string(n.ID)), types.StringValue(string(n.ID))
	// The API formats the same number now so, now so; only other digits are news.
	if !wa.SameDigits(m.DisplayPhoneNumber.ValueString(), n.DisplayPhoneNumber) {
		m.DisplayPhoneNumber = tf.Text(n.DisplayPhoneNumber)
	}
	m.CodeVerificationStatus = tf.Text(n.CodeVerificationStatus)
	m.VerifiedName = tf.Text(n.VerifiedName)
	m.NameStatus = tf.Text(n.NameStatus)
	m.PendingDisplayName = tf.Text(n.NewDisplayName)
	m.PendingNameStatus = tf.Text(n.NewNameStatus)
}

// complete takes over what was not planned already. Whatever else has changed
// meanwhile, the next refresh shows.
func (m *phoneNumberModel) complete(from phoneNumberModel) {
	for _, v := range [][2]*types.String{
		{&m.ID, &from.ID}, {&m.PhoneNumberID, &from.PhoneNumberID}, {&m.DisplayPhoneNumber, &from.DisplayPhoneNumber},
		{&m.CodeVerificationStatus, &from.CodeVerificationStatus}, {&m.VerifiedName, &from.VerifiedName}, {&m.NameStatus, &from.NameStatus},
		{&m.PendingDisplayName, &from.PendingDisplayName}, {&m.PendingNameStatus, &from.PendingNameStatus},
	} {
		if v[0].IsUnknown() {
			*v[0] = *v[1]
		}
	}
}

// blame names the attribute that an error of the API is about.
func (m phoneNumberModel) blame(err *api.Error) string {
	switch {
	case err.Kind != api.Invalid && err.Kind != api.NotFound && err.Kind != api.Conflict:
		return ""
	case err.Call == "POST /{phone-number-id}":
		return "display_name"
	case strings.Contains(err.Call, "{business-account-id}") && err.Kind == api.NotFound:
		return "business_account_id"
	case err.Call == "POST /{business-account-id}/phone_numbers":
		if strings.Contains(err.Message+err.Reason, "verified_name") {
			return "display_name"
		}
		return "phone_number"
	}
	return ""
}

// identity is what tells one number from another.
type identity struct {
	PhoneNumberID types.String `tfsdk:"phone_number_id"`
}

// identitySchema is the schema of identity.
func identitySchema() identityschema.Schema {
	return identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"phone_number_id": identityschema.StringAttribute{
			RequiredForImport: true,
			Description:       "The id of the phone number, digits only; not the phone number itself.",
		},
	}}
}

// IdentitySchema says what tells one number from another: its id.
func (r *phoneNumber) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identitySchema()
}
