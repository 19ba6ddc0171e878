package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// providerPackage is what is built; go finds it from anywhere inside the module.
const providerPackage = "github.com/whatsapp-terraform/terraform-provider-whatsapp"

// stage is where the story plays: the simulator, and a temporary folder with
//
//	bin/       the provider
//	module/    configuration, state and plan files
//	record/    what every command printed and logged, and what the demo printed
//	cli.tfrc   the engine's own configuration
type stage struct {
	engine   engine
	dir      string
	sim      *sim.Server
	url      string // of the simulator
	told     *os.File
	commands int // how many were run

	deploymentURL, deploymentCA string   // of branch; empty until it listens
	env                         []string // for counter, beside the secrets of all commands
	learned                     []secret // that commands made up
}

// newStage makes the folder and starts the simulator. The caller must close the
// stage.
func newStage(e engine) (*stage, error) {
	dir, err := os.MkdirTemp("", "whatsapp-demo-")
	if err != nil {
		return nil, err
	}
	s := &stage{engine: e, dir: dir, sim: sim.New(world(), sim.WithPageSize(100))}
	if err := s.furnish(); err != nil {
		return nil, errors.Join(err, s.strike())
	}
	return s, nil
}

// furnish fills the stage.
func (s *stage) furnish() (err error) {
	for _, name := range []string{"bin", "module", "record"} {
		if err := os.Mkdir(s.path(name), 0o700); err != nil {
			return err
		}
	}
	if err := os.WriteFile(s.path("cli.tfrc"), []byte(s.cliConfig()), 0o600); err != nil {
		return err
	}
	if s.told, err = os.Create(s.path("record", "told.txt")); err != nil {
		return err
	}
	s.url, err = s.sim.Start("127.0.0.1:0")
	return err
}

// cliConfig makes the engine take the provider from the folder, under either of the
// two addresses that its short name stands for. Nothing is installed then, and init
// has nothing to do.
func (s *stage) cliConfig() string {
	bin := filepath.ToSlash(s.path("bin"))
	return fmt.Sprintf(`provider_installation {
  dev_overrides {
    "registry.terraform.io/whatsapp-terraform/whatsapp" = %[1]q
    "registry.opentofu.org/whatsapp-terraform/whatsapp" = %[1]q
  }
  direct {}
}
`, bin)
}

// build compiles the provider into the folder.
func (s *stage) build(ctx context.Context) error {
	goTool, err := exec.LookPath("go")
	if err != nil {
		return errors.New("there is no go on the PATH, which is needed to build the provider")
	}
	target := s.path("bin", "terraform-provider-whatsapp")
	if runtime.GOOS == "windows" {
		target += ".exe"
	}
	var said bytes.Buffer
	code, err := command{
		path: goTool, args: []string{"build", "-buildvcs=false", "-ldflags", "-s -w", "-o", target, providerPackage},
		env: os.Environ(), stdout: &said, stderr: &said,
	}.run(ctx)
	if err == nil && code != 0 {
		err = fmt.Errorf("go says:\n%s", strings.TrimSpace(said.String()))
	}
	if err != nil {
		return fmt.Errorf("the provider could not be built (run the demo inside the checkout): %w", err)
	}
	return nil
}

// path returns a path inside the folder.
func (s *stage) path(parts ...string) string {
	return filepath.Join(append([]string{s.dir}, parts...)...)
}

// close ends the simulator, and removes the folder unless it is to be kept.
func (s *stage) close(out *printer, keep bool) error {
	if keep {
		s.sim.Close()
		out.say("Kept: %s", s.dir)
		return s.told.Close()
	}
	return s.strike()
}

// strike ends the simulator and removes the folder.
func (s *stage) strike() error {
	s.sim.Close()
	if s.told != nil {
		_ = s.told.Close() // it is removed
	}
	return os.RemoveAll(s.dir)
}
