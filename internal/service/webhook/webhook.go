// Package webhook holds what users manage of where webhooks go.
//
// There are three places, from the widest to the narrowest: app_webhook.go is the URL of
// an app, subscription.go that the app gets the webhooks of an account at all, with a URL
// for that account if need be, phone_webhook_override.go a URL for one number.
// configuration_data.go tells which of them applies to a number. This file has what the
// three share: the verify token, and the words for an endpoint that does not answer.
package webhook

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

// verification is what an endpoint expects in a challenge. VerifyTokenWO is there only
// while an operation runs.
type verification struct {
	VerifyToken   types.String `tfsdk:"verify_token"`
	VerifyTokenWO types.String `tfsdk:"verify_token_wo"`
	Version       types.Int64  `tfsdk:"verify_token_wo_version"`
}

// given reports whether a configuration has a verify token, known yet or not.
func (v verification) given() bool { return tf.Given(v.VerifyToken) || tf.Given(v.VerifyTokenWO) }

// secret is the verify token of whichever attribute holds it, "" for none.
func (v verification) secret() string {
	if v.VerifyToken.IsNull() {
		return v.VerifyTokenWO.ValueString()
	}
	return v.VerifyToken.ValueString()
}

// renewed reports whether the endpoint is to be challenged again although its URL is
// the same. Taking the token out of the configuration is no reason.
func (v verification) renewed(prior verification) bool {
	return tf.Given(v.VerifyToken) && !v.VerifyToken.Equal(prior.VerifyToken) ||
		tf.Given(v.Version) && !v.Version.Equal(prior.Version)
}

// tokenMissing is for a URL that is to be sent and has no verify token.
func tokenMissing(diags *diag.Diagnostics, uri string) {
	diags.AddAttributeError(path.Root(uri), "Verify token missing",
		"Meta calls the URL with a verify token before it takes it. Set verify_token_wo (with verify_token_wo_version; never stored, Terraform 1.11 or later) "+
			"or verify_token (stored in the state) to what the endpoint expects as hub.verify_token.")
}

// verifyAttributes are the attributes of a verification. along names an optional
// attribute without which they make no sense, "" for none.
func verifyAttributes(along string) map[string]schema.Attribute {
	rules := func(more ...validator.String) []validator.String {
		if along != "" {
			more = append(more, stringvalidator.AlsoRequires(path.MatchRoot(along)))
		}
		return append(more, tf.Valid("Invalid verify token", "at least four characters", wa.VerifyToken))
	}
	return map[string]schema.Attribute{
		"verify_token": schema.StringAttribute{
			Optional:  true,
			Sensitive: true,
			MarkdownDescription: "What the endpoint expects as `hub.verify_token` when Meta calls it with a challenge: a text of your own, at least four characters. " +
				"A change of it has the endpoint challenged again, in place. It is kept in the state, so prefer `verify_token_wo` where Terraform has it. " +
				"One of the two is needed whenever the URL is sent; Meta never tells it, so an import does not learn it.",
			Validators: rules(stringvalidator.ConflictsWith(path.MatchRoot("verify_token_wo"))),
		},
		"verify_token_wo": schema.StringAttribute{
			Optional:  true,
			Sensitive: true,
			WriteOnly: true,
			MarkdownDescription: "The same as `verify_token`, but never stored in plan or state. Needs Terraform 1.11 or later. " +
				"Since nothing is stored, Terraform cannot see a change of it: raise `verify_token_wo_version` to have it sent again.",
			Validators: rules(stringvalidator.AlsoRequires(path.MatchRoot("verify_token_wo_version"))),
		},
		"verify_token_wo_version": schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: "A number of your own that belongs to `verify_token_wo`. Any change of it has the endpoint challenged again, in place.",
			Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("verify_token_wo"))},
		},
	}
}

// callbackRules are the rules for a URL.
func callbackRules() []validator.String {
	return []validator.String{tf.Valid("Invalid callback URL", "https, at most 200 characters", wa.CallbackURL)}
}

// computed is a text that only the API sets, once and for all.
func computed(about string) schema.Attribute {
	return schema.StringAttribute{
		Computed: true, MarkdownDescription: about,
		PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
	}
}

// refusedURL reports whether a URL was not taken. For an endpoint that fails the
// challenge Meta's own files have code 100, and what people report is 2200.
func refusedURL(err error) bool {
	return graph.IsCallbackFailed(err) || api.HasCode(err, 100) && api.IsKind(err, api.Invalid)
}

// byHand adds to an error about a URL how its endpoint can be tested.
func byHand(err error, url string) error {
	if err == nil || !refusedURL(err) {
		return err
	}
	separator := "?"
	if strings.Contains(url, "?") {
		separator = "&"
	}
	return tf.Also(err, "Meta calls the URL before it takes it, so the endpoint must be up by then: if this configuration makes it, name it in depends_on. "+
		"To test it by hand, run this with your verify token in place of VERIFY_TOKEN:\n\n"+
		"    curl -i '"+strings.ReplaceAll(url, "'", "%27")+separator+"hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=VERIFY_TOKEN'\n\n"+
		"The answer must have the status 200 and the body 1158201444, with nothing before or after it. It must come from wherever Meta calls, not only from your network.")
}

// blame names the attribute that an error is about: uri for one about the URL, id for
// an object that is not found.
func blame(err *api.Error, uri, id string) string {
	switch {
	case refusedURL(err):
		return uri
	case err.Kind == api.NotFound:
		return id
	}
	return ""
}

// otherApp is the error of a change to what belongs to another app than the provider's.
func otherApp(theirs, ours string) error {
	return &tf.Problem{
		Summary: "This belongs to another app",
		Detail: "The state is about app " + theirs + ", but the provider works for app " + ours + ". Nothing was changed, since it would be changed for the wrong app. " +
			"Give the provider an access token, app_id and app_secret of app " + theirs + ", or remove the resource from the state with terraform state rm.",
	}
}

// identity is the identity of a resource that one attribute tells from others.
func identity(name, about string) identityschema.Schema {
	return identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		name: identityschema.StringAttribute{RequiredForImport: true, Description: about},
	}}
}

// importByID sets the attribute that tells a resource from others.
func importByID(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse, name string, rule func(string) error) {
	id, diags := tf.ImportedID(ctx, req, name)
	resp.Diagnostics.Append(diags...)
	if err := rule(id); err != nil && !resp.Diagnostics.HasError() {
		resp.Diagnostics.AddError("Invalid id to import", tf.Sentence(err))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), id)...)
	if resp.Identity != nil {
		resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root(name), id)...)
	}
}
