package phone

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// ModifyPlan says in the plan what would otherwise only show in the apply. It
// may read the number; it never writes.
func (r *registration) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	creates, ends := req.State.Raw.IsNull(), req.Plan.Raw.IsNull()
	if !creates && req.Plan.Raw.Equal(req.State.Raw) {
		r.planNothing(ctx, req.State, &resp.Diagnostics)
		return
	}
	var config, plan, state registrationModel
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
	switch {
	case ends:
		r.planEnd(ctx, state, &resp.Diagnostics)
	case creates:
		r.planCreate(ctx, config, &plan, &resp.Diagnostics)
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	default:
		if r.planChange(ctx, config, &plan, state, &resp.Diagnostics) {
			resp.RequiresReplace = append(resp.RequiresReplace, path.Root("data_localization_region"))
		}
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
}

// planNothing is for a number that stays as it is. It takes no more than the id out of
// the state: of a thousand numbers, most are such, and to take all out is most of the work.
func (r *registration) planNothing(ctx context.Context, state tfsdk.State, diags *diag.Diagnostics) {
	var id types.String
	diags.Append(state.GetAttribute(ctx, path.Root("phone_number_id"), &id)...)
	number := graph.PhoneID(id.ValueString())
	r.manages(number)
	if seen, ok := r.last(number); ok {
		r.warnOnce(diags, number, waitingName(seen))
	}
}

// planCreate checks what a creation needs and looks at the number.
func (r *registration) planCreate(ctx context.Context, config registrationModel, plan *registrationModel, diags *diag.Diagnostics) {
	plan.ID = plan.PhoneNumberID
	if config.Region.IsNull() {
		plan.Region = types.StringNull()
	}
	r.warnOnce(diags, config.phone(), unknownRegion(config.Region.ValueString()))
	if config.PIN.IsNull() && config.PINWO.IsNull() {
		diags.AddAttributeError(path.Root("pin"), "PIN missing",
			"Registering a number needs its two-step verification PIN. Set pin_wo (with pin_wo_version; never stored, Terraform 1.11 or later) or pin (stored in the state): six digits in quotes. "+
				"If the number has no PIN yet, the one you give becomes its PIN.")
		return
	}
	if !r.looks() || config.PhoneNumberID.IsUnknown() {
		return
	}
	id := config.phone()
	if r.Marked("managed", string(id)) {
		// The second half of a replacement, which is planned like a creation. The
		// number is registered now and will not be then, so a look says nothing, and
		// Terraform would drop what this half warns of.
		return
	}
	number, err := r.look(ctx, config)
	if err != nil {
		diags.Append(unseen(ctx, id, err)...)
		return
	}
	diags.Append(accountDiags(ctx, r.checkAccount(ctx, config.BusinessAccountID, number))...)
	if number.Live() && number.PlatformType == cloud {
		diags.Append(r.planAdoption(ctx, config, number)...)
		return
	}
	r.warnOnce(diags, id, registrability(config, number))
	if tf.Given(config.OnPremises) {
		r.planMigration(ctx, config, number, diags)
	}
}

// planAdoption says what happens to a number that is registered already.
func (r *registration) planAdoption(ctx context.Context, config registrationModel, number *graph.Phone) diag.Diagnostics {
	var diags diag.Diagnostics
	if err := r.checkRegion(ctx, config, number); err != nil {
		diags.Append(tf.Diagnose(ctx, "Could not look at the storage region", path.Empty(), err)...)
		return diags
	}
	r.warnOnce(&diags, number.ID, adoption(config, number))
	r.warnOnce(&diags, number.ID, waitingName(number))
	return diags
}

// planChange plans what is not a creation, and reports whether another storage
// region makes a replacement of it. It warns of a number that goes dark because its
// registration is replaced.
func (r *registration) planChange(ctx context.Context, config registrationModel, plan *registrationModel, state registrationModel, diags *diag.Diagnostics) (moves bool) {
	id := state.phone()
	r.manages(id)
	moves = r.movesRegion(ctx, config, state)
	if moves || !config.PhoneNumberID.Equal(state.PhoneNumberID) {
		plan.ID = plan.PhoneNumberID
		r.warnOnce(diags, id, unknownRegion(config.Region.ValueString()))
		r.planReplacement(ctx, moves, config, state, diags)
		return moves
	}
	r.planUpdate(ctx, config, plan, state, diags)
	return false
}

