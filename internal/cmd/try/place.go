package main

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

//go:embed example.tf
var example []byte

// number is the id in example.tf, of one that was never registered.
const number = "200000000000002"

// pin is any six digits: the number has none yet.
const pin = "061294"

// place is a folder with all that a person needs.
type place struct {
	example     string   // folder with the configuration
	environment string   // file that a shell reads the variables from
	variables   []string // NAME=value
}

const welcome = `The WhatsApp Cloud API is simulated. See its world, and change it, in a browser: %s/
The example registers the number %s there.
`

// furnish starts the simulator, builds the provider, and writes the files.
func furnish(ctx context.Context, dir string, s *sim.Server, stdout io.Writer) (place, error) {
	url, err := s.Start("127.0.0.1:0")
	if err != nil {
		return place{}, err
	}
	fmt.Fprintln(stdout, "Building the provider.")
	bin, config := filepath.Join(dir, "bin"), filepath.Join(dir, "terraform.rc")
	if err := build(ctx, bin); err != nil {
		return place{}, err
	}
	fmt.Fprintf(stdout, welcome, url, number)
	p := place{
		example: filepath.Join(dir, "example"), environment: filepath.Join(dir, "env.sh"),
		variables: []string{
			"TF_CLI_CONFIG_FILE=" + config, "WHATSAPP_BASE_URL=" + url, "WHATSAPP_ACCESS_TOKEN=" + s.Token(), "TF_VAR_pin=" + pin,
		},
	}
	return p, errors.Join(
		os.Mkdir(p.example, 0o700),
		os.WriteFile(filepath.Join(p.example, "main.tf"), example, 0o600),
		os.WriteFile(config, overrides(bin), 0o600),
		os.WriteFile(p.environment, p.script(), 0o600),
	)
}

// build compiles the provider of the module in the current folder.
func build(ctx context.Context, bin string) error {
	name := "terraform-provider-whatsapp"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-o", filepath.Join(bin, name), ".")
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("building the provider: %w", err)
	}
	return nil
}

// overrides is a configuration of the engine that has it take the provider from a
// folder, without init.
func overrides(bin string) []byte {
	return fmt.Appendf(nil, `provider_installation {
  dev_overrides {
    "registry.terraform.io/whatsapp-terraform/whatsapp" = %[1]q
    "registry.opentofu.org/whatsapp-terraform/whatsapp" = %[1]q
  }
  direct {}
}
`, filepath.ToSlash(bin))
}

// foreign tells the variables that would get in the way if they were left as they are:
// a real app secret, say, which signs what the simulator does not expect.
func foreign(kv string) bool { return strings.HasPrefix(kv, "WHATSAPP_") }

// script sets the variables in a shell, and takes away the others of the provider.
func (p place) script() []byte {
	var b strings.Builder
	b.WriteString("for name in $(env | sed -n 's/^\\(WHATSAPP_[A-Z_]*\\)=.*/\\1/p'); do unset \"$name\"; done\n")
	for _, v := range p.variables {
		name, value, _ := strings.Cut(v, "=")
		fmt.Fprintf(&b, "export %s=%s\n", name, quoted(value))
	}
	return []byte(b.String())
}

// quoted is a word as a shell takes it.
func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// open opens the user's shell in the place, and waits for its end, which is no error
// whatever the last command there came to.
func (p place) open(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, userShell())
	cmd.Dir = p.example
	cmd.Env = append(slices.DeleteFunc(os.Environ(), foreign), p.variables...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := cmd.Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		return nil
	}
	return err
}

func userShell() string {
	if runtime.GOOS == "windows" {
		return cmp.Or(os.Getenv("COMSPEC"), "cmd.exe")
	}
	return cmp.Or(os.Getenv("SHELL"), "/bin/sh")
}
