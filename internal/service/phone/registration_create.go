package phone

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// lastLook bounds the one read that is still made after the time of an operation
// was up, or after the user cancelled it, to learn where a number ended up.
const lastLook = 15 * time.Second

// fresh is for how long a look at a number is good enough to spend a registration.
const fresh = 3 * time.Second

// create makes a number usable: it adopts one that is registered already, and
// registers any other one, once.
func (r *registration) create(ctx context.Context, m *registrationModel) error {
	id := m.phone()
	number, err := r.look(ctx, *m)
	if err != nil {
		return tf.During(fmt.Sprintf("look at phone number id %s before registering it", id), err)
	}
	if err := r.checkAccount(ctx, m.BusinessAccountID, number); err != nil {
		return err
	}
	after, err := r.acquire(ctx, m, number)
	if err != nil {
		return err
	}
	r.Mark("created", string(id))
	m.fromAPI(after)
	return nil
}

// acquire adopts or registers a number, by what it is at the moment.
func (r *registration) acquire(ctx context.Context, m *registrationModel, number *graph.Phone) (*graph.Phone, error) {
	if adoptable(number) {
		return r.adopt(ctx, m, number)
	}
	if bad := unregistrable(*m, number); bad.summary != "" {
		return nil, &tf.Problem{Attribute: "phone_number_id", Summary: bad.summary, Detail: bad.detail + " No registration was attempted."}
	}
	return r.registerNew(ctx, m, number)
}

// adoptable reports whether a number is on the Cloud API already.
func adoptable(n *graph.Phone) bool { return n.Live() && n.PlatformType == cloud }

// registerNew registers a number that is not on the Cloud API yet, with what it
// brings along from where it was.
func (r *registration) registerNew(ctx context.Context, m *registrationModel, number *graph.Phone) (*graph.Phone, error) {
	looked := r.Graph.Phones.ReadAt(number.ID)
	if tf.Given(m.OnPremises) {
		return r.migrate(ctx, m, number, looked)
	}
	if err := r.setRegion(ctx, m, number); err != nil {
		return nil, err
	}
	after, err := r.registerOnce(ctx, m, m.toAPI(true), number, looked)
	if err != nil && number.PlatformType == onPremise {
		err = r.whereabouts(ctx, number, move{}, err)
	}
	return after, err
}

// registerOnce registers a number that was not registered when it was looked at. When
// that is a while ago it looks again: another apply, of another state, may have been
// faster, and then there is a number to adopt and no registration to spend. What
// happens within the while cannot be seen, since the API has no lock.
func (r *registration) registerOnce(ctx context.Context, m *registrationModel, reg graph.Registration, number *graph.Phone, looked time.Time) (*graph.Phone, error) {
	if time.Since(looked) > fresh {
		if now, err := r.Graph.Phones.Get(ctx, number.ID, graph.LookFields); err == nil && adoptable(now) {
			return r.adopt(ctx, m, now)
		}
	}
	return r.register(ctx, reg, number)
}

// setRegion sets the storage region, if one is asked for. It must be the last thing
// before the registration, since that is what it belongs to.
func (r *registration) setRegion(ctx context.Context, m *registrationModel, number *graph.Phone) error {
	region := m.Region.ValueString()
	if region == "" {
		return nil
	}
	if err := r.Graph.Phones.SetStorageRegion(ctx, number.ID, region); err != nil {
		return tf.During("set the storage region of "+named(number), err)
	}
	return nil
}

// adopt takes a registered number over without registering it again.
func (r *registration) adopt(ctx context.Context, m *registrationModel, number *graph.Phone) (*graph.Phone, error) {
	if err := r.checkRegion(ctx, *m, number); err != nil {
		return nil, err
	}
	if err := r.Graph.Phones.SetPIN(ctx, number.ID, m.secretPIN()); err != nil {
		return nil, tf.During("set the PIN of "+named(number)+", which is registered already", err)
	}
	after := r.settle(ctx, number)
	if errors.Is(ctx.Err(), context.Canceled) {
		return nil, interrupted(number)
	}
	if w := adoption(*m, number); r.Mark("warned", string(number.ID), w.summary) {
		tf.Warn(ctx, w.summary, w.detail)
	}
	return after, nil
}

// interrupted ends an adoption during which the user asked for the end. It costs
// nothing to do it again, whereas Terraform would not get to the other half of a
// replacement: the next apply would destroy what is left of the old resource, and
// nothing there tells that the number belongs to the new one.
func interrupted(number *graph.Phone) error {
	return &tf.Problem{
		Summary: short(number) + " was not adopted: the apply was interrupted",
		Detail: upper(named(number)) + " stays registered, and its PIN is the configured one. No registration was spent. " +
			"Run terraform apply again: it finishes the job.",
	}
}

// register spends one registration and returns the number as it is afterwards.
// before is the number as it was. Nothing here repeats the call: the client does
// so where the API, or the network, said that nothing had been done.
func (r *registration) register(ctx context.Context, reg graph.Registration, before *graph.Phone) (*graph.Phone, error) {
	err := r.Graph.Phones.Register(ctx, before.ID, reg)
	switch {
	case err == nil:
		tflog.Info(ctx, "registration accepted", map[string]any{"phone_number_id": string(before.ID)})
		return r.settle(ctx, before), nil
	case before.Live():
		return r.unsureAgain(ctx, before, err)
	case api.OutcomeOf(err) == api.Unclear:
		return r.findOut(ctx, before, err)
	case api.HasCode(err, 133005) && before.PlatformType != onPremise:
		return nil, r.outrun(ctx, before, err)
	}
	return nil, tf.During("register "+named(before), err)
}

