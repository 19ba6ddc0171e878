package phone

import (
	"fmt"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

// Values of the API that decisions hang on. All others are passed on as they come.
const (
	expired   = "EXPIRED"
	cloud     = "CLOUD_API"
	onPremise = "ON_PREMISE"
	banned    = "BANNED"
	approved  = "APPROVED"
)

// warning is what a plan or an apply says without failing. The zero value says
// nothing.
type warning struct{ summary, detail string }

// named is how texts speak of a number.
func named(n *graph.Phone) string {
	if n.DisplayPhoneNumber == "" {
		return fmt.Sprintf("phone number id %s", n.ID)
	}
	return fmt.Sprintf("phone number %s (id %s)", n.DisplayPhoneNumber, n.ID)
}

// short is how summaries speak of a number. They name it because Terraform shows
// only the first of several warnings with the same summary.
func short(n *graph.Phone) string {
	if n.DisplayPhoneNumber == "" {
		return string(n.ID)
	}
	return n.DisplayPhoneNumber
}

// upper starts a sentence.
func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// unverified reports whether Meta says that the ownership of the number was
// never verified. EXPIRED is not among them: healthy numbers show it, and only
// a registration finds out whether a new code is needed.
func unverified(n *graph.Phone) bool {
	return n.CodeVerificationStatus == "NOT_VERIFIED" || n.CodeVerificationStatus == "UNVERIFIED"
}

// registrability is what speaks against registering a number that is not
// registered, as the plan says it. create turns the two that cannot work into
// errors, see unregistrable.
func registrability(m registrationModel, n *graph.Phone) warning {
	if bad := unregistrable(m, n); bad.summary != "" {
		bad.detail += " Unless that changes before the apply, the registration will be refused without spending an attempt."
		return bad
	}
	switch {
	case n.PlatformType == onPremise && !m.hasBackup():
		return warning{
			short(n) + " loses its On-Premises profile",
			upper(named(n)) + " is still on the On-Premises API. Registering it without a backup shuts that deployment down and loses the profile data of the number. " +
				"To keep them, set on_premises, which takes a backup there, or hand one over in backup_wo (or backup).",
		}
	case n.CodeVerificationStatus == expired && !m.hasBackup():
		return warning{
			"The verification of " + short(n) + " has expired",
			upper(named(n)) + " was verified a long time ago. Meta may ask for a new code (error 133006), which spends one of the ten attempts in 72 hours. " +
				"To be sure, verify the number before the apply.",
		}
	}
	return warning{}
}

// unregistrable is why a number that is not on the Cloud API cannot be registered.
func unregistrable(m registrationModel, n *graph.Phone) warning {
	switch {
	case n.Live() && n.PlatformType != cloud:
		return warning{
			short(n) + " is on a platform that this provider does not know",
			"Meta says that " + named(n) + " is on " + n.PlatformType + " (status " + n.Status + "). Whether it has to be registered there is not known, so it is neither registered nor adopted. " +
				"Look for a newer version of the provider. To manage the number as it is, import it.",
		}
	case n.IsOnBizApp != nil && *n.IsOnBizApp:
		return warning{
			short(n) + " is in use with the WhatsApp Business app",
			upper(named(n)) + " is in use with the WhatsApp Business app and cannot be registered. Connect it through Embedded Signup, which keeps the app working, or delete the account in the app first.",
		}
	case unverified(n) && !m.hasBackup():
		return warning{
			"The ownership of " + short(n) + " is not verified",
			upper(named(n)) + " has the verification status " + n.CodeVerificationStatus + ", and Meta registers verified numbers only. " +
				"Request a code by SMS or voice call with whatsapp_phone_verification, in WhatsApp Manager or with POST /{phone-number-id}/request_code, hand it in the same way, and run terraform apply again.",
		}
	}
	return warning{}
}

// adoption is what happens to a number that is registered already.
func adoption(m registrationModel, n *graph.Phone) warning {
	detail := upper(named(n)) + " is registered on the Cloud API (status " + n.Status + "). It is adopted as it is: no registration is spent, and its two-step verification PIN is set to the configured one."
	if m.hasBackup() {
		detail += " The backup is not used."
	}
	if n.IsOnBizApp != nil && *n.IsOnBizApp {
		detail += " The number is also in use with the WhatsApp Business app: it can be neither registered again nor deregistered through the API. Set deregister_on_destroy = false."
	}
	return warning{short(n) + " is registered already and is adopted", detail}
}

// waitingName is that an approved display name is not in force yet.
func waitingName(n *graph.Phone) warning {
	if n.NewDisplayName == "" || n.NewNameStatus != approved {
		return warning{}
	}
	return warning{
		"An approved display name of " + short(n) + " waits for a registration",
		fmt.Sprintf("Meta approved the display name %q for %s, but %q stays in force until the number is registered again, which must happen within 14 days of the approval. "+
			"Add or change an entry of triggers to register it again.", n.NewDisplayName, named(n), n.VerifiedName),
	}
}

// goingDark is what a deregistration means.
func goingDark(n *graph.Phone) warning {
	w := warning{
		short(n) + " is live and will go dark",
		upper(named(n)) + " (status " + n.Status + ") will be deregistered: it can neither send nor receive until it is registered again. " +
			"To take it out of Terraform and leave it live, set deregister_on_destroy = false and apply that first.",
	}
	if n.IsOnBizApp != nil && *n.IsOnBizApp {
		w.detail = upper(named(n)) + " is in use with the WhatsApp Business app and cannot be deregistered through the API, so the destroy will fail. " +
			"Set deregister_on_destroy = false and apply that first, or disconnect the number in the app."
	}
	return w
}

// again is that a number which is registered will be registered once more.
func again(n *graph.Phone) warning {
	return warning{
		short(n) + " is registered again",
		"The triggers of " + named(n) + " changed. Registering it again spends one of its ten attempts in 72 hours; the number stays live meanwhile.",
	}
}

// stayingLive is what destroying a registration means that is to stay.
func stayingLive(n *graph.Phone) warning {
	return warning{
		short(n) + " stays registered",
		"Terraform forgets " + named(n) + " and, as deregister_on_destroy = false says, leaves it on the Cloud API. Nothing changes for those who write to it.",
	}
}

// unknownRegion is that Meta does not document a region.
func unknownRegion(s string) warning {
	if known, err := wa.Region(s); known || err != nil {
		return warning{}
	}
	return warning{
		"The data localization region " + s + " is not a documented one",
		s + " is not among " + regions() + ". It is sent as it is, and the API decides.",
	}
}

// regions lists the documented storage regions.
func regions() string { return "`" + strings.Join(wa.Regions(), "`, `") + "`" }
