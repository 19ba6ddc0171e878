package phone

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/onprem"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// What the docs say of a deployment, wherever it is configured.
const (
	aboutBaseURL  = "Where the deployment answers, as in `https://whatsapp.example.com:9090`; without `/v1`. Plain `http` is accepted towards this machine only."
	aboutUsername = "The name of an administrator there, most often `admin`. Only an administrator may take a backup."
	aboutPassword = "The password of that administrator. Can also be set by the environment variable `WHATSAPP_ON_PREMISES_PASSWORD`. The password that a deployment is delivered with must have been changed; the provider never changes it."
	aboutCA       = "PEM certificates to trust in addition to those of the system. A deployment makes its own when it is installed; `GET /v1/certificates/external/ca` has it."
	aboutInsecure = "Whether to accept any certificate, which lets whoever is in between read the administrator's password and the backup. Default: `false`."
	aboutBackup   = "The password to make the backup with. Made up on the spot when absent."
)

// baseURL is the rule for where a deployment is.
func baseURL(s string) error {
	_, err := onprem.New(onprem.Config{BaseURL: s, Username: "admin", Password: "checked when it is used"})
	return err
}

// deploymentAttributes are what the registration has of a deployment. All of it is
// write-only, so that nothing of a deployment that is gone stays in the state.
func deploymentAttributes() map[string]schema.Attribute {
	text := func(about string, rules ...validator.String) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, WriteOnly: true, MarkdownDescription: about, Validators: rules}
	}
	required := func(a schema.StringAttribute) schema.StringAttribute {
		a.Optional, a.Required = false, true
		return a
	}
	secret := func(a schema.StringAttribute) schema.StringAttribute {
		a.Sensitive = true
		return a
	}
	return map[string]schema.Attribute{
		"base_url":        required(text(aboutBaseURL, tf.Valid("Invalid base URL", "an https URL", baseURL))),
		"username":        required(text(aboutUsername, tf.NotEmpty("user name"))),
		"password":        secret(text(aboutPassword, tf.NotEmpty("password"))),
		"ca_certificate":  text(aboutCA, tf.Valid("Invalid CA certificate", "PEM certificates", onprem.CheckCA)),
		"insecure":        schema.BoolAttribute{Optional: true, WriteOnly: true, MarkdownDescription: aboutInsecure},
		"backup_password": secret(text(aboutBackup, tf.NotEmpty("backup password"))),
	}
}
