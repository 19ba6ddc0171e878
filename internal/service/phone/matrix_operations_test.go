package phone_test

import (
	"cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// operation is one thing that a user has Terraform do.
type operation struct {
	name   string
	number string // which it is about
	spends int    // registrations that the user decides to spend with it
	calls  int    // of the ten that a number has, when it takes another number of them than one

	// Everything that can go wrong does so at the calls that write, and at the reads
	// of an operation that is a model for others, which read in the same way. For a
	// variant, which differs in little more than a call, a sample is enough elsewhere
	// than at that call.
	model, variant bool

	deployed bool         // there is a deployment
	stage    func(*bench) // makes the world, and what Terraform holds

	// config is what the user wants; nil for the end of what is held.
	config func(*bench) acctest.Attributes
	// meanwhile happens between plan and apply.
	meanwhile func(*bench)
	// act stands in for plan and apply of config.
	act func(*bench) result

	// forced has what is held replaced, successor first, as -replace does.
	forced bool
	// ends says that nothing is held afterwards, fails that there is an error even
	// if nothing goes wrong on the way.
	ends, fails bool
	// goal says what is missing for the operation to be done, "" for nothing.
	goal func(*bench) string
}

const backupKind = "whatsapp_on_premises_backup"

// operations are everything that the types of this package can do.
var operations = []operation{
	{name: "create", model: true, number: acctest.New, spends: 1, config: wanted(acctest.New, nil), goal: registered},
	{
		name: "create in a region", variant: true, number: acctest.New, spends: 1,
		config: wanted(acctest.New, acctest.Attributes{"data_localization_region": "DE"}),
		goal:   func(b *bench) string { return cmp.Or(registered(b), lacking(b.number().Region == "DE", "region")) },
	},
	{
		// The number does not tell its account, which has to be asked for its numbers.
		name: "create in an account", variant: true, number: acctest.New, spends: 1,
		stage: func(b *bench) {
			b.Change(acctest.New, func(n *sim.Number) { n.RefusedFields = []string{"health_status"} })
		},
		config: wanted(acctest.New, acctest.Attributes{"business_account_id": acctest.Account}),
		goal:   registered,
	},
	{name: "create with a backup", variant: true, number: acctest.OnPremise, spends: 1, stage: backedUp, config: withBackup, goal: moved},
	{name: "create from a deployment", number: acctest.OnPremise, spends: 1, deployed: true, stage: ownPIN, config: fromDeployment(nil), goal: moved},
	{
		name: "create from a deployment with another PIN", variant: true, number: acctest.OnPremise, spends: 1, deployed: true,
		stage:  otherPIN,
		config: fromDeployment(acctest.Attributes{"reset_pin": true}),
		goal:   moved,
	},
	{name: "adopt", number: acctest.Live, config: wanted(acctest.Live, nil), goal: registered},
	{
		name: "adopt in its region", variant: true, number: acctest.Live,
		stage:  func(b *bench) { b.Change(acctest.Live, func(n *sim.Number) { n.Region = "DE" }) },
		config: wanted(acctest.Live, acctest.Attributes{"data_localization_region": "DE"}),
		goal:   registered,
	},
	{name: "read", model: true, number: acctest.Live, stage: adopted, act: refreshed, goal: registered},
	{
		name: "read one without a known account", variant: true, number: acctest.Live, act: refreshed, goal: registered,
		stage: func(b *bench) {
			hidden := func(fields ...string) { b.Change(acctest.Live, func(n *sim.Number) { n.RefusedFields = fields }) }
			hidden("health_status")
			adopted(b)
			hidden()
		},
	},
	{name: "read what was deregistered", number: acctest.Live, act: refreshed, ends: true, stage: func(b *bench) { adopted(b); b.Deregister(acctest.Live) }},
	{name: "read what was deleted", number: acctest.Live, act: refreshed, ends: true, stage: func(b *bench) { adopted(b); b.Remove(acctest.Live) }},
	{name: "read without permission", number: acctest.Live, act: refreshed, fails: true, stage: func(b *bench) { adopted(b); b.Forbid(acctest.Live, true) }},
	{name: "update the PIN", number: acctest.Live, stage: func(b *bench) { adopted(b); otherPIN(b) }, config: again(acctest.Attributes{"pin_wo_version": 2}), goal: registered},
	{
		name: "update by triggers", number: acctest.Live, spends: 1, stage: adopted,
		config: again(acctest.Attributes{"triggers": acctest.Attributes{"name": "new"}}), goal: registered,
	},
	{
		name: "update by triggers for a name", variant: true, number: acctest.Live, spends: 1, stage: renamed,
		config: again(acctest.Attributes{"triggers": acctest.Attributes{"name": "new"}}),
		goal:   func(b *bench) string { return cmp.Or(registered(b), lacking(b.number().NewDisplayName == "", "name")) },
	},
	{
		name: "update PIN and triggers", variant: true, number: acctest.Live, spends: 1, stage: func(b *bench) { renamed(b); otherPIN(b) },
		config: again(acctest.Attributes{"pin_wo_version": 2, "triggers": acctest.Attributes{"name": "new"}}),
		goal:   func(b *bench) string { return cmp.Or(registered(b), lacking(b.number().NewDisplayName == "", "name")) },
	},
	{name: "delete", number: acctest.Live, ends: true, stage: adopted, goal: dark},
	{name: "delete what is deregistered meanwhile", variant: true, number: acctest.Live, ends: true, stage: adopted, meanwhile: func(b *bench) { b.Deregister(acctest.Live) }, goal: dark},
	{name: "delete what is deleted meanwhile", variant: true, number: acctest.Live, ends: true, stage: adopted, meanwhile: func(b *bench) { b.Remove(acctest.Live) }},
	{
		name: "replace for another region", number: acctest.Live, spends: 1, calls: 2, stage: adopted,
		config: again(acctest.Attributes{"data_localization_region": "DE"}),
		goal:   func(b *bench) string { return cmp.Or(registered(b), lacking(b.number().Region == "DE", "region")) },
	},
	{name: "replace, successor first", variant: true, number: acctest.Live, stage: adopted, forced: true, config: again(nil), goal: registered},
	{name: "import", model: true, number: acctest.Live, act: imported, goal: func(b *bench) string { return lacking(!b.held.Gone(), "object") }},
	{name: "data source", model: true, number: acctest.Live, act: lookedUp, goal: found("display_phone_number")},
	{name: "ephemeral", number: acctest.OnPremise, deployed: true, act: taken, goal: found("data")},
}

// wanted is a registration with the PIN of the case.
func wanted(id string, more acctest.Attributes) func(*bench) acctest.Attributes {
	return func(b *bench) acctest.Attributes {
		return acctest.Attributes{"phone_number_id": id, "pin_wo": b.pin, "pin_wo_version": 1}.With(more)
	}
}

// again is a change of what adopted holds.
func again(more acctest.Attributes) func(*bench) acctest.Attributes {
	return wanted(acctest.Live, more)
}

// fromDeployment is a registration of a number that leaves its deployment.
func fromDeployment(more acctest.Attributes) func(*bench) acctest.Attributes {
	return func(b *bench) acctest.Attributes {
		return wanted(acctest.OnPremise, acctest.Attributes{"on_premises": b.deployment.Access().With(more)})(b)
	}
}

// withBackup is a registration of such a number with a backup at hand.
func withBackup(b *bench) acctest.Attributes {
	held := b.number().Backup
	return wanted(acctest.OnPremise, acctest.Attributes{"backup_wo": acctest.Attributes{"data": held.Data, "password": held.Password}})(b)
}

// backedUp has a deployment hand out a backup that nobody simulates.
func backedUp(b *bench) {
	ownPIN(b)
	backup := &sim.Backup{Data: b.Secret("backup", b.Text(80)), Password: b.Secret("backup password", b.Text(20))}
	b.Change(acctest.OnPremise, func(n *sim.Number) { n.Backup = backup })
}

// ownPIN has the number of a deployment have the configured PIN already.
func ownPIN(b *bench) { withPIN(b.World, acctest.OnPremise, b.pin) }

// otherPIN has the number have another PIN than the configured one.
func otherPIN(b *bench) { withPIN(b.World, b.op.number, b.Secret("other PIN", b.PIN())) }

// adopted has the state hold a live number.
func adopted(b *bench) {
	b.held = b.Protocol().Change(kind, nil, again(nil)(b))
}

// renamed is adopted with an approved name that waits for a registration.
func renamed(b *bench) {
	adopted(b)
	b.Change(acctest.Live, func(n *sim.Number) { n.NewDisplayName, n.NewNameStatus = "Luckier Shrub", "APPROVED" })
}

// refreshed is terraform refresh.
func refreshed(b *bench) result { return b.refresh(b.Protocol()) }

// imported is terraform import.
func imported(b *bench) result {
	r := result{Reply: *b.Protocol().TryImport(kind, acctest.Live, nil)}
	b.held = r.Object
	return r
}

// lookedUp reads the data source.
func lookedUp(b *bench) (r result) {
	values, reply := b.Protocol().TryData("whatsapp_phone_number", acctest.Attributes{"phone_number_id": acctest.Live})
	return result{Reply: *reply, values: values}
}

// taken opens and closes the ephemeral backup.
func taken(b *bench) result {
	values, reply := b.Protocol().TryEphemeral(backupKind, b.deployment.Access())
	return result{Reply: *reply, values: values}
}

// registered says what a number lacks that is registered with the configured PIN and
// held as such.
func registered(b *bench) string {
	values := map[string]string{}
	if !b.held.Gone() {
		values = b.Protocol().Values(kind, b.held)
	}
	return cmp.Or(
		lacking(b.live() && b.number().Status == "CONNECTED", "registration"),
		lacking(b.number().PIN == b.pin, "PIN"),
		lacking(values["status"] == "CONNECTED" && values["platform_type"] == "CLOUD_API", "state"),
	)
}

// moved is registered for a number that left its deployment.
func moved(b *bench) string {
	return cmp.Or(registered(b), lacking(!b.number().ProfileLost, "profile"))
}

// dark says that a number is still live.
func dark(b *bench) string { return lacking(!b.live(), "deregistration") }

// found says that a value was not read.
func found(name string) func(*bench) string {
	return func(b *bench) string { return lacking(b.result.values[name] != "", name) }
}

func lacking(ok bool, what string) string {
	if ok {
		return ""
	}
	return "the " + what + " is missing"
}
