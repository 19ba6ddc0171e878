package phone

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/onprem"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

// deploymentModel is how to reach an On-Premises deployment. The registration and
// the ephemeral backup both have it.
type deploymentModel struct {
	BaseURL        types.String `tfsdk:"base_url"`
	Username       types.String `tfsdk:"username"`
	Password       types.String `tfsdk:"password"`
	CACertificate  types.String `tfsdk:"ca_certificate"`
	Insecure       types.Bool   `tfsdk:"insecure"`
	BackupPassword types.String `tfsdk:"backup_password"`
}

// backupPassword is the password for a backup: the one given, or one made up on
// the spot, of 64 letters and digits.
func (d deploymentModel) backupPassword() string {
	if given := d.BackupPassword.ValueString(); given != "" {
		return given
	}
	return rand.Text() + rand.Text() + rand.Text()[:12] // 26 characters each
}

// deployment is an On-Premises deployment that we are logged in at.
type deployment struct {
	*onprem.Client
	baseURL string
}

// enter logs in at a deployment. The caller must leave it.
func enter(ctx context.Context, clients *tf.Clients, d deploymentModel) (*deployment, error) {
	password := d.Password.ValueString()
	if password == "" {
		password = clients.OnPremisesPassword
	}
	if password == "" {
		return nil, &tf.Problem{
			Summary: "Password of the On-Premises deployment missing",
			Detail:  "Set password to that of the deployment's administrator, or the environment variable WHATSAPP_ON_PREMISES_PASSWORD.",
		}
	}
	client, err := clients.OnPremises(onprem.Config{
		BaseURL: d.BaseURL.ValueString(), Username: d.Username.ValueString(), Password: password,
		CA: []byte(d.CACertificate.ValueString()), Insecure: d.Insecure.ValueBool(),
	})
	if err != nil {
		return nil, err
	}
	at := &deployment{client, d.BaseURL.ValueString()}
	if err := client.Login(ctx); err != nil {
		return nil, tf.During("log in at the On-Premises deployment "+at.baseURL, trust(err))
	}
	return at, nil
}

// trust adds how to trust a certificate, where that is the trouble.
func trust(err error) error {
	if stranger := (x509.UnknownAuthorityError{}); errors.As(err, &stranger) {
		return tf.Also(err, "A deployment makes its own certificate authority when it is installed. Set ca_certificate to its PEM, which GET /v1/certificates/external/ca of the deployment has; fetch it over a connection that you trust.")
	}
	if other := (x509.HostnameError{}); errors.As(err, &other) {
		return tf.Also(err, "base_url must name the host as the certificate of the deployment does.")
	}
	return err
}

// leave logs out, also when the operation is over. That it fails harms nobody: the
// token ends by itself.
func (d *deployment) leave(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastLook)
	defer cancel()
	if err := d.Logout(ctx); err != nil {
		tf.Log(ctx, api.Warn, "could not log out of the On-Premises deployment; its token ends by itself", map[string]any{"reason": err.Error()})
	}
}

// inspect makes sure that a backup can be taken and belongs to the number. It
// changes nothing.
func (d *deployment) inspect(ctx context.Context, displayNumber string) error {
	health, err := d.Health(ctx)
	if err != nil {
		return tf.During("read the health of the On-Premises deployment "+d.baseURL, err)
	}
	support, err := d.Support(ctx)
	if err != nil {
		return tf.During("read the state of the On-Premises deployment "+d.baseURL, err)
	}
	if !support.Expires.IsZero() && support.Expires.Before(time.Now()) {
		return d.unfit("has expired",
			"Its client (version %s) expired on %s, and Meta no longer talks to it. Update the client if you can. Otherwise try a backup taken by hand, in backup_wo: nobody says whether Meta still takes it. Without a backup the number moves too, but loses its profile.",
			support.Version, support.Expires.Format(time.DateOnly))
	}
	if !health.Connected() {
		return d.unfit("is not connected",
			"Its gateway status is %s. A backup can be taken only while it is registered and connected. Look at its logs, restart it, and wait for GET /v1/health to say connected.", health)
	}
	application, err := d.Application(ctx)
	if err != nil {
		return tf.During("read the settings of the On-Premises deployment "+d.baseURL+", which takes an administrator", err)
	}
	if !wa.SameDigits(application.WAID, displayNumber) {
		return d.unfit("serves another number",
			"It is registered with %s, but phone_number_id stands for %s. A backup of another number would be refused after that deployment was shut down. Correct base_url or phone_number_id.",
			application.WAID, displayNumber)
	}
	return nil
}

// unfit is why a deployment cannot be migrated from.
func (d *deployment) unfit(what, detail string, args ...any) error {
	return &tf.Problem{
		Attribute: "on_premises",
		Summary:   "The On-Premises deployment " + what,
		Detail:    d.baseURL + ": " + fmt.Sprintf(detail, args...),
	}
}

// resetPIN sets the two-step PIN of the deployment to ours. A new PIN is accepted
// without the old one only after it was switched off.
func (d *deployment) resetPIN(ctx context.Context, pin string) error {
	if err := d.RemovePIN(ctx); err != nil {
		return tf.During("switch two-step verification off at the On-Premises deployment "+d.baseURL, err)
	}
	if err := d.SetPIN(ctx, pin); err != nil {
		return tf.Also(tf.During("set the two-step PIN at the On-Premises deployment "+d.baseURL, err),
			"Two-step verification was switched off there before and is still off. Running terraform apply again sets the PIN and goes on.")
	}
	return nil
}

// state says in words what a deployment looks like now, for the report on a
// failure.
func (d *deployment) state(ctx context.Context) (words string, connected bool) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastLook)
	defer cancel()
	health, err := d.Health(ctx)
	if err != nil {
		return "the deployment " + d.baseURL + " cannot be asked (" + strings.TrimSuffix(firstLine(tf.Explain(ctx, err)), ".") + ")", false
	}
	return fmt.Sprintf("the deployment %s says %s", d.baseURL, health), health.Connected()
}

// firstLine is the first line of a text.
func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// insecure is that nobody checks who answers.
func insecure(baseURL string) warning {
	return warning{
		"The certificate of the On-Premises deployment is not checked",
		"insecure = true: whoever is between Terraform and " + baseURL + " can read the administrator's password and the backup. Set ca_certificate instead.",
	}
}
