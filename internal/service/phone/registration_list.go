package phone

import (
	"context"
	"fmt"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

type registrationList struct {
	tf.ListResource[registrationListModel, registrationModel]
}

var _ list.ListResourceWithConfigure = (*registrationList)(nil)

// NewRegistrationList returns the list resource of whatsapp_phone_registration.
func NewRegistrationList() list.ListResource {
	l := new(registrationList)
	l.Define("phone_registration", tf.Listing[registrationListModel, registrationModel]{Noun: "phone registrations", Walk: l.walk})
	return l
}

// registrationListModel says where to look, and for what.
type registrationListModel struct {
	BusinessAccountID types.String `tfsdk:"business_account_id"`
	BusinessID        types.String `tfsdk:"business_id"`
	RegisteredOnly    types.Bool   `tfsdk:"registered_only"`
}

// registrationIdentity is what tells one registration from another.
type registrationIdentity struct {
	PhoneNumberID types.String `tfsdk:"phone_number_id"`
}

// fromList is a registration as an import of the number would have it. The storage
// region is not among what an account lists; the import asks for it.
func (m registrationModel) fromList(n *graph.Phone, account graph.AccountID) registrationModel {
	m.PhoneNumberID = types.StringValue(string(n.ID))
	m.fromAPI(n)
	m.BusinessAccountID = tf.Text(string(account))
	m.Deregister = types.BoolValue(true)
	return m
}

// ListResourceConfigSchema is the docs page of the list resource.
func (l *registrationList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Lists phone numbers that are registered on the WhatsApp Cloud API, of one WhatsApp Business account or of all accounts that a business owns or shares. " +
			"It reads a hundred numbers with one call and changes nothing.",
		Attributes: map[string]schema.Attribute{
			"business_account_id": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "The id of the WhatsApp Business account whose numbers to list. Either this or `business_id`.",
				Validators: []validator.String{
					tf.Valid("Invalid business account id", "digits only", wa.AccountID),
					stringvalidator.ExactlyOneOf(path.MatchRoot("business_account_id"), path.MatchRoot("business_id")),
				},
			},
			"business_id": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "The id of a business portfolio: lists the numbers of all accounts that it owns, and then of those that its clients share with it. " +
					"Needs the permission `business_management`. An account that the access token may not see is left out, with a warning.",
				Validators: []validator.String{tf.Valid("Invalid business id", "digits only", wa.BusinessID)},
			},
			"registered_only": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether to list only numbers that are registered on the Cloud API, which are those that can be imported. " +
					"With `false`, the others are listed too, marked in their name. Default: `true`.",
			},
		},
	}
}

// listFields are what a listed registration is made of. The account is known, so that
// the health status, which tells it and costs Meta the most, is not asked for.
var listFields = graph.Fields{Required: []string{"id", "display_phone_number", "verified_name", "status", "platform_type"}}

// walk goes over the numbers of all accounts. One that two accounts list is listed
// once, with the first of them: it can be imported only once.
func (l *registrationList) walk(ctx context.Context, c registrationListModel, blank registrationModel) iter.Seq2[tf.Found[registrationModel], error] {
	return func(yield func(tf.Found[registrationModel], error) bool) {
		seen := map[graph.PhoneID]bool{}
		for at, err := range l.numbers(ctx, c) {
			if err != nil {
				yield(tf.Found[registrationModel]{}, err)
				return
			}
			if seen[at.number.ID] || !c.wants(at.number) {
				continue
			}
			seen[at.number.ID] = true
			state := blank.fromList(at.number, at.account)
			if !yield(tf.Found[registrationModel]{Name: label(at.number), Identity: registrationIdentity{state.PhoneNumberID}, State: state}, nil) {
				return
			}
		}
	}
}

// listed is a number and the account that lists it.
type listed struct {
	number  *graph.Phone
	account graph.AccountID
}

// numbers goes over what the accounts list. An account that was named must be
// listed; one of many that the token may not see leaves the others to be listed.
func (l *registrationList) numbers(ctx context.Context, c registrationListModel) iter.Seq2[listed, error] {
	return func(yield func(listed, error) bool) {
		for account, err := range l.accounts(ctx, c) {
			if err != nil {
				yield(listed{}, err)
				return
			}
			for number, err := range l.Graph.Accounts.Phones(ctx, account, listFields) {
				if err != nil && c.BusinessAccountID.IsNull() && (api.IsKind(err, api.NotFound) || api.IsKind(err, api.Denied)) {
					sayLeftOut(ctx, account, err)
					break
				}
				if !yield(listed{number, account}, unlistable(ctx, account, err)) || err != nil {
					return
				}
			}
		}
	}
}

// accounts goes over the accounts in which to look: the one that is named, or those of
// the business, its own first.
func (l *registrationList) accounts(ctx context.Context, c registrationListModel) iter.Seq2[graph.AccountID, error] {
	return func(yield func(graph.AccountID, error) bool) {
		if !c.BusinessAccountID.IsNull() {
			yield(graph.AccountID(c.BusinessAccountID.ValueString()), nil)
			return
		}
		business, seen := graph.BusinessID(c.BusinessID.ValueString()), map[graph.AccountID]bool{}
		for _, relation := range []graph.Relation{graph.Owned, graph.Clients} {
			for account, err := range l.Graph.Businesses.Accounts(ctx, business, relation, graph.Fields{Required: []string{"id"}}) {
				if err != nil {
					yield("", unlistableBusiness(ctx, business, err))
					return
				}
				if seen[account.ID] {
					continue
				}
				seen[account.ID] = true
				if !yield(account.ID, nil) {
					return
				}
			}
		}
	}
}

// unlistableBusiness says of which business it was that the accounts could not be listed.
func unlistableBusiness(ctx context.Context, business graph.BusinessID, err error) error {
	return &tf.Problem{
		Attribute: "business_id",
		Summary:   "Could not list the WhatsApp Business accounts of business " + string(business),
		Detail: tf.Explain(ctx, err) + "\n\nThe id must be that of a business portfolio, and the access token needs the permission business_management. " +
			"Without it, name the accounts in business_account_id, one list for each.",
	}
}

// sayLeftOut warns of an account whose numbers are missing.
func sayLeftOut(ctx context.Context, account graph.AccountID, err error) {
	tf.Warn(ctx, fmt.Sprintf("The numbers of WhatsApp Business account %s are left out", account), tf.Explain(ctx, err))
}

// unlistable says of which account it was that the numbers could not be listed.
func unlistable(ctx context.Context, account graph.AccountID, err error) error {
	if err == nil {
		return nil
	}
	p := &tf.Problem{
		Attribute: "business_account_id",
		Summary:   "Could not list the numbers of WhatsApp Business account " + string(account),
		Detail:    tf.Explain(ctx, err),
	}
	if api.IsKind(err, api.NotFound) || api.IsKind(err, api.Invalid) {
		p.Detail += "\n\nThe id must be that of a WhatsApp Business account. That of a phone number, a business portfolio or an app will not do."
	}
	return p
}

// wants reports whether a number is to be listed.
func (c registrationListModel) wants(n *graph.Phone) bool {
	return n.Live() || !c.RegisteredOnly.IsNull() && !c.RegisteredOnly.ValueBool()
}

// label is a number as people know it: "+1 555-010-0102 (Lucky Shrub)".
func label(n *graph.Phone) string {
	text := short(n)
	if n.VerifiedName != "" {
		text += " (" + n.VerifiedName + ")"
	}
	if !n.Live() {
		text += ", not registered"
	}
	return text
}
