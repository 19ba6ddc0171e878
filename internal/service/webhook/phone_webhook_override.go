package webhook

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
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

type phoneOverride struct {
	tf.Resource[phoneOverrideModel]
}

var (
	_ resource.ResourceWithConfigure   = (*phoneOverride)(nil)
	_ resource.ResourceWithModifyPlan  = (*phoneOverride)(nil)
	_ resource.ResourceWithImportState = (*phoneOverride)(nil)
	_ resource.ResourceWithIdentity    = (*phoneOverride)(nil)
)

// NewPhoneOverride returns the whatsapp_phone_webhook_override resource.
func NewPhoneOverride() resource.Resource {
	r := new(phoneOverride)
	r.Define("phone_webhook_override", tf.Lifecycle[phoneOverrideModel]{
		Noun:   "webhook override",
		Create: r.create, Read: r.read, Update: r.update, Delete: r.delete,
		Secrets: func(config phoneOverrideModel, m *phoneOverrideModel) { m.VerifyTokenWO = config.VerifyTokenWO },
		Writes:  func(m phoneOverrideModel) string { return "phone number " + string(m.phone()) },
		Blame: func(_ phoneOverrideModel, err *api.Error) string {
			return blame(err, "callback_uri", "phone_number_id")
		},
	})
	return r
}

// phoneOverrideModel is the resource as Terraform holds it.
type phoneOverrideModel struct {
	PhoneNumberID types.String `tfsdk:"phone_number_id"`
	CallbackURI   types.String `tfsdk:"callback_uri"`
	verification
	ID types.String `tfsdk:"id"`
}

func (m phoneOverrideModel) phone() graph.PhoneID {
	return graph.PhoneID(m.PhoneNumberID.ValueString())
}

// Schema is the docs page of the resource.
func (r *phoneOverride) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"phone_number_id": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "The id of the phone number, digits only; not the phone number itself. Changing it replaces the override.",
			Validators:          []validator.String{tf.Valid("Invalid phone number id", "digits only", wa.PhoneNumberID)},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"callback_uri": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Where the messages of this number go (`override_callback_uri` in the API): `https://`, at most 200 characters. " +
				"Webhooks about templates and the account still go to the URL of the app. Meta calls it with a challenge whenever it is set. A change is made in place.",
			Validators: callbackRules(),
		},
		"id": computed("The same as `phone_number_id`."),
	}
	maps.Copy(attributes, verifyAttributes(""))
	resp.Schema = schema.Schema{
		MarkdownDescription: "Sends the messages of one phone number to a URL of their own, before that of its account and that of the app. " +
			"The app must be subscribed to the account of the number, see `whatsapp_webhook_subscription`.",
		Attributes: attributes,
	}
}

// ModifyPlan says in the plan what would otherwise only show in the apply. It may read
// the override; it never writes.
func (r *phoneOverride) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var config, state phoneOverrideModel
	creates := req.State.Raw.IsNull()
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !creates {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if !config.given() && (creates || !config.CallbackURI.Equal(state.CallbackURI)) {
		tokenMissing(&resp.Diagnostics, "callback_uri")
		return
	}
	if creates {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), config.PhoneNumberID)...)
		r.planCreate(ctx, config, &resp.Diagnostics)
	}
}

// planCreate looks at the override that there may be.
func (r *phoneOverride) planCreate(ctx context.Context, config phoneOverrideModel, diags *diag.Diagnostics) {
	if !r.Ready() || !r.Preflight || config.PhoneNumberID.IsUnknown() {
		return
	}
	found, err := r.look(ctx, config)
	switch {
	case err != nil:
		diags.Append(tf.Diagnose(ctx, "Could not look at the webhooks", path.Root("phone_number_id"), err)...)
	case found == "" || config.CallbackURI.IsUnknown() || found == config.CallbackURI.ValueString():
	case r.Mark("replaced", "number", string(config.phone())):
		diags.AddWarning(fmt.Sprintf("The messages of phone number id %s go somewhere else now", config.phone()),
			fmt.Sprintf("The number has the override %s. The apply puts callback_uri in its place; somebody else may rely on it.", found))
	}
}

// look returns the override of the number, "" for none.
func (r *phoneOverride) look(ctx context.Context, m phoneOverrideModel) (string, error) {
	found, err := r.Graph.Phones.Webhooks(ctx, m.phone())
	if err != nil {
		return "", tf.During(fmt.Sprintf("read where the messages of phone number id %s go", m.phone()), err)
	}
	return found.Phone, nil
}

