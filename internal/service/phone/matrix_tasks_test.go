package phone_test

import (
	"cmp"
	"fmt"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// task is one thing that a user has Terraform do, with the call in the middle of
// which the processes die.
type task struct {
	name, number string
	route        string // of the call
	skip         int    // how many calls of the route pass before
	spends       int    // registrations that the user decides to spend with it
	reads        bool   // the call changes nothing

	deployed bool
	stage    func(*machine) // makes what Terraform holds
	config   func(*machine) string
	args     []string // more of them for apply
	free     bool     // they need not be repeated, because they change nothing for good
	ends     bool     // nothing is held afterwards
	goal     func(*machine) string

	// again says why the next apply spends one registration more when the provider
	// was killed after the call was sent: a promise that cannot be kept, "" for none.
	again string
}

// unknowable is the one case in which nobody can tell that a registration was spent.
const unknowable = "a live number looks the same before and after it is registered again, and what was killed wrote nothing down"

// tasks are what the types of this package do, one for each call that matters.
var tasks = []task{
	{name: "create", number: acctest.New, route: acctest.Register, spends: 1, config: declared(""), goal: onCloud},
	{
		name: "create in a region", number: acctest.New, route: acctest.SetRegion, spends: 1,
		config: declared("  data_localization_region = \"DE\"\n"), goal: onCloud,
	},
	{name: "adopt", number: acctest.Live, route: acctest.SetPIN, config: declared(""), goal: onCloud},
	{name: "create from a deployment: backup", number: acctest.OnPremise, route: acctest.Backup, spends: 1, deployed: true, config: migrated, goal: onCloud},
	{name: "create from a deployment", number: acctest.OnPremise, route: acctest.Register, spends: 1, deployed: true, config: migrated, goal: onCloud},
	{name: "update the PIN", number: acctest.Live, route: acctest.SetPIN, stage: otherwise, config: versioned(2, ""), goal: onCloud},
	{
		name: "update by triggers", number: acctest.Live, route: acctest.Register, spends: 1, stage: registeredBefore,
		config: versioned(1, "  triggers = { name = \"new\" }\n"), goal: onCloud, again: unknowable,
	},
	{name: "delete", number: acctest.Live, route: acctest.Deregister, stage: registeredBefore, config: declared(""), args: []string{"-destroy"}, ends: true, goal: offCloud},
	{
		name: "replace: end", number: acctest.Live, route: acctest.Deregister, spends: 1, stage: registeredBefore,
		config: declared(""), args: []string{"-replace=" + numberAddress}, goal: onCloud,
	},
	{
		name: "replace: create", number: acctest.Live, route: acctest.Register, spends: 1, stage: registeredBefore,
		config: declared(""), args: []string{"-replace=" + numberAddress}, goal: onCloud,
	},
	{
		name: "replace, successor first", number: acctest.Live, route: acctest.SetPIN, stage: registeredBefore,
		config: declared(replacing), args: []string{"-replace=" + numberAddress}, free: true, goal: onCloud,
	},
	{
		name: "replace, successor first: settle", number: acctest.Live, route: acctest.Look, skip: 2, stage: registeredBefore,
		config: declared(replacing), args: []string{"-replace=" + numberAddress}, free: true, goal: onCloud,
	},
	{name: "read", number: acctest.Live, route: acctest.Look, reads: true, stage: registeredBefore, config: declared(""), goal: onCloud},
	{name: "import", number: acctest.Live, route: acctest.Look, reads: true, config: importedByBlock, goal: onCloud},
	{name: "data source", number: acctest.Live, route: acctest.Look, reads: true, config: func(*machine) string { return numberData(acctest.Live) }},
	{name: "ephemeral", number: acctest.OnPremise, route: acctest.Backup, skip: 1, reads: true, deployed: true, config: looking},
}

// declared is a registration with the PIN of the machine.
func declared(more string) func(*machine) string { return versioned(1, more) }

func versioned(version int, more string) func(*machine) string {
	return func(m *machine) string {
		return registration(m.task.number, fmt.Sprintf("  pin_wo = var.pin\n  pin_wo_version = %d\n%s", version, more))
	}
}

// migrated moves the number out of its deployment.
func migrated(m *machine) string {
	return migration(m.World, m.deployment, m.pin, "    reset_pin = true\n")
}

// looking takes an ephemeral backup for nothing but to look at it.
func looking(m *machine) string {
	m.Change(acctest.OnPremise, func(n *sim.Number) { n.PIN = m.pin })
	return acctest.DeploymentVariables + "\nephemeral \"whatsapp_on_premises_backup\" \"b\" {\n" + m.deployment.Arguments("") + `}

check "number" {
  assert {
    condition     = ephemeral.whatsapp_on_premises_backup.b.wa_id == "15550100101"
    error_message = "another number"
  }
}
`
}

// importedByBlock takes a number over that Terraform did not make.
func importedByBlock(m *machine) string {
	return declared("")(m) + "\nimport {\n  to = " + numberAddress + "\n  id = \"" + m.task.number + "\"\n}\n"
}

// registeredBefore has the state hold a live number.
func registeredBefore(m *machine) {
	m.Write(declared("")(m))
	m.Terraform("apply", "-json", "-input=false", "-auto-approve").Succeeds()
}

// otherwise does so, and then gives the number another PIN.
func otherwise(m *machine) {
	registeredBefore(m)
	withPIN(m.World, m.task.number, m.Secret("other PIN", m.PIN()))
}

// onCloud says what is missing of a number that is registered and held.
func onCloud(m *machine) string {
	n, _ := m.Number(m.task.number)
	return cmp.Or(
		lacking(n.PlatformType == "CLOUD_API" && n.Status == "CONNECTED", "registration"),
		lacking(n.PIN == m.pin, "PIN"),
		lacking(!n.ProfileLost, "profile"),
		lacking(m.holds(), "object"),
	)
}

// offCloud says that a number is still live, or held.
func offCloud(m *machine) string {
	n, _ := m.Number(m.task.number)
	return cmp.Or(lacking(n.PlatformType != "CLOUD_API", "deregistration"), lacking(!m.holds(), "end of the object"))
}
