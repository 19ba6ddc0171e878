package phone_test

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// inspection is what a look at a deployment asks, from login to logout.
var inspection = []string{acctest.Login, acctest.Health, acctest.Support, acctest.Application}

// migration is a configuration that moves the number out of its deployment.
func migration(w *acctest.World, d *acctest.Deployment, pin, more string) string {
	return acctest.DeploymentVariables + writeOnly(w, acctest.OnPremise, pin, "  on_premises = {\n"+d.Arguments(more)+"  }\n")
}

// ask puts lists of requests one after the other.
func ask(lists ...[]string) []string {
	var all []string
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

// TestMigration moves a number in one apply: look, log in, check, back up,
// register, wait, log out, in this order. Afterwards the deployment is of no
// interest any more, whether it answers and whether the configuration names it.
func TestMigration(t *testing.T) {
	t.Parallel()
	w, d := acctest.StartDeployment(t, nil)
	pin := w.PIN()
	withPIN(w, acctest.OnPremise, pin)
	config := migration(w, d, pin, "")
	w.Plan(config).Succeeds().Warns("A wrong PIN takes the deployment", "reset_pin = true").
		Sent(ask([]string{acctest.Look}, inspection, []string{acctest.Logout})...)
	w.Apply().Succeeds().Sent(ask(
		[]string{acctest.Look}, inspection, []string{acctest.Logout}, // planned once more
		inspection, []string{acctest.Backup, acctest.Register, acctest.Look, acctest.Look, acctest.Logout})...)
	if n := mustNumber(t, w, acctest.OnPremise); n.PlatformType != "CLOUD_API" || n.ProfileLost {
		t.Errorf("the number is on %s, profile lost: %t", n.PlatformType, n.ProfileLost)
	}
	if n := w.Tokens(acctest.OnPremise); n != 0 {
		t.Errorf("%d tokens were left behind", n)
	}
	w.Empty()
	w.StopOnPremises(acctest.OnPremise)
	w.Plan(config).Changes(false).Quiet().Sent(acctest.Look)
	w.Plan(writeOnly(w, acctest.OnPremise, pin, "")).Changes(false).Quiet().Sent(acctest.Look)
	if got := w.Attribute(numberAddress, "on_premises"); got != nil {
		t.Errorf("the state has on_premises: %v", got)
	}
}

// TestMigration_resetPIN sets the PIN of the deployment before the backup, so that
// it cannot be wrong.
func TestMigration_resetPIN(t *testing.T) {
	t.Parallel()
	w, d := acctest.StartDeployment(t, nil)
	withPIN(w, acctest.OnPremise, w.PIN())
	pin := w.PIN()
	w.Plan(migration(w, d, pin, "    reset_pin = true\n")).Succeeds().Quiet()
	apply := w.Apply().Succeeds()
	want := ask([]string{acctest.SwitchOff, acctest.SwitchOn, acctest.Backup, acctest.Register})
	if !strings.Contains(strings.Join(apply.Asked, "\n"), strings.Join(want, "\n")) {
		t.Errorf("asked %q", apply.Asked)
	}
	if mustNumber(t, w, acctest.OnPremise).PIN != pin {
		t.Error("the number has another PIN")
	}
	w.Empty()
}

// TestMigration_wrongPIN says that the number is nowhere, as read from both
// sides, and the steps back, which work.
func TestMigration_wrongPIN(t *testing.T) {
	t.Parallel()
	w, d := acctest.StartDeployment(t, nil)
	right := w.PIN()
	withPIN(w, acctest.OnPremise, right)
	w.Plan(migration(w, d, w.PIN(), "")).Succeeds()
	w.Apply().Fails("pin_wo", "two-step verification PIN", "code 133005", "says disconnected",
		"on neither side (status DISCONNECTED, platform NOT_APPLICABLE)", "1. Restart the deployment", "3. Remove on_premises and run terraform apply")
	if w.Tokens(acctest.OnPremise) != 0 {
		t.Error("a token was left behind")
	}

	// The first step does not help here, and the plan says so.
	w.Restore(acctest.OnPremise)
	w.Plan(migration(w, d, right, "    reset_pin = true\n")).Succeeds().Warns("is not connected", "gateway status is disconnected")
	w.Apply().Fails("on_premises", "is not connected", "No registration was attempted")

	w.Run(writeOnly(w, acctest.OnPremise, right, ""))
	if w.Attempts(acctest.OnPremise) != 2 {
		t.Errorf("%d attempts", w.Attempts(acctest.OnPremise))
	}
}

// TestMigration_checks refuses whatever speaks against a migration before
// anything irreversible: as a warning in the plan, as an error in the apply, and
// without a registration.
func TestMigration_checks(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change  func(*sim.Deployment)
		happens func(*acctest.World)
		more    string
		words   []string
	}{
		"wrong admin password": {happens: func(w *acctest.World) { w.Setenv("TF_VAR_admin_password", "Wrong-passw0rd") }, words: []string{"log in at the On-Premises deployment", "user name or the password is wrong", "code 1005"}},
		"no password":          {happens: func(w *acctest.World) { w.Setenv("TF_VAR_admin_password", "null") }, words: []string{"Password of the On-Premises deployment missing", "WHATSAPP_ON_PREMISES_PASSWORD"}},
		"not an administrator": {change: func(d *sim.Deployment) { d.Role = "ROLE_USER" }, words: []string{"takes an administrator", "code 1005"}},
		"default password":     {change: func(d *sim.Deployment) { d.DefaultPassword, d.Password = true, "secret" }, happens: func(w *acctest.World) { w.Setenv("TF_VAR_admin_password", "secret") }, words: []string{"The provider never changes it", "code 1024"}},
		"expired":              {change: func(d *sim.Deployment) { d.Expires = "2025-10-23T00:00:00" }, words: []string{"has expired", "2025-10-23"}},
		"another number":       {change: func(d *sim.Deployment) { d.WAID = "15550109999" }, words: []string{"serves another number", "15550109999", "+1 555-010-0101"}},
		"disconnected":         {change: func(d *sim.Deployment) { d.State = "disconnected" }, words: []string{"is not connected", "disconnected"}},
		"unregistered":         {change: func(d *sim.Deployment) { d.State = "unregistered" }, words: []string{"is not connected", "unregistered"}},
		"starting":             {change: func(d *sim.Deployment) { d.State = "uninitialized" }, words: []string{"is not connected", "uninitialized"}},
		"HTML from a proxy":    {happens: onEvery(sim.Fault{Route: acctest.Login, Kind: sim.FaultHTML, Status: 503}), words: []string{"HTTP 503", "base_url"}},
		"answer cut short":     {happens: onEvery(sim.Fault{Route: acctest.Health, Kind: sim.FaultTruncate}), words: []string{"read the health of the On-Premises deployment"}},
		"unreachable":          {happens: func(w *acctest.World) { w.StopOnPremises(acctest.OnPremise) }, words: []string{"log in at the On-Premises deployment", "Check that base_url is right"}},
		"unknown CA":           {happens: func(w *acctest.World) { w.Setenv("TF_VAR_ca", "null") }, words: []string{"unknown authority", "ca_certificate", "GET /v1/certificates/external/ca"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, d := acctest.StartDeployment(t, tt.change)
			w.Setenv("WHATSAPP_MAX_RETRIES", "1")
			if tt.happens != nil {
				tt.happens(w)
			}
			config := strings.ReplaceAll(migration(w, d, w.PIN(), "    reset_pin = true\n"+tt.more), "var.ca\n", "var.ca == \"null\" ? null : var.ca\n")
			config = strings.ReplaceAll(config, "var.admin_password\n", "var.admin_password == \"null\" ? null : var.admin_password\n")
			w.Plan(config).Succeeds().Warns(append(tt.words, "refused without spending an attempt")...)
			apply := w.Apply().Fails("", append(tt.words, "No registration was attempted")...)
			if apply.Count(acctest.Register) != 0 || apply.Count(acctest.SwitchOff) != 0 || apply.Count(acctest.Backup) != 0 || w.Attempts(acctest.OnPremise) != 0 {
				t.Errorf("asked %q", apply.Asked)
			}
			if w.Tokens(acctest.OnPremise) != 0 {
				t.Error("a token was left behind")
			}
			if n := mustNumber(t, w, acctest.OnPremise); n.PlatformType != "ON_PREMISE" {
				t.Errorf("the number is on %s", n.PlatformType)
			}
		})
	}
}

