package graph

import "github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"

// meaning is what is known of an error code.
type meaning struct {
	kind    api.Kind
	outcome api.Outcome // for a call that must not take effect twice
	text    string      // what the code stands for, for whoever reads this table
	source  string      // the page that says so
	minutes int         // how long to wait before another try; 0 when nobody says
	field   string      // the request field to blame; "" for none
	account bool        // throttles one account, not the app or the user
}

// code is an error code, and a subcode where that makes a difference.
type code struct{ code, subcode int }

// The pages the table is taken from. Those with a slash in front are below
// https://developers.facebook.com/docs, the others below
// https://developers.facebook.com/documentation/business-messaging/whatsapp.
const (
	errorCodes   = "support/error-codes"
	registration = "business-phone-numbers/registration"
	migration    = "solution-providers/support/migrating-phone-numbers-among-solution-partners-programmatically"
	handling     = "/graph-api/guides/error-handling"
	limits       = "/graph-api/overview/rate-limiting"
	openapi      = "OpenAPI file v23.0, examples"
	observed     = "seen in answers, on no page"
)

// codes is the table of the codes that a call of this package can meet. Codes of sending
// messages, templates, flows, calling and user names are not in it: they come with the calls.
//
// Why the wrong PIN and its follow-ups (133005, 133008, 133009, 133016) are Denied and
// Refused, although some of them pass with time: each further try makes the lock-out
// longer or spends one of ten registrations, so nothing may repeat them by itself, as it
// would what is Throttled.
var codes = map[code]meaning{
	// The token.
	{0, 0}:     {kind: api.Expired, outcome: api.Refused, text: "the token could not be authenticated", source: errorCodes},
	{102, 0}:   {kind: api.Expired, outcome: api.Refused, text: "the session is invalid", source: handling},
	{104, 0}:   {kind: api.Expired, outcome: api.Refused, text: "no token, or a proof that does not belong to it", source: handling},
	{101, 0}:   {kind: api.Expired, outcome: api.Refused, text: "there is no such app, or the secret is not its own", source: observed},
	{190, 0}:   {kind: api.Expired, outcome: api.Refused, text: "the token is invalid", source: errorCodes},
	{190, 458}: {kind: api.Expired, outcome: api.Refused, text: "the app was removed by the user", source: handling},
	{190, 459}: {kind: api.Expired, outcome: api.Refused, text: "the user must log in at Meta first", source: handling},
	{190, 460}: {kind: api.Expired, outcome: api.Refused, text: "the password was changed", source: handling},
	{190, 463}: {kind: api.Expired, outcome: api.Refused, text: "the token has expired", source: handling},
	{190, 464}: {kind: api.Expired, outcome: api.Refused, text: "the user is not confirmed", source: handling},
	{190, 467}: {kind: api.Expired, outcome: api.Refused, text: "the token was revoked", source: handling},
	{190, 492}: {kind: api.Expired, outcome: api.Refused, text: "the user lost the role", source: handling},
	{102, 463}: {kind: api.Expired, outcome: api.Refused, text: "the session has expired", source: handling},

	// Permissions. 200 to 299 are one family; 200 is also "accept the terms first".
	{3, 0}:      {kind: api.Denied, outcome: api.Refused, text: "the app lacks a capability or permission", source: errorCodes},
	{10, 0}:     {kind: api.Denied, outcome: api.Refused, text: "a permission was not granted, or was removed", source: errorCodes},
	{200, 0}:    {kind: api.Denied, outcome: api.Refused, text: "a permission is missing, or terms are not accepted", source: errorCodes},
	{368, 0}:    {kind: api.Denied, outcome: api.Refused, text: "blocked for a time for violating a policy", source: errorCodes},
	{130403, 0}: {kind: api.Denied, outcome: api.Refused, text: "access denied", source: errorCodes},
	{131005, 0}: {kind: api.Denied, outcome: api.Refused, text: "access denied", source: errorCodes},
	{131031, 0}: {kind: api.Denied, outcome: api.Refused, text: "the account is locked, or data such as the PIN did not match", source: errorCodes},

	// Too many calls. Nothing was done; the usage headers say for how long.
	{4, 0}:      {kind: api.Throttled, outcome: api.NotDone, text: "the app's calls are used up", source: errorCodes},
	{17, 0}:     {kind: api.Throttled, outcome: api.NotDone, text: "the user's calls are used up", source: limits},
	{32, 0}:     {kind: api.Throttled, outcome: api.NotDone, text: "the page's calls are used up", source: limits},
	{341, 0}:    {kind: api.Throttled, outcome: api.NotDone, text: "the application's limit is reached", source: handling},
	{613, 0}:    {kind: api.Throttled, outcome: api.NotDone, text: "a limit of this call is reached", source: limits},
	{613, 1996}: {kind: api.Throttled, outcome: api.NotDone, text: "irregular traffic", source: limits, minutes: 15},
	{80007, 0}:  {kind: api.Throttled, outcome: api.NotDone, text: "the account's calls are used up", source: errorCodes, account: true},
	{80008, 0}:  {kind: api.Throttled, outcome: api.NotDone, text: "the account's management calls are used up", source: limits, account: true},
	{130429, 0}: {kind: api.Throttled, outcome: api.NotDone, text: "the throughput is reached", source: errorCodes},

	// The service. Only 133004 says that nothing was done.
	{1, 0}:      {kind: api.Unavailable, outcome: api.Unclear, text: "an invalid request, or a fault of the server", source: errorCodes},
	{2, 0}:      {kind: api.Unavailable, outcome: api.Unclear, text: "the API is down or overloaded for the moment", source: errorCodes},
	{131000, 0}: {kind: api.Unavailable, outcome: api.Unclear, text: "an unknown error", source: errorCodes},
	{131016, 0}: {kind: api.Unavailable, outcome: api.Unclear, text: "a service is unavailable", source: errorCodes},
	{131057, 0}: {kind: api.Unavailable, outcome: api.Unclear, text: "the account is in maintenance, for a minute at most", source: errorCodes},
	{133004, 0}: {kind: api.Unavailable, outcome: api.NotDone, text: "the server is unavailable for the moment", source: errorCodes},

	// The object and the parameters. 33 is also the answer when the token may not see the object.
	{33, 0}:     {kind: api.NotFound, outcome: api.Refused, text: "the number was deleted", source: errorCodes},
	{100, 33}:   {kind: api.NotFound, outcome: api.Refused, text: "no such object, or no permission to see it", source: handling},
	{803, 0}:    {kind: api.NotFound, outcome: api.Refused, text: "no such object", source: openapi},
	{100, 0}:    {kind: api.Invalid, outcome: api.Refused, text: "a parameter is wrong or not supported", source: errorCodes},
	{131008, 0}: {kind: api.Invalid, outcome: api.Refused, text: "a parameter is missing", source: errorCodes},
	{131009, 0}: {kind: api.Invalid, outcome: api.Refused, text: "a parameter has a wrong value", source: errorCodes},
	{131055, 0}: {kind: api.Invalid, outcome: api.Refused, text: "the method is not allowed", source: errorCodes},
	{131059, 0}: {kind: api.Invalid, outcome: api.Refused, text: "the cursor is wrong or too old", source: errorCodes},
	{135000, 0}: {kind: api.Invalid, outcome: api.Refused, text: "a wrong parameter, not known which", source: errorCodes},

	// Registration.
	{100, 2388092}: {kind: api.Invalid, outcome: api.Refused, text: "the PIN has a wrong form", source: observed, field: "pin"},
	{100, 2207051}: {kind: api.Conflict, outcome: api.Refused, text: "the number is not registered", source: openapi},
	{131045, 0}:    {kind: api.Conflict, outcome: api.Unclear, text: "the number's registration has an error", source: errorCodes},
	{133000, 0}:    {kind: api.Conflict, outcome: api.Refused, text: "an earlier deregistration did not finish: deregister again", source: errorCodes},
	{133005, 0}:    {kind: api.Denied, outcome: api.Refused, text: "the PIN is not the number's", source: errorCodes, field: "pin"},
	{133006, 0}:    {kind: api.Conflict, outcome: api.Refused, text: "the ownership of the number must be verified first", source: errorCodes},
	{133008, 0}:    {kind: api.Denied, outcome: api.Refused, text: "too many wrong PINs: locked for the time in the details", source: errorCodes, field: "pin"},
	{133009, 0}:    {kind: api.Denied, outcome: api.Refused, text: "PINs tried too fast: locked for the time in the details", source: errorCodes, field: "pin"},
	{133010, 0}:    {kind: api.Conflict, outcome: api.Refused, text: "the number is not registered", source: errorCodes},
	{133015, 0}:    {kind: api.Unavailable, outcome: api.NotDone, text: "the number was deleted, which is not finished yet", source: errorCodes, minutes: 5},
	{133016, 0}:    {kind: api.Denied, outcome: api.Refused, text: "more than ten registrations and deregistrations in 72 hours: blocked for the next 72", source: registration},

	// Verification of a number, and its move between accounts.
	{136024, 0}:    {kind: api.Conflict, outcome: api.Refused, text: "the number is verified already", source: errorCodes},
	{100, 2388001}: {kind: api.Conflict, outcome: api.Refused, text: "the ownership is not confirmed, or two-step verification is on", source: migration},
	{100, 2388012}: {kind: api.Conflict, outcome: api.Refused, text: "the number is on the account already", source: migration},
	{100, 2388091}: {kind: api.Conflict, outcome: api.Refused, text: "too many codes were requested, or the number is not being moved", source: migration},
	{100, 2388093}: {kind: api.Conflict, outcome: api.Refused, text: "the number is not being moved", source: migration},
	{100, 2388103}: {kind: api.Conflict, outcome: api.Refused, text: "the number cannot be moved: the title for users says why", source: migration},
	{100, 2494100}: {kind: api.Unavailable, outcome: api.NotDone, text: "the number is in maintenance for some minutes", source: errorCodes, minutes: 5},

	// The challenge that the API puts to a URL for webhooks. The calls name the field.
	{2200, 0}: {kind: api.Invalid, outcome: api.Refused, text: "the URL for webhooks did not answer the challenge", source: observed},
	{2201, 0}: {kind: api.Invalid, outcome: api.Refused, text: "the URL for webhooks answered with something else than the challenge", source: observed},
}

// lookup returns what is known of a code. An unknown one is judged by the HTTP status,
// and only as to whether something was done.
func lookup(number, subcode, status int) meaning {
	if m, ok := codes[code{number, subcode}]; ok {
		return m
	}
	if number >= 200 && number <= 299 {
		number = 200
	}
	if m, ok := codes[code{number, 0}]; ok {
		return m
	}
	m := meaning{kind: api.Unknown, outcome: api.Unclear, text: "unknown"}
	if status >= 400 && status <= 499 {
		m.outcome = api.Refused
	}
	return m
}
