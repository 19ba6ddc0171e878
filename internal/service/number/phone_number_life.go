package number

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

// read tells what has become of the number and of its name.
func (r *phoneNumber) read(ctx context.Context, m *phoneNumberModel) error {
	if m.ID.IsNull() { // ImportState sets the number's id and nothing else of it
		return r.readImported(ctx, m)
	}
	number, err := r.Graph.Phones.Find(ctx, m.account(), m.phone())
	switch {
	case api.IsKind(err, api.NotFound):
		return confirmGone(ctx, r.Clients, m.account(), m.phone(), err)
	case err != nil:
		return tf.During(fmt.Sprintf("read phone number id %s", m.phone()), err)
	}
	m.followAccount(ctx, number)
	m.followName(number)
	m.fromAPI(number)
	sayName(ctx, m.DisplayName.ValueString(), number)
	return nil
}

// followAccount takes over another account that the number is on.
func (m *phoneNumberModel) followAccount(ctx context.Context, n *graph.Phone) {
	from, to := m.account(), n.AccountID()
	if to == "" || from == to {
		return
	}
	tf.Warn(ctx, short(n)+" moved to another WhatsApp Business account",
		fmt.Sprintf("%s was on account %s and is on account %s now. Correct business_account_id: otherwise the plan adds the number to the old account, which Meta refuses.", upper(named(n)), from, to))
	m.BusinessAccountID = tf.Text(string(to))
}

// followName decides whether somebody has changed the display name elsewhere. What was
// asked for stays in the state while it is in force or under review, and also when Meta
// has declined and dropped it: to ask for it once more with each apply would not help.
// Only a name that was not there before is a change.
func (m *phoneNumberModel) followName(n *graph.Phone) {
	wanted := m.DisplayName.ValueString()
	switch {
	case n.VerifiedName == wanted, n.NewDisplayName == wanted:
	case n.NewDisplayName != "" && n.NewDisplayName != m.PendingDisplayName.ValueString():
		m.DisplayName = types.StringValue(n.NewDisplayName)
	case n.VerifiedName != "" && tf.Given(m.VerifiedName) && n.VerifiedName != m.VerifiedName.ValueString():
		m.DisplayName = types.StringValue(n.VerifiedName)
	}
}

// numberFields are what an import reads.
var numberFields = graph.Fields{
	Required: graph.LookFields.Required,
	Optional: append([]string{"country_dial_code"}, graph.LookFields.Optional...),
}

// readImported is the first read of a number that was not made by Terraform.
func (r *phoneNumber) readImported(ctx context.Context, m *phoneNumberModel) error {
	number, err := r.Graph.Phones.Get(ctx, m.phone(), numberFields)
	if err != nil {
		return tf.During(fmt.Sprintf("import phone number id %s", m.phone()), err)
	}
	if account := number.AccountID(); account != "" {
		m.BusinessAccountID = types.StringValue(string(account))
	}
	if m.account() == "" {
		return &tf.Problem{
			Summary: "The account of " + short(number) + " is not known",
			Detail:  fmt.Sprintf("The API does not say on which WhatsApp Business account %s is. Import it as {business-account-id}/+{number}.", named(number)),
		}
	}
	if !m.adoptAPI(number) {
		return &tf.Problem{
			Summary: "The country code of " + short(number) + " is not known",
			Detail:  "The API does not say where the country code of the number ends. Leave the import out: terraform apply adopts a number that is on the account already.",
		}
	}
	sayName(ctx, m.DisplayName.ValueString(), number)
	return nil
}

// adoptAPI makes of a number what a configuration that changes nothing would say of
// it, and reports whether its country code is known.
func (m *phoneNumberModel) adoptAPI(n *graph.Phone) bool {
	country, national := parts(n)
	m.CountryCode, m.PhoneNumber = tf.Text(country), tf.Text(national)
	m.fromAPI(n)
	m.DisplayName = m.VerifiedName
	if n.NewDisplayName != "" && !lost(n.NewNameStatus) {
		m.DisplayName = m.PendingDisplayName
	}
	return country != ""
}

var leadingCode = regexp.MustCompile(`^\+([1-9][0-9]{0,2})[^0-9]`)