// onEvery makes every call of a route go wrong.
func onEvery(f sim.Fault) func(*acctest.World) {
	f.Times = -1
	return func(w *acctest.World) { w.Inject(f) }
}

// TestMigration_backupFails ends before the registration when there is no backup.
func TestMigration_backupFails(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		opts  []sim.Option
		fault sim.Fault
	}{
		"of 0 bytes": {opts: []sim.Option{sim.WithBackupSize(0)}},
		"cut short":  {fault: sim.Fault{Kind: sim.FaultTruncate, Times: -1}},
		"refused":    {fault: sim.Fault{Kind: sim.FaultError, Code: 1014, Times: -1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, d := acctest.StartDeployment(t, nil, tt.opts...)
			if tt.fault.Kind != sim.FaultNone {
				tt.fault.Route = acctest.Backup
				w.Inject(tt.fault)
			}
			w.Plan(migration(w, d, w.PIN(), "    reset_pin = true\n")).Succeeds()
			apply := w.Apply().Fails("", "take a backup at the On-Premises deployment", "No registration was attempted",
				"still on the On-Premises API", "The two-step PIN of the number was set")
			if apply.Count(acctest.Register) != 0 || w.Tokens(acctest.OnPremise) != 0 {
				t.Errorf("asked %q, %d tokens", apply.Asked, w.Tokens(acctest.OnPremise))
			}
		})
	}
}

