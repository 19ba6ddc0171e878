package tf

import "github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"

const onPremDocs = "https://developers.facebook.com/docs/whatsapp/on-premises/"

var (
	onPremErrors = page{"Errors of the On-Premises API", onPremDocs + "errors"}
	onPremLogin  = page{"Logging in at the On-Premises API", onPremDocs + "reference/users/login"}
)

const (
	setLogin = "Set username and password to those of an administrator of the deployment."
	byHand   = "Update the client of the deployment, or take the backup by hand with POST /v1/settings/backup and hand it over as backup_wo."
	runAgain = "Run Terraform again."
)

// repeatable is why the calls to a deployment may be made again: they read, or end
// in the same state however often they are made.
const repeatable = "the provider may log in, take a backup and set the PIN there as often as it likes"

// onPremises is what is known of the errors of an On-Premises deployment. Not in it
// is what only calls can answer that the provider does not make: sending, media,
// webhooks, registering.
var onPremises = newBook(onPremKinds, deploymentErrors, deploymentCallErrors)

var deploymentErrors = subject{"On-Premises: the deployment", `These come from a deployment of the On-Premises API, before Meta is asked for anything: no registration was
attempted.`, []advice{
	{
		codes: []int{1005}, title: "Denied access",
		cause:  "The deployment denies access: the user name or the password is wrong, or the user is no administrator, which a backup takes.",
		remedy: setLogin + " If the words above speak of an expired app, the client is too old for Meta to talk to it: update it if you can, or register the number without a backup, which loses its profile.",
		again:  no("before that has changed"), blame: "username or password", source: onPremErrors,
	},
	{
		codes: []int{1024}, title: "Password to be changed",
		cause:  "The deployment still has the password that it was delivered with.",
		remedy: "Log in once by hand with a new_password, and configure that one. The provider never changes it.",
		again:  no("before the password was changed"), blame: "password", source: onPremLogin,
	},
	{
		codes: []int{1013, 1021}, title: "Unknown user",
		cause:  "The deployment does not know the user.",
		remedy: setLogin, again: no("before username has changed"), blame: "username", source: onPremErrors,
	},
	{
		codes: []int{1031}, title: "Locked account",
		cause:  "Meta has locked the account of the deployment.",
		remedy: appeal, again: no("before the lock is lifted"), source: onPremErrors,
	},
	{
		codes: []int{1011}, title: "Deployment that is not ready",
		cause:  "The deployment is not ready: it is starting, or not registered.",
		remedy: "Wait for GET /v1/health to say connected, then run terraform apply again. If it does not come to that, look at the logs of the deployment and restart it.",
		again:  later("once it is connected"), source: onPremErrors,
	},
	{
		codes: []int{1015}, title: "Too many requests",
		cause:  "The deployment has too many requests.",
		remedy: "Wait, then run terraform apply again.",
		again:  inSomeMinutes, source: onPremErrors,
	},
	{
		codes: []int{1016}, title: "Overload",
		cause:  "The deployment is overloaded.",
		remedy: "Wait until fewer messages go through it, then run terraform apply again.",
		again:  later("at a quieter time"), source: onPremErrors,
	},
	{
		codes: []int{1017}, title: "Another primary master",
		cause:  "Another node of the cluster is its primary master, which alone serves this call.",
		remedy: runAgain + " If it happens again, point base_url to the primary master.",
		again:  yes(repeatable), blame: "base_url", source: onPremErrors,
	},
	{
		codes: []int{1018}, title: "Failover",
		cause:  "The cluster is just failing over to another node.",
		remedy: "Wait for that to end, then run Terraform again.",
		again:  later("in a minute"), source: onPremErrors,
	},
	{
		codes: []int{1023}, title: "Failed database",
		cause:  "The database of the deployment failed.",
		remedy: "See that the database runs and that the deployment reaches it.",
		again:  later("once it does"), source: onPremErrors,
	},
	{
		codes: []int{1000}, title: "Unspecified error",
		cause:  "Something went wrong in the deployment, and it does not say what.",
		remedy: "Look at its logs, then run Terraform again.",
		again:  yes(repeatable), source: onPremErrors,
	},
	{
		codes: []int{1014}, title: "Internal error, or unknown path",
		cause:  "The deployment failed inside, or does not know the path that was called.",
		remedy: "Check base_url and look at the logs of the deployment, then run Terraform again.",
		again:  yes(repeatable), blame: "base_url", source: onPremErrors,
	},
}}

var deploymentCallErrors = subject{"On-Premises: the call", "", []advice{
	{
		codes: []int{1006}, title: "Unknown path",
		cause:  "The deployment does not have what the call asks for.",
		remedy: "Check that base_url is the address of the Webapp of a deployment. " + byHand,
		again:  no("before one of these has changed"), blame: "base_url", source: onPremErrors,
	},
	{
		codes: []int{1009}, title: "Invalid value",
		cause:  "The deployment does not accept a value.",
		remedy: "Correct the value that the words above name. The PIN must be six digits. If it is backup_password, leave that out to have one made up.",
		again:  no("before the value has changed"), blame: "pin_wo, pin or backup_password", source: onPremErrors,
	},
	{
		codes: []int{1008, 1010, 1025}, title: "Call of another form",
		cause:  "The deployment wants this call in another form than the documented one.",
		remedy: byHand, again: no("before one of these is done"), source: onPremErrors,
	},
}}

// onPremKinds is for codes that are not known better, and for what has no code.
var onPremKinds = map[api.Kind]advice{
	api.Expired: {
		title: "Login that is not accepted", cause: "The deployment does not accept the login.",
		remedy: setLogin, again: no("with the same login"),
	},
	api.Denied: {
		title: "Denied access", cause: "The deployment does not allow this call to the user.",
		remedy: setLogin, again: no("with the same login"),
	},
	api.Throttled: {
		title: "Too many requests", cause: "The deployment, or what stands in front of it, has too many requests.",
		remedy: "Wait, then run terraform apply again.", again: inSomeMinutes,
	},
	api.Unavailable: {
		title: "No answer, or a busy deployment", cause: "The deployment could not be reached or is busy.",
		remedy: "Check that base_url is right, that the deployment runs, and that this machine may reach it.",
		again:  yes(repeatable),
	},
}
