package webhook

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

type appWebhook struct {
	tf.Resource[appWebhookModel]
}

var (
	_ resource.ResourceWithConfigure   = (*appWebhook)(nil)
	_ resource.ResourceWithModifyPlan  = (*appWebhook)(nil)
	_ resource.ResourceWithImportState = (*appWebhook)(nil)
	_ resource.ResourceWithIdentity    = (*appWebhook)(nil)
)

// NewAppWebhook returns the whatsapp_app_webhook resource.
func NewAppWebhook() resource.Resource {
	r := new(appWebhook)
	r.Define("app_webhook", tf.Lifecycle[appWebhookModel]{
		Noun:   "app webhook",
		Create: r.create, Read: r.read, Update: r.update, Delete: r.delete,
		Secrets: func(config appWebhookModel, m *appWebhookModel) { m.VerifyTokenWO = config.VerifyTokenWO },
		Writes:  func(appWebhookModel) string { return "webhook of the app" },
		Blame:   func(_ appWebhookModel, err *api.Error) string { return blame(err, "callback_url", "") },
	})
	return r
}

// appWebhookModel is the resource as Terraform holds it.
type appWebhookModel struct {
	CallbackURL types.String `tfsdk:"callback_url"`
	verification
	Fields types.Set    `tfsdk:"fields"`
	AppID  types.String `tfsdk:"app_id"`
	ID     types.String `tfsdk:"id"`
}

// names are the names of the webhooks that are wanted, as far as they are known, in order.
func (m appWebhookModel) names() []string {
	var all []string
	for _, v := range m.Fields.Elements() {
		if s, ok := v.(types.String); ok && !s.IsNull() && !s.IsUnknown() {
			all = append(all, s.ValueString())
		}
	}
	slices.Sort(all)
	return all
}

// fieldName is how names of webhooks look. Which there are is for the API to say.
var fieldName = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func field(s string) error {
	if !fieldName.MatchString(s) {
		return fmt.Errorf("%q is not the name of a webhook, which is written like messages or account_update", s)
	}
	return nil
}

// Schema is the docs page of the resource.
func (r *appWebhook) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"callback_url": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "Where the webhooks of the app go, unless an account or a number has an override: `https://`, at most 200 characters. " +
				"Meta calls it with a challenge whenever it is set. A change is made in place.",
			Validators: callbackRules(),
		},
		"fields": schema.SetAttribute{
			Required:    true,
			ElementType: types.StringType,
			MarkdownDescription: "The names of the webhooks that the app gets, all of them: `messages`, `message_template_status_update`, `account_update`, `phone_number_quality_update` and " +
				"[more](https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview). The list is Meta's and grows, so any name is sent. " +
				"What the app gets and is not named here is taken off. A change is made in place.",
			Validators: []validator.Set{
				setvalidator.SizeAtLeast(1),
				setvalidator.ValueStringsAre(tf.Valid("Invalid name of a webhook", "small letters, digits and underscores", field)),
			},
		},
		"app_id": computed("The id of the app."),
		"id":     computed("The same as `app_id`."),
	}
	maps.Copy(attributes, verifyAttributes(""))
	resp.Schema = schema.Schema{
		MarkdownDescription: "Sets where an app gets its WhatsApp webhooks, and which. There is one such setting for each app: it is adopted if it is there already. " +
			"The app makes the calls itself, so the provider needs `app_id` and `app_secret`.",
		Attributes: attributes,
	}
}

// look reads the webhook of the app for WhatsApp, nil for none.
func (r *appWebhook) look(ctx context.Context) (*graph.Subscription, error) {
	all, err := r.Graph.Apps.Subscriptions(ctx)
	if err != nil {
		return nil, tf.During("read the webhooks of the app", err)
	}
	for _, sub := range all {
		if sub.Object == graph.WebhookObject {
			return &sub, nil
		}
	}
	return nil, nil
}

// create sets the webhook. One that is there is replaced, with its fields.
func (r *appWebhook) create(ctx context.Context, m *appWebhookModel) error {
	found, err := r.look(ctx)
	if err != nil {
		return err
	}
	var before []string
	if found != nil {
		before = found.Fields
	}
	if err := r.set(ctx, *m, before); err != nil {
		return err
	}
	r.Mark("set", "webhook of the app")
	return r.name(ctx, m)
}

// name fills in which app it is.
func (r *appWebhook) name(ctx context.Context, m *appWebhookModel) error {
	app, err := r.Graph.App(ctx) // that of the settings, since the app itself makes the calls
	m.AppID, m.ID = types.StringValue(string(app)), types.StringValue(string(app))
	return err
}

