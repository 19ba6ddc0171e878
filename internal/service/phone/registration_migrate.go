package phone

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// onPremisesModel is on_premises of the registration.
type onPremisesModel struct {
	deploymentModel
	ResetPIN types.Bool `tfsdk:"reset_pin"`
}

// onPremises is the declared deployment, known as far as ever it is.
func (m registrationModel) onPremises(ctx context.Context) (onPremisesModel, error) {
	var d onPremisesModel
	if diags := m.OnPremises.As(ctx, &d, basetypes.ObjectAsOptions{}); diags.HasError() {
		return d, &tf.Problem{Attribute: "on_premises", Summary: diags[0].Summary(), Detail: diags[0].Detail()}
	}
	return d, nil
}

// move is what a migration did before a registration failed.
type move struct {
	from   *deployment // nil where the user brought the backup
	reset  bool        // the PIN of the deployment was set to ours
	region string      // the storage region that was set, "" for none
}

// migrate takes the backup out of a deployment and registers the number with it.
// Nothing of it is kept, so a second try makes a new one.
func (r *registration) migrate(ctx context.Context, m *registrationModel, number *graph.Phone, looked time.Time) (*graph.Phone, error) {
	d, err := m.onPremises(ctx)
	if err != nil {
		return nil, err
	}
	from, err := enter(ctx, r.Clients, d.deploymentModel)
	if err != nil {
		return nil, r.whereabouts(ctx, number, move{}, unstarted(err))
	}
	defer from.leave(ctx)
	if err := from.inspect(ctx, number.DisplayPhoneNumber); err != nil {
		return nil, r.whereabouts(ctx, number, move{from: from}, unstarted(err))
	}
	if d.ResetPIN.ValueBool() {
		if err := from.resetPIN(ctx, m.secretPIN()); err != nil {
			return nil, unstarted(err)
		}
	}
	done := move{from: from, reset: d.ResetPIN.ValueBool()}
	reg := graph.Registration{PIN: m.secretPIN(), Backup: &graph.Backup{Password: d.backupPassword()}}
	if reg.Backup.Data, err = from.Backup(ctx, reg.Backup.Password); err != nil {
		return nil, r.whereabouts(ctx, number, done, unstarted(tf.During("take a backup at the On-Premises deployment "+from.baseURL, err)))
	}
	if err := r.setRegion(ctx, m, number); err != nil {
		return nil, r.whereabouts(ctx, number, done, unstarted(err))
	}
	done.region = m.Region.ValueString()
	after, err := r.registerOnce(ctx, m, reg, number, looked)
	if err != nil {
		return nil, r.whereabouts(ctx, number, done, err)
	}
	return after, nil
}

// unstarted says that a migration ended before anything irreversible.
func unstarted(err error) error {
	return tf.Also(err, "No registration was attempted, and no attempt was spent.")
}

// whereabouts adds to a failed migration where the number is now, as read from
// both sides, what was changed on the way, and the steps back.
func (r *registration) whereabouts(ctx context.Context, before *graph.Phone, done move, failed error) error {
	var report []string
	connected := false
	if done.from != nil {
		var words string
		words, connected = done.from.state(ctx)
		report = append(report, upper(words)+".")
	}
	after, err := r.lastRead(ctx, before.ID)
	if err != nil {
		report = append(report, "The Cloud API could not be asked where the number is: "+firstLine(tf.Explain(ctx, err)))
		after = &graph.Phone{}
	}
	var steps []string
	switch {
	case after.Live():
		report = append(report, upper(named(before))+" is on the Cloud API now.")
		steps = []string{"Run terraform apply again: it adopts the number."}
	case after.PlatformType == onPremise:
		report = append(report, upper(named(before))+" is still on the On-Premises API: nothing was lost.")
		steps = []string{"Do what is said above.", "Run terraform apply again; it makes a fresh start."}
	case err == nil:
		report = append(report, fmt.Sprintf("%s is on neither side (status %s, platform %s): it can neither send nor receive.", upper(named(before)), orNone(after.Status), orNone(after.PlatformType)))
		steps = r.stepsFromNowhere(done, connected)
	}
	if done.reset {
		report = append(report, "The two-step PIN of the number was set to the configured one.")
	}
	if done.region != "" {
		report = append(report, "The storage region was set to "+done.region+".")
	}
	for i, step := range steps {
		report = append(report, fmt.Sprintf("%d. %s", i+1, step))
	}
	return tf.Also(failed, strings.Join(report, "\n"))
}

