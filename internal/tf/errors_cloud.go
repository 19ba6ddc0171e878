package tf

import "github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"

// The pages that the tables are taken from.
const (
	metaDocs = "https://developers.facebook.com/documentation/business-messaging/whatsapp/"
	graphAPI = "https://developers.facebook.com/docs/graph-api/"
)

var (
	errorCodes   = page{"Error codes", metaDocs + "support/error-codes"}
	registration = page{"Registering a number", metaDocs + "business-phone-numbers/registration"}
	moving       = page{"Moving numbers between accounts", metaDocs + "solution-providers/support/migrating-phone-numbers-among-solution-partners-programmatically"}
	handling     = page{"Handling errors of the Graph API", graphAPI + "guides/error-handling"}
	limits       = page{"Rate limits of the Graph API", graphAPI + "overview/rate-limiting"}
	openAPI      = page{"Meta's OpenAPI description", "https://github.com/facebook/openapi"}
	observed     = page{"answers of the API; no page has it", ""}
	legacy       = page{"earlier editions of Meta's pages; the present ones no longer have it", ""}
)

// What several entries say.
const (
	statusPage = "https://metastatus.com/whatsapp-business-api"

	newToken = "Use another access token, in access_token of the provider block or in WHATSAPP_ACCESS_TOKEN. For automation take one of a system user, which can be made to never expire."
	grant    = "Check that the token has the permissions whatsapp_business_management and whatsapp_business_messaging, and that its system user is assigned to the WhatsApp Business account with full control."

	quiet     = "Wait, and let nothing else call the API for the same app or account meanwhile: further calls prolong the block."
	compareID = "Compare phone_number_id with WhatsApp Manager > Phone numbers; it is not the phone number itself."
	appeal    = "See Business Support Home for the reason and for how to appeal."
	named     = "Correct the value that Meta's words above name."

	tryEndpoint = `Try it from outside your network with curl -i "URL?hub.mode=subscribe&hub.verify_token=TOKEN&hub.challenge=12345": the answer must have the status 200 and 12345 as its whole body. Meta waits a few seconds only, and a firewall or a service against bots in front of the endpoint may keep it out.`
)

// The verdicts that several entries share.
var (
	notWithThisToken = no("with this token")
	notBeforeGrant   = no("before the permission is there")
	onceAnHourPassed = later("in an hour")
	inSomeMinutes    = later("in some minutes")
	afterReading     = yes(looksFirst)
)

// cloud is what is known of the errors of the Cloud API and of the Graph API that
// it is a part of. Not in it is what only calls can answer that the provider does
// not make: sending, templates, flows, calling, user names.
var cloud = newBook(cloudKinds, tokenErrors, permissionErrors, limitErrors, serverErrors,
	requestErrors, registrationErrors, movingErrors, webhookErrors)