// planUpdate decides which computed values an update in place leaves alone.
func (r *registration) planUpdate(ctx context.Context, config registrationModel, plan *registrationModel, state registrationModel, diags *diag.Diagnostics) {
	id := state.phone()
	if !config.BusinessAccountID.Equal(state.BusinessAccountID) && r.looks() {
		r.planAccount(ctx, config, diags)
	}
	triggered := !plan.Triggers.Equal(state.Triggers)
	if triggered && config.PIN.IsNull() && config.PINWO.IsNull() {
		diags.AddAttributeError(path.Root("triggers"), "PIN missing",
			"A change of triggers registers the number again, which needs its two-step verification PIN. Set pin_wo or pin to the PIN that the number has.")
		return
	}
	if triggered {
		r.warnOnce(diags, id, again(state.number()))
	} else if number, seen := r.last(id); seen {
		r.warnOnce(diags, id, waitingName(number))
	}
	if !triggered && !newPIN(*plan, state, config) {
		plan.keep(state) // nothing is called, so nothing changes
	}
}

// planAccount checks an account that the configuration newly names.
func (r *registration) planAccount(ctx context.Context, config registrationModel, diags *diag.Diagnostics) {
	if config.BusinessAccountID.IsNull() || config.BusinessAccountID.IsUnknown() {
		return
	}
	number, err := r.look(ctx, config)
	if err != nil {
		diags.Append(unseen(ctx, config.phone(), err)...)
		return
	}
	diags.Append(accountDiags(ctx, r.checkAccount(ctx, config.BusinessAccountID, number))...)
}

// accountDiags is a failed check of the account as the plan shows it.
func accountDiags(ctx context.Context, err error) diag.Diagnostics {
	if err == nil {
		return nil
	}
	return tf.Diagnose(ctx, "Could not check the account of the number", path.Root("business_account_id"), err)
}

// planReplacement warns of the downtime, and refuses what cannot work.
func (r *registration) planReplacement(ctx context.Context, moves bool, config, state registrationModel, diags *diag.Diagnostics) {
	if moves && !state.Deregister.ValueBool() && config.PhoneNumberID.Equal(state.PhoneNumberID) {
		diags.AddAttributeError(path.Root("data_localization_region"), "The storage region cannot be changed while the number stays registered",
			"Meta lets the region be set only while a number is not registered, and deregister_on_destroy = false keeps it registered. "+
				"Set deregister_on_destroy = true and apply that first; then change the region. The number will be down for some minutes.")
		return
	}
	r.planEnd(ctx, state, diags)
}

// planEnd says what the end of a registration means for a live number.
func (r *registration) planEnd(ctx context.Context, state registrationModel, diags *diag.Diagnostics) {
	id, number := state.phone(), state.number()
	ends := state.Deregister.ValueBool()
	if ends && r.looks() {
		// A look that fails must not keep anybody from destroying.
		if seen, err := r.look(ctx, state); err == nil {
			number = seen
		}
	}
	switch {
	case !number.Live():
	case ends:
		r.warnOnce(diags, id, goingDark(number))
	default:
		r.warnOnce(diags, id, stayingLive(number))
	}
}

// looks reports whether planning may ask the API.
func (r *registration) looks() bool { return r.Ready() && r.Preflight }

// look returns what is known of a number in this plan or apply, and asks only
// when nothing is. Terraform plans a resource once more right before it creates
// it, so that planning and creating need one read together.
func (r *registration) look(ctx context.Context, m registrationModel) (*graph.Phone, error) {
	if number, ok := r.last(m.phone()); ok {
		return number, nil
	}
	return r.Graph.Phones.Find(ctx, m.account(), m.phone())
}

// last is what was read of a number last, if it can be asked for at all.
func (r *registration) last(id graph.PhoneID) (*graph.Phone, bool) {
	if !r.Ready() {
		return nil, false
	}
	return r.Graph.Phones.Last(id)
}

// manages remembers that the state holds a registration of the number.
func (r *registration) manages(id graph.PhoneID) {
	if r.Clients != nil {
		r.Mark("managed", string(id))
	}
}