// TestMigration_survives what passes: a cluster, a token revoked half-way, a
// backup of five megabytes, a deployment that refuses connections afterwards, a
// registration whose answer is lost, and one that takes its time.
func TestMigration_survives(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change  func(*sim.Deployment)
		opts    []sim.Option
		happens func(*acctest.World)
	}{
		"a cluster":     {change: func(d *sim.Deployment) { d.HA, d.Shards, d.NotPrimary = true, 2, 2 }},
		"one not ready": {change: func(d *sim.Deployment) { d.NotReady = 1 }},
		"a revoked token": {happens: func(w *acctest.World) {
			w.Inject(sim.Fault{Route: acctest.Application, Kind: sim.FaultError, Status: 401, Code: 1005})
		}},
		"five megabytes":    {opts: []sim.Option{sim.WithBackupSize(5 << 20)}},
		"a lost answer":     {happens: func(w *acctest.World) { w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultResetAfter}) }},
		"the other success": {opts: []sim.Option{sim.WithStringSuccess(), sim.WithRFC3339Dates(), sim.WithEmptySuccess("")}},
		"refused afterward": {opts: []sim.Option{sim.WithOnPremisesRefused()}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, d := acctest.StartDeployment(t, tt.change, tt.opts...)
			if tt.happens != nil {
				tt.happens(w)
			}
			w.Plan(migration(w, d, w.PIN(), "    reset_pin = true\n")).Succeeds()
			w.Apply().Succeeds()
			if w.Registrations(acctest.OnPremise) != 1 || mustNumber(t, w, acctest.OnPremise).ProfileLost {
				t.Errorf("%d registrations", w.Registrations(acctest.OnPremise))
			}
			w.Empty()
		})
	}
}

// TestMigration_cluster moves a number of two shards, whose throughput is raised.
func TestMigration_cluster(t *testing.T) {
	t.Parallel()
	w, d := acctest.StartDeployment(t, func(d *sim.Deployment) { d.HA, d.Shards, d.NotPrimary = true, 2, 2 })
	w.Run(migration(w, d, w.PIN(), "    reset_pin = true\n"))
	if got := mustNumber(t, w, acctest.OnPremise).ThroughputLevel; got != "HIGH" {
		t.Errorf("the throughput is %s", got)
	}
}

// TestMigration_withoutPIN gives the PIN to a number that had none.
func TestMigration_withoutPIN(t *testing.T) {
	t.Parallel()
	w, d := acctest.StartDeployment(t, nil)
	pin := w.PIN()
	w.Run(migration(w, d, pin, ""))
	if mustNumber(t, w, acctest.OnPremise).PIN != pin {
		t.Error("the number has another PIN")
	}
}

