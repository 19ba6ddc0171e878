package provider_test

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// between is the part of a guide from one heading to another.
func between(t *testing.T, page, from, to string) string {
	t.Helper()
	_, after, begins := strings.Cut(page, "\n"+from+"\n")
	part, _, ends := strings.Cut(after, "\n"+to+"\n")
	if !begins || !ends {
		t.Fatalf("the guide has no part from %q to %q", from, to)
	}
	return part
}

// says fails the test unless every line that a part of a guide shows was printed.
func says(t *testing.T, part, printed string) {
	t.Helper()
	blocks := codeOf(part, "text")
	if len(blocks) == 0 {
		t.Error("the guide shows nothing of what is printed")
	}
	for _, wanted := range strings.Split(strings.Join(blocks, ""), "\n") {
		wanted = strings.Replace(wanted, " after 1s", " after", 1)
		if !strings.Contains(printed, strings.TrimSuffix(wanted, " [id=200000000000002]")) {
			t.Errorf("the guide has a line that was not printed: %s\n%s", wanted, printed)
		}
	}
}

// TestGuide_gettingStarted walks through the first half of the guide as it is written:
// with the world of the simulator's program, and the provider installed from what
// make package makes.
func TestGuide_gettingStarted(t *testing.T) {
	acctest.Engine(t)
	t.Parallel()
	page := read(t, "docs/guides/getting-started.md")
	config := codeOf(between(t, page, "## Against the simulator", "### Register"), "terraform")
	if len(config) != 1 {
		t.Fatalf("%d configurations", len(config))
	}
	world := sim.ExampleWorld()
	w := acctest.StartWith(t, world)
	pins := regexp.MustCompile(`TF_VAR_pin=(\d{6})`).FindAllStringSubmatch(page, -1)
	if len(pins) != 2 {
		t.Fatalf("the guide sets %d PINs", len(pins))
	}
	w.Setenv("TF_VAR_pin", w.Secret("PIN", pins[0][1]))
	w.WriteFile("main.tf", config[0])
	if r := initFromMirror(t, w); r.Code != 0 {
		t.Fatalf("init failed:\n%s", r.Output)
	}
	run := func(args ...string) string { return w.Terraform(append(args, "-no-color")...).Output }

	part := between(t, page, "### Register", "### Change")
	says(t, part, run("plan", "-out=tfplan")+run("apply", "tfplan")+run("plan"))

	w.Setenv("TF_VAR_pin", w.Secret("second PIN", pins[1][1]))
	w.WriteFile("main.tf", strings.Replace(config[0], "pin_wo_version  = 1", "pin_wo_version  = 2", 1))
	says(t, between(t, page, "### Change", "### What a plan says beforehand"), run("apply", "-auto-approve"))

	part = between(t, page, "### What a plan says beforehand", "### Destroy")
	beforehand(t, w, part)
	says(t, between(t, page, "### Destroy", "## With a real account"), run("destroy", "-auto-approve"))
	w.Terraform("plan").Succeeds()
	if n := w.Registrations("200000000000002"); n != 1 {
		t.Errorf("%d registrations", n)
	}
}

// beforehand plans each number of the table in the guide.
func beforehand(t *testing.T, w *acctest.World, part string) {
	t.Helper()
	config := codeOf(part, "terraform")[0]
	rows := regexp.MustCompile("(?m)^\\| `(\\d+)` \\| `([^`]+)`").FindAllStringSubmatch(part, -1)
	if len(rows) < 4 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows {
		w.WriteFile("other.tf", strings.Replace(config, "200000000000001", row[1], 1))
		if r := w.Terraform("plan", "-no-color"); !strings.Contains(r.Output, row[2]) {
			t.Errorf("the plan of %s does not say %q:\n%s", row[1], row[2], r.Output)
		}
	}
	if err := os.Remove(filepath.Join(w.Dir(), "other.tf")); err != nil {
		t.Fatal(err)
	}
}

