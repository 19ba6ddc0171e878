package number

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// Values of the API that decisions hang on. All others are passed on as they come.
const (
	verified      = "VERIFIED"
	expired       = "EXPIRED"
	pendingReview = "PENDING_REVIEW"
)

// lost reports whether a display name will not come into force any more.
func lost(status string) bool {
	return slices.Contains([]string{"DECLINED", "REJECTED", expired}, status)
}

// warning is what a plan or an apply says without failing.
type warning struct{ summary, detail string }

// named is how texts speak of a number.
func named(n *graph.Phone) string {
	if n.DisplayPhoneNumber == "" {
		return fmt.Sprintf("phone number id %s", n.ID)
	}
	return fmt.Sprintf("phone number %s (id %s)", n.DisplayPhoneNumber, n.ID)
}

// short is how summaries speak of a number.
func short(n *graph.Phone) string {
	if n.DisplayPhoneNumber == "" {
		return "Phone number id " + string(n.ID)
	}
	return n.DisplayPhoneNumber
}

// upper starts a sentence.
func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// sayName warns of a display name that Meta does not want, as long as it is configured.
func sayName(ctx context.Context, wanted string, n *graph.Phone) {
	const again = " Nothing is submitted again by itself. Change display_name to a name that follows Meta's guidelines for display names; " +
		"to submit the same one once more, replace the resource (terraform apply -replace), which leaves the number alone."
	status := ""
	switch {
	case n.NewDisplayName == wanted && lost(n.NewNameStatus):
		status = n.NewNameStatus
	case n.NewDisplayName != wanted && n.VerifiedName == wanted && lost(n.NameStatus):
		status = n.NameStatus
	case n.NewDisplayName != wanted && n.VerifiedName != wanted && n.VerifiedName != "":
		tf.Warn(ctx, "The display name of "+short(n)+" is neither in force nor under review",
			fmt.Sprintf("%s goes by %q. Meta does not show the configured name %q any more, which is how a declined one ends.%s", upper(named(n)), n.VerifiedName, wanted, again))
		return
	default:
		return
	}
	tf.Warn(ctx, fmt.Sprintf("The display name of %s was not approved: %s", short(n), status),
		fmt.Sprintf("Meta's review of the display name %q for %s says %s. %q is in force. WhatsApp Manager may show the reason.%s", wanted, named(n), status, n.VerifiedName, again))
}

// confirmGone decides what "not found" means. The API answers it for a number that was
// deleted and for one that the token may no longer see; only the list of the number's
// account tells one from the other.
func confirmGone(ctx context.Context, c *tf.Clients, account graph.AccountID, id graph.PhoneID, notFound error) error {
	hidden := func(why string) error {
		return &tf.Problem{
			Attribute: "phone_number_id",
			Summary:   fmt.Sprintf("Phone number id %s cannot be seen any more", id),
			Detail:    tf.Explain(ctx, notFound) + "\n\n" + why + " The resource stays in the state. If the number is really gone, remove it with terraform state rm.",
		}
	}
	if account == "" {
		return hidden("Its account is not known, so it cannot be told whether the number was deleted or only the permission was lost.")
	}
	listed, err := c.Graph.Phones.On(ctx, account, id)
	switch {
	case err != nil:
		return hidden("The numbers of account " + string(account) + " cannot be listed either, so this looks like a lost permission: " + tf.Explain(ctx, err))
	case listed:
		return hidden("Account " + string(account) + " still lists the number, so it exists and the access token may not read it.")
	}
	return tf.Gone(fmt.Sprintf("Phone number id %s no longer exists", id),
		fmt.Sprintf("Phone number id %s cannot be read, and account %s does not list it: it was deleted or moved to another account. It is removed from the state.", id, account))
}
