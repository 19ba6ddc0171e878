package webhook

import (
	"context"
	"fmt"
	"maps"

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

type subscription struct {
	tf.Resource[subscriptionModel]
}

var (
	_ resource.ResourceWithConfigure   = (*subscription)(nil)
	_ resource.ResourceWithModifyPlan  = (*subscription)(nil)
	_ resource.ResourceWithImportState = (*subscription)(nil)
	_ resource.ResourceWithIdentity    = (*subscription)(nil)
)

// NewSubscription returns the whatsapp_webhook_subscription resource.
func NewSubscription() resource.Resource {
	r := new(subscription)
	r.Define("webhook_subscription", tf.Lifecycle[subscriptionModel]{
		Noun:   "webhook subscription",
		Create: r.create, Read: r.read, Update: r.update, Delete: r.delete,
		Secrets: func(config subscriptionModel, m *subscriptionModel) { m.VerifyTokenWO = config.VerifyTokenWO },
		Writes:  func(m subscriptionModel) string { return "webhooks of account " + string(m.account()) },
		Blame: func(_ subscriptionModel, err *api.Error) string {
			return blame(err, "override_callback_uri", "business_account_id")
		},
	})
	return r
}

// subscriptionModel is the resource as Terraform holds it.
type subscriptionModel struct {
	BusinessAccountID types.String `tfsdk:"business_account_id"`
	OverrideURI       types.String `tfsdk:"override_callback_uri"`
	verification
	AppID types.String `tfsdk:"app_id"`
	ID    types.String `tfsdk:"id"`
}

func (m subscriptionModel) account() graph.AccountID {
	return graph.AccountID(m.BusinessAccountID.ValueString())
}

func (m subscriptionModel) override() *graph.Override {
	return &graph.Override{URL: m.OverrideURI.ValueString(), VerifyToken: m.secret()}
}

// Schema is the docs page of the resource.
func (r *subscription) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"business_account_id": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: "The id of the WhatsApp Business account, digits only. Changing it replaces the subscription.",
			Validators:          []validator.String{tf.Valid("Invalid business account id", "digits only", wa.AccountID)},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"override_callback_uri": schema.StringAttribute{
			Optional: true,
			MarkdownDescription: "Where the app gets the messages of this account instead of at its own URL: `https://`, at most 200 characters. " +
				"Webhooks about templates and the account still go to the URL of the app. Meta calls it with a challenge whenever it is set. " +
				"A change is made in place; taking it out clears the override, which the plan shows. An override that is there when the resource is created is never cleared: it is an error that names it.",
			Validators: callbackRules(),
		},
		"app_id": computed("The id of the app that gets the webhooks: that of the access token."),
		"id":     computed("The same as `business_account_id`."),
	}
	maps.Copy(attributes, verifyAttributes("override_callback_uri"))
	resp.Schema = schema.Schema{
		MarkdownDescription: "Subscribes the app of the access token to the webhooks of a WhatsApp Business account. " +
			"Without a subscription no webhook of the account reaches the app. One that is there already is adopted. Subscriptions of other apps are left alone.",
		Attributes: attributes,
	}
}

// look finds the subscription of the app among those of the account, nil for none.
func (r *subscription) look(ctx context.Context, m subscriptionModel) (graph.AppID, *graph.SubscribedApp, error) {
	app := graph.AppID(m.AppID.ValueString())
	if app == "" {
		var err error
		if app, err = r.Graph.App(ctx); err != nil {
			return "", nil, tf.During("find out which app the access token belongs to", err)
		}
	}
	all, err := r.Graph.Accounts.SubscribedApps(ctx, m.account())
	if err != nil {
		return app, nil, tf.During(fmt.Sprintf("read who gets the webhooks of account %s", m.account()), err)
	}
	for _, sub := range all {
		if sub.ID == app {
			return app, &sub, nil
		}
	}
	return app, nil, nil
}

// leaves is an error if the subscription would lose an override that the configuration
// does not mention: to subscribe without one is to clear it.
func (m subscriptionModel) leaves(found *graph.SubscribedApp) error {
	if found == nil || found.OverrideURL == "" || tf.Given(m.OverrideURI) {
		return nil
	}
	return &tf.Problem{
		Attribute: "business_account_id",
		Summary:   fmt.Sprintf("The webhooks of account %s go to a URL that the configuration does not mention", m.account()),
		Detail: fmt.Sprintf("App %s is subscribed to the account already, with the override %s. Nothing was changed. "+
			"To keep the override, write override_callback_uri = %q. To clear it, import the subscription (terraform import, with the id %s) and apply: the plan then shows that the override goes.",
			found.ID, found.OverrideURL, found.OverrideURL, m.account()),
	}
}

