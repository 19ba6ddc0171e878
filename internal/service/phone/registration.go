// Package phone holds what users manage of a phone number.
//
// whatsapp_phone_registration, the core of the provider, is spread over files by
// when the code runs: registration.go says what the resource is and what it
// holds, registration_plan.go what planning looks at and warns of,
// registration_create.go how a number gets registered (the only place that
// spends one of its ten attempts), registration_life.go reading, updating,
// deregistering and importing. registration_migrate.go takes a number out of its
// On-Premises deployment; deployment.go is what it shares with the ephemeral
// whatsapp_on_premises_backup.
package phone

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

type registration struct {
	tf.Resource[registrationModel]
}

var (
	_ resource.ResourceWithConfigure   = (*registration)(nil)
	_ resource.ResourceWithModifyPlan  = (*registration)(nil)
	_ resource.ResourceWithImportState = (*registration)(nil)
	_ resource.ResourceWithIdentity    = (*registration)(nil)
)

// NewRegistration returns the whatsapp_phone_registration resource.
func NewRegistration() resource.Resource {
	r := new(registration)
	r.Define("phone_registration", tf.Lifecycle[registrationModel]{
		Noun:   "phone registration",
		Create: r.create, Read: r.read, Update: r.update, Delete: r.delete,
		Secrets: func(config registrationModel, m *registrationModel) {
			m.PINWO, m.BackupWO, m.OnPremises = config.PINWO, config.BackupWO, config.OnPremises
		},
		Writes:   func(m registrationModel) string { return "phone number " + m.PhoneNumberID.ValueString() },
		Timeouts: func(m registrationModel) timeouts.Value { return m.Timeouts },
		Blame:    registrationModel.blame,
	})
	return r
}

// registrationModel is the resource as Terraform holds it. PINWO, BackupWO and
// OnPremises are there only while an operation runs.
type registrationModel struct {
	PhoneNumberID      types.String   `tfsdk:"phone_number_id"`
	PIN                types.String   `tfsdk:"pin"`
	PINWO              types.String   `tfsdk:"pin_wo"`
	PINWOVersion       types.Int64    `tfsdk:"pin_wo_version"`
	Backup             types.Object   `tfsdk:"backup"`
	BackupWO           types.Object   `tfsdk:"backup_wo"`
	OnPremises         types.Object   `tfsdk:"on_premises"`
	BusinessAccountID  types.String   `tfsdk:"business_account_id"`
	Region             types.String   `tfsdk:"data_localization_region"`
	Triggers           types.Map      `tfsdk:"triggers"`
	Deregister         types.Bool     `tfsdk:"deregister_on_destroy"`
	Timeouts           timeouts.Value `tfsdk:"timeouts"`
	ID                 types.String   `tfsdk:"id"`
	DisplayPhoneNumber types.String   `tfsdk:"display_phone_number"`
	VerifiedName       types.String   `tfsdk:"verified_name"`
	Status             types.String   `tfsdk:"status"`
	PlatformType       types.String   `tfsdk:"platform_type"`
}

// phone is the number's id as the API client wants it.
func (m registrationModel) phone() graph.PhoneID {
	return graph.PhoneID(m.PhoneNumberID.ValueString())
}

// account is the id of the number's account, "" if it is not known.
func (m registrationModel) account() graph.AccountID {
	return graph.AccountID(m.BusinessAccountID.ValueString())
}

// number is what the state tells of the number.
func (m registrationModel) number() *graph.Phone {
	return &graph.Phone{
		ID: m.phone(), DisplayPhoneNumber: m.DisplayPhoneNumber.ValueString(),
		Status: m.Status.ValueString(), PlatformType: m.PlatformType.ValueString(),
	}
}

// secretPIN is the PIN of whichever attribute holds it, "" for none.
func (m registrationModel) secretPIN() string {
	if m.PIN.IsNull() {
		return m.PINWO.ValueString()
	}
	return m.PIN.ValueString()
}

// hasBackup reports whether there is a backup at hand, or a deployment to take one
// from, known yet or not.
func (m registrationModel) hasBackup() bool {
	return tf.Given(m.Backup) || tf.Given(m.BackupWO) || tf.Given(m.OnPremises)
}

// toAPI is the registration to ask for. The backup belongs to the first one of
// a number only: it moves the number, it is no setting.
func (m registrationModel) toAPI(withBackup bool) graph.Registration {
	reg := graph.Registration{PIN: m.secretPIN()}
	backup := m.Backup
	if backup.IsNull() {
		backup = m.BackupWO
	}
	if withBackup && !backup.IsNull() {
		text := func(name string) string {
			s, _ := backup.Attributes()[name].(types.String)
			return s.ValueString()
		}
		reg.Backup = &graph.Backup{Password: text("password"), Data: text("data")}
	}
	return reg
}

// fromAPI takes over what the API tells of the number.
func (m *registrationModel) fromAPI(n *graph.Phone) {
	m.ID = m.PhoneNumberID
	// The API formats the same number now so, now so; only other digits are news.
	if m.DisplayPhoneNumber.IsUnknown() || !wa.SameDigits(m.DisplayPhoneNumber.ValueString(), n.DisplayPhoneNumber) {
		m.DisplayPhoneNumber = tf.Text(n.DisplayPhoneNumber)
	}
	m.VerifiedName = tf.Text(n.VerifiedName)
	m.Status = tf.Text(n.Status)
	m.PlatformType = tf.Text(n.PlatformType)
	if m.BusinessAccountID.IsUnknown() {
		m.BusinessAccountID = tf.Text(string(n.AccountID()))
	}
}

// learnAccount takes over the account of the number, where the API tells it. A plan
// that was made without it cannot learn it; a refresh can.
func (m *registrationModel) learnAccount(n *graph.Phone) {
	if account := n.AccountID(); account != "" {
		m.BusinessAccountID = tf.Text(string(account))
	}
}

// keep takes over what was known before, where the API could not be asked again
// after it did what it was told.
func (m *registrationModel) keep(prior registrationModel) {
	m.ID, m.DisplayPhoneNumber, m.VerifiedName = prior.ID, prior.DisplayPhoneNumber, prior.VerifiedName
	m.Status, m.PlatformType = prior.Status, prior.PlatformType
}

// blame names the attribute that an error of the API is about.
func (m registrationModel) blame(err *api.Error) string {
	switch {
	case strings.Contains(err.Call, " /v1/"): // of the On-Premises API
		return "on_premises"
	case err.Code == 133005 || err.Code == 133008 || err.Code == 133009 || err.Subcode == 2388092:
		if m.PIN.IsNull() {
			return "pin_wo"
		}
		return "pin"
	case err.Kind == api.NotFound, err.Code == 133006, err.Code == 133015, err.Code == 133016:
		return "phone_number_id"
	}
	return ""
}

// IdentitySchema says what tells one registration from another: the number.
func (r *registration) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{
		Attributes: map[string]identityschema.Attribute{
			"phone_number_id": identityschema.StringAttribute{
				RequiredForImport: true,
				Description:       "The id of the phone number, digits only; not the phone number itself.",
			},
		},
	}
}
