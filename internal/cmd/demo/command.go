package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"
)

// grace is how long a command may take to end once the demo was interrupted. The
// engine uses it to finish a call that is under way and to write its state.
const grace = 10 * time.Second

// command is a program to run as a child.
type command struct {
	path           string
	args           []string
	dir            string
	env            []string
	stdout, stderr io.Writer
}

// run runs the command to its end and returns its exit code. A command that could
// not be run, or that was interrupted, is an error; any exit code is not.
//
// The child leads a process group of its own. A Ctrl-C in the terminal thus reaches
// the demo alone, which passes it on once: an engine that is told twice, by the
// terminal and by the demo, drops everything and leaves its plugins running. What is
// left of the group after the end was interrupted is killed.
func (c command) run(ctx context.Context) (int, error) {
	cmd := exec.CommandContext(ctx, c.path, c.args...)
	cmd.Dir, cmd.Env = c.dir, c.env
	cmd.Stdout, cmd.Stderr = c.stdout, c.stderr
	lead(cmd)
	cmd.Cancel = func() error { return interrupt(cmd.Process) }
	cmd.WaitDelay = grace
	err := cmd.Run()
	if ctx.Err() != nil {
		if cmd.Process != nil {
			killGroup(cmd.Process)
		}
		return -1, ctx.Err()
	}
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0, nil
	case errors.As(err, &exit) && exit.Exited():
		return exit.ExitCode(), nil
	}
	return -1, fmt.Errorf("%s: %w", c.path, err)
}