var tokenErrors = subject{"The access token", "", []advice{
	{
		codes: []int{0}, title: "Failed authentication",
		cause:  "Meta could not authenticate the access token: as a rule it has expired or was withdrawn.",
		remedy: newToken, again: notWithThisToken, blame: "access_token", source: errorCodes,
	},
	{
		codes: []int{190}, title: "Invalid access token",
		cause:  "The access token is not valid, or no longer.",
		remedy: newToken + " If the path in the last line begins with {app-id}, the call was made with app_id and app_secret instead: check these.",
		again:  notWithThisToken, blame: "access_token", source: errorCodes,
	},
	{
		codes: []int{101}, title: "App that is not known",
		cause:  "Meta knows no app with this id, or the app secret is not the secret of it.",
		remedy: "Compare app_id and app_secret with App Dashboard > App settings > Basic.",
		again:  no("before both are right"), blame: "app_id or app_secret", source: observed,
	},
	{
		codes: []int{102}, title: "Invalid session",
		cause:  "The session behind the access token is not valid, or no longer.",
		remedy: newToken, again: notWithThisToken, blame: "access_token", source: handling,
	},
	{
		codes: []int{104}, title: "Missing token, or wrong app secret proof",
		cause:  "Meta found no access token, or an app secret proof that does not belong to the token.",
		remedy: "Check app_secret: it must be the secret of the app that the access token was made for. If the app requires a proof and app_secret is not set, set it. Check the clock of this machine too: a proof holds for five minutes.",
		again:  no("before app_secret and the clock are right"), blame: "app_secret", source: handling,
	},
	{
		codes: []int{190, 102}, subcode: 458, title: "Removed app",
		cause:  "The user of the access token has removed the app, or never added it.",
		remedy: newToken + " To keep the user, log in to the app as that user, and make a new token then.",
		again:  notWithThisToken, blame: "access_token", source: handling,
	},
	{
		codes: []int{190, 102}, subcode: 459, title: "User who must log in",
		cause:  "Meta has stopped the user of the access token until that user logs in.",
		remedy: newToken + " To keep the user, log in at facebook.com as that user, do what is asked for there, and make a new token then.",
		again:  notWithThisToken, blame: "access_token", source: handling,
	},
	{
		codes: []int{190, 102}, subcode: 460, title: "Changed password",
		cause:  "The user of the access token has changed the password, which ended the token.",
		remedy: newToken, again: notWithThisToken, blame: "access_token", source: handling,
	},
	{
		codes: []int{190, 102}, subcode: 463, title: "Expired access token",
		cause:  "The access token has expired.",
		remedy: newToken, again: notWithThisToken, blame: "access_token", source: handling,
	},
	{
		codes: []int{190, 102}, subcode: 464, title: "Unconfirmed user",
		cause:  "The user of the access token is not confirmed.",
		remedy: newToken + " To keep the user, log in at facebook.com as that user, confirm the account, and make a new token then.",
		again:  notWithThisToken, blame: "access_token", source: handling,
	},
	{
		codes: []int{190, 102}, subcode: 467, title: "Revoked access token",
		cause:  "The access token was revoked, or its user has logged out.",
		remedy: newToken, again: notWithThisToken, blame: "access_token", source: handling,
	},
	{
		codes: []int{190, 102}, subcode: 492, title: "User without the role",
		cause:  "The user of the access token has lost the role that the token rests on.",
		remedy: newToken + " To keep the user, give the role back in Business Settings, and make a new token then.",
		again:  notWithThisToken, blame: "access_token", source: handling,
	},
}}

var permissionErrors = subject{"Permissions and blocks", "", []advice{
	{
		codes: []int{3}, title: "Missing capability",
		cause:  "The app of the access token lacks a capability or a permission for this call.",
		remedy: grant, again: notBeforeGrant, blame: "access_token", source: errorCodes,
	},
	{
		codes: []int{10}, title: "Missing permission",
		cause:  "A permission for this call was not granted or was removed, or Meta does not offer the call to this app.",
		remedy: grant, again: notBeforeGrant, blame: "access_token", source: errorCodes,
	},
	{
		codes: []int{permission}, title: "Missing permission, or terms not accepted",
		cause:  "A permission for this call is missing, the account is not assigned to the user of the token, or terms of use were not accepted.",
		remedy: grant + " If the words above speak of terms, those of the WhatsApp Business Cloud API were not accepted for the account: accept them in WhatsApp Manager.",
		again:  no("before one of these has changed"), blame: "access_token", source: errorCodes,
	},
	{
		codes: []int{130403, 131005}, title: "Denied access",
		cause:  "Meta denies access: a permission was not granted, or was removed.",
		remedy: grant, again: notBeforeGrant, blame: "access_token", source: errorCodes,
	},
	{
		codes: []int{368}, title: "Violated policy",
		cause:  "Meta has blocked the account for a time because a policy was violated.",
		remedy: appeal, again: no("before the block is lifted"), source: errorCodes,
	},
	{
		codes: []int{131031}, title: "Locked account, or data that did not match",
		cause:  "The account is restricted or locked, or data that was sent (the PIN, for example) did not match.",
		remedy: "See Business Support Home for a restriction. If there is none, check the PIN: wrong PINs are counted.",
		again:  no("before you know which of the two it is"), blame: "pin_wo or pin", source: errorCodes,
	},
	{
		codes: []int{131042}, title: "Payment problem",
		cause:  "The WhatsApp Business account has no way to pay: a payment method or credit line is missing, or its time zone or currency is not set.",
		remedy: "Settle it in WhatsApp Manager under the billing of the account.",
		again:  no("before that is settled"), source: errorCodes,
	},
}}

