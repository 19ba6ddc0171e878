package profile

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

// What destroying a profile does.
const (
	keeps  = "keep"
	clears = "clear"
)

// Schema is the docs page of the resource.
func (r *businessProfile) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Sets what customers see of a business in WhatsApp: a text, address, e-mail, websites, industry and picture, for one phone number. " +
			"Every number has a profile, so creating the resource adopts it and sends only what differs. " +
			"What the configuration does not mention is left alone, and shown as it is.",
		Attributes: map[string]schema.Attribute{
			"phone_number_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "The id of the phone number, digits only; not the phone number itself. Changing it replaces the resource.",
				Validators:          []validator.String{tf.Valid("Invalid phone number id", "digits only", wa.PhoneNumberID)},
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"about": words("The short text below the name: 1 to 139 characters. Once there is one it cannot be emptied.",
				tf.Valid("Invalid about", "1 to 139 characters", wa.About)),
			"address": words("The address: at most 256 characters. An empty text clears it.",
				tf.Valid("Invalid address", "at most 256 characters", wa.Address)),
			"description": words("What the business does: at most 512 characters. An empty text clears it.",
				tf.Valid("Invalid description", "at most 512 characters", wa.Description)),
			"email": words("An e-mail address: at most 128 characters. An empty text clears it.",
				tf.Valid("Invalid e-mail address", "at most 128 characters", wa.Email)),
			"websites": schema.ListAttribute{
				Optional: true, Computed: true, ElementType: types.StringType,
				MarkdownDescription: "At most two websites, each beginning with `https://` or `http://` and of at most 256 characters. An empty list clears them.",
				Validators: []validator.List{
					listvalidator.SizeAtMost(2),
					listvalidator.ValueStringsAre(tf.Valid("Invalid website", "https:// or http://", wa.Website)),
				},
				PlanModifiers: []planmodifier.List{listplanmodifier.UseStateForUnknown()},
			},
			"vertical": words("The industry: `"+strings.Join(verticals, "`, `")+"`. The list is Meta's and grows: another word is sent, with a warning.",
				tf.Valid("Invalid vertical", "capital letters", vertical), knownVertical{}),
			"profile_picture": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "The path of a file with the picture: JPEG or PNG, at most 5 MB; Meta recommends a square of 640 by 640 pixels. " +
					"It is uploaded when it is set and whenever the content of the file changes. Where the file lies is of no concern. " +
					"The API has no call that takes a picture away, so taking the argument out leaves the picture.",
				Validators: []validator.String{tf.NotEmpty("path of the picture")},
			},
			"profile_picture_sha256": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "The SHA-256 of the picture that was uploaded. The API gives the picture out in another form and at another address each time, " +
					"so a picture that somebody replaced elsewhere is not noticed; one that is gone is.",
			},
			"on_destroy": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString(keeps),
				MarkdownDescription: "What destroying the resource does: `keep` leaves the profile as it is, `clear` empties address, description, e-mail and websites. " +
					"The API cannot empty the about text, the industry and the picture: they stay. Default: `keep`. A change must be applied before the destroy that it is meant for.",
				Validators: []validator.String{stringvalidator.OneOf(keeps, clears)},
			},
			"id": schema.StringAttribute{
				Computed: true, MarkdownDescription: "The same as `phone_number_id`.",
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
		},
	}
}

// words is a text that the API knows too.
func words(about string, rules ...validator.String) schema.Attribute {
	return schema.StringAttribute{
		Optional: true, Computed: true, MarkdownDescription: about, Validators: rules,
		PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// verticals are the industries of all of Meta's lists together.
var verticals = strings.Fields("ALCOHOL APPAREL AUTO BEAUTY EDU ENTERTAIN EVENT_PLAN FINANCE GOVT GROCERY HEALTH HOTEL NONPROFIT NOT_A_BIZ" +
	" ONLINE_GAMBLING OTC_DRUGS OTHER PHYSICAL_GAMBLING PROF_SERVICES RESTAURANT RETAIL TRAVEL UNDEFINED")

// vertical is the rule for an industry. Which there are is for the API to say.
func vertical(s string) error {
	switch {
	case s == "":
		return errors.New("the industry is empty. Write UNDEFINED or NOT_A_BIZ for none, or leave the argument out")
	case strings.ContainsFunc(s, func(r rune) bool { return r != '_' && (r < 'A' || r > 'Z') && (r < '0' || r > '9') }):
		return fmt.Errorf("%q is not an industry, which is written like RETAIL or PROF_SERVICES", s)
	}
	return nil
}

// knownVertical warns of an industry that is on no list.
type knownVertical struct{}

// Description says nothing that the rule for the form does not say.
func (knownVertical) Description(context.Context) string { return "a known industry" }

// MarkdownDescription is the same.
func (v knownVertical) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString warns once per plan: Terraform validates before it configures.
func (knownVertical) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	s := req.ConfigValue.ValueString()
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() || vertical(s) != nil || slices.Contains(verticals, s) {
		return
	}
	resp.Diagnostics.AddAttributeWarning(req.Path, "Unknown industry "+s,
		"It is not among the values of vertical that this version of the provider knows: "+strings.Join(verticals, ", ")+". It is sent as it is; the API refuses it if it does not know it either.")
}
