package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// pretending is the test's own program as a child.
func pretending(text string, stdout *bytes.Buffer) command {
	return command{path: os.Args[0], env: append(os.Environ(), pretend+"="+text), stdout: stdout}
}

func TestCommand_exitCodes(t *testing.T) {
	for text, code := range map[string]int{"all is well": 0, pretendFailure: 3} {
		var stdout bytes.Buffer
		got, err := pretending(text, &stdout).run(t.Context())
		if err != nil || got != code {
			t.Errorf("%s: got exit code %d and error %v, want %d", text, got, err, code)
		}
	}
	missing := command{path: filepath.Join(t.TempDir(), "missing")}
	if _, err := missing.run(t.Context()); err == nil {
		t.Error("a program that is not there was run")
	}
}

// TestCommand_interrupted makes sure that a child ends with the demo.
func TestCommand_interrupted(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	start := time.Now()
	var stdout bytes.Buffer
	_, err := pretending(pretendHanging, &stdout).run(ctx)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got error %v", err)
	}
	if waited := time.Since(start); waited >= grace {
		t.Errorf("the child ended after %s only", waited)
	}
}