var limitErrors = subject{"Too many calls", `Meta did nothing in answer to such a call. The provider slows down before it comes to that, and waits by itself
as long as the time limit of the operation allows. The error means that this was not long enough.`, []advice{
	{
		codes: []int{4}, title: "Allowance of the app",
		cause:  "The app has used up its hourly allowance of calls. Nothing was changed by this call.",
		remedy: quiet, again: onceAnHourPassed, source: errorCodes,
	},
	{
		codes: []int{17}, title: "Allowance of the user",
		cause:  "The user of this token has used up the hourly allowance of calls. Nothing was changed by this call.",
		remedy: quiet, again: onceAnHourPassed, source: limits,
	},
	{
		codes: []int{341}, title: "Limit of the app",
		cause:  "The app has reached a limit of calls. Nothing was changed by this call.",
		remedy: quiet, again: onceAnHourPassed, source: handling,
	},
	{
		codes: []int{80007, 80008}, title: "Allowance of the account",
		cause:  "The app has used up the hourly allowance of calls for this WhatsApp Business account: 200, or 5,000 once one of its numbers is registered. Nothing was changed by this call.",
		remedy: quiet, again: onceAnHourPassed, source: limits,
	},
	{
		codes: []int{4, 17, 80007, 80008}, subcode: 2446079, title: "Used-up allowance",
		cause:  "The hourly allowance of calls is used up: with code 4 it is that of the app, with 17 that of the user, with 80007 and 80008 that of the account. Nothing was changed by this call.",
		remedy: quiet, again: onceAnHourPassed, source: openAPI,
	},
	{
		codes: []int{613}, title: "Limit of this call",
		cause:  "This call was made too often in a short time. Nothing was changed by it.",
		remedy: quiet, again: later("in 15 minutes at the earliest"), source: limits,
	},
	{
		codes: []int{613}, subcode: 1996, title: "Irregular traffic",
		cause:  "Meta finds the traffic of the app irregular. Nothing was changed by this call.",
		remedy: quiet + " Let fewer Terraform runs work for the app at the same time.",
		again:  later("in 15 minutes at the earliest"), source: limits,
	},
}}

var serverErrors = subject{"Faults of Meta's servers", "", []advice{
	{
		codes: []int{1}, title: "Fault of the server, or invalid request",
		cause:  "Meta's servers failed, or the request was not valid.",
		remedy: "See " + statusPage + ", then run Terraform again. If it fails in the same way, send the last line of this error to Meta's Direct Support.",
		again:  afterReading, source: errorCodes,
	},
	{
		codes: []int{2}, title: "Outage",
		cause:  "The API is down or overloaded for the moment.",
		remedy: "See " + statusPage + ", then run Terraform again.",
		again:  later("in some minutes: " + looksFirst), source: errorCodes,
	},
	{
		codes: []int{131000}, title: "Unknown error",
		cause:  "Meta's servers failed and do not say why.",
		remedy: "Look at the number in WhatsApp Manager, which shows a change up to two minutes late, then run terraform apply again.",
		again:  yes("the provider reads the number first and does not register one that is registered"), source: errorCodes,
	},
	{
		codes: []int{131016}, title: "Unavailable service",
		cause:  "Meta's servers are busy.",
		remedy: "See " + statusPage + ", then run Terraform again.",
		again:  later("in some minutes: " + looksFirst), source: errorCodes,
	},
	{
		codes: []int{131057}, title: "Account in maintenance",
		cause:  "Meta is working on the account, to raise its throughput for example, which takes a minute at most.",
		remedy: "Wait for that, then run Terraform again.",
		again:  later("in two minutes: " + looksFirst), source: errorCodes,
	},
	{
		codes: []int{133004}, title: "Unavailable server",
		cause:  "Meta's servers are busy. Nothing was changed by this call.",
		remedy: "See " + statusPage + ", then run Terraform again.",
		again:  inSomeMinutes, source: errorCodes,
	},
}}

