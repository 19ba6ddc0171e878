package number

import (
	"context"
	"fmt"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// settled reports whether there is nothing to verify: the number is verified, or it was
// and is in use. A verification expires, and healthy numbers show that it has: they
// need no code, and nobody waits for one.
func settled(n *graph.Phone) bool {
	return n.CodeVerificationStatus == verified || n.CodeVerificationStatus == expired && n.Live()
}

// create hands the code in if there is one, and has one sent if there is none.
func (r *phoneVerification) create(ctx context.Context, m *phoneVerificationModel) error {
	number, err := r.look(ctx, *m)
	switch {
	case err != nil:
		return tf.During(fmt.Sprintf("look at phone number id %s", m.phone()), err)
	case settled(number):
		m.set(proven, number)
		return nil
	case tf.Given(m.Code):
		return r.handIn(ctx, m, number)
	}
	return r.request(ctx, m, number)
}

// look returns what is known of the number in this plan or apply, and asks only when
// nothing is: Terraform plans once more right before it creates.
func (r *phoneVerification) look(ctx context.Context, m phoneVerificationModel) (*graph.Phone, error) {
	if number, ok := r.Graph.Phones.Last(m.phone()); ok {
		return number, nil
	}
	return r.Graph.Phones.Find(ctx, m.account(), m.phone())
}

// request has one code sent. Where the answer is lost, the code counts as sent: a
// second one would make it worthless, and too many lock the number.
func (r *phoneVerification) request(ctx context.Context, m *phoneVerificationModel, n *graph.Phone) error {
	err := r.Graph.Phones.RequestCode(ctx, m.phone(), m.Method.ValueString(), m.Language.ValueString())
	switch {
	case graph.IsAlreadyVerified(err):
		n.CodeVerificationStatus = verified
		m.set(proven, n)
		return nil
	case err != nil && api.OutcomeOf(err) != api.Unclear:
		return tf.During("have a code sent to "+named(n), err)
	case err != nil:
		tf.Warn(ctx, "It is not known whether a code was sent to "+short(n),
			tf.Explain(ctx, err)+"\n\nThe answer was lost, so the code counts as sent and nothing was repeated. If none arrives within some minutes, change request_version to have another one sent.")
	}
	m.set(codeSent, n)
	return nil
}

// handIn hands the code in. Where the answer is lost, the number tells.
func (r *phoneVerification) handIn(ctx context.Context, m *phoneVerificationModel, n *graph.Phone) error {
	err := r.Graph.Phones.VerifyCode(ctx, m.phone(), m.Code.ValueString())
	switch {
	case err == nil, graph.IsAlreadyVerified(err):
	case api.OutcomeOf(err) == api.Unclear:
		if err := r.findOut(ctx, n, err); err != nil {
			return err
		}
	case api.IsKind(err, api.Invalid):
		return notAccepted(ctx, "code_wo", n, err)
	default:
		return tf.During("hand in the code for "+named(n), err)
	}
	n.CodeVerificationStatus = verified
	m.set(proven, n)
	return nil
}

// notAccepted says what to do about a code that Meta does not take.
func notAccepted(ctx context.Context, attribute string, n *graph.Phone, err error) error {
	another := "To have another code sent, change request_version and remove code_wo with its version; then hand the new one in."
	if attribute == "code" {
		another = "To have another code sent, invoke whatsapp_request_code."
	}
	return &tf.Problem{
		Attribute: attribute,
		Summary:   "The code for " + short(n) + " was not accepted",
		Detail: tf.Explain(ctx, err) + "\n\n" + upper(named(n)) + " is still not verified. A code is good once, for about ten minutes, and only the last one that was sent counts. " +
			"If it was mistyped, correct it and apply again. " + another,
	}
}

// findOut reads whether a number is verified though the answer was lost.
func (r *phoneVerification) findOut(ctx context.Context, n *graph.Phone, failed error) error {
	return findOutVerified(ctx, r.Graph, n, "code_wo", failed)
}

func findOutVerified(ctx context.Context, c *graph.Client, n *graph.Phone, attribute string, failed error) error {
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastLook)
	defer cancel()
	after, err := c.Phones.Get(late, n.ID, graph.LookFields)
	if err == nil && after.CodeVerificationStatus == verified {
		return nil
	}
	found := "Read afterwards, the number is not verified."
	if err != nil {
		found = "The number could not be read afterwards either: " + tf.Explain(ctx, err)
	}
	return &tf.Problem{
		Attribute: attribute,
		Summary:   "It is not known whether " + short(n) + " was verified",
		Detail: tf.Explain(ctx, failed) + "\n\n" + found + " Nothing was repeated. Run terraform apply again: if the number is verified by then, it is done without a call, " +
			"and otherwise the code is handed in once more.",
	}
}

// read tells what has become of the verification.
func (r *phoneVerification) read(ctx context.Context, m *phoneVerificationModel) error {
	number, err := r.Graph.Phones.Find(ctx, m.account(), m.phone())
	switch {
	case m.ID.IsNull() && err != nil: // ImportState sets the number's id and nothing else of it
		return tf.During(fmt.Sprintf("import phone number id %s", m.phone()), err)
	case m.ID.IsNull() && !settled(number):
		return &tf.Problem{
			Summary: "There is no verification of " + short(number) + " to import",
			Detail:  upper(named(number)) + " is not verified. Leave the import out: terraform apply has a code sent.",
		}
	case api.IsKind(err, api.NotFound):
		return confirmGone(ctx, r.Clients, m.account(), m.phone(), err)
	case err != nil:
		return tf.During(fmt.Sprintf("read phone number id %s", m.phone()), err)
	case m.Status.ValueString() == proven && !settled(number) && number.CodeVerificationStatus == "NOT_VERIFIED":
		return tf.Gone(short(number)+" is not verified any more",
			upper(named(number))+" was verified and is not now, so its verification is removed from the state. If you apply, a code is sent to it.")
	}
	status := codeSent
	if settled(number) || m.Status.ValueString() == proven {
		status = proven
	}
	m.set(status, number)
	return nil
}

// update has another code sent, or hands one in. Neither is done for a number that is
// verified; no other change makes a call.
func (r *phoneVerification) update(ctx context.Context, m *phoneVerificationModel, prior phoneVerificationModel) error {
	number, err := &graph.Phone{ID: m.phone(), CodeVerificationStatus: prior.CodeVerificationStatus.ValueString()}, error(nil)
	if m.asks(prior) || m.answers(prior) {
		number, err = r.look(ctx, *m)
	}
	switch {
	case err != nil:
		return tf.During(fmt.Sprintf("look at phone number id %s", m.phone()), err)
	case settled(number) || prior.Status.ValueString() == proven:
		m.set(proven, number)
	case m.asks(prior):
		return r.request(ctx, m, number)
	case m.answers(prior):
		return r.handIn(ctx, m, number)
	default:
		m.set(prior.Status.ValueString(), number)
	}
	return nil
}

// asks reports whether a change is to have another code sent.
func (m phoneVerificationModel) asks(prior phoneVerificationModel) bool {
	return !m.RequestVersion.Equal(prior.RequestVersion)
}

// answers reports whether a change hands a code in.
func (m phoneVerificationModel) answers(prior phoneVerificationModel) bool {
	return !m.CodeVersion.Equal(prior.CodeVersion) && tf.Given(m.CodeVersion)
}

// delete forgets: what was shown to Meta stays so.
func (r *phoneVerification) delete(context.Context, phoneVerificationModel) error { return nil }
