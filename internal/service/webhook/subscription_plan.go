package webhook

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// ModifyPlan says in the plan what would otherwise only show in the apply. It may read
// the subscription; it never writes.
func (r *subscription) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var config, plan, state subscriptionModel
	creates, ends := req.State.Raw.IsNull(), req.Plan.Raw.IsNull()
	if !creates {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if !ends {
		resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
		resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if !creates && (ends || !plan.BusinessAccountID.Equal(state.BusinessAccountID)) {
		r.warnEnd(state, &resp.Diagnostics)
	}
	if ends {
		return
	}
	if tf.Given(config.OverrideURI) && !config.given() && (creates || !config.OverrideURI.Equal(state.OverrideURI)) {
		tokenMissing(&resp.Diagnostics, "override_callback_uri")
		return
	}
	if creates {
		plan.ID = plan.BusinessAccountID
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), plan.ID)...)
		r.planCreate(ctx, config, &resp.Diagnostics)
	}
}

// warnEnd says what the end of a subscription means.
func (r *subscription) warnEnd(state subscriptionModel, diags *diag.Diagnostics) {
	account := string(state.account())
	if r.Clients != nil && r.Mark("ends", account) {
		diags.AddWarning(fmt.Sprintf("No webhook of account %s will reach the app any more", account),
			fmt.Sprintf("App %s gets the messages and all other webhooks of account %s by this subscription. It ends for everybody who relies on the app, an override with it. Overrides of single numbers stay.",
				state.AppID.ValueString(), account))
	}
}

// planCreate looks at the subscription that there may be.
func (r *subscription) planCreate(ctx context.Context, config subscriptionModel, diags *diag.Diagnostics) {
	if !r.Ready() || !r.Preflight || config.BusinessAccountID.IsUnknown() || r.Marked("ends", string(config.account())) {
		return
	}
	_, found, err := r.look(ctx, config)
	if err == nil {
		err = config.leaves(found)
	}
	if err != nil {
		diags.Append(tf.Diagnose(ctx, "Could not look at the webhooks", path.Root("business_account_id"), err)...)
		return
	}
	if found == nil || found.OverrideURL == "" || config.OverrideURI.IsUnknown() || found.OverrideURL == config.OverrideURI.ValueString() {
		return
	}
	if r.Mark("replaced", string(config.account())) {
		diags.AddWarning(fmt.Sprintf("The webhooks of account %s go somewhere else now", config.account()),
			fmt.Sprintf("App %s is subscribed to the account already, with the override %s. The apply puts override_callback_uri in its place; somebody else may rely on it.", found.ID, found.OverrideURL))
	}
}