// TestMigration_backupByHand registers with a backup that was taken by hand, and
// says what is wrong with one that does not fit. Nothing is lost by that.
func TestMigration_backupByHand(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		spoil    func(w *acctest.World, data string) string
		password string
		words    []string
	}{
		"unmodified":     {},
		"wrong password": {password: "wrong-password-here", words: []string{"code 133002", "Meta cannot read the backup", "still on the On-Premises API: nothing was lost"}},
		"cut short":      {spoil: func(_ *acctest.World, data string) string { return data[:len(data)/2] }, words: []string{"code 133002", "hand it over unmodified"}},
		"stale":          {spoil: func(w *acctest.World, data string) string { w.RenewIdentity(acctest.OnPremise); return data }, words: []string{"code 133006", "/request_code"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, d := acctest.StartDeployment(t, nil)
			pin, password := w.PIN(), w.Secret("backup password", "correct-horse-battery")
			withPIN(w, acctest.OnPremise, pin)
			data := d.TakeBackup(password)
			if tt.spoil != nil {
				data = tt.spoil(w, data)
			}
			if tt.password != "" {
				password = w.Secret("wrong password", tt.password)
			}
			w.Setenv("TF_VAR_backup", fmt.Sprintf(`{"data":%q,"password":%q}`, w.Secret("backup data", data), password))
			w.Plan(writeOnly(w, acctest.OnPremise, pin, "  backup_wo = var.backup\n")).Succeeds()
			apply := w.Apply()
			if tt.words != nil {
				apply.Fails("", tt.words...)
				if deployment, _ := w.Deployment(acctest.OnPremise); deployment.State != "connected" || w.Registrations(acctest.OnPremise) != 0 {
					t.Errorf("the deployment is %s", deployment.State)
				}
				return
			}
			apply.Succeeds()
			if mustNumber(t, w, acctest.OnPremise).ProfileLost {
				t.Error("the profile was lost")
			}
			w.Empty()
		})
	}
}

// TestMigration_successFalse takes "success": false for what it says.
func TestMigration_successFalse(t *testing.T) {
	t.Parallel()
	w, d := acctest.StartDeployment(t, nil)
	w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultNoSuccess})
	w.Plan(migration(w, d, w.PIN(), "    reset_pin = true\n")).Succeeds()
	w.Apply().Fails("", "nothing was done", "still on the On-Premises API: nothing was lost")
}

// TestMigration_refused tells for every refusal where the number is.
func TestMigration_refused(t *testing.T) {
	t.Parallel()
	for code, words := range map[int]string{
		133006: "ownership", 133008: "Too many wrong PINs", 133009: "tried too fast", 133016: "72 hours",
		131031: "restricted or locked", 133001: "backup", 133002: "backup", 133003: "backup",
	} {
		t.Run(strings.TrimSpace(words)+string(rune('0'+code%10)), func(t *testing.T) {
			t.Parallel()
			w, d := acctest.StartDeployment(t, nil)
			w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultError, Code: code})
			config := migration(w, d, w.PIN(), "    reset_pin = true\n")
			w.Plan(config).Succeeds()
			w.Apply().Fails("", words, "says connected", "still on the On-Premises API: nothing was lost", "The two-step PIN of the number was set", "2. Run terraform apply again")
			w.Plan(config).Succeeds()
			w.Apply().Succeeds()
			w.Empty()
		})
	}
}

// TestMigration_insecure warns of a certificate that nobody checks.
func TestMigration_insecure(t *testing.T) {
	t.Parallel()
	w, d := acctest.StartDeployment(t, nil)
	w.Setenv("TF_VAR_ca", "")
	config := strings.Replace(migration(w, d, w.PIN(), "    reset_pin = true\n    insecure = true\n"), "    ca_certificate = var.ca\n", "", 1)
	w.Plan(config).Succeeds().Warns("certificate of the On-Premises deployment is not checked", "Set ca_certificate instead")
	w.Apply().Succeeds()
	w.Empty()
}

// TestMigration_passwordFromEnvironment needs no password in the configuration.
func TestMigration_passwordFromEnvironment(t *testing.T) {
	t.Parallel()
	w, d := acctest.StartDeployment(t, nil)
	truth, _ := w.Deployment(acctest.OnPremise)
	w.Setenv("WHATSAPP_ON_PREMISES_PASSWORD", truth.Password)
	w.Run(strings.Replace(migration(w, d, w.PIN(), "    reset_pin = true\n"), "    password       = var.admin_password\n", "", 1))
}