var requestErrors = subject{"The number and the values", "", []advice{
	{
		codes: []int{33}, title: "Deleted number",
		cause:  "The phone number was deleted, or phone_number_id is not the id of a phone number.",
		remedy: compareID, again: no("before phone_number_id is right"), blame: "phone_number_id", source: errorCodes,
	},
	{
		codes: []int{100}, subcode: 33, title: "Object that is not there, or not to be seen",
		cause:  "Either the id is wrong, or the access token may not see this object: Meta answers both the same way.",
		remedy: compareID + " Check that the token's system user is assigned to the account, and business_account_id if the last line is about an account.",
		again:  no("before one of these has changed"), blame: "phone_number_id or business_account_id", source: handling,
	},
	{
		codes: []int{803}, title: "Object that is not there",
		cause:  "Meta knows no object with this id.",
		remedy: compareID + " If the id is right, check that the token's system user is assigned to the account.",
		again:  no("before one of these has changed"), blame: "phone_number_id or business_account_id", source: openAPI,
	},
	{
		codes: []int{100}, title: "Invalid parameter",
		cause:  "Meta refuses a value, or the whole call for this number.",
		remedy: named + " If they name none, check phone_number_id, and that the PIN is not an easily guessed one. If they name a field that the configuration does not have, remove api_version from the provider block.",
		again:  no("before something has changed"), source: errorCodes,
	},
	{
		codes: []int{100}, subcode: 2388092, title: "Malformed PIN",
		cause:  "Meta does not accept the form of the PIN.",
		remedy: "The PIN must be six digits, and not an easily guessed one such as 123456. Choose another one.",
		again:  no("before the PIN has changed"), blame: "pin_wo or pin", source: observed,
	},
	{
		codes: []int{131008}, title: "Missing parameter",
		cause:  "A value that Meta requires is missing in the call.",
		remedy: "Set the argument that Meta's words above name. If the configuration has it, report the error to the maintainers of the provider.",
		again:  no("before something has changed"), source: errorCodes,
	},
	{
		codes: []int{131009}, title: "Invalid value",
		cause:  "Meta does not accept a value in the call.",
		remedy: named, again: no("before the value has changed"), source: errorCodes,
	},
	{
		codes: []int{131059}, title: "Outdated place in a list",
		cause:  "The list was being read page by page, and Meta no longer knows the place where the next page begins.",
		remedy: "Run Terraform again: the list is then read from its beginning.",
		again:  yes(""), source: errorCodes,
	},
	{
		codes: []int{135000}, title: "Invalid request",
		cause:  "Meta refuses the call and does not say which value is wrong.",
		remedy: "Check the values of this resource one by one, phone_number_id first. If all are right, send the last line of this error to Meta's Direct Support.",
		again:  no("before something has changed"), source: errorCodes,
	},
}}