// set sends the whole setting, and takes off what was there before and is not wanted.
// Whether Meta does the latter by itself is not documented.
func (r *appWebhook) set(ctx context.Context, m appWebhookModel, before []string) error {
	wanted, uri := m.names(), m.CallbackURL.ValueString()
	err := r.Graph.Apps.Subscribe(ctx, graph.AppWebhook{CallbackURL: uri, VerifyToken: m.secret(), Fields: wanted})
	if err != nil {
		return tf.During("set the webhook of the app", byHand(err, uri))
	}
	if len(without(before, wanted)) == 0 {
		return nil
	}
	found, err := r.look(ctx)
	if err != nil {
		return err
	}
	if found == nil {
		return nil
	}
	return r.takeOff(ctx, without(found.Fields, wanted))
}

// takeOff ends that the app gets some webhooks. No names would mean all of them.
func (r *appWebhook) takeOff(ctx context.Context, fields []string) error {
	if len(fields) == 0 {
		return nil
	}
	return tf.During("take "+strings.Join(fields, ", ")+" off the webhook of the app", r.Graph.Apps.Unsubscribe(ctx, "", fields...))
}

// without returns what of a is not in b.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// read tells where the webhooks of the app go, and which.
func (r *appWebhook) read(ctx context.Context, m *appWebhookModel) error {
	found, err := r.look(ctx)
	if err != nil {
		return err
	}
	imported := m.ID.IsNull() // ImportState sets the app's id and nothing else
	if err := r.sameApp(ctx, *m); err != nil {
		return err
	}
	app := m.AppID.ValueString()
	switch {
	case found == nil && imported:
		return &tf.Problem{
			Summary: "App " + app + " has no WhatsApp webhook to import",
			Detail:  "Leave the import out: terraform apply sets the webhook.",
		}
	case found == nil:
		return tf.Gone("App "+app+" no longer has a WhatsApp webhook",
			"No WhatsApp webhook goes to the URL of the app. It is removed from the state; the plan sets it anew.")
	case !found.Active && r.Mark("inactive", app):
		tf.Warn(ctx, "The WhatsApp webhook of app "+app+" is not active",
			"Meta has the URL "+found.CallbackURL+" but sends nothing there. See the App Dashboard, under WhatsApp > Configuration.")
	}
	fields, diags := types.SetValueFrom(ctx, types.StringType, found.Fields)
	if diags.HasError() {
		return errors.New(diags[0].Detail())
	}
	m.ID, m.CallbackURL, m.Fields = m.AppID, types.StringValue(found.CallbackURL), fields
	return nil
}

// update makes only the calls that a change needs: what is merely not wanted any more
// is taken off, for which the endpoint is not challenged.
func (r *appWebhook) update(ctx context.Context, m *appWebhookModel, prior appWebhookModel) error {
	if err := r.sameApp(ctx, prior); err != nil {
		return err
	}
	if m.sends(prior) {
		return r.set(ctx, *m, prior.names())
	}
	return r.takeOff(ctx, without(prior.names(), m.names()))
}

// sends reports whether a change needs the URL to be sent, and with it the verify token.
func (m appWebhookModel) sends(prior appWebhookModel) bool {
	return !m.CallbackURL.Equal(prior.CallbackURL) || m.renewed(prior.verification) ||
		m.Fields.IsUnknown() || len(without(m.names(), prior.names())) > 0
}

// sameApp is an error if the app of the provider is not the one that the state is about.
func (r *appWebhook) sameApp(ctx context.Context, m appWebhookModel) error {
	app, err := r.Graph.App(ctx)
	if err != nil {
		return err
	}
	if string(app) != m.AppID.ValueString() {
		return otherApp(m.AppID.ValueString(), string(app))
	}
	return nil
}

// delete ends the webhook for WhatsApp. Those of the app for other products stay.
func (r *appWebhook) delete(ctx context.Context, m appWebhookModel) error {
	if r.Marked("set", "webhook of the app") {
		tf.Warn(ctx, "The WhatsApp webhook of app "+m.AppID.ValueString()+" stays",
			"The resource that replaces this one took it over in this apply. Remove create_before_destroy from its lifecycle if it was meant to be made anew.")
		return nil
	}
	if err := r.sameApp(ctx, m); err != nil {
		return err
	}
	err := r.Graph.Apps.Unsubscribe(ctx, "")
	if api.IsKind(err, api.Invalid) { // perhaps because there is none
		if found, e := r.look(ctx); e == nil && found == nil {
			return nil
		}
	}
	return tf.During("end the webhook of the app", err)
}

// IdentitySchema says what tells one webhook from another: the app.
func (r *appWebhook) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identity("app_id", "The id of the app, which must be the app_id of the provider.")
}

// ImportState takes the id of an app.
func (r *appWebhook) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importByID(ctx, req, resp, "app_id", appID)
}

// digitsOnly is the form of the id of an app.
var digitsOnly = regexp.MustCompile(`^[0-9]{1,32}$`)

func appID(s string) error {
	if !digitsOnly.MatchString(s) {
		return fmt.Errorf("%q is not the id of an app, which has digits only. It is at the top of the App Dashboard", s)
	}
	return nil
}
