package number

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

type requestCode struct {
	tf.Action[requestCodeModel]
}

var _ action.ActionWithConfigure = (*requestCode)(nil)

// NewRequestCode returns the whatsapp_request_code action.
func NewRequestCode() action.Action {
	a := new(requestCode)
	a.Define("request_code", tf.Doing[requestCodeModel]{
		Noun: "request of a code", Do: a.do,
		Writes: func(m requestCodeModel) string { return "phone number " + m.PhoneNumberID.ValueString() },
		Blame:  blameNumber,
	})
	return a
}

// requestCodeModel is the configuration of the action.
type requestCodeModel struct {
	PhoneNumberID types.String `tfsdk:"phone_number_id"`
	Method        types.String `tfsdk:"method"`
	Language      types.String `tfsdk:"language"`
}

// Schema is the docs page of the action.
func (a *requestCode) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Has a code sent to a phone number, with which its owner shows that it is theirs; `whatsapp_verify_code` hands it in. " +
			"Each invocation sends one code, and a number that is verified already gets none. Meta locks a number for a time when too many are sent.",
		Attributes: map[string]schema.Attribute{
			"phone_number_id": numberAttribute(),
			"method": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "How the code is sent: `SMS` or `VOICE`. Default: `SMS`.",
				Validators:          []validator.String{stringvalidator.OneOf(methods...)},
			},
			"language": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "The language of the message or call, with its country, such as `en_US` or `de_DE`. Default: `en_US`.",
				Validators:          []validator.String{tf.Valid("Invalid language", "a language and a country, such as en_US", wa.Language)},
			},
		},
	}
}

// do has one code sent. Where the answer is lost, it counts as sent.
func (a *requestCode) do(ctx context.Context, m requestCodeModel, say func(string)) error {
	id, method, language := graph.PhoneID(m.PhoneNumberID.ValueString()), "SMS", "en_US"
	if tf.Given(m.Method) {
		method = m.Method.ValueString()
	}
	if tf.Given(m.Language) {
		language = m.Language.ValueString()
	}
	err := a.Graph.Phones.RequestCode(ctx, id, method, language)
	switch {
	case graph.IsAlreadyVerified(err):
		say(fmt.Sprintf("Phone number id %s is verified already; no code was sent.", id))
	case err == nil:
		say(fmt.Sprintf("A code was sent to phone number id %s by %s. Hand it in with whatsapp_verify_code within about ten minutes.", id, method))
	case api.OutcomeOf(err) == api.Unclear:
		tf.Warn(ctx, fmt.Sprintf("It is not known whether a code was sent to phone number id %s", id),
			tf.Explain(ctx, err)+"\n\nThe answer was lost, and nothing was repeated. If no code arrives within some minutes, invoke the action again.")
	default:
		return tf.During(fmt.Sprintf("have a code sent to phone number id %s", id), err)
	}
	return nil
}

// numberAttribute is the number that an action is about.
func numberAttribute() schema.Attribute {
	return schema.StringAttribute{
		Required:            true,
		MarkdownDescription: "The id of the phone number, digits only.",
		Validators:          []validator.String{tf.Valid("Invalid phone number id", "digits only", wa.PhoneNumberID)},
	}
}

// blameNumber names the attribute that an error of the API is about.
func blameNumber(err *api.Error) string {
	if err.Kind == api.NotFound {
		return "phone_number_id"
	}
	return ""
}