// warnOnce adds a warning unless this plan or apply gave it before.
func (r *registration) warnOnce(diags *diag.Diagnostics, id graph.PhoneID, w warning) {
	if w.summary != "" && (r.Clients == nil || r.Mark("warned", string(id), w.summary)) {
		diags.AddWarning(w.summary, w.detail)
	}
}

// checkAccount makes sure that the number is on the account that was declared.
// The API tells a number's account only among the things that its health
// depends on; where it does not, the account's list has to be asked.
func (r *registration) checkAccount(ctx context.Context, declared types.String, number *graph.Phone) error {
	if declared.IsNull() || declared.IsUnknown() {
		return nil
	}
	want, have := graph.AccountID(declared.ValueString()), number.AccountID()
	if have == "" {
		listed, err := r.Graph.Phones.On(ctx, want, number.ID)
		if err != nil {
			return &tf.Problem{
				Attribute: "business_account_id",
				Summary:   "Could not list the numbers of WhatsApp Business account " + string(want),
				Detail:    tf.Explain(ctx, err),
			}
		}
		if listed {
			have = want
		}
	}
	if have == want {
		return nil
	}
	found := fmt.Sprintf("Account %s does not list %s.", want, named(number))
	if have != "" {
		found = fmt.Sprintf("%s belongs to account %s, not to %s.", upper(named(number)), have, want)
	}
	return &tf.Problem{
		Attribute: "business_account_id",
		Summary:   "The number is not on this WhatsApp Business account",
		Detail:    found + " Correct business_account_id, or leave it out to have it learnt.",
	}
}

// checkRegion makes sure that a registered number is where the configuration
// wants it, since that cannot be changed while it is registered.
func (r *registration) checkRegion(ctx context.Context, m registrationModel, number *graph.Phone) error {
	if m.Region.IsNull() || m.Region.IsUnknown() {
		return nil
	}
	want := m.Region.ValueString()
	have, err := r.Graph.Phones.StorageRegion(ctx, number.ID)
	if err != nil || have == want {
		return err
	}
	if have == "" {
		have = "Meta's default location"
	}
	return &tf.Problem{
		Attribute: "data_localization_region",
		Summary:   "The number is registered with another storage region",
		Detail: fmt.Sprintf("%s is registered and keeps its data in %s, not in %s. The region can only be set while a number is not registered. "+
			"Remove data_localization_region and apply, which adopts the number; then add it again, which deregisters, moves and registers the number and takes it down for some minutes.",
			upper(named(number)), have, want),
	}
}

// unseen says that a number cannot be looked at while planning.
func unseen(ctx context.Context, id graph.PhoneID, err error) diag.Diagnostics {
	if api.IsKind(err, api.NotFound) {
		return tf.Diagnose(ctx, fmt.Sprintf("Phone number id %s was not found", id), path.Root("phone_number_id"), err)
	}
	if errors.Is(err, graph.ErrNoToken) {
		return tf.Diagnose(ctx, "No access token", path.Empty(), err)
	}
	summary := fmt.Sprintf("Could not look at phone number id %s", id)
	detail := tf.Explain(ctx, err) + "\n\nThe plan looks at a number before it is created. To plan without, set preflight = false in the provider block."
	return diag.Diagnostics{diag.NewErrorDiagnostic(summary, detail)}
}

// movesRegion reports whether the configuration asks for another region than the
// number has; leaving the region out asks for nothing. A number that was adopted
// without one may well be there already, which saves it from going dark.
func (r *registration) movesRegion(ctx context.Context, config, state registrationModel) bool {
	if config.Region.IsNull() || config.Region.Equal(state.Region) {
		return false
	}
	if state.Region.IsNull() && !config.Region.IsUnknown() && r.looks() && config.PhoneNumberID.Equal(state.PhoneNumberID) {
		have, err := r.Graph.Phones.StorageRegion(ctx, state.phone())
		return err != nil || have != config.Region.ValueString()
	}
	return true
}

// newPIN reports whether the change from state to plan is to send a PIN.
func newPIN(plan, state, config registrationModel) bool {
	if !config.PIN.IsNull() {
		return !plan.PIN.Equal(state.PIN)
	}
	return !config.PINWO.IsNull() && !plan.PINWOVersion.Equal(state.PINWOVersion)
}
