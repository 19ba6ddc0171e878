// Command try puts a person in front of a configuration that works:
//
//	go run ./internal/cmd/try
//
// It starts a simulator with its page, builds the provider, writes an example and the
// configuration that has Terraform or OpenTofu find the provider, and opens a shell
// there, in which terraform plan works at once. At the end of the shell everything is
// stopped and removed. Without a terminal, or with -shell=false, it prints three lines
// to paste into another shell, and stays until it is interrupted.
//
// It is run in the folder of the module, whose provider it builds.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim/page"
)

func main() {
	// An interrupt is for what runs in the shell; without a shell it is the end.
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, interrupts)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "try:", err)
		stop()
		os.Exit(1)
	}
}

// run keeps all that a person needs in place until the shell ends, or ctx does.
func run(ctx context.Context, args []string, stdout io.Writer, interrupts <-chan os.Signal) error {
	flags := flag.NewFlagSet("try", flag.ContinueOnError)
	shell := flags.Bool("shell", terminal(os.Stdin) && terminal(os.Stdout), "open a shell, rather than print what to paste into one")
	if err := flags.Parse(args); err != nil {
		return err
	}
	engine, err := findEngine()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "whatsapp-try-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	s := simulator()
	defer s.Close()
	p, err := furnish(ctx, dir, s, stdout)
	if err != nil {
		return err
	}
	if *shell {
		fmt.Fprintf(stdout, inShell, p.example, engine)
		return p.open(ctx)
	}
	fmt.Fprintf(stdout, toPaste, quoted(p.example), quoted(p.environment), engine)
	select {
	case <-ctx.Done():
	case <-interrupts:
	}
	return nil
}

const inShell = `
This shell is set up for it, in %[1]s. Run "%[2]s plan", then "%[2]s apply".
The command "exit" ends it, stops the simulator and removes the example with its state.

`

const toPaste = `
Paste these lines into another shell:

  cd %s
  . %s
  %s plan

Interrupt this program with Ctrl-C: it stops the simulator and removes the example with its state.
`

// simulator holds the example world. Names are decided about on its page, not by the
// clock.
func simulator() *sim.Server {
	clock := sim.NewRunningClock()
	return sim.New(sim.ExampleWorld(), sim.WithPageSize(100), sim.WithClock(clock),
		sim.WithFront(func(s *sim.Server) http.Handler { return page.New(s, clock) }))
}

// findEngine returns how the user calls Terraform, or else OpenTofu.
func findEngine() (string, error) {
	for _, name := range []string{"terraform", "tofu"} {
		if _, err := exec.LookPath(name); err == nil {
			return name, nil
		}
	}
	return "", errors.New("no Terraform found: install terraform or tofu, 1.5 or later, and put it on the PATH")
}

// terminal reports whether somebody sits in front of a file. The device that swallows
// everything is of the same kind as a terminal.
func terminal(file *os.File) bool {
	info, err := file.Stat()
	if err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}
