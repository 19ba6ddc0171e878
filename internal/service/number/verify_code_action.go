package number

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

type verifyCode struct {
	tf.Action[verifyCodeModel]
}

var _ action.ActionWithConfigure = (*verifyCode)(nil)

// NewVerifyCode returns the whatsapp_verify_code action.
func NewVerifyCode() action.Action {
	a := new(verifyCode)
	a.Define("verify_code", tf.Doing[verifyCodeModel]{
		Noun: "verification", Do: a.do,
		Writes: func(m verifyCodeModel) string { return "phone number " + m.PhoneNumberID.ValueString() },
		Blame:  blameNumber,
	})
	return a
}

// verifyCodeModel is the configuration of the action.
type verifyCodeModel struct {
	PhoneNumberID types.String `tfsdk:"phone_number_id"`
	Code          types.String `tfsdk:"code"`
}

// Schema is the docs page of the action.
func (a *verifyCode) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Hands in the code that was sent to a phone number, which verifies that the number is yours. " +
			"A number that is verified already stays so. Terraform stores nothing of an action.",
		Attributes: map[string]schema.Attribute{
			"phone_number_id": numberAttribute(),
			"code": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "The code: six digits in quotes, without the hyphen. It is good once and for about ten minutes. " +
					"Give it through a variable that is `ephemeral` or at least `sensitive`, so that Terraform shows it nowhere.",
				Validators: []validator.String{tf.Valid("Invalid code", "exactly six digits", wa.Code)},
			},
		},
	}
}

// do hands the code in, once. Where the answer is lost, the number tells.
func (a *verifyCode) do(ctx context.Context, m verifyCodeModel, say func(string)) error {
	number := &graph.Phone{ID: graph.PhoneID(m.PhoneNumberID.ValueString())}
	err := a.Graph.Phones.VerifyCode(ctx, number.ID, m.Code.ValueString())
	switch {
	case err == nil, graph.IsAlreadyVerified(err):
	case api.OutcomeOf(err) == api.Unclear:
		if err := findOutVerified(ctx, a.Graph, number, "code", err); err != nil {
			return err
		}
	case api.IsKind(err, api.Invalid):
		return notAccepted(ctx, "code", number, err)
	default:
		return tf.During(fmt.Sprintf("hand in the code for phone number id %s", number.ID), err)
	}
	say(fmt.Sprintf("Phone number id %s is verified.", number.ID))
	return nil
}