// parts takes a number apart into its country code and the rest. Where the API does
// not say the code, its way of writing the number does: "+1 555-010-0123".
func parts(n *graph.Phone) (country, national string) {
	country = n.CountryDialCode
	if m := leadingCode.FindStringSubmatch(n.DisplayPhoneNumber); country == "" && m != nil {
		country = m[1]
	}
	national, ok := strings.CutPrefix(wa.Digits(n.DisplayPhoneNumber), country)
	if !ok || country == "" {
		return "", ""
	}
	return country, national
}

// update submits a changed display name. No other change makes a call.
func (r *phoneNumber) update(ctx context.Context, m *phoneNumberModel, prior phoneNumberModel) error {
	name := m.DisplayName.ValueString()
	if m.DisplayName.Equal(prior.DisplayName) || prior.inForce(name) {
		m.complete(prior)
		return nil
	}
	number, err := r.rename(ctx, prior.number(), name)
	if err != nil {
		return err
	}
	now := prior
	now.fromAPI(number)
	m.complete(now)
	return nil
}

// inForce reports whether a name is that of the number, with no other on its way.
func (m phoneNumberModel) inForce(name string) bool {
	return m.VerifiedName.ValueString() == name && (m.PendingDisplayName.IsNull() || lost(m.PendingNameStatus.ValueString()))
}

// number is what the state tells of the number.
func (m phoneNumberModel) number() *graph.Phone {
	return &graph.Phone{
		ID: m.phone(), DisplayPhoneNumber: m.DisplayPhoneNumber.ValueString(), VerifiedName: m.VerifiedName.ValueString(),
		NameStatus: m.NameStatus.ValueString(), CodeVerificationStatus: m.CodeVerificationStatus.ValueString(),
	}
}

// delete leaves the number where it is: the API has no call that takes it away. The
// plan has said so.
func (r *phoneNumber) delete(context.Context, phoneNumberModel) error { return nil }

// ImportState takes a phone number id, from the command, an import block or an identity,
// or the number itself with the account that lists it.
func (r *phoneNumber) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id, diags := tf.ImportedID(ctx, req, "phone_number_id")
	resp.Diagnostics.Append(diags...)
	if account, dialled, ok := strings.Cut(id, "/"); ok {
		found, err := r.importedID(ctx, graph.AccountID(account), dialled)
		if err != nil {
			resp.Diagnostics.Append(tf.Diagnose(ctx, "Could not import the phone number", path.Empty(), err)...)
			return
		}
		id = string(found)
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("business_account_id"), account)...)
	}
	setImported(ctx, id, resp)
}

// importedID looks for a number on an account.
func (r *phoneNumber) importedID(ctx context.Context, account graph.AccountID, dialled string) (graph.PhoneID, error) {
	invalid := func(why string) error { return &tf.Problem{Summary: "Invalid import id", Detail: why} }
	if err := wa.AccountID(string(account)); err != nil {
		return "", invalid(tf.Sentence(err))
	}
	digits := wa.Digits(dialled)
	switch {
	case !strings.HasPrefix(dialled, "+") || digits == "":
		return "", invalid(fmt.Sprintf("After the account, write the whole number with a plus and its country code, such as %s/+15550100123.", account))
	case !r.Ready():
		return "", invalid("The provider is not fully configured, so the number cannot be looked for. Import by phone number id.")
	}
	id, err := r.Graph.Phones.Numbered(ctx, account, digits)
	if err != nil {
		return "", tf.During("list the numbers of WhatsApp Business account "+string(account), err)
	}
	if id == "" {
		return "", &tf.Problem{
			Summary: "+" + digits + " is not on WhatsApp Business account " + string(account),
			Detail:  "The account does not list the number. Check both; to have the number added, leave the import out.",
		}
	}
	return id, nil
}

// setImported hands an id over to the read that follows an import.
func setImported(ctx context.Context, id string, resp *resource.ImportStateResponse) {
	if err := wa.PhoneNumberID(id); err != nil && !resp.Diagnostics.HasError() {
		resp.Diagnostics.AddError("Invalid phone number id", tf.Sentence(err))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("phone_number_id"), id)...)
	if resp.Identity != nil {
		resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("phone_number_id"), id)...)
	}
}