// create sets the override. One that is there is replaced.
func (r *phoneOverride) create(ctx context.Context, m *phoneOverrideModel) error {
	if err := r.set(ctx, *m); err != nil {
		return err
	}
	r.Mark("overridden", string(m.phone()))
	m.ID = m.PhoneNumberID
	return nil
}

func (r *phoneOverride) set(ctx context.Context, m phoneOverrideModel) error {
	uri := m.CallbackURI.ValueString()
	err := r.Graph.Phones.SetWebhook(ctx, m.phone(), graph.Override{URL: uri, VerifyToken: m.secret()})
	if refusedURL(err) && !graph.IsCallbackFailed(err) {
		// Meta has the same code for an app that is not subscribed and for an endpoint
		// that does not answer.
		if app, account, lacks := r.lacksSubscription(ctx, m); lacks {
			return &tf.Problem{
				Attribute: "phone_number_id",
				Summary:   fmt.Sprintf("The app is not subscribed to account %s", account),
				Detail: tf.Explain(ctx, err) + fmt.Sprintf("\n\nApp %s does not get the webhooks of account %s, which phone number id %s is on, so Meta takes no override for the number. "+
					"Subscribe the app with whatsapp_webhook_subscription, and name that resource in depends_on of this one.", app, account, m.phone()),
			}
		}
	}
	return tf.During(fmt.Sprintf("set where the messages of phone number id %s go", m.phone()), byHand(err, uri))
}

// lacksSubscription reports whether the app is certainly not subscribed to the account of
// the number. What cannot be found out is not certain.
func (r *phoneOverride) lacksSubscription(ctx context.Context, m phoneOverrideModel) (graph.AppID, graph.AccountID, bool) {
	number, err := r.Graph.Phones.Get(ctx, m.phone(), graph.LookFields)
	if err != nil || number.AccountID() == "" {
		return "", "", false
	}
	account := number.AccountID()
	app, err := r.Graph.App(ctx)
	if err != nil {
		return "", account, false
	}
	all, err := r.Graph.Accounts.SubscribedApps(ctx, account)
	subscribed := slices.ContainsFunc(all, func(sub graph.SubscribedApp) bool { return sub.ID == app })
	return app, account, err == nil && !subscribed
}

// read tells where the messages of the number go.
func (r *phoneOverride) read(ctx context.Context, m *phoneOverrideModel) error {
	found, err := r.look(ctx, *m)
	switch {
	case err != nil:
		return err
	case found == "" && m.ID.IsNull(): // ImportState sets the number's id and nothing else
		return &tf.Problem{
			Summary: fmt.Sprintf("Phone number id %s has no override to import", m.phone()),
			Detail:  "Its messages go where those of its account go. Leave the import out: terraform apply sets the override.",
		}
	case found == "":
		return tf.Gone(fmt.Sprintf("The webhook override of phone number id %s is gone", m.phone()),
			"The messages of the number go where those of its account go. The override is removed from the state; the plan sets it anew.")
	}
	m.ID, m.CallbackURI = m.PhoneNumberID, types.StringValue(found)
	return nil
}

// update sets another URL, or has the same one challenged with another token.
func (r *phoneOverride) update(ctx context.Context, m *phoneOverrideModel, prior phoneOverrideModel) error {
	if m.CallbackURI.Equal(prior.CallbackURI) && !m.renewed(prior.verification) {
		return nil
	}
	return r.set(ctx, *m)
}

// delete clears the override.
func (r *phoneOverride) delete(ctx context.Context, m phoneOverrideModel) error {
	if r.Marked("overridden", string(m.phone())) {
		tf.Warn(ctx, fmt.Sprintf("The webhook override of phone number id %s stays", m.phone()),
			"The resource that replaces this one took it over in this apply. Remove create_before_destroy from its lifecycle if it was meant to be made anew.")
		return nil
	}
	err := r.Graph.Phones.ClearWebhook(ctx, m.phone())
	if e := (*api.Error)(nil); errors.As(err, &e) && e.Kind == api.NotFound {
		err = tf.Also(err, "If the number was deleted, its override went with it: remove the resource with terraform state rm.")
	}
	return tf.During(fmt.Sprintf("clear the webhook override of phone number id %s", m.phone()), err)
}

// IdentitySchema says what tells one override from another: the number.
func (r *phoneOverride) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identity("phone_number_id", "The id of the phone number, digits only; not the phone number itself.")
}

// ImportState takes the id of a phone number.
func (r *phoneOverride) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importByID(ctx, req, resp, "phone_number_id", wa.PhoneNumberID)
}
