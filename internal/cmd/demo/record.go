package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// result is what a command of the engine came to.
type result struct {
	line           string // as a user types it
	code           int
	stdout, stderr string
}

// execute runs the engine in the module's folder. What it prints and what it logs at
// level TRACE is kept under record/, numbered by the order of the commands.
func (s *stage) execute(ctx context.Context, pins map[string]string, args ...string) (result, error) {
	s.commands++
	name := s.path("record", fmt.Sprintf("%02d-%s", s.commands, args[0]))
	code, err := s.engineCommand(name, pins, args).record(ctx, name)
	if err != nil {
		return result{}, err
	}
	r := result{line: s.engine.command() + " " + strings.Join(args, " "), code: code}
	if r.stdout, err = readText(name + ".stdout"); err != nil {
		return result{}, err
	}
	r.stderr, err = readText(name + ".stderr")
	return r, err
}

// engineCommand is the engine with its arguments and settings. TF_CLI_ARGS keeps
// -no-color out of the command lines that are shown.
func (s *stage) engineCommand(name string, pins map[string]string, args []string) command {
	env := append(cleanEnv(os.Environ()),
		"TF_CLI_CONFIG_FILE="+s.path("cli.tfrc"), "TF_CLI_ARGS=-no-color", "TF_INPUT=0",
		"TF_LOG=TRACE", "TF_LOG_PATH="+name+".log")
	env = append(env, s.secretEnv(pins)...)
	return command{path: s.engine.path, args: args, dir: s.path("module"), env: env}
}

// record runs a command with its output in two files. Files, and not pipes, so that
// a plugin that outlives its engine holds nothing open that the demo waits for.
func (c command) record(ctx context.Context, name string) (code int, err error) {
	stdout, err := os.Create(name + ".stdout")
	if err != nil {
		return 0, err
	}
	defer stdout.Close()
	stderr, err := os.Create(name + ".stderr")
	if err != nil {
		return 0, err
	}
	defer stderr.Close()
	c.stdout, c.stderr = stdout, stderr
	return c.run(ctx)
}

// logs returns the names of the TRACE logs of all commands so far.
func (s *stage) logs() ([]string, error) {
	return filepath.Glob(s.path("record", "*.log"))
}

// recordURLs keeps the URLs of calls for the search for secrets.
func (s *stage) recordURLs(calls []sim.Call) error {
	f, err := os.OpenFile(s.path("record", "urls.txt"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	for _, c := range calls {
		_, werr := fmt.Fprintln(f, c.Method, c.Path+"?"+c.Query.Encode())
		err = errors.Join(err, werr)
	}
	return errors.Join(err, f.Close())
}

func readText(name string) (string, error) {
	b, err := os.ReadFile(name)
	return string(b), err
}
