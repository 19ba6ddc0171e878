package tf

import (
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

const newToken = "Use another access token. For automation take one of a system user, which can be made to never expire. Trying again with this one will not help."

const grant = "Check that the token has the permissions whatsapp_business_management and whatsapp_business_messaging, and that its system user is assigned to the WhatsApp Business account with full control. Trying again will not help before that."

const wait = "Run terraform apply again later. Nothing was changed by this call."

// byCode are the remedies for what the API documents. Each is an instruction
// that the reader can carry out, and says whether trying again is safe.
var byCode = map[int]string{
	0:      newToken,
	102:    newToken,
	104:    "Check app_secret: it must belong to the app that the access token was made for. Trying again will not help.",
	190:    newToken,
	3:      grant,
	10:     grant,
	200:    grant + " If the terms of the WhatsApp Business Cloud API were not accepted for the account yet, accept them in WhatsApp Manager.",
	4:      "The app has used up its hourly allowance of calls. " + wait,
	17:     "The user of this token has used up the hourly allowance of calls. " + wait,
	613:    "Too many calls in a short time. Wait at least 15 minutes. " + wait,
	80007:  "The WhatsApp Business account has used up its hourly allowance of calls. " + wait,
	80008:  "The WhatsApp Business account has used up its hourly allowance of calls. " + wait,
	368:    "Meta blocks the account for a while because of a policy violation. See Business Support Home; trying again will not help.",
	33:     "The phone number was deleted, or phone_number_id is not the id of a phone number. Compare it with WhatsApp Manager > Phone numbers.",
	131000: "Meta's servers failed. Look at the number in WhatsApp Manager, then run terraform apply again: it reads the number first and does not register one that is registered.",
	131005: grant,
	131016: "Meta's servers are busy. " + wait,
	131031: "The account is restricted or locked, or data that was sent (the PIN, for example) did not match. See Business Support Home, and check the PIN before you run terraform apply again: wrong PINs are counted.",
	133000: "An earlier deregistration did not finish. Deregister the number once more with a POST to /{phone-number-id}/deregister, then run terraform apply again. Both calls count towards the ten that a number has in 72 hours.",
	133004: "Meta's servers are busy. " + wait,
	133005: "The number has another two-step verification PIN. Find the right one, or reset it in WhatsApp Manager > Phone numbers > Settings > Two-step verification, and correct the configuration before you run terraform apply again. Do not try PINs: this call was one of the ten that a number has in 72 hours, and after a few wrong PINs it is locked.",
	133006: "The ownership of the number must be verified (again): request a code by SMS or voice call in WhatsApp Manager or with /{phone-number-id}/request_code, confirm it with /verify_code, then run terraform apply again.",
	133008: "Too many wrong PINs. Wait for as long as Meta says above, find the right PIN, and only then run terraform apply again.",
	133009: "PINs were tried too fast. Wait for as long as Meta says above, find the right PIN, and only then run terraform apply again.",
	133010: "The number is not registered on the Cloud API. Run terraform plan: it shows what is there and what would be done.",
	133015: "The number was deleted a moment ago and Meta has not finished. Wait five minutes, then run terraform apply again.",
	133016: "The number has used up its ten calls of register and deregister in 72 hours and is blocked for the next 72. Only waiting helps; nothing is lost. The provider did not and will not try again by itself.",
}

// bySubcode are remedies for code 100, which says nothing by itself.
var bySubcode = map[int]string{
	33:      "Either the id is wrong, or the access token may not see this object: Meta answers both the same way. Compare phone_number_id with WhatsApp Manager > Phone numbers (it is not the phone number itself), and check that the token's system user is assigned to the account.",
	2388092: "The PIN must be six digits, and not an easily guessed one such as 123456.",
}

// byKind are the remedies where the code is not known better.
var byKind = map[api.Kind]string{
	api.Expired:     newToken,
	api.Denied:      grant,
	api.Throttled:   wait,
	api.Unavailable: "The WhatsApp API could not be reached or is busy. Check the connection and " + statusPage + ", then run terraform apply again: it reads the number first.",
}

const statusPage = "https://metastatus.com/whatsapp-business-api"

// remedy is what the reader can do about an error, "" where nobody knows.
func remedy(e *api.Error) string {
	if text := bySubcode[e.Subcode]; e.Code == 100 && text != "" {
		return text
	}
	if e.Code > 200 && e.Code < 300 {
		return grant
	}
	if text := byCode[e.Code]; text != "" && (e.Code != 0 || e.Kind == api.Expired) {
		return text
	}
	return byKind[e.Kind]
}
