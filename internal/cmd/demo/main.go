// Command demo shows the provider at work, in about a minute and without an
// account at Meta. It builds the provider, starts the simulator of the WhatsApp API
// on a free port of this machine, and has the real terraform (or tofu) plan, apply
// and destroy against it. It prints what a user would see and what the API was
// asked, and it checks every step: when one is not as told, it says which, and
// exits with 1.
//
//	go run ./internal/cmd/demo [-keep] [-v]
//
// It needs Go, and terraform or tofu, 1.5 or later, on the PATH or named by
// TF_ACC_TERRAFORM_PATH. Unless go has modules to download for the build, it makes no
// call beyond this machine. It takes no setting from the environment variables of
// Terraform or of the provider, and leaves nothing behind.
//
// Begin with story.go, which has the chapters. stage.go is where they play: a
// temporary folder and the simulator, cast.go the numbers and their secrets,
// module.go the configuration. engine.go finds the program that plans and applies,
// command.go runs it, record.go keeps what it said. chapters.go has what happens, and
// deployment.go the chapter of the number that leaves its deployment. check.go compares
// what happened with what was told. learn.go picks up the secrets that commands make
// up; search.go, scan.go and scan_files.go look for all of them. show.go, trim.go,
// asked.go and table.go print.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// SIGPIPE is among them so that "demo | head" cleans up as well: a signal that
	// is asked for no longer ends the process at once.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGPIPE)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the program: it returns the exit code, 2 for flags that do not exist.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	flags.SetOutput(stderr)
	keep := flags.Bool("keep", false, "keep the folder with configuration, state, plans and logs, and print its name")
	verbose := flags.Bool("v", false, "show the whole output of every command")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case flags.NArg() > 0:
		fmt.Fprintf(stderr, "demo: there is nothing to do with %q; see -help.\n", flags.Arg(0))
		return 2
	}
	err := demo(ctx, newPrinter(stdout, *verbose), *keep)
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "\ndemo: interrupted; what it had started was ended.")
	default:
		fmt.Fprintf(stderr, "\ndemo: %v\n", err)
	}
	return 1
}

// demo sets the stage, tells the story on it and clears up.
func demo(ctx context.Context, out *printer, keep bool) (err error) {
	engine, err := findEngine(ctx, os.Getenv)
	if err != nil {
		return err
	}
	s, err := newStage(engine)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close(out, keep)) }()
	out.also(s.told)
	out.say("Building the provider. %s drives it, against a simulator of the WhatsApp API.", engine)
	if err := s.build(ctx); err != nil {
		return err
	}
	return tell(ctx, &story{stage: s, out: out})
}
