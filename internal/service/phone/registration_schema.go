package phone

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/objectvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

// Schema is the docs page of the resource.
func (r *registration) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Registers a phone number on the WhatsApp Cloud API, so that it can send and receive messages, and keeps it registered. " +
			"A number that is registered already is adopted and not registered again. " +
			"Meta allows ten registrations and deregistrations per number in 72 hours; the provider spends one for each that your plan asks for, and never more.",
		Attributes: map[string]schema.Attribute{
			"phone_number_id": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "The id of the phone number: digits only, as WhatsApp Manager shows it below the number. " +
					"It is not the phone number itself. Changing it replaces the registration: the old number is deregistered, the new one registered.",
				Validators:    []validator.String{tf.Valid("Invalid phone number id", "digits only", wa.PhoneNumberID)},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"pin": schema.StringAttribute{
				Optional:  true,
				Sensitive: true,
				MarkdownDescription: "The PIN for two-step verification: exactly six digits, in quotes, so that leading zeros are kept. " +
					"If the number has a PIN, it must be that one; otherwise it becomes the PIN. " +
					"Changing it sets the PIN of the number in place, without a registration. " +
					"It is kept in the state, so prefer `pin_wo` where Terraform has it. A number that Terraform creates needs one of the two.",
				Validators: []validator.String{
					tf.Valid("Invalid PIN", "exactly six digits", wa.PIN),
					stringvalidator.ConflictsWith(path.MatchRoot("pin_wo")),
				},
			},
			"pin_wo": schema.StringAttribute{
				Optional:  true,
				Sensitive: true,
				WriteOnly: true,
				MarkdownDescription: "The same as `pin`, but never stored in plan or state. Needs Terraform 1.11 or later. " +
					"Since nothing is stored, Terraform cannot see a change of it: raise `pin_wo_version` to have it sent again.",
				Validators: []validator.String{
					tf.Valid("Invalid PIN", "exactly six digits", wa.PIN),
					stringvalidator.AlsoRequires(path.MatchRoot("pin_wo_version")),
				},
			},
			"pin_wo_version": schema.Int64Attribute{
				Optional:            true,
				MarkdownDescription: "A number of your own that belongs to `pin_wo`. Any change of it sets the PIN of the number again, in place and without a registration.",
				Validators:          []validator.Int64{int64validator.AlsoRequires(path.MatchRoot("pin_wo"))},
			},
			"backup": schema.SingleNestedAttribute{
				Optional: true,
				MarkdownDescription: "The backup of the On-Premises API client, for a number that leaves it. Sent with the registration, unmodified. " +
					"Without it the profile data of such a number are lost. Only a registration that creates the resource uses it; changing or removing it later makes no call. " +
					"It is kept in the state, so prefer `backup_wo` where Terraform has it.",
				Attributes: backupAttributes(false),
				Validators: []validator.Object{objectvalidator.ConflictsWith(path.MatchRoot("backup_wo"), path.MatchRoot("on_premises"))},
			},
			"backup_wo": schema.SingleNestedAttribute{
				Optional:            true,
				WriteOnly:           true,
				MarkdownDescription: "The same as `backup`, but never stored in plan or state. Needs Terraform 1.11 or later.",
				Attributes:          backupAttributes(true),
				Validators:          []validator.Object{objectvalidator.ConflictsWith(path.MatchRoot("on_premises"))},
			},
			"on_premises": onPremisesAttribute(),
			"business_account_id": schema.StringAttribute{
				Optional: true,
				Computed: true,
				MarkdownDescription: "The id of the WhatsApp Business account that the number belongs to. Learnt from the API when absent. " +
					"If it is given, a number that is not on that account is an error. A change of it makes no call.",
				Validators:    []validator.String{tf.Valid("Invalid business account id", "digits only", wa.AccountID)},
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
			},
			"data_localization_region": schema.StringAttribute{
				Optional: true,
				Computed: true,
				MarkdownDescription: "The country in which message data are stored at rest, as an ISO 3166-1 code: " + regions() + "; `DE` stands for the European Union. Others are sent with a warning. " +
					"It can only be set while the number is not registered, so changing it replaces the registration: the number is deregistered, set and registered again, and is down for some minutes. " +
					"Removing it from the configuration changes nothing.",
				Validators:    []validator.String{tf.Valid("Invalid data localization region", "an ISO 3166-1 country code", region)},
				PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()}, // ModifyPlan knows when it replaces
			},
			"triggers": schema.MapAttribute{
				Optional:    true,
				ElementType: types.StringType,
				MarkdownDescription: "Any values of your own. A change of them registers the number again, in place and with the configured PIN, which is how Meta puts an approved display name into force. " +
					"It spends one of the ten attempts in 72 hours.",
			},
			"deregister_on_destroy": schema.BoolAttribute{
				Optional: true,
				Computed: true,
				Default:  booldefault.StaticBool(true),
				MarkdownDescription: "Whether destroying the resource deregisters the number, which takes it off the Cloud API at once. " +
					"With `false`, destroying forgets the number and leaves it live. Default: `true`. A change must be applied before the destroy that it is meant for.",
			},
			"timeouts":             tf.Timeouts(ctx),
			"id":                   computed("The same as `phone_number_id`.", stringplanmodifier.UseStateForUnknown()),
			"display_phone_number": computed("The phone number as people write it, such as `+1 555-010-0123`.", stringplanmodifier.UseStateForUnknown()),
			"verified_name":        computed("The display name in force."),
			"status":               computed("The status of the number: `CONNECTED` when all is well; `PENDING`, `FLAGGED`, `RESTRICTED`, `RATE_LIMITED`, `BANNED` and others that Meta adds."),
			"platform_type":        computed("Where the number lives: `CLOUD_API` as long as it is registered."),
		},
	}
}

// backupAttributes are the two halves of a backup.
func backupAttributes(writeOnly bool) map[string]schema.Attribute {
	half := func(about string) schema.Attribute {
		return schema.StringAttribute{
			Required:            true,
			Sensitive:           true,
			WriteOnly:           writeOnly,
			MarkdownDescription: about,
			Validators:          []validator.String{tf.NotEmpty("backup value")},
		}
	}
	return map[string]schema.Attribute{
		"data":     half("The value `settings.data` that the On-Premises API answered to the backup."),
		"password": half("The password that the backup was made with."),
	}
}

// onPremisesAttribute is the deployment that a number leaves.
func onPremisesAttribute() schema.Attribute {
	attributes := deploymentAttributes()
	attributes["reset_pin"] = schema.BoolAttribute{
		Optional: true, WriteOnly: true,
		MarkdownDescription: "Whether to set the two-step verification PIN of the deployment to the configured one before the backup, by switching it off and on again. Then the PIN cannot be wrong, which would take the deployment down and leave the number nowhere. Default: `false`.",
	}
	return schema.SingleNestedAttribute{
		Optional: true, WriteOnly: true,
		MarkdownDescription: "The On-Premises deployment that the number leaves. Creating the resource logs in there, checks that it is connected and serves this number, takes a backup, registers with it, and logs out; nothing of it is stored. " +
			"Only the registration that creates the resource uses it: remove it afterwards, or leave it, without a change. Needs Terraform 1.11 or later; before that, use `backup`.",
		Attributes: attributes,
	}
}

// computed is a text that only the API sets.
func computed(about string, modifiers ...planmodifier.String) schema.Attribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: about, PlanModifiers: modifiers}
}

// region is the rule for data_localization_region. Which regions there are is for
// the API to say; planning warns of one that we do not know.
func region(s string) error {
	_, err := wa.Region(s)
	return err
}
