package number

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

type phoneVerification struct {
	tf.Resource[phoneVerificationModel]
}

var (
	_ resource.ResourceWithConfigure   = (*phoneVerification)(nil)
	_ resource.ResourceWithModifyPlan  = (*phoneVerification)(nil)
	_ resource.ResourceWithImportState = (*phoneVerification)(nil)
	_ resource.ResourceWithIdentity    = (*phoneVerification)(nil)
)

// NewPhoneVerification returns the whatsapp_phone_verification resource.
func NewPhoneVerification() resource.Resource {
	r := new(phoneVerification)
	r.Define("phone_verification", tf.Lifecycle[phoneVerificationModel]{
		Noun:   "phone verification",
		Create: r.create, Read: r.read, Update: r.update, Delete: r.delete,
		Secrets:  func(config phoneVerificationModel, m *phoneVerificationModel) { m.Code = config.Code },
		Writes:   func(m phoneVerificationModel) string { return "phone number " + m.PhoneNumberID.ValueString() },
		Timeouts: func(m phoneVerificationModel) timeouts.Value { return m.Timeouts },
		Blame:    phoneVerificationModel.blame,
	})
	return r
}

// What a verification has come to.
const (
	codeSent = "code_sent"
	proven   = "verified"
)

// phoneVerificationModel is the resource as Terraform holds it. Code is there only
// while an operation runs.
type phoneVerificationModel struct {
	PhoneNumberID          types.String   `tfsdk:"phone_number_id"`
	Method                 types.String   `tfsdk:"method"`
	Language               types.String   `tfsdk:"language"`
	RequestVersion         types.Int64    `tfsdk:"request_version"`
	Code                   types.String   `tfsdk:"code_wo"`
	CodeVersion            types.Int64    `tfsdk:"code_wo_version"`
	Timeouts               timeouts.Value `tfsdk:"timeouts"`
	ID                     types.String   `tfsdk:"id"`
	Status                 types.String   `tfsdk:"status"`
	CodeVerificationStatus types.String   `tfsdk:"code_verification_status"`
	BusinessAccountID      types.String   `tfsdk:"business_account_id"`
}

func (m phoneVerificationModel) phone() graph.PhoneID {
	return graph.PhoneID(m.PhoneNumberID.ValueString())
}

func (m phoneVerificationModel) account() graph.AccountID {
	return graph.AccountID(m.BusinessAccountID.ValueString())
}

// set takes over what the verification has come to, and what the API tells of the number.
func (m *phoneVerificationModel) set(status string, n *graph.Phone) {
	m.ID, m.Status = m.PhoneNumberID, types.StringValue(status)
	m.CodeVerificationStatus = tf.Text(n.CodeVerificationStatus)
	if account := n.AccountID(); account != "" || m.BusinessAccountID.IsUnknown() {
		m.BusinessAccountID = tf.Text(string(account))
	}
	if m.CodeVersion.IsUnknown() {
		m.CodeVersion = types.Int64Null()
	}
}

// blame names the attribute that an error of the API is about.
func (m phoneVerificationModel) blame(err *api.Error) string {
	switch {
	case err.Kind == api.NotFound:
		return "phone_number_id"
	case err.Kind != api.Invalid:
		return ""
	case strings.HasSuffix(err.Call, "/verify_code"):
		return "code_wo"
	case strings.HasSuffix(err.Call, "/request_code") && strings.Contains(err.Message+err.Reason, "language"):
		return "language"
	}
	return ""
}

// methods are the ways in which a code is sent.
var methods = []string{"SMS", "VOICE"}

// Schema is the docs page of the resource.
func (r *phoneVerification) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Shows Meta that a phone number is yours: has a code sent to it by text message or voice call, and hands the code in. " +
			"That takes two applies, with somebody who reads the code between them. A number that is verified already is left alone.",
		Attributes: map[string]schema.Attribute{
			"phone_number_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "The id of the phone number, digits only. Changing it replaces the resource.",
				Validators:          []validator.String{tf.Valid("Invalid phone number id", "digits only", wa.PhoneNumberID)},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"method": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString("SMS"),
				MarkdownDescription: "How the code is sent: `SMS` or `VOICE`. A change counts when a code is sent next, and sends none. Default: `SMS`.",
				Validators:          []validator.String{stringvalidator.OneOf(methods...)},
			},
			"language": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString("en_US"),
				MarkdownDescription: "The language of the message or call, with its country, such as `en_US` or `de_DE`. A change counts when a code is sent next, and sends none. Default: `en_US`.",
				Validators:          []validator.String{tf.Valid("Invalid language", "a language and a country, such as en_US", wa.Language)},
			},
			"request_version": schema.Int64Attribute{
				Optional:            true,
				MarkdownDescription: "A number of your own. Any change of it has another code sent, unless the number is verified by then. Each code makes the one before it worthless.",
			},
			"code_wo": schema.StringAttribute{
				Optional: true, Sensitive: true, WriteOnly: true,
				MarkdownDescription: "The code that was sent: six digits in quotes, without the hyphen. Never stored in plan or state. Needs Terraform or OpenTofu 1.11. " +
					"It is good once and for about ten minutes.",
				Validators: []validator.String{
					tf.Valid("Invalid code", "exactly six digits", wa.Code),
					stringvalidator.AlsoRequires(path.MatchRoot("code_wo_version")),
				},
			},
			"code_wo_version": schema.Int64Attribute{
				Optional: true, Computed: true,
				MarkdownDescription: "A number of your own that belongs to `code_wo`. Any change of it hands the code in. Left out, it stays as it was.",
				Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("code_wo"))},
				PlanModifiers:       []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
			},
			"timeouts":                 tf.Timeouts(ctx),
			"id":                       computed("The same as `phone_number_id`.", stringplanmodifier.UseStateForUnknown()),
			"status":                   computed("What the verification has come to: `code_sent` while the code is to be handed in, then `verified`."),
			"code_verification_status": computed("What Meta says of the number: `VERIFIED`, `NOT_VERIFIED` or `EXPIRED`."),
			"business_account_id":      computed("The id of the WhatsApp Business account that the number belongs to, null if the API does not tell.", stringplanmodifier.UseStateForUnknown()),
		},
	}
}

// IdentitySchema says what tells one verification from another: the number.
func (r *phoneVerification) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identitySchema()
}

// ImportState takes a phone number id, from the command, an import block or an identity.
func (r *phoneVerification) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id, diags := tf.ImportedID(ctx, req, "phone_number_id")
	resp.Diagnostics.Append(diags...)
	// The defaults, so that a configuration that does not mention them plans no change.
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("method"), "SMS")...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("language"), "en_US")...)
	setImported(ctx, id, resp)
}