// TestMigration_adopted leaves the deployment alone when the number has moved.
func TestMigration_adopted(t *testing.T) {
	t.Parallel()
	w, d := acctest.StartDeployment(t, nil)
	status(w, acctest.OnPremise, "CONNECTED", "CLOUD_API")
	w.Plan(migration(w, d, w.PIN(), "")).Succeeds().Warns("is adopted", "The backup is not used").Sent(acctest.Look)
	w.Apply().Succeeds().Sent(acctest.Look, acctest.SetPIN, acctest.Look)
}

// TestMigration_badInput is refused in the plan.
func TestMigration_badInput(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ replace, by, words string }{
		"plain http":     {"https://127.0.0.1", "http://onprem.example.com", "https"},
		"no scheme":      {"https://127.0.0.1", "127.0.0.1", "base_url"},
		"no certificate": {"var.ca\n", "\"no certificate\"\n", "ca_certificate"},
		"empty user":     {"\"admin\"", "\"\"", "must not be empty"},
		"two backups":    {"  on_premises", "  backup_wo = { data = \"data\", password = \"pass\" }\n  on_premises", "cannot be specified when"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, d := acctest.StartDeployment(t, nil)
			config := migration(w, d, w.PIN(), "")
			if !strings.Contains(config, tt.replace) {
				t.Fatalf("there is no %q in\n%s", tt.replace, config)
			}
			w.Plan(strings.Replace(config, tt.replace, tt.by, 1)).Fails("", tt.words).Sent()
		})
	}
}

// TestMigration_killed finishes the job of an apply that was killed at any step,
// with one registration in all.
func TestMigration_killed(t *testing.T) {
	t.Parallel()
	for _, route := range []string{acctest.Login, acctest.SwitchOff, acctest.Backup, acctest.Register} {
		t.Run(route[strings.LastIndex(route, "/")+1:], func(t *testing.T) {
			t.Parallel()
			w, d := acctest.StartDeployment(t, nil)
			w.UseBinary()
			config := migration(w, d, w.PIN(), "    reset_pin = true\n")
			w.Plan(config).Succeeds()
			skip := 0
			if route == acctest.Login {
				skip = 1 // the one of the plan that Terraform makes once more
			}
			w.Inject(sim.Fault{Route: route, Skip: skip, Delay: 2 * time.Second})
			apply := w.Command("apply", "-json", "-input=false", "tfplan")
			apply.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
			if err := apply.Start(); err != nil {
				t.Fatal(err)
			}
			waitFor(t, route, func() bool { return w.Count(route) > skip })
			interrupt(t, apply, syscall.SIGKILL)
			waitFor(t, "the call to end", func() bool {
				calls := w.Calls()
				return calls[len(calls)-1].Status != 0
			})
			w.Plan(config).Succeeds()
			w.Apply().Succeeds()
			if w.Registrations(acctest.OnPremise) != 1 {
				t.Errorf("%d registrations", w.Registrations(acctest.OnPremise))
			}
			w.Empty()
		})
	}
}

// TestMigration_deploymentDies comes through although the deployment is gone for
// good once the backup is taken. Nobody can log out there any more.
func TestMigration_deploymentDies(t *testing.T) {
	t.Parallel()
	w, d := acctest.StartDeployment(t, nil, sim.WithRegisterTime(time.Second))
	w.Setenv("WHATSAPP_MAX_RETRIES", "1")
	w.Plan(migration(w, d, w.PIN(), "    reset_pin = true\n")).Succeeds()
	apply := w.Command("apply", "-json", "-input=false", "tfplan")
	begin(t, w, apply)
	w.StopOnPremises(acctest.OnPremise)
	if err := apply.Wait(); err != nil {
		t.Fatal(err)
	}
	if n := mustNumber(t, w, acctest.OnPremise); n.PlatformType != "CLOUD_API" || n.ProfileLost {
		t.Errorf("the number is on %s, profile lost: %t", n.PlatformType, n.ProfileLost)
	}
	w.Empty()
}
