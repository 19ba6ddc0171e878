package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// pretend is the variable that turns the test's own program into an engine that
// prints what the variable says and does nothing, or into one that misbehaves.
const (
	pretend        = "DEMO_TEST_PRETEND"
	pretendFailure = "a failure"
	pretendHanging = "hanging"
)

func TestMain(m *testing.M) {
	switch text := os.Getenv(pretend); text {
	case "":
		os.Exit(m.Run())
	case pretendFailure:
		os.Exit(3)
	case pretendHanging:
		time.Sleep(time.Minute)
	default:
		fmt.Println(text)
	}
}

// pretendEngine makes the demo find an engine that prints text.
func pretendEngine(t *testing.T, text string) {
	t.Helper()
	t.Setenv(pretend, text)
	t.Setenv("TF_ACC_TERRAFORM_PATH", os.Args[0])
}

// TestRun_refusals has what keeps the demo from beginning: one sentence each.
func TestRun_refusals(t *testing.T) {
	tests := map[string]struct {
		prepare func(*testing.T)
		args    []string
		code    int
		says    string
	}{
		"no engine": {
			prepare: func(t *testing.T) { t.Setenv("PATH", ""); t.Setenv("TF_ACC_TERRAFORM_PATH", "") },
			code:    1, says: "no terraform and no tofu on the PATH",
		},
		"an engine that is not there": {
			prepare: func(t *testing.T) { t.Setenv("TF_ACC_TERRAFORM_PATH", filepath.Join(t.TempDir(), "terraform")) },
			code:    1, says: "TF_ACC_TERRAFORM_PATH names a program that cannot be run",
		},
		"an old engine": {
			prepare: func(t *testing.T) { pretendEngine(t, "Terraform v1.4.7\non linux_amd64") },
			code:    1, says: "is Terraform 1.4.7, and the demo needs 1.5 or later",
		},
		"another program": {
			prepare: func(t *testing.T) { pretendEngine(t, "bookshop 3") },
			code:    1, says: `is not the engine that is needed: asked for its version, it says "bookshop 3"`,
		},
		"no go": {
			prepare: func(t *testing.T) { pretendEngine(t, "Terraform v1.11.4"); t.Setenv("PATH", "") },
			code:    1, says: "there is no go on the PATH",
		},
		"a flag that does not exist": {args: []string{"-quiet"}, code: 2, says: "flag provided but not defined: -quiet"},
		"an argument":                {args: []string{"now"}, code: 2, says: `nothing to do with "now"`},
		"help":                       {args: []string{"-help"}, code: 0, says: "-keep"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.prepare != nil {
				test.prepare(t)
			}
			var stdout, stderr bytes.Buffer
			if code := run(t.Context(), test.args, &stdout, &stderr); code != test.code {
				t.Errorf("exit code %d, want %d", code, test.code)
			}
			if !strings.Contains(stderr.String(), test.says) {
				t.Errorf("says %q, want %q", stderr.String(), test.says)
			}
		})
	}
}