// create subscribes the app, unless it is subscribed already. The API takes an override
// only from an app that is, so a first subscription with one is made in two steps.
func (r *subscription) create(ctx context.Context, m *subscriptionModel) error {
	app, found, err := r.look(ctx, *m)
	if err != nil {
		return err
	}
	if err := m.leaves(found); err != nil {
		return err
	}
	if found == nil {
		if err := r.Graph.Accounts.Subscribe(ctx, m.account(), nil); err != nil {
			return tf.During(fmt.Sprintf("subscribe the app to account %s", m.account()), err)
		}
	}
	if tf.Given(m.OverrideURI) {
		if err := r.setOverride(ctx, *m); err != nil && found == nil {
			return tf.Also(err, "The app is subscribed to the account by now, without the override: its webhooks go to the URL of the app. The next apply goes on from there.")
		} else if err != nil {
			return err
		}
	}
	r.Mark("subscribed", string(m.account()))
	m.ID, m.AppID = m.BusinessAccountID, types.StringValue(string(app))
	return nil
}

func (r *subscription) setOverride(ctx context.Context, m subscriptionModel) error {
	err := r.Graph.Accounts.Subscribe(ctx, m.account(), m.override())
	return tf.During(fmt.Sprintf("set the URL for the webhooks of account %s", m.account()), byHand(err, m.OverrideURI.ValueString()))
}

// read tells whether the app is subscribed, and to where.
func (r *subscription) read(ctx context.Context, m *subscriptionModel) error {
	app, found, err := r.look(ctx, *m)
	switch {
	case err != nil:
		return err
	case found == nil && m.ID.IsNull(): // ImportState sets the account's id and nothing else
		return &tf.Problem{
			Summary: fmt.Sprintf("There is no subscription to account %s to import", m.account()),
			Detail:  fmt.Sprintf("App %s is not subscribed to the webhooks of account %s. Leave the import out: terraform apply subscribes it.", app, m.account()),
		}
	case found == nil:
		return tf.Gone(fmt.Sprintf("The app is no longer subscribed to account %s", m.account()),
			fmt.Sprintf("App %s is not among those that get the webhooks of account %s, so no webhook of it reaches the app. The subscription is removed from the state; the plan makes it anew.", app, m.account()))
	}
	m.ID, m.AppID, m.OverrideURI = m.BusinessAccountID, types.StringValue(string(app)), tf.Text(found.OverrideURL)
	return nil
}

// update sets or clears the override.
func (r *subscription) update(ctx context.Context, m *subscriptionModel, prior subscriptionModel) error {
	given, had := tf.Given(m.OverrideURI), tf.Given(prior.OverrideURI)
	sets := given && (!m.OverrideURI.Equal(prior.OverrideURI) || m.renewed(prior.verification))
	if !sets && (given || !had) {
		return nil
	}
	if err := r.sameApp(ctx, prior); err != nil {
		return err
	}
	if sets {
		return r.setOverride(ctx, *m)
	}
	return r.clearOverride(ctx, *m, prior)
}

// clearOverride clears the override that the plan showed, and no other.
func (r *subscription) clearOverride(ctx context.Context, m, prior subscriptionModel) error {
	_, found, err := r.look(ctx, prior)
	switch {
	case err != nil:
		return err
	case found != nil && found.OverrideURL == "":
		return nil
	case found != nil && found.OverrideURL != prior.OverrideURI.ValueString():
		return &tf.Problem{
			Attribute: "business_account_id",
			Summary:   fmt.Sprintf("The override of account %s has changed since the plan", m.account()),
			Detail: fmt.Sprintf("The plan was to clear the override %s, but it is %s by now. Nothing was changed. Plan again to see what would be cleared.",
				prior.OverrideURI.ValueString(), found.OverrideURL),
		}
	}
	return tf.During(fmt.Sprintf("clear the URL for the webhooks of account %s", m.account()),
		r.Graph.Accounts.Subscribe(ctx, m.account(), nil))
}

// sameApp is an error if the app of the provider is not the one that the state is about.
func (r *subscription) sameApp(ctx context.Context, m subscriptionModel) error {
	app, err := r.Graph.App(ctx)
	if err != nil {
		return tf.During("find out which app the access token belongs to", err)
	}
	if string(app) != m.AppID.ValueString() {
		return otherApp(m.AppID.ValueString(), string(app))
	}
	return nil
}

// delete ends the subscription of the app, and of no other.
func (r *subscription) delete(ctx context.Context, m subscriptionModel) error {
	if r.Marked("subscribed", string(m.account())) {
		tf.Warn(ctx, fmt.Sprintf("The app stays subscribed to account %s", m.account()),
			"The resource that replaces this one took the subscription over in this apply. Remove create_before_destroy from its lifecycle if it was meant to be made anew.")
		return nil
	}
	if err := r.sameApp(ctx, m); err != nil {
		return err
	}
	err := r.Graph.Accounts.Unsubscribe(ctx, m.account())
	if api.IsKind(err, api.Invalid) || api.IsKind(err, api.Conflict) { // perhaps because it is not subscribed
		if _, found, e := r.look(ctx, m); e == nil && found == nil {
			return nil
		}
	}
	return tf.During(fmt.Sprintf("end the subscription to account %s", m.account()), err)
}

// IdentitySchema says what tells one subscription from another: the account.
func (r *subscription) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identity("business_account_id", "The id of the WhatsApp Business account, digits only.")
}

// ImportState takes the id of an account.
func (r *subscription) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	importByID(ctx, req, resp, "business_account_id", wa.AccountID)
}
