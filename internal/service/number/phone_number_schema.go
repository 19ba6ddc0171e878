package number

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

// Schema is the docs page of the resource.
func (r *phoneNumber) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	same := stringplanmodifier.UseStateForUnknown()
	resp.Schema = schema.Schema{
		MarkdownDescription: "Puts a phone number on a WhatsApp Business account and manages its display name. " +
			"A number that is on the account already is adopted and not added again. " +
			"The number can be used once it is verified (`whatsapp_phone_verification`) and registered (`whatsapp_phone_registration`). " +
			"Meta has no call that deletes a number: destroying the resource forgets it.",
		Attributes: map[string]schema.Attribute{
			"business_account_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "The id of the WhatsApp Business account, digits only. Changing it replaces the resource: the number stays on the old account, and Meta refuses to add it to another one before it has left.",
				Validators:          []validator.String{tf.Valid("Invalid business account id", "digits only", wa.AccountID)},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"country_code": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "The dial code of the country, one to three digits without the plus, such as `1` or `49`. The API calls it `cc`. Changing it replaces the resource.",
				Validators:          []validator.String{tf.Valid("Invalid country code", "one to three digits", wa.CountryCode)},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"phone_number": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "The phone number without its country code, such as `555 010 0123`. Blanks, hyphens, dots and parentheses do not count. " +
					"Changing its digits replaces the resource: the old number stays on the account.",
				Validators:    []validator.String{tf.Valid("Invalid phone number", "a number without its country code", wa.NationalNumber)},
				PlanModifiers: []planmodifier.String{sameDigits{}, stringplanmodifier.RequiresReplace()},
			},
			"display_name": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "The name that customers see, 2 to 75 characters. Meta reviews it, when the number is added and after each change. " +
					"A change is made in place; until Meta has approved it and the number is registered again, the old name stays in force. " +
					"Meta allows ten changes in 30 days, and one review at a time. A name in review, or one that Meta declined, plans no change.",
				Validators: []validator.String{tf.Valid("Invalid display name", "2 to 75 characters", wa.DisplayName)},
			},
			"timeouts":                 tf.Timeouts(ctx),
			"id":                       computed("The same as `phone_number_id`.", same),
			"phone_number_id":          computed("The id that Meta gave to the number, for all other resources.", same),
			"display_phone_number":     computed("The phone number as Meta writes it, such as `+1 555-010-0123`.", same),
			"code_verification_status": computed("Whether the ownership of the number is verified: `VERIFIED`, `NOT_VERIFIED` or `EXPIRED`.", same),
			"verified_name":            computed("The display name in force.", same),
			"name_status":              computed("The review of the name in force: `APPROVED`, `PENDING_REVIEW`, `DECLINED`, `AVAILABLE_WITHOUT_REVIEW`, `EXPIRED`, `NONE` and others that Meta adds.", same),
			"pending_display_name":     computed("A display name that is in review, was declined, or is approved and waits for a registration; null if there is none."),
			"pending_name_status":      computed("The review of `pending_display_name`. `APPROVED` means that it comes into force when the number is registered again."),
		},
	}
}

// ValidateConfig looks at the country code and the number together.
func (r *phoneNumber) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var m phoneNumberModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	country, national := m.CountryCode, m.PhoneNumber
	if resp.Diagnostics.HasError() || country.ValueString() == "" || national.ValueString() == "" {
		return // missing, not known yet, or an error of its own
	}
	if wa.CountryCode(country.ValueString()) != nil || wa.NationalNumber(national.ValueString()) != nil {
		return // said already, each at its attribute
	}
	if err := wa.Number(country.ValueString(), national.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("phone_number"), "Invalid phone number", tf.Sentence(err))
	}
}

// sameDigits plans no change for a number that is only written in another way.
type sameDigits struct{}

// Description says what the modifier does.
func (sameDigits) Description(context.Context) string { return "Only other digits are a change." }

// MarkdownDescription says what the modifier does.
func (s sameDigits) MarkdownDescription(ctx context.Context) string { return s.Description(ctx) }

// PlanModifyString keeps what the state has.
func (sameDigits) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !req.PlanValue.IsUnknown() && wa.SameDigits(req.StateValue.ValueString(), req.PlanValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}

// computed is a text that only the API sets.
func computed(about string, modifiers ...planmodifier.String) schema.Attribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: about, PlanModifiers: modifiers}
}
