package number

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// lastLook bounds what is still read after the time of an operation was up, or after
// the user cancelled it, to learn what a call has come to.
const lastLook = 15 * time.Second

// create adopts the number if it is on the account already, and adds it otherwise,
// once.
func (r *phoneNumber) create(ctx context.Context, m *phoneNumberModel) error {
	id, err := r.find(ctx, *m)
	if err != nil {
		return err
	}
	if id != "" {
		return r.adopt(ctx, m, id)
	}
	if id, err = r.add(ctx, *m); err != nil {
		return err
	}
	r.keepAdded(ctx, m, id)
	return nil
}

// find looks for the number on its account, and returns "" if it is not there.
func (r *phoneNumber) find(ctx context.Context, m phoneNumberModel) (graph.PhoneID, error) {
	written, short := m.digits()
	id, err := r.Graph.Phones.Numbered(ctx, m.account(), written)
	if err == nil && id == "" && short != written {
		id, err = r.Graph.Phones.Numbered(ctx, m.account(), short)
	}
	return id, tf.During("list the numbers of WhatsApp Business account "+string(m.account()), err)
}

// add puts the number on its account. Where the answer is lost, the account tells.
func (r *phoneNumber) add(ctx context.Context, m phoneNumberModel) (graph.PhoneID, error) {
	id, err := r.Graph.Accounts.AddPhone(ctx, m.account(), m.toAPI())
	if err == nil {
		return id, nil
	}
	if api.OutcomeOf(err) == api.Unclear {
		return r.findOut(ctx, m, err)
	}
	return "", tf.During(fmt.Sprintf("add %s to WhatsApp Business account %s", m.dialled(), m.account()), err)
}

// findOut looks whether a number was added though the answer was lost.
func (r *phoneNumber) findOut(ctx context.Context, m phoneNumberModel, lost error) (graph.PhoneID, error) {
	tflog.Warn(ctx, "the outcome of adding a number is not known; looking at the list of its account", map[string]any{"account": string(m.account())})
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastLook)
	defer cancel()
	id, err := r.find(late, m)
	if id != "" {
		return id, nil
	}
	found := "The account does not list it now."
	if err != nil {
		found = "The numbers of the account could not be listed afterwards either: " + tf.Explain(ctx, err)
	}
	return "", &tf.Problem{
		Attribute: "phone_number",
		Summary:   "It is not known whether " + m.dialled() + " was added",
		Detail: tf.Explain(ctx, lost) + "\n\n" + found + " Nothing was repeated. Run terraform apply again: it looks at the account first, " +
			"adopts the number if it was added, and adds it otherwise.",
	}
}

// keepAdded completes the model after the number was added. It never fails: the number
// is on the account, and its id must not be lost.
func (r *phoneNumber) keepAdded(ctx context.Context, m *phoneNumberModel, id graph.PhoneID) {
	number, err := r.Graph.Phones.Find(ctx, m.account(), id)
	if err != nil {
		number = &graph.Phone{ID: id}
		tf.Warn(ctx, m.dialled()+" was added, but could not be read afterwards",
			fmt.Sprintf("It is phone number id %s. The next terraform plan shows the rest.\n\n%s", id, tf.Explain(ctx, err)))
	}
	m.DisplayPhoneNumber = types.StringNull()
	m.fromAPI(number)
	if number.DisplayPhoneNumber == "" {
		m.DisplayPhoneNumber = types.StringValue(m.dialled())
	}
}

// adopt takes over a number that is on the account, and gives it the configured name.
func (r *phoneNumber) adopt(ctx context.Context, m *phoneNumberModel, id graph.PhoneID) error {
	number, err := r.Graph.Phones.Find(ctx, m.account(), id)
	if err != nil {
		return tf.During(fmt.Sprintf("look at phone number id %s", id), err)
	}
	if !shows(number, m.DisplayName.ValueString()) {
		if number, err = r.rename(ctx, number, m.DisplayName.ValueString()); err != nil {
			return err
		}
	}
	if w := adoption(*m, id); r.Mark("warned", w.summary) {
		tf.Warn(ctx, w.summary, w.detail)
	}
	m.DisplayPhoneNumber = types.StringNull()
	m.fromAPI(number)
	return nil
}

// shows reports whether a number has a display name, or will have it if Meta approves.
func shows(n *graph.Phone, name string) bool {
	return n.VerifiedName == name || n.NewDisplayName == name && !lost(n.NewNameStatus)
}

// rename submits another display name, once, and returns the number as it is
// afterwards: as far as that is known, if it cannot be read.
func (r *phoneNumber) rename(ctx context.Context, n *graph.Phone, name string) (*graph.Phone, error) {
	failed := r.Graph.Phones.SetDisplayName(ctx, n.ID, name)
	if failed != nil && api.OutcomeOf(failed) != api.Unclear {
		return nil, tf.During("change the display name of "+named(n), failed)
	}
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastLook)
	defer cancel()
	after, err := r.Graph.Phones.Get(late, n.ID, graph.LookFields)
	switch {
	case failed == nil && err == nil, err == nil && shows(after, name):
		return after, nil
	case failed == nil:
		tf.Warn(ctx, "The display name of "+short(n)+" was submitted, but the number could not be read afterwards",
			"The next terraform plan shows what has become of it.\n\n"+tf.Explain(ctx, err))
		n.NewDisplayName, n.NewNameStatus = name, ""
		return n, nil
	}
	found := "Read afterwards, the number does not show it."
	if err != nil {
		found = "The number could not be read afterwards either: " + tf.Explain(ctx, err)
	}
	return nil, &tf.Problem{
		Attribute: "display_name",
		Summary:   "It is not known whether the display name of " + short(n) + " was submitted",
		Detail:    tf.Explain(ctx, failed) + "\n\n" + found + " Nothing was repeated. Run terraform apply again: it reads the number first.",
	}
}