// stepsFromNowhere lead a number out that is registered nowhere.
func (r *registration) stepsFromNowhere(done move, connected bool) []string {
	pin := "If the PIN was wrong, find the right one or reset it in WhatsApp Manager > Phone numbers > Settings > Two-step verification."
	if done.from == nil {
		return []string{
			pin,
			"Run terraform apply again, with the same backup: the number comes up on the Cloud API.",
			"If that backup was not kept and the deployment gives no other, apply without one. The number comes up, but its profile is lost and has to be filled in again.",
		}
	}
	if connected {
		return []string{pin, "Run terraform apply again, best with reset_pin = true: the deployment can still give a backup."}
	}
	return []string{
		"Restart the deployment, and wait whether GET /v1/health says connected. If it does, run terraform apply again with reset_pin = true.",
		"If it does not, no further backup can be had. " + pin,
		"Remove on_premises and run terraform apply: the number comes up on the Cloud API, but its profile is lost and has to be filled in again.",
		"If Meta asks for a new verification (133006), request a code with /request_code, confirm it with /verify_code, and apply again.",
	}
}

// planMigration looks at the deployment while planning. What it finds is a
// warning: the apply looks again, and there it is an error.
func (r *registration) planMigration(ctx context.Context, config registrationModel, number *graph.Phone, diags *diag.Diagnostics) {
	d, err := config.onPremises(ctx)
	if config.OnPremises.IsUnknown() || err != nil || d.BaseURL.IsUnknown() || d.Username.IsUnknown() || d.Password.IsUnknown() || d.CACertificate.IsUnknown() || d.Insecure.IsUnknown() {
		return
	}
	if d.Insecure.ValueBool() {
		r.warnOnce(diags, number.ID, insecure(d.BaseURL.ValueString()))
	}
	if !d.ResetPIN.ValueBool() {
		r.warnOnce(diags, number.ID, warning{
			"A wrong PIN takes the deployment of " + short(number) + " down",
			"Nobody can test a PIN beforehand. With a wrong one, Meta refuses the registration, disconnects the deployment all the same, and leaves the number on neither side. " +
				"Set reset_pin = true to have the PIN set there first, unless you are sure of it.",
		})
	}
	err = r.tryDeployment(ctx, d.deploymentModel, number)
	if problem, ok := asWarning(ctx, err); ok {
		diags.AddAttributeWarning(path.Root("on_premises"), problem.Summary, problem.Detail+"\n\nUnless that changes before the apply, the registration will be refused without spending an attempt.")
	}
}

// tryDeployment does all that a migration does before it changes anything.
func (r *registration) tryDeployment(ctx context.Context, d deploymentModel, number *graph.Phone) error {
	from, err := enter(ctx, r.Clients, d)
	if err != nil {
		return err
	}
	defer from.leave(ctx)
	return from.inspect(ctx, number.DisplayPhoneNumber)
}

// asWarning turns an error into the words for a warning.
func asWarning(ctx context.Context, err error) (*tf.Problem, bool) {
	if err == nil {
		return nil, false
	}
	d := tf.Diagnose(ctx, "The On-Premises deployment cannot be looked at", path.Empty(), err)[0]
	return &tf.Problem{Summary: d.Summary(), Detail: d.Detail()}, true
}
