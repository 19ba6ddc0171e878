package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// engine is the program that plans and applies.
type engine struct {
	path    string // of the program
	product string // Terraform or OpenTofu
	version version
}

// version is a release, of which only the first two numbers decide anything.
type version struct {
	major, minor int
	text         string // as the program says it, such as "1.11.4"
}

var (
	oldest    = version{major: 1, minor: 5, text: "1.5"}
	writeOnly = version{major: 1, minor: 11} // write-only arguments and ephemeral variables, in both products
)

func (v version) before(w version) bool {
	return v.major < w.major || v.major == w.major && v.minor < w.minor
}

// String names the engine for people.
func (e engine) String() string { return e.product + " " + e.version.text }

// command is how a user types the engine's name.
func (e engine) command() string {
	if e.product == "OpenTofu" {
		return "tofu"
	}
	return "terraform"
}

// forgets reports whether the engine knows values that are stored nowhere:
// write-only arguments and ephemeral variables.
func (e engine) forgets() bool { return !e.version.before(writeOnly) }

// findEngine returns the engine that TF_ACC_TERRAFORM_PATH names, or else the first
// of terraform and tofu on the PATH.
func findEngine(ctx context.Context, getenv func(string) string) (engine, error) {
	path, err := lookEngine(getenv("TF_ACC_TERRAFORM_PATH"))
	if err != nil {
		return engine{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, "version")
	cmd.Env = cleanEnv(os.Environ())
	said, err := cmd.Output()
	if err != nil {
		return engine{}, fmt.Errorf("%s cannot be run to ask for its version: %w", path, err)
	}
	e, err := parseEngine(string(said))
	e.path = path
	switch {
	case err != nil:
		return engine{}, fmt.Errorf("%s is not the engine that is needed: %w", path, err)
	case e.version.before(oldest):
		return engine{}, fmt.Errorf("%s is %s, and the demo needs %s or later", path, e, oldest.text)
	}
	return e, nil
}

// lookEngine returns the path of the engine's program.
func lookEngine(named string) (string, error) {
	if named != "" {
		path, err := exec.LookPath(named)
		if err != nil {
			return "", fmt.Errorf("TF_ACC_TERRAFORM_PATH names a program that cannot be run: %w", err)
		}
		return path, nil
	}
	for _, name := range []string{"terraform", "tofu"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("there is no terraform and no tofu on the PATH; install one of them, or set TF_ACC_TERRAFORM_PATH")
}

var versionLine = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v((\d+)\.(\d+)\.\d+\S*)`)

// parseEngine reads what the command "version" prints. The JSON form would not do:
// OpenTofu calls itself terraform there.
func parseEngine(said string) (engine, error) {
	m := versionLine.FindStringSubmatch(said)
	if m == nil {
		first, _, _ := strings.Cut(strings.TrimSpace(said), "\n")
		return engine{}, fmt.Errorf("asked for its version, it says %q", first)
	}
	major, err1 := strconv.Atoi(m[3])
	minor, err2 := strconv.Atoi(m[4])
	return engine{product: m[1], version: version{major, minor, m[2]}}, errors.Join(err1, err2)
}

// cleanEnv returns env without what would change the engine or the provider. Above
// all, a real access token must not get anywhere near the demo.
func cleanEnv(env []string) []string {
	clean := []string{"CHECKPOINT_DISABLE=1"}
	for _, pair := range env {
		name, _, _ := strings.Cut(pair, "=")
		name = strings.ToUpper(name) // case means nothing to Windows
		if name == "CHECKPOINT_DISABLE" || strings.HasPrefix(name, "TF_") ||
			strings.HasPrefix(name, "TOFU_") || strings.HasPrefix(name, "WHATSAPP_") {
			continue
		}
		clean = append(clean, pair)
	}
	return clean
}
