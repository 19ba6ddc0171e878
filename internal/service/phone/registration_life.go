package phone

import (
	"context"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

// notRegistered reports whether a deregistration failed because there is nothing
// to deregister: the number is not registered, or was deleted a moment ago.
func notRegistered(err error) bool {
	var e *api.Error
	return errors.As(err, &e) && (e.Code == 133010 || e.Code == 133015 || e.Code == 100 && e.Subcode == 2207051)
}

// read tells what has become of the number.
func (r *registration) read(ctx context.Context, m *registrationModel) error {
	if m.ID.IsNull() { // ImportState sets the number's id and nothing else of it
		return r.readImported(ctx, m)
	}
	number, err := r.Graph.Phones.Find(ctx, m.account(), m.phone())
	switch {
	case api.IsKind(err, api.NotFound):
		return r.confirmGone(ctx, *m, err)
	case err != nil:
		return tf.During(fmt.Sprintf("read phone number id %s", m.phone()), err)
	case !number.Live():
		return notLive(number)
	}
	sayMoved(ctx, *m, number)
	m.fromAPI(number)
	m.learnAccount(number)
	sayBanned(ctx, number)
	return nil
}

// readImported is the first read of a number that was not made by Terraform.
func (r *registration) readImported(ctx context.Context, m *registrationModel) error {
	number, err := r.Graph.Phones.Find(ctx, "", m.phone())
	if err != nil {
		return tf.During(fmt.Sprintf("import phone number id %s", m.phone()), err)
	}
	if !number.Live() {
		return &tf.Problem{
			Summary: "There is no registration of " + short(number) + " to import",
			Detail: fmt.Sprintf("%s is not registered on the Cloud API (status %s, platform %s). Leave the import out: terraform apply registers the number.",
				upper(named(number)), orNone(number.Status), orNone(number.PlatformType)),
		}
	}
	m.fromAPI(number)
	m.learnAccount(number)
	r.learnRegion(ctx, m)
	sayBanned(ctx, number)
	return nil
}

// notLive has the resource removed from the state, with what was found.
func notLive(n *graph.Phone) error {
	return tf.Gone(short(n)+" is no longer registered on the Cloud API",
		fmt.Sprintf("%s was found with status %s and platform %s, so it is removed from the state. "+
			"If nobody was meant to take it off the Cloud API, find out who did before you apply: the plan registers it again, which spends one of its ten attempts in 72 hours.",
			upper(named(n)), orNone(n.Status), orNone(n.PlatformType)))
}

// confirmGone decides what "not found" means. The API answers it for a number
// that was deleted and for one that the token may no longer see; only the list
// of the number's account tells one from the other.
func (r *registration) confirmGone(ctx context.Context, m registrationModel, notFound error) error {
	id, account := m.phone(), m.account()
	hidden := func(why string) error {
		return &tf.Problem{
			Attribute: "phone_number_id",
			Summary:   fmt.Sprintf("Phone number id %s cannot be seen any more", id),
			Detail:    tf.Explain(ctx, notFound) + "\n\n" + why + " The resource stays in the state. If the number is really gone, remove it with terraform state rm.",
		}
	}
	if account == "" {
		return hidden("Its account is not known, so it cannot be told whether the number was deleted or only the permission was lost.")
	}
	listed, err := r.Graph.Phones.On(ctx, account, id)
	switch {
	case err != nil:
		return hidden("The numbers of account " + string(account) + " cannot be listed either, so this looks like a lost permission: " + tf.Explain(ctx, err))
	case listed:
		return hidden("Account " + string(account) + " still lists the number, so it exists and the access token may not read it.")
	}
	return tf.Gone(fmt.Sprintf("Phone number id %s no longer exists", id),
		fmt.Sprintf("Phone number id %s cannot be read, and account %s does not list it: it was deleted or moved to another account. It is removed from the state.", id, account))
}

// learnRegion fills in the storage region of a number that was imported, so
// that a configuration which names it plans no change.
func (r *registration) learnRegion(ctx context.Context, m *registrationModel) {
	region, err := r.Graph.Phones.StorageRegion(ctx, m.phone())
	if err != nil {
		tf.Warn(ctx, fmt.Sprintf("The storage region of phone number id %s was not imported", m.phone()),
			"If the configuration sets data_localization_region, the plan will replace the registration; check the region before you apply.\n\n"+tf.Explain(ctx, err))
		return
	}
	m.Region = tf.Text(region)
}

// update sends a changed PIN, and registers again when triggers changed. No
// other change makes a call.
func (r *registration) update(ctx context.Context, m *registrationModel, prior registrationModel) error {
	again := !m.Triggers.Equal(prior.Triggers)
	pin := newPIN(*m, prior, *m)
	if pin {
		// Before a registration, which is refused with a PIN that is not the number's.
		if err := r.Graph.Phones.SetPIN(ctx, m.phone(), m.secretPIN()); err != nil {
			return tf.During(fmt.Sprintf("set the PIN of phone number id %s", m.phone()), err)
		}
	}
	switch {
	case again:
		return r.registerAgain(ctx, m, prior, pin)
	case pin:
		r.readBack(ctx, m, prior)
	}
	return nil
}

// registerAgain registers a number that is registered, so that what Meta has
// approved since comes into force.
func (r *registration) registerAgain(ctx context.Context, m *registrationModel, prior registrationModel, pinSent bool) error {
	before, err := r.look(ctx, *m)
	if err == nil {
		before, err = r.register(ctx, m.toAPI(false), before)
	}
	if err == nil {
		m.fromAPI(before)
		return nil
	}
	if pinSent {
		m.keep(prior)
		m.Triggers = prior.Triggers
		return tf.Partly(err)
	}
	return err
}

// readBack reads a number after its PIN was set. That the PIN is set is certain,
// so a read that fails is no error.
func (r *registration) readBack(ctx context.Context, m *registrationModel, prior registrationModel) {
	number, err := r.Graph.Phones.Get(ctx, m.phone(), graph.LookFields)
	if err != nil {
		m.keep(prior)
		tf.Warn(ctx, fmt.Sprintf("The PIN of phone number id %s was set, but the number could not be read afterwards", m.phone()),
			"The state keeps what was known before.\n\n"+tf.Explain(ctx, err))
		return
	}
	m.fromAPI(number)
}

// delete takes the number off the Cloud API, unless it is to stay.
func (r *registration) delete(ctx context.Context, m registrationModel) error {
	id := m.phone()
	if !m.Deregister.ValueBool() {
		tflog.Info(ctx, "the number stays registered, as deregister_on_destroy = false says", map[string]any{"phone_number_id": string(id)})
		return nil
	}
	if r.Marked("created", string(id)) {
		// create_before_destroy: the successor has just taken the number over.
		tf.Warn(ctx, fmt.Sprintf("Phone number id %s was not deregistered", id),
			"It was taken over in this apply by the resource that replaces this one, so it stays registered. "+
				"Remove create_before_destroy from its lifecycle if the number was meant to be registered anew.")
		return nil
	}
	err := r.Graph.Phones.Deregister(ctx, id)
	if err == nil || notRegistered(err) {
		return nil
	}
	return r.afterRefusal(ctx, m, tf.During(fmt.Sprintf("deregister phone number id %s", id), err))
}

// afterRefusal decides what a deregistration that failed, or whose answer was
// lost, has come to. Code 100 alone says both that there is nothing to
// deregister and that the number may not be deregistered; the number tells.
func (r *registration) afterRefusal(ctx context.Context, m registrationModel, failed error) error {
	if api.IsKind(failed, api.NotFound) {
		if gone := (*tf.GoneError)(nil); errors.As(r.confirmGone(ctx, m, failed), &gone) {
			return nil
		}
		return failed
	}
	if api.OutcomeOf(failed) != api.Unclear && !api.HasCode(failed, 100) {
		return failed
	}
	number, err := r.lastRead(ctx, m.phone())
	switch {
	case err != nil:
		return failed
	case !number.Live():
		return nil
	case number.IsOnBizApp != nil && *number.IsOnBizApp:
		return &tf.Problem{
			Attribute: "deregister_on_destroy",
			Summary:   "A number in use with the WhatsApp Business app cannot be deregistered",
			Detail: tf.Explain(ctx, failed) + "\n\nDisconnect " + named(number) + " in the app (Settings > Account > Business Platform), " +
				"or set deregister_on_destroy = false, apply that, and destroy again: the resource is then forgotten and the number stays live.",
		}
	}
	return failed
}

// ImportState takes a phone number id, from the command, an import block or an
// identity.
func (r *registration) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
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
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("deregister_on_destroy"), true)...)
	if resp.Identity != nil {
		resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("phone_number_id"), id)...)
	}
}

// sayMoved warns that the number is on another account than the state says.
func sayMoved(ctx context.Context, m registrationModel, n *graph.Phone) {
	from, to := m.BusinessAccountID.ValueString(), string(n.AccountID())
	if from != "" && to != "" && from != to {
		tf.Warn(ctx, short(n)+" moved to another WhatsApp Business account",
			fmt.Sprintf("%s was on account %s and is on account %s now. It stays registered. If the configuration names its account, correct business_account_id.", upper(named(n)), from, to))
	}
}

// sayBanned warns that Meta banned a number, which stays registered.
func sayBanned(ctx context.Context, n *graph.Phone) {
	if n.Status == banned {
		tf.Warn(ctx, "Meta has banned "+short(n),
			upper(named(n))+" has the status BANNED: it is registered but can neither send nor receive. See Business Support Home for the reason and how to appeal. Registering it again will not help.")
	}
}

// orNone names a value that the API left out.
func orNone(s string) string {
	if s == "" {
		return "(none)"
	}
	return s
}
