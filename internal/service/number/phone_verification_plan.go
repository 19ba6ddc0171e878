package number

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// ModifyPlan says that a code will be sent, since somebody has to be there who reads it.
// It may read the number; it never writes.
func (r *phoneVerification) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var config, plan, state phoneVerificationModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	creates := req.State.Raw.IsNull()
	if !creates {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	switch {
	case resp.Diagnostics.HasError():
	case creates || !plan.PhoneNumberID.Equal(state.PhoneNumberID):
		r.planCreate(ctx, config, plan, resp)
	default:
		r.planChange(config, &plan, state, resp)
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
}

// planCreate looks whether there is anything to verify.
func (r *phoneVerification) planCreate(ctx context.Context, config, plan phoneVerificationModel, resp *resource.ModifyPlanResponse) {
	if !r.Ready() || !r.Preflight || plan.PhoneNumberID.IsUnknown() {
		return
	}
	number, err := r.look(ctx, plan)
	switch {
	case err != nil:
		at := path.Empty()
		if api.IsKind(err, api.NotFound) {
			at = path.Root("phone_number_id")
		}
		resp.Diagnostics.Append(tf.Diagnose(ctx, "", at, tf.During(fmt.Sprintf("look at phone number id %s", plan.phone()), err))...)
	case !settled(number) && !tf.Given(config.Code):
		r.sayCode(plan, short(number), resp)
	}
}

// planChange refuses to ask and to answer at once, keeps what the change does not
// touch, and says that a code will be sent.
func (r *phoneVerification) planChange(config phoneVerificationModel, plan *phoneVerificationModel, state phoneVerificationModel, resp *resource.ModifyPlanResponse) {
	asks, answers := plan.asks(state), tf.Given(config.Code) && plan.answers(state)
	switch {
	case state.Status.ValueString() == proven || !asks && !answers:
		plan.Status, plan.CodeVerificationStatus = state.Status, state.CodeVerificationStatus
	case asks && answers:
		resp.Diagnostics.AddAttributeError(path.Root("request_version"), "Another code and a code at once",
			"A change of request_version has another code sent, which makes the one in code_wo worthless. Do one at a time: have the code sent, then hand it in.")
	case asks:
		r.sayCode(*plan, "phone number id "+state.PhoneNumberID.ValueString(), resp)
	}
}

// sayCode announces a code, once.
func (r *phoneVerification) sayCode(plan phoneVerificationModel, to string, resp *resource.ModifyPlanResponse) {
	summary := "A code will be sent to " + to
	if r.Clients == nil || r.Mark("warned", summary) {
		resp.Diagnostics.AddWarning(summary, fmt.Sprintf("Meta sends it by %s. Have somebody read it, set code_wo with a new code_wo_version, and apply again within about ten minutes.", plan.Method.ValueString()))
	}
}