var registrationErrors = subject{"Registering and deregistering", `A number has ten calls of register and deregister in 72 hours. Each counts, one with a wrong PIN too, so the provider
repeats one only where it is certain that nothing was done.`, []advice{
	{
		codes: []int{133005}, title: "Wrong PIN",
		cause:  "The number has another two-step verification PIN.",
		remedy: "Find the right one, or reset it in WhatsApp Manager > Phone numbers > Settings > Two-step verification, and correct the configuration. Do not try PINs: this call was one of the ten that a number has in 72 hours, and after a few wrong PINs it is locked.",
		again:  no("before the PIN is right"), blame: "pin_wo or pin", source: errorCodes,
	},
	{
		codes: []int{133008}, title: "Locked after wrong PINs",
		cause:  "Too many wrong PINs were sent, and Meta has locked the number for a time.",
		remedy: "Wait for as long as Meta says above, and find the right PIN meanwhile or reset it in WhatsApp Manager > Phone numbers > Settings > Two-step verification.",
		again:  later("once that time is over and the PIN is right"), blame: "pin_wo or pin", source: errorCodes,
	},
	{
		codes: []int{133009}, title: "Locked after hasty PINs",
		cause:  "PINs were tried too fast, and Meta has locked the number for a time.",
		remedy: "Wait for as long as Meta says above, and find the right PIN meanwhile or reset it in WhatsApp Manager > Phone numbers > Settings > Two-step verification.",
		again:  later("once that time is over and the PIN is right"), blame: "pin_wo or pin", source: errorCodes,
	},
	{
		codes: []int{133016}, title: "Used-up calls",
		cause:  "The number has used up its ten calls of register and deregister in 72 hours and is blocked for the next 72.",
		remedy: "Only waiting helps; nothing is lost. The provider did not and will not try again by itself.",
		again:  later("once the 72 hours are over"), blame: "phone_number_id", source: registration,
	},
	{
		codes: []int{133006}, title: "Ownership to be verified",
		cause:  "The ownership of the number must be verified (again).",
		remedy: "Request a code by SMS or voice call in WhatsApp Manager or with /{phone-number-id}/request_code, confirm it with /verify_code, then run terraform apply again. With a backup that is out of date Meta may ask for this too: take a new backup first.",
		again:  no("before the ownership is verified"), blame: "phone_number_id", source: errorCodes,
	},
	{
		codes: []int{133000}, title: "Unfinished deregistration",
		cause:  "An earlier deregistration did not finish.",
		remedy: "Deregister the number once more with a POST to /{phone-number-id}/deregister, then run terraform apply again. Both calls count towards the ten that a number has in 72 hours.",
		again:  no("before that was done"), blame: "phone_number_id", source: errorCodes,
	},
	{
		codes: []int{133015}, title: "Unfinished deletion",
		cause:  "The number was deleted a moment ago and Meta has not finished.",
		remedy: "Wait five minutes for that, then run terraform apply again.",
		again:  later("after those five minutes"), blame: "phone_number_id", source: errorCodes,
	},
	{
		codes: []int{133010}, title: "Number that is not registered",
		cause: "The number is not registered on the Cloud API.", remedy: seePlan,
		again: afterReading, blame: "phone_number_id", source: errorCodes,
	},
	{
		codes: []int{100}, subcode: 2207051, title: "Number that is not registered",
		cause: "The number is not registered on the Cloud API.", remedy: seePlan,
		again: afterReading, blame: "phone_number_id", source: openAPI,
	},
	{
		codes: []int{131045}, title: "Faulty registration",
		cause: "Something is wrong with the registration of the number, or it has none.", remedy: seePlan,
		again: afterReading, blame: "phone_number_id", source: errorCodes,
	},
	{
		codes: []int{133001, 133002, 133003}, title: "Unreadable backup",
		cause:  "Meta cannot read the backup: it was changed on the way, belongs to another password, or is out of date.",
		remedy: "Take a new backup and hand it over unmodified, with its password; on_premises does all of that by itself.",
		again:  no("with the same backup"), blame: "backup_wo, backup or on_premises", source: legacy,
	},
	{
		codes: []int{133007}, title: "Blocked account",
		cause:  "Meta has blocked the account of the number.",
		remedy: appeal, again: no("before the block is lifted"), blame: "phone_number_id", source: legacy,
	},
}}

// seePlan is for what a look at the number clears up.
const seePlan = "Run terraform plan: it reads the number and shows what is there and what would be done. A registration that it plans is one of the ten calls in 72 hours."

