package phone

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/onprem"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

type backup struct {
	tf.Ephemeral[backupModel]
}

var (
	_ ephemeral.EphemeralResourceWithConfigure = (*backup)(nil)
	_ ephemeral.EphemeralResourceWithClose     = (*backup)(nil)
)

// NewBackup returns the whatsapp_on_premises_backup ephemeral resource.
func NewBackup() ephemeral.EphemeralResource {
	b := new(backup)
	b.Define("on_premises_backup", tf.Opening[backupModel]{Noun: "On-Premises backup", Open: b.take})
	return b
}

// backupModel is a backup and the deployment that it was taken from.
type backupModel struct {
	deploymentModel
	Data types.String `tfsdk:"data"`
	WAID types.String `tfsdk:"wa_id"`
}

// Schema is the docs page of the ephemeral resource.
func (b *backup) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	text := func(about string, rules ...validator.String) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, MarkdownDescription: about, Validators: rules}
	}
	required := func(about string, rule validator.String) schema.StringAttribute {
		return schema.StringAttribute{Required: true, MarkdownDescription: about, Validators: []validator.String{rule}}
	}
	password := text(aboutPassword, tf.NotEmpty("password"))
	password.Sensitive = true
	backupPassword := text(aboutBackup, tf.NotEmpty("backup password"))
	backupPassword.Sensitive, backupPassword.Computed = true, true
	resp.Schema = schema.Schema{
		MarkdownDescription: "Takes a backup of an On-Premises deployment, for whoever puts it into a vault before the number moves. It is in no plan and no state. " +
			"To move a number in the same apply, use `on_premises` of `whatsapp_phone_registration` instead: it also checks that the deployment serves that number, and its backup is as fresh as can be.",
		Attributes: map[string]schema.Attribute{
			"base_url":        required(aboutBaseURL, tf.Valid("Invalid base URL", "an https URL", baseURL)),
			"username":        required(aboutUsername, tf.NotEmpty("user name")),
			"password":        password,
			"ca_certificate":  text(aboutCA, tf.Valid("Invalid CA certificate", "PEM certificates", onprem.CheckCA)),
			"insecure":        schema.BoolAttribute{Optional: true, MarkdownDescription: aboutInsecure},
			"backup_password": backupPassword,
			"data": schema.StringAttribute{
				Computed: true, Sensitive: true,
				MarkdownDescription: "The backup, for `backup_wo.data` of `whatsapp_phone_registration`.",
			},
			"wa_id": schema.StringAttribute{
				Computed:            true,
				MarkdownDescription: "The number that the deployment is registered with, digits only.",
			},
		},
	}
}

// take logs in, takes the backup, and says how to log out.
func (b *backup) take(ctx context.Context, m *backupModel) (func(context.Context) error, error) {
	if m.Insecure.ValueBool() {
		tf.Warn(ctx, insecure(m.BaseURL.ValueString()).summary, insecure(m.BaseURL.ValueString()).detail)
	}
	from, err := enter(ctx, b.Clients, m.deploymentModel)
	if err != nil {
		return nil, err
	}
	if err := b.fill(ctx, from, m); err != nil {
		from.leave(ctx)
		return nil, err
	}
	return from.Logout, nil
}

// fill completes the model from a deployment.
func (b *backup) fill(ctx context.Context, from *deployment, m *backupModel) error {
	application, err := from.Application(ctx)
	if err != nil {
		return tf.During("read the settings of the On-Premises deployment "+from.baseURL, err)
	}
	password := m.backupPassword()
	data, err := from.Backup(ctx, password)
	if err != nil {
		return tf.During("take a backup at the On-Premises deployment "+from.baseURL, err)
	}
	m.Data, m.WAID, m.BackupPassword = types.StringValue(data), types.StringValue(application.WAID), types.StringValue(password)
	return nil
}
