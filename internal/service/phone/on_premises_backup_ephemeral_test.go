package phone_test

import (
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// opened is a configuration that hands an ephemeral backup to a registration.
func opened(w *acctest.World, d *acctest.Deployment, pin, more string) string {
	return acctest.DeploymentVariables + "\nephemeral \"whatsapp_on_premises_backup\" \"b\" {\n" + d.Arguments(more) + "}\n" +
		writeOnly(w, acctest.OnPremise, pin, `
  backup_wo = {
    data     = ephemeral.whatsapp_on_premises_backup.b.data
    password = ephemeral.whatsapp_on_premises_backup.b.backup_password
  }
`)
}

// TestBackup takes a backup with a password made up on the spot, which registers
// the number, and logs out when Terraform is done with it.
func TestBackup(t *testing.T) {
	t.Parallel()
	session := []string{acctest.Login, acctest.Application, acctest.Backup}
	for name, tt := range map[string]struct{ more, password string }{
		"made up": {"", ""},
		"given":   {"    backup_password = var.backup_password\n", "tr0ub4dor-and-3"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, d := acctest.StartDeployment(t, nil)
			pin := w.PIN()
			withPIN(w, acctest.OnPremise, pin)
			w.Setenv("TF_VAR_backup_password", w.Secret("backup password", tt.password))
			config := opened(w, d, pin, tt.more) + "\nvariable \"backup_password\" {\n  type      = string\n  ephemeral = true\n}\n"
			plan := w.Plan(config).Succeeds()
			if got := strings.Join(plan.Asked, "\n"); !strings.Contains(got, strings.Join(session, "\n")) || !strings.Contains(got, acctest.Logout) {
				t.Errorf("asked %q", plan.Asked)
			}
			w.Apply().Succeeds()
			if n := mustNumber(t, w, acctest.OnPremise); n.PlatformType != "CLOUD_API" || n.ProfileLost {
				t.Errorf("the number is on %s, profile lost: %t", n.PlatformType, n.ProfileLost)
			}
			if n := w.Tokens(acctest.OnPremise); n != 0 {
				t.Errorf("%d tokens were left behind", n)
			}
		})
	}
}

// TestBackup_waID tells which number the deployment serves.
func TestBackup_waID(t *testing.T) {
	t.Parallel()
	w, d := acctest.StartDeployment(t, nil)
	w.Plan(opened(w, d, w.PIN(), "") + `
check "number" {
  assert {
    condition     = ephemeral.whatsapp_on_premises_backup.b.wa_id == "15550100101"
    error_message = "The deployment serves another number."
  }
}
`).Succeeds()
}

// TestBackup_fails as whatever fails at the deployment, and leaves no token.
func TestBackup_fails(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(*sim.Deployment)
		fault  sim.Fault
		words  []string
	}{
		"no administrator": {change: func(d *sim.Deployment) { d.Role = "ROLE_USER" }, words: []string{"code 1005", "no administrator"}},
		"no backup":        {fault: sim.Fault{Route: acctest.Backup, Kind: sim.FaultError, Code: 1014, Times: -1}, words: []string{"take a backup", "code 1014"}},
		"disconnected":     {change: func(d *sim.Deployment) { d.State = "disconnected" }, words: []string{"take a backup", "code 1011"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, d := acctest.StartDeployment(t, tt.change)
			w.Setenv("WHATSAPP_MAX_RETRIES", "1")
			if tt.fault.Kind != sim.FaultNone {
				w.Inject(tt.fault)
			}
			w.Plan(opened(w, d, w.PIN(), "")).Fails("", tt.words...)
			if n := w.Tokens(acctest.OnPremise); n != 0 {
				t.Errorf("%d tokens were left behind", n)
			}
		})
	}
}