var movingErrors = subject{"Verifying a number, and moving it between accounts", `A number is verified with a code that Meta sends to it, before it is registered. The provider does not move numbers
between accounts: that is done by hand, and only while two-step verification is off, which WhatsApp Manager alone can do.`, []advice{
	{
		codes: []int{136024}, title: "Verified number",
		cause:  "The ownership of the number is verified already.",
		remedy: "No code is needed any more: register the number.",
		again:  no("to request or confirm a code"), blame: "phone_number_id", source: errorCodes,
	},
	{
		codes: []int{100}, subcode: 2388001, title: "Unconfirmed ownership, or two-step verification",
		cause:  "The number cannot be moved: its ownership is not confirmed, or two-step verification is still on.",
		remedy: "Switch it off in WhatsApp Manager > Phone numbers > Settings > Two-step verification of the account that the number leaves, then confirm the ownership with a code.",
		again:  no("before both are done"), source: moving,
	},
	{
		codes: []int{100}, subcode: 2388012, title: "Number that the account has",
		cause:  "The account has this number already.",
		remedy: "Do not add it: look its id up in WhatsApp Manager > Phone numbers of the account, and use that as phone_number_id.",
		again:  no("to add it"), blame: "phone_number_id", source: moving,
	},
	{
		codes: []int{100}, subcode: 2388091, title: "Too many codes, or a number that is not being moved",
		cause:  "Either too many codes were requested for the number, or the call is for a number that is being moved, and this one is not.",
		remedy: "If the words above ask to wait, wait for an hour. Otherwise begin the move first, or request the code in WhatsApp Manager.",
		again:  no("before the hour is over or the move has begun"), source: moving,
	},
	{
		codes: []int{100}, subcode: 2388093, title: "Code for a number that is not being moved",
		cause:  "The number is not being moved to this account, so it cannot be verified with a code in this way.",
		remedy: "Begin the move first, or request the code in WhatsApp Manager.",
		again:  no("before the move has begun"), source: moving,
	},
	{
		codes: []int{100}, subcode: 2388103, title: "Number that cannot be moved",
		cause:  "The number cannot be moved; the first line above says which of several reasons it is.",
		remedy: "Settle that reason. The number must be registered where it is now, with an approved display name and no change of it pending. Both accounts must be approved and belong to the same business, and the new one needs a payment method.",
		again:  no("before the reason is settled"), source: moving,
	},
	{
		codes: []int{100}, subcode: 2494100, title: "Number in maintenance",
		cause:  "Meta is working on the number. Nothing was changed by this call.",
		remedy: "Wait, and leave the number alone meanwhile.", again: later("in five minutes"), source: errorCodes,
	},
}}

var webhookErrors = subject{"Webhooks", `Before Meta takes a URL for webhooks, it calls it with a challenge, and the endpoint must answer. It must be up
before Terraform sets it. When it does not answer as it should, nothing changes: what was set before stays.`, []advice{
	{
		codes: []int{2200}, title: "Endpoint that does not answer",
		cause:  "Meta called the URL with a challenge and got no answer with the status 200. The words above say what it got. Nothing was changed by this call.",
		remedy: tryEndpoint + " The certificate must be one that browsers accept, with its chain.",
		again:  no("before the endpoint answers"), source: observed,
	},
	{
		codes: []int{2201}, title: "Endpoint that answers something else",
		cause:  "Meta called the URL with a challenge and got another answer than the challenge. Nothing was changed by this call.",
		remedy: tryEndpoint + " Check that the endpoint expects the same verify token.",
		again:  no("before the endpoint answers so"), source: observed,
	},
}}

// cloudKinds is for codes that are not known better, and for what has no code.
var cloudKinds = map[api.Kind]advice{
	api.Expired: {
		title: "Access token that is not accepted", cause: "Meta does not accept the access token.",
		remedy: newToken, again: notWithThisToken,
	},
	api.Denied: {
		title: "Denied access", cause: "The access token is valid, but this call is not allowed with it.",
		remedy: grant, again: notBeforeGrant,
	},
	api.Throttled: {
		title: "Too many calls", cause: "Too many calls were made. Nothing was changed by this one.",
		remedy: quiet, again: onceAnHourPassed,
	},
	api.Unavailable: {
		title: "No answer, or a busy server", cause: "The WhatsApp API could not be reached or is busy.",
		remedy: "Check the connection and " + statusPage + ", then run terraform apply again.",
		again:  afterReading,
	},
}
