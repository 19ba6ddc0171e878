package webhook

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// ModifyPlan says in the plan what would otherwise only show in the apply. It may read
// the webhook; it never writes.
func (r *appWebhook) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var config, plan, state appWebhookModel
	creates := req.State.Raw.IsNull()
	if !creates {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if req.Plan.Raw.IsNull() {
		if r.Clients != nil && r.Mark("ends", "webhook of the app") {
			resp.Diagnostics.AddWarning("App "+state.AppID.ValueString()+" will get no WhatsApp webhooks at its URL any more",
				"They go to "+state.CallbackURL.ValueString()+" now. Accounts and numbers with an override keep it; of all others the app hears nothing. Webhooks for other products than WhatsApp stay.")
		}
		return
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	switch {
	case resp.Diagnostics.HasError():
	case !config.given() && (creates || plan.sends(state)):
		tokenMissing(&resp.Diagnostics, "callback_url")
	case creates:
		r.planCreate(ctx, config, &resp.Diagnostics)
	}
}

// planCreate looks at the webhook that there may be.
func (r *appWebhook) planCreate(ctx context.Context, config appWebhookModel, diags *diag.Diagnostics) {
	if !r.Ready() || !r.Preflight {
		return
	}
	found, err := r.look(ctx)
	if err != nil {
		diags.Append(tf.Diagnose(ctx, "Could not look at the webhooks of the app", path.Empty(), err)...)
		return
	}
	if found == nil || config.CallbackURL.IsUnknown() || len(config.names()) < max(1, len(config.Fields.Elements())) {
		return
	}
	lost := without(found.Fields, config.names())
	if found.CallbackURL == config.CallbackURL.ValueString() && len(lost) == 0 || !r.Mark("replaced", "webhook of the app") {
		return
	}
	text := "They go to " + found.CallbackURL + " now, and the apply sends them to callback_url."
	if len(lost) > 0 {
		text += " The app will no longer get: " + strings.Join(lost, ", ") + "."
	}
	diags.AddWarning("The app has a WhatsApp webhook already, which changes", text+" Somebody else may rely on it.")
}
