package acctest

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Feature is something that not every engine has. A new one is a line here and in
// Features, and a row in the table of internal/provider/engines_test.go.
type Feature struct {
	Name      string
	Terraform string         // the first release that has it, such as "1.11", or never
	OpenTofu  string         // the same
	uses      *regexp.Regexp // finds it in a configuration; nil if it is no matter of configuration
}

const (
	always = "1.0"
	never  = "never"
)

// The features that the tests know.
var (
	Core               = Feature{"Register, change, deregister", always, always, nil}
	Adoption           = Feature{"Adopt a number that is registered", always, always, nil}
	DataSources        = Feature{"Data sources", always, always, nil}
	Conditions         = Feature{"`precondition` and `postcondition`", "1.2", always, nil}
	ImportCommand      = Feature{"Import by command", always, always, nil}
	ImportBlock        = Feature{"`import` block with an id", "1.5", always, nil}
	GeneratedConfig    = Feature{"Configuration generated for an import", "1.5", always, nil}
	Checks             = Feature{"`check` block", "1.5", always, nil}
	Mirror             = Feature{"Install from a mirror, with a lock file", always, always, nil}
	Tests              = Feature{"`.tftest.hcl` tests with a mocked provider", "1.7", "1.8", nil}
	ImportForEach      = Feature{"`import` block with `for_each`", "1.7", "1.7", regexp.MustCompile(`(?m)^import \{\n\s*for_each`)}
	Removed            = Feature{"`removed` block: forget, do not deregister", "1.7", "1.7", regexp.MustCompile(`(?m)^removed \{`)}
	EphemeralVariables = Feature{"Ephemeral variables", "1.10", "1.11", nil} // for uses see forgetful
	EphemeralResources = Feature{"Ephemeral resources", "1.10", "1.11", regexp.MustCompile(`(?m)^ephemeral "`)}
	WriteOnly          = Feature{"Write-only arguments", "1.11", "1.11", regexp.MustCompile(`(?m)^\s*(\w+_wo|on_premises)\s*=`)}
	ImportIdentity     = Feature{"`import` block with an identity", "1.12", "1.12", regexp.MustCompile(`(?m)^import \{[^}]*\bidentity\s*=`)}
	Lists              = Feature{"Lists: `terraform query`", "1.14", never, regexp.MustCompile(`(?m)^list "`)}
	Actions            = Feature{"Actions", "1.14", never, regexp.MustCompile(`(?m)^action "`)}
)

// Features are all of them, in the order in which people ask.
func Features() []Feature {
	return []Feature{
		Core, Adoption, DataSources, ImportCommand, ImportBlock, GeneratedConfig, Conditions, Checks, Mirror,
		ImportForEach, Removed, Tests, EphemeralVariables, EphemeralResources, WriteOnly, ImportIdentity, Lists, Actions,
	}
}

// Release is an engine and its version.
type Release struct {
	Product string // Terraform or OpenTofu
	Version string // such as "1.11.4"
}

// String names the release for people.
func (r Release) String() string { return r.Product + " " + r.Version }

// Has reports whether the engine is documented to have the feature.
func (r Release) Has(f Feature) bool {
	since := f.since(r.Product)
	return since != never && !older(r.Version, since)
}

func (f Feature) since(product string) string {
	if product == "OpenTofu" {
		return f.OpenTofu
	}
	return f.Terraform
}

// older compares the first two numbers of versions; the third decides nothing.
func older(version, than string) bool {
	number := func(v string, i int) int {
		n, _ := strconv.Atoi(strings.Split(v+".0", ".")[i]) // what is no number counts as none
		return n
	}
	if a, b := number(version, 0), number(than, 0); a != b {
		return a < b
	}
	return number(version, 1) < number(than, 1)
}

var asked struct {
	once    sync.Once
	release Release
	output  []byte
	err     error
}

var versionLine = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v(\S+)`)

// EngineRelease asks the engine what it is.
func EngineRelease(t testing.TB) Release {
	t.Helper()
	engine := Engine(t)
	asked.once.Do(func() {
		cmd := exec.Command(engine, "version")
		cmd.Env = append(cleanEnv(), "CHECKPOINT_DISABLE=1")
		asked.output, asked.err = cmd.Output()
		if m := versionLine.FindSubmatch(asked.output); m != nil {
			asked.release = Release{string(m[1]), string(m[2])}
		}
	})
	if asked.err != nil || asked.release.Product == "" {
		t.Fatalf("%s does not say its version: %v\n%s", engine, asked.err, asked.output)
	}
	return asked.release
}

// Needs skips the test when the engine lacks the feature. What a configuration
// shows by itself needs no call: Write and WriteFile see it.
func (w *World) Needs(f Feature) {
	w.t.Helper()
	if r := EngineRelease(w.t); !r.Has(f) {
		Skip(w.t, fmt.Sprintf("%s: %s since %s", r, f.Name, f.since(r.Product)))
	}
}

// Skip skips a test that lacks something, and counts it where .ci/engine asks for
// that.
func Skip(t testing.TB, reason string) {
	t.Helper()
	if name := os.Getenv("TF_ACC_SKIPPED"); name != "" {
		file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if _, err := fmt.Fprintln(file, reason); err != nil {
			t.Fatal(err)
		}
	}
	t.Skip(reason)
}

// Anyway lets the test give an engine what it does not know: a test of what it
// says then.
func (w *World) Anyway() { w.anyway = true }

var forgetful = regexp.MustCompile(`(?m)^\s*ephemeral\s*=\s*true\n`)

// suit skips the test when the engine lacks what a configuration uses. Only that
// variables are ephemeral is left out for an engine that knows no such ones, since
// most tests that declare them are about something else.
func (w *World) suit(config string) string {
	w.t.Helper()
	if w.anyway || os.Getenv("TF_ACC") == "" {
		return config
	}
	for _, f := range Features() {
		if f.uses != nil && f.uses.MatchString(config) {
			w.Needs(f)
		}
	}
	if !EngineRelease(w.t).Has(EphemeralVariables) && forgetful.MatchString(config) {
		w.remembers = true
		return forgetful.ReplaceAllString(config, "")
	}
	return config
}

// variable reports whether the engine keeps a secret in its plan files because it is
// the value of a variable that it cannot forget.
func (w *World) variable(secret string) bool {
	for name, value := range w.env {
		if w.remembers && strings.HasPrefix(name, "TF_VAR_") && strings.Contains(value, w.secrets[secret]) {
			return true
		}
	}
	return false
}
