//go:build unix

package main

import (
	"os"
	"os/exec"
	"syscall"
)

// lead makes the command the leader of a process group of its own.
func lead(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// interrupt asks the child, and only it, to end: an engine ends its plugins itself.
func interrupt(p *os.Process) error { return p.Signal(os.Interrupt) }

// killGroup ends what is left of the child and of its own children. Mostly nothing
// is, so that an error says nothing.
func killGroup(p *os.Process) { _ = syscall.Kill(-p.Pid, syscall.SIGKILL) }
