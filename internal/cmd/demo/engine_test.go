package main

import (
	"slices"
	"strings"
	"testing"
)

func TestParseEngine(t *testing.T) {
	tests := map[string]struct {
		said    string
		names   string
		command string
		old     bool
		forgets bool
	}{
		"Terraform": {
			said:  "Terraform v1.11.4\non linux_amd64\n",
			names: "Terraform 1.11.4", command: "terraform", forgets: true,
		},
		"before write-only arguments": {
			said:  "Terraform v1.10.5\non darwin_arm64\n\nYour version of Terraform is out of date!\n",
			names: "Terraform 1.10.5", command: "terraform",
		},
		"the oldest": {said: "Terraform v1.5.0\n", names: "Terraform 1.5.0", command: "terraform"},
		"too old":    {said: "Terraform v1.4.7\n", names: "Terraform 1.4.7", command: "terraform", old: true},
		"a later major version": {
			said: "Terraform v2.0.0\n", names: "Terraform 2.0.0", command: "terraform", forgets: true,
		},
		"a prerelease": {
			said: "Terraform v1.15.0-beta1\n", names: "Terraform 1.15.0-beta1", command: "terraform", forgets: true,
		},
		"OpenTofu": {said: "OpenTofu v1.11.2\non linux_amd64\n", names: "OpenTofu 1.11.2", command: "tofu", forgets: true},
		"OpenTofu before write-only arguments, with a warning": {
			said:  "\nWarning: something\n\nOpenTofu v1.9.1\r\non windows_amd64\r\n",
			names: "OpenTofu 1.9.1", command: "tofu",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e, err := parseEngine(test.said)
			if err != nil {
				t.Fatal(err)
			}
			if e.String() != test.names || e.command() != test.command {
				t.Errorf("got %s, typed %s; want %s, typed %s", e, e.command(), test.names, test.command)
			}
			if old := e.version.before(oldest); old != test.old {
				t.Errorf("too old: %v, want %v", old, test.old)
			}
			if e.forgets() != test.forgets {
				t.Errorf("knows write-only arguments: %v, want %v", e.forgets(), test.forgets)
			}
		})
	}
}

func TestParseEngine_otherPrograms(t *testing.T) {
	for _, said := range []string{"", "go version go1.26.0", "Terraform 1.11.4", "Terraform vNext", "Terraform v1.99999999999999999999.0"} {
		if e, err := parseEngine(said); err == nil {
			t.Errorf("%q was taken for %s", said, e)
		}
	}
}

// TestCleanEnv makes sure that nothing of the user's own Terraform or WhatsApp
// settings reaches the commands, a real access token least of all.
func TestCleanEnv(t *testing.T) {
	env := cleanEnv([]string{
		"HOME=/home/you", "PATH=/bin", "WHATSAPP_ACCESS_TOKEN=EAAreal", "Whatsapp_Base_Url=https://x", "TF_VAR_pins=x",
		"TF_CLI_ARGS=-chdir=/", "tf_workspace=live", "TOFU_X=1", "CHECKPOINT_DISABLE=", "EMPTY=",
	})
	want := []string{"CHECKPOINT_DISABLE=1", "HOME=/home/you", "PATH=/bin", "EMPTY="}
	if !slices.Equal(env, want) {
		t.Errorf("got %s, want %s", strings.Join(env, " "), strings.Join(want, " "))
	}
}
