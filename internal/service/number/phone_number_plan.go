package number

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// ModifyPlan says in the plan what would otherwise only show in the apply. It may read
// the list of the account; it never writes.
func (r *phoneNumber) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var plan, state phoneNumberModel
	creates, ends := req.State.Raw.IsNull(), req.Plan.Raw.IsNull()
	if !creates {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if !ends {
		resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	}
	switch {
	case resp.Diagnostics.HasError():
	case ends:
		r.warnOnce(&resp.Diagnostics, staying(state))
	case creates:
		r.planCreate(ctx, plan, &resp.Diagnostics)
	case plan.sameNumber(state):
		r.planChange(&plan, state, &resp.Diagnostics)
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	default: // replaced; what takes its place is planned like a creation
		r.warnOnce(&resp.Diagnostics, staying(state))
	}
}

// sameNumber reports whether a plan is about the number in the state.
func (m phoneNumberModel) sameNumber(state phoneNumberModel) bool {
	return m.BusinessAccountID.Equal(state.BusinessAccountID) && m.CountryCode.Equal(state.CountryCode) && m.PhoneNumber.Equal(state.PhoneNumber)
}

// planCreate says whether the number will be added or adopted, as far as that is known.
func (r *phoneNumber) planCreate(ctx context.Context, plan phoneNumberModel, diags *diag.Diagnostics) {
	if !r.Ready() || !r.Preflight || plan.BusinessAccountID.IsUnknown() || plan.CountryCode.IsUnknown() || plan.PhoneNumber.IsUnknown() {
		return
	}
	id, err := r.find(ctx, plan)
	switch {
	case errors.Is(err, graph.ErrNoToken):
		diags.Append(tf.Diagnose(ctx, "No access token", path.Empty(), err)...)
	case err != nil:
		diags.Append(tf.Diagnose(ctx, "", path.Root("business_account_id"), err)...)
	case id != "":
		r.warnOnce(diags, adoption(plan, id))
	}
}

// planChange keeps what an update does not change, and says what a new name means.
func (r *phoneNumber) planChange(plan *phoneNumberModel, state phoneNumberModel, diags *diag.Diagnostics) {
	if plan.DisplayName.Equal(state.DisplayName) {
		plan.PendingDisplayName, plan.PendingNameStatus = state.PendingDisplayName, state.PendingNameStatus
		return
	}
	if !plan.DisplayName.IsUnknown() {
		r.warnOnce(diags, renaming(*plan, state))
	}
}

// warnOnce adds a warning unless this plan or apply gave it before.
func (r *phoneNumber) warnOnce(diags *diag.Diagnostics, w warning) {
	if r.Clients == nil || r.Mark("warned", w.summary) {
		diags.AddWarning(w.summary, w.detail)
	}
}

// staying is what destroying a number means.
func staying(m phoneNumberModel) warning {
	n := m.DisplayPhoneNumber.ValueString()
	return warning{
		n + " stays on WhatsApp Business account " + m.BusinessAccountID.ValueString(),
		fmt.Sprintf("Terraform forgets phone number %s (id %s). Meta has no call that deletes a number, so it stays on the account as it is, registered if it is registered. "+
			"To delete it, an admin of the business portfolio opens WhatsApp Manager, Account tools, Phone numbers. Meta refuses that while the number has sent paid messages in the last 30 days, and asks for the PIN of a connected one.", n, m.phone()),
	}
}

// adoption is what happens to a number that is on its account already.
func adoption(m phoneNumberModel, id graph.PhoneID) warning {
	return warning{
		m.dialled() + " is on the account already and is adopted",
		fmt.Sprintf("WhatsApp Business account %s lists %s as phone number id %s. It is not added again. If its display name is another one than %q, that name is submitted for review.",
			m.account(), m.dialled(), id, m.DisplayName.ValueString()),
	}
}

// renaming is what a change of the display name means.
func renaming(m, state phoneNumberModel) warning {
	n := state.DisplayPhoneNumber.ValueString()
	detail := fmt.Sprintf("The display name %q of phone number %s is submitted to Meta, which allows ten changes in 30 days. Until Meta approves it and the number is registered again, %q stays in force.",
		m.DisplayName.ValueString(), n, state.VerifiedName.ValueString())
	if state.PendingNameStatus.ValueString() == pendingReview {
		detail += fmt.Sprintf(" The name %q is under review now, and Meta refuses another one until that is over.", state.PendingDisplayName.ValueString())
	}
	return warning{"The new display name of " + n + " will be reviewed", detail}
}
