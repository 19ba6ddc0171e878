// Package profile holds what users manage of how a business shows itself to customers.
//
// business_profile.go says what whatsapp_business_profile is and holds,
// business_profile_schema.go is its docs page, business_profile_life.go what it does.
// picture.go is about the file with the picture, of which the API tells nothing back.
package profile

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

type businessProfile struct {
	tf.Resource[businessProfileModel]
}

var (
	_ resource.ResourceWithConfigure   = (*businessProfile)(nil)
	_ resource.ResourceWithModifyPlan  = (*businessProfile)(nil)
	_ resource.ResourceWithImportState = (*businessProfile)(nil)
	_ resource.ResourceWithIdentity    = (*businessProfile)(nil)
)

// NewBusinessProfile returns the whatsapp_business_profile resource.
func NewBusinessProfile() resource.Resource {
	r := new(businessProfile)
	r.Define("business_profile", tf.Lifecycle[businessProfileModel]{
		Noun:   "business profile",
		Create: r.create, Read: r.read, Update: r.update, Delete: r.delete,
		Writes: func(m businessProfileModel) string { return "profile of phone number " + string(m.phone()) },
		Blame:  func(_ businessProfileModel, err *api.Error) string { return blame(err) },
	})
	return r
}

// businessProfileModel is the resource as Terraform holds it. The texts, the websites
// and the industry are what the API tells where the configuration has nothing.
type businessProfileModel struct {
	PhoneNumberID types.String `tfsdk:"phone_number_id"`
	About         types.String `tfsdk:"about"`
	Address       types.String `tfsdk:"address"`
	Description   types.String `tfsdk:"description"`
	Email         types.String `tfsdk:"email"`
	Websites      types.List   `tfsdk:"websites"`
	Vertical      types.String `tfsdk:"vertical"`
	Picture       types.String `tfsdk:"profile_picture"`
	PictureSHA256 types.String `tfsdk:"profile_picture_sha256"`
	OnDestroy     types.String `tfsdk:"on_destroy"`
	ID            types.String `tfsdk:"id"`
}

func (m businessProfileModel) phone() graph.PhoneID {
	return graph.PhoneID(m.PhoneNumberID.ValueString())
}

// sites are the websites, none for null and unknown.
func (m businessProfileModel) sites() []string {
	all := []string{}
	for _, v := range m.Websites.Elements() {
		if s, ok := v.(types.String); ok {
			all = append(all, s.ValueString())
		}
	}
	return all
}

// text is an attribute that is a text, with what the API has in its place.
type text struct {
	name  string
	value *types.String
	has   string   // what the API tells
	to    **string // where it goes in a patch
}

// texts pairs the attributes that are texts with a profile and a patch of it.
func (m *businessProfileModel) texts(p *graph.Profile, patch *graph.ProfilePatch) []text {
	return []text{
		{"about", &m.About, p.About, &patch.About},
		{"address", &m.Address, p.Address, &patch.Address},
		{"description", &m.Description, p.Description, &patch.Description},
		{"email", &m.Email, p.Email, &patch.Email},
		{"vertical", &m.Vertical, p.Vertical, &patch.Vertical},
	}
}

// toAPI is the patch that makes a profile what the model says. What the model leaves
// open stays as it is.
func (m *businessProfileModel) toAPI(p *graph.Profile) graph.ProfilePatch {
	var patch graph.ProfilePatch
	for _, t := range m.texts(p, &patch) {
		if !t.value.IsNull() && !t.value.IsUnknown() && t.value.ValueString() != t.has {
			*t.to = t.value.ValueStringPointer()
		}
	}
	if !m.Websites.IsNull() && !m.Websites.IsUnknown() && !equal(m.sites(), p.Websites) {
		sites := m.sites()
		patch.Websites = &sites
	}
	return patch
}

// fromAPI takes over what the API tells. It leaves out what is empty, which is null
// unless the configuration says that it is to be empty.
func (m *businessProfileModel) fromAPI(p *graph.Profile) {
	for _, t := range m.texts(p, new(graph.ProfilePatch)) {
		if t.has != "" || t.value.IsUnknown() || t.value.ValueString() != "" {
			*t.value = tf.Text(t.has)
		}
	}
	switch {
	case len(p.Websites) > 0:
		m.Websites = list(p.Websites)
	case m.Websites.IsUnknown() || len(m.Websites.Elements()) > 0:
		m.Websites = types.ListNull(types.StringType)
	}
	m.ID = m.PhoneNumberID
}

// profile is what the state tells of the profile.
func (m businessProfileModel) profile() *graph.Profile {
	return &graph.Profile{
		About: m.About.ValueString(), Address: m.Address.ValueString(), Description: m.Description.ValueString(),
		Email: m.Email.ValueString(), Vertical: m.Vertical.ValueString(), Websites: m.sites(),
	}
}

func list(all []string) types.List {
	values := make([]attr.Value, 0, len(all))
	for _, s := range all {
		values = append(values, types.StringValue(s))
	}
	return types.ListValueMust(types.StringType, values)
}

func equal(a, b []string) bool { return strings.Join(a, "\n") == strings.Join(b, "\n") }

// asked names the attributes that a patch is about.
func asked(patch graph.ProfilePatch) []string {
	var all []string
	for _, t := range new(businessProfileModel).texts(new(graph.Profile), &patch) {
		if *t.to != nil {
			all = append(all, t.name)
		}
	}
	if patch.Websites != nil {
		all = append(all, "websites")
	}
	if patch.PictureHandle != nil {
		all = append(all, "profile_picture_handle")
	}
	return all
}

// blame names the attribute that an error is about.
func blame(err *api.Error) string {
	for _, field := range err.Fields {
		switch field {
		case "about", "address", "description", "email", "websites", "vertical":
			return field
		case "profile_picture_handle":
			return "profile_picture"
		}
	}
	switch {
	case strings.Contains(err.Call, "/uploads"), strings.Contains(err.Call, "/upload:"):
		return "profile_picture"
	case err.Kind == api.NotFound:
		return "phone_number_id"
	}
	return ""
}

// IdentitySchema says what tells one profile from another: the number.
func (r *businessProfile) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"phone_number_id": identityschema.StringAttribute{RequiredForImport: true, Description: "The id of the phone number, digits only; not the phone number itself."},
	}}
}

// ImportState takes the id of a phone number.
func (r *businessProfile) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id, diags := tf.ImportedID(ctx, req, "phone_number_id")
	resp.Diagnostics.Append(diags...)
	if err := wa.PhoneNumberID(id); err != nil && !resp.Diagnostics.HasError() {
		resp.Diagnostics.AddError("Invalid phone number id", tf.Sentence(err))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("phone_number_id"), id)...)
	// The default, so that a configuration that does not mention it plans no change.
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("on_destroy"), keeps)...)
	if resp.Identity != nil {
		resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("phone_number_id"), id)...)
	}
}