// outrun decides why a number without a registration has another PIN than the
// configured one: it had it before, or somebody registered it a moment ago.
func (r *registration) outrun(ctx context.Context, before *graph.Phone, refused error) error {
	refused = tf.During("register "+named(before), refused)
	if after, err := r.lastRead(ctx, before.ID); err != nil || !after.Live() {
		return refused
	}
	return &tf.Problem{
		Attribute: "phone_number_id",
		Summary:   short(before) + " was registered by somebody else in the meantime, with another PIN",
		Detail: tf.Explain(ctx, refused) + "\n\n" + upper(named(before)) + " was not registered when this apply looked at it, and is live now: " +
			"another apply, or a person, was faster, and it has their PIN. Nothing was repeated. If another Terraform state declares the number too, remove it from one of the two. " +
			"Do not simply apply again: that adopts the number and sets its PIN to the configured one.",
	}
}

// findOut reads a number until it shows that a registration whose answer was
// lost took effect, or until the time is up.
func (r *registration) findOut(ctx context.Context, before *graph.Phone, lost error) (*graph.Phone, error) {
	tflog.Warn(ctx, "the outcome of the registration is not known; reading until it is", map[string]any{"phone_number_id": string(before.ID)})
	number, err := r.watch(ctx, before, (*graph.Phone).Live)
	if number.Live() {
		return r.settle(ctx, number), nil
	}
	detail := tf.Explain(ctx, lost) + "\n\n" +
		fmt.Sprintf("The answer to the registration of %s was lost. ", named(before))
	if err != nil && number == before {
		detail += "The number could not be read afterwards either: " + tf.Explain(ctx, err) + "\n\n"
	} else {
		detail += fmt.Sprintf("Read afterwards, the number is not registered (status %s, platform %s). ", orNone(number.Status), orNone(number.PlatformType))
	}
	detail += "Nothing was repeated. Run terraform apply again: it reads the number first, adopts it if the registration did take effect, and registers it otherwise, which spends another of the ten attempts in 72 hours."
	return nil, &tf.Problem{Summary: "It is not known whether " + short(before) + " was registered", Detail: detail}
}

// unsureAgain decides about a failed registration of a number that was
// registered before. Such a number looks the same with and without it, except
// for a display name that waits for one.
func (r *registration) unsureAgain(ctx context.Context, before *graph.Phone, failed error) (*graph.Phone, error) {
	if api.OutcomeOf(failed) != api.Unclear {
		return nil, tf.During("register "+named(before)+" again", failed)
	}
	after, err := r.lastRead(ctx, before.ID)
	if err != nil {
		after = before // an error would have the next apply spend another attempt
	} else if !after.Live() || waitingName(after).summary != "" {
		return nil, &tf.Problem{
			Summary: short(before) + " was not registered again",
			Detail:  tf.Explain(ctx, failed) + "\n\nRead afterwards, " + named(before) + " shows that the registration did not take effect. Nothing was repeated. Run terraform apply again.",
		}
	}
	state := " is live"
	if err != nil {
		state = " was live before, and could not be read afterwards (" + firstLine(tf.Explain(ctx, err)) + ")"
	}
	tf.Warn(ctx, "It is not known whether "+short(before)+" was registered again",
		"The answer to the registration was lost: "+tf.Explain(ctx, failed)+"\n\n"+upper(named(before))+state+"; nothing was repeated. "+
			"If what you wanted to come into force did not, change triggers once more, which spends another of the ten attempts in 72 hours.")
	return after, nil
}

// settle reads a registered number until nothing is left to wait for. It never
// fails: the registration was accepted, and whatever happens afterwards is a
// warning, so that Terraform keeps the resource as it is.
func (r *registration) settle(ctx context.Context, before *graph.Phone) *graph.Phone {
	number, err := r.watch(ctx, before, (*graph.Phone).Settled)
	if err != nil && !number.Settled() {
		tf.Warn(ctx, short(number)+" is registered but not connected yet",
			fmt.Sprintf("Meta accepted %s, and its status was last read as %s (platform %s). Waiting for CONNECTED ended early: %s\n\n"+
				"Nothing has to be done again. Run terraform plan in a few minutes: it shows what has become of the number.",
				named(number), number.Status, number.PlatformType, tf.Explain(ctx, err)))
	}
	sayBanned(ctx, number)
	return number
}

// watch reads a number until enough says so. It returns the last state that was
// read, before if there is none, together with the error that ended the watch.
// When the time was up or the user cancelled, it looks once more.
func (r *registration) watch(ctx context.Context, before *graph.Phone, enough func(*graph.Phone) bool) (*graph.Phone, error) {
	latest := before
	err := tf.Poll(ctx, r.Tempo, "phone number id "+string(before.ID), func(ctx context.Context) (bool, error) {
		number, err := r.Graph.Phones.Get(ctx, before.ID, graph.LookFields)
		if err != nil {
			return false, lasting(err)
		}
		latest = number
		return enough(number), nil
	})
	if err != nil && ctx.Err() != nil {
		if number, again := r.lastRead(ctx, before.ID); again == nil {
			latest = number
		}
	}
	return latest, err
}

// lastRead reads a number once although the operation is over.
func (r *registration) lastRead(ctx context.Context, id graph.PhoneID) (*graph.Phone, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastLook)
	defer cancel()
	return r.Graph.Phones.Get(ctx, id, graph.LookFields)
}

// lasting returns err if looking again would not help, and nil otherwise.
func lasting(err error) error {
	for _, passing := range []api.Kind{api.Unavailable, api.Throttled, api.Unknown} {
		if api.IsKind(err, passing) {
			return nil
		}
	}
	return err
}