// TestGuide_curl registers a number with curl, takes it over as the guide says, and
// sets a new PIN. The number is registered once, and reachable all the time.
func TestGuide_curl(t *testing.T) {
	acctest.Engine(t)
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip(err)
	}
	for name, by := range map[string]func(*testing.T, *acctest.World, string) string{
		"removed block": func(_ *testing.T, _ *acctest.World, config string) string { return config },
		"state rm":      forgetByHand,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			page := read(t, "docs/guides/upgrading-from-curl.md")
			w := acctest.Start(t)
			w.Change(acctest.Live, func(n *sim.Number) { n.Status, n.PlatformType = "DISCONNECTED", "NOT_APPLICABLE" })
			steps := codeOf(strings.ReplaceAll(page, "https://graph.facebook.com", w.URL()), "terraform")
			if len(steps) != 3 {
				t.Fatalf("%d configurations", len(steps))
			}
			w.Setenv("TF_VAR_pin", "024680") // no secret: that is why people leave
			w.WriteFile("main.tf", steps[0])
			w.Terraform("apply", "-json", "-auto-approve").Succeeds().Sent(acctest.Register)

			config := by(t, w, steps[1])
			w.WriteFile("main.tf", config)
			plan := w.Terraform("plan", "-no-color", "-out=tfplan").Succeeds()
			says(t, between(t, page, "## After", "## Without a `removed` block"), plan.Output)
			if forgets := regexp.MustCompile(`will no longer be managed by Terraform|1 to forget`).MatchString(plan.Output); forgets != strings.Contains(config, "removed {") {
				t.Errorf("the plan forgets something: %t\n%s", forgets, plan.Output)
			}
			if r := w.Apply().Succeeds(); r.Count(acctest.Register)+r.Count(acctest.SetPIN)+r.Count(acctest.Deregister) != 0 {
				t.Errorf("asked %q", r.Asked)
			}
			w.Empty()

			w.Setenv("TF_VAR_pin", w.Secret("PIN", w.PIN()))
			w.WriteFile("main.tf", steps[2])
			w.Terraform("plan", "-json", "-out=tfplan").Succeeds()
			w.Apply().Succeeds().Sent(acctest.SetPIN, acctest.Look)
			w.Empty()
			if n := w.Registrations(acctest.Live); n != 1 {
				t.Errorf("%d registrations", n)
			}
		})
	}
}

// TestGuide_ci has a saved plan refused in the two ways that the guide names.
func TestGuide_ci(t *testing.T) {
	acctest.Engine(t)
	t.Parallel()
	page := read(t, "docs/guides/ci.md")
	w := acctest.Start(t)
	w.Setenv("TF_VAR_pin", w.Secret("PIN", w.PIN()))
	w.Write(read(t, "examples/resources/whatsapp_phone_registration/write-only/main.tf"))
	w.Terraform("plan", "-json", "-input=false", "-detailed-exitcode", "-out=tfplan").Changes(true)

	without := w.Command("apply", "-no-color", "-input=false", "tfplan")
	without.Env = slices.DeleteFunc(without.Env, func(kv string) bool { return strings.HasPrefix(kv, "TF_VAR_pin=") })
	without.Stdout, without.Stderr = nil, nil
	output, err := without.CombinedOutput()
	if err == nil || w.Count(acctest.Register) > 0 {
		t.Errorf("%v, %d registrations", err, w.Count(acctest.Register))
	}
	says(t, between(t, page, "## The plan file is as secret as what is in it", "## Exit codes"), string(output))

	w.Apply().Succeeds()
	if r := w.Apply(); r.Code != 1 || !strings.Contains(r.Output, "Saved plan is stale") || !strings.Contains(page, "`Saved plan is stale`") {
		t.Errorf("exit code %d\n%s", r.Code, r.Output)
	}
	w.Empty()
}

// TestGuide_secrets finds the token in a plan file where it comes from a variable that
// is not ephemeral. That one which is ephemeral is in no file, the scan after the
// example with several customers makes sure of.
func TestGuide_secrets(t *testing.T) {
	acctest.Engine(t)
	t.Parallel()
	w := acctest.Start(t)
	w.Setenv("TF_VAR_token", w.Stored("access token", w.Token()))
	w.Plan(`
variable "token" {
  type      = string
  sensitive = true
}

provider "whatsapp" {
  access_token = var.token
}

data "whatsapp_access_token" "this" {}
`).Succeeds()
	plan, err := zip.OpenReader(filepath.Join(w.Dir(), "tfplan"))
	if err != nil {
		t.Fatal(err)
	}
	defer plan.Close()
	file, err := plan.Open("tfplan")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	content, err := io.ReadAll(file)
	if err != nil || !bytes.Contains(content, []byte(w.Token())) {
		t.Errorf("the guide warns of a plan file that does not have the token: %v", err)
	}
}

// forgetByHand takes the old resource out of the state, and the removed block out of
// the configuration.
func forgetByHand(t *testing.T, w *acctest.World, config string) string {
	t.Helper()
	if r := w.Terraform("state", "rm", "terraform_data.support"); r.Code != 0 {
		t.Fatal(r.Output)
	}
	return regexp.MustCompile(`(?ms)^removed \{.*?^\}\n\n`).ReplaceAllString(config, "")
}
