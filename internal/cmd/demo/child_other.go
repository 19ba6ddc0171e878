//go:build !unix

package main

import (
	"os"
	"os/exec"
)

// There are no process groups and no interrupts to send, so that a child is killed.

func lead(*exec.Cmd) {}

func interrupt(p *os.Process) error { return p.Kill() }

func killGroup(*os.Process) {}
