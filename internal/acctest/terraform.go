package acctest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// Result is what one run of Terraform came to.
type Result struct {
	Code        int // exit code; for Plan, 2 means that there are changes
	Diagnostics []Diagnostic
	Output      string     // everything it printed
	Asked       []string   // the requests it sent, as "METHOD /route"
	Calls       []sim.Call // the same in full
	w           *World
}

// Diagnostic is one error or warning as Terraform shows it.
type Diagnostic struct {
	Severity string // "error" or "warning"
	Summary  string
	Detail   string
	Code     string // the line of the configuration that Terraform shows, "" for none
}

// Plan writes the configuration and plans it into a file, which Apply takes.
func (w *World) Plan(config string, args ...string) *Result {
	w.t.Helper()
	w.Write(config)
	return w.Terraform(append([]string{"plan", "-json", "-input=false", "-detailed-exitcode", "-out=tfplan"}, args...)...)
}

// Apply applies the plan that Plan made.
func (w *World) Apply() *Result {
	w.t.Helper()
	return w.Terraform("apply", "-json", "-input=false", "tfplan")
}

// Run plans and applies a configuration in which nothing may go wrong, and makes
// sure that the next plan is empty. It returns the results of plan and apply.
func (w *World) Run(config string) (plan, apply *Result) {
	w.t.Helper()
	plan = w.Plan(config).Succeeds()
	w.owe(kindPlan, kindUnpacked, kindJSON, kindState)
	w.Terraform("show", "-json", "tfplan").Succeeds() // the plan as JSON is scanned too
	apply = w.Apply().Succeeds()
	w.Empty()
	return plan, apply
}

// Empty fails the test unless a plan of the configuration that is in place has
// no changes. What it asked of the API is forgotten.
func (w *World) Empty() {
	w.t.Helper()
	if r := w.Terraform("plan", "-json", "-input=false", "-detailed-exitcode"); r.Code != 0 {
		w.t.Errorf("the plan is not empty:\n%s", r.Output)
	}
}

// Destroy destroys everything.
func (w *World) Destroy() *Result {
	w.t.Helper()
	return w.Terraform("destroy", "-json", "-input=false", "-auto-approve")
}

// Terraform runs one command in the world's folder.
func (w *World) Terraform(args ...string) *Result {
	w.t.Helper()
	w.ForgetCalls()
	cmd := w.Command(args...)
	var out bytes.Buffer
	cmd.Stdout = io.MultiWriter(&out, cmd.Stdout)
	cmd.Stderr = cmd.Stdout
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		w.t.Fatal(err)
	}
	r := &Result{Code: cmd.ProcessState.ExitCode(), Diagnostics: diagnostics(out.Bytes()), Output: out.String(), w: w}
	r.Calls = w.Calls()
	w.went = w.went || len(r.Calls) > 0
	w.overhear(r.Calls)
	r.Asked = w.Asked()
	return r
}

// Command is a run of Terraform that the test starts itself, to interrupt it. What
// it prints, and its log at the level TRACE, are part of what is scanned in the end.
func (w *World) Command(args ...string) *exec.Cmd {
	w.t.Helper()
	w.runs++
	if w.reattach == "" && w.cli == "" {
		w.reattach = serve(w.t, w.Provider)
	}
	cmd := exec.Command(Engine(w.t), args...)
	cmd.Dir = w.dir
	cmd.Stdout = w.output(args[0])
	cmd.Stderr = cmd.Stdout
	cmd.Env = append(cleanEnv(), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_LOG=TRACE",
		"TF_LOG_PATH="+filepath.Join(w.logs, fmt.Sprintf("trace-%03d.log", w.runs)))
	if w.cli != "" {
		cmd.Env = append(cmd.Env, "TF_CLI_CONFIG_FILE="+w.cli)
	} else {
		cmd.Env = append(cmd.Env, "TF_REATTACH_PROVIDERS="+w.reattach)
	}
	for name, value := range w.env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	return cmd
}

// UseBinary has Terraform start the provider as a program of its own, as users
// have it, so that it can be killed. It waits as long as users wait.
func (w *World) UseBinary() {
	w.t.Helper()
	w.UseProgram(binary(w.t))
}

// UseProgram is UseBinary for a program that the test has built.
func (w *World) UseProgram(path string) {
	w.t.Helper()
	w.UseConfig(fmt.Sprintf(`provider_installation {
  dev_overrides {
    "registry.terraform.io/whatsapp-terraform/whatsapp" = %[1]q
    "registry.opentofu.org/whatsapp-terraform/whatsapp" = %[1]q
  }
  direct {}
}
`, filepath.Dir(path)))
}

// UseConfig has Terraform find the provider by a CLI configuration.
func (w *World) UseConfig(content string) {
	w.t.Helper()
	w.cli = filepath.Join(w.dir, "terraform.rc")
	w.WriteFile("terraform.rc", content)
}

// UseTest has Terraform use the provider in this process again, which waits less.
func (w *World) UseTest() { w.cli = "" }

// outputSuffix ends the names of the files with what a command printed.
const outputSuffix = ".out"

// output is a file for what a command prints.
func (w *World) output(command string) *os.File {
	w.t.Helper()
	file, err := os.Create(filepath.Join(w.logs, fmt.Sprintf("%s-%03d"+outputSuffix, command, w.runs)))
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = file.Close() })
	return file
}

// cleanEnv is the environment without what would change how Terraform or the
// provider behave.
func cleanEnv() []string {
	var env []string
	for _, kv := range os.Environ() {
		if !strings.HasPrefix(kv, "TF_") && !strings.HasPrefix(kv, "WHATSAPP_") {
			env = append(env, kv)
		}
	}
	return env
}

// diagnostics takes the errors and warnings out of what a command printed with
// -json. Lines that are not JSON are passed over.
func diagnostics(output []byte) []Diagnostic {
	var all []Diagnostic
	lines := bufio.NewScanner(bytes.NewReader(output))
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var line struct {
			Type       string
			Diagnostic struct {
				Severity, Summary, Detail string
				Snippet                   struct{ Code string }
			}
		}
		if json.Unmarshal(lines.Bytes(), &line) == nil && line.Type == "diagnostic" {
			d := line.Diagnostic
			all = append(all, Diagnostic{d.Severity, d.Summary, d.Detail, strings.TrimSpace(d.Snippet.Code)})
		}
	}
	return all
}
