package acctest

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWalk_private proves that a secret in the private part of a state is found,
// although it is encoded twice there, and under what kind.
func TestWalk_private(t *testing.T) {
	const pin = "012345"
	dir := t.TempDir()
	named, err := json.Marshal(map[string][]byte{"kept": []byte(`{"pin":"` + pin + `"}`)})
	if err != nil {
		t.Fatal(err)
	}
	state := fmt.Sprintf(`{"version":4,"resources":[{"instances":[{"attributes":{},"private":%q}]}]}`, base64.StdEncoding.EncodeToString(named))
	for _, name := range []string{"terraform.tfstate", "terraform.tfstate.backup"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(state), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all, err := walk(dir, t.Name())
	if err != nil {
		t.Fatal(err)
	}
	found, counts := map[string]bool{}, tally{}
	for _, a := range all {
		counts.add(a)
		if len(Leaks(a.content, map[string]string{"pin": pin})) > 0 {
			found[a.name[len(dir)+1:]] = true
		}
	}
	for _, where := range []string{"terraform.tfstate: private kept", "terraform.tfstate.backup: private kept"} {
		if !found[where] {
			t.Errorf("the secret was not found in %q, but in %v", where, found)
		}
	}
	if counts[kindPrivate].artefacts != 4 || counts[kindState].artefacts != 1 || counts[kindBackup].artefacts != 1 {
		t.Errorf("counted %s", counts)
	}
}

// TestWalk_kinds tells the kinds of files apart, and finds the stack of a crash in
// what was printed.
func TestWalk_kinds(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"show-003.out": "{}", "trace-001.log": "trace", "plan-001.out": "text", "main.tf": "terraform {}",
		"apply-002.out": "before\n" + crashed + "whatsapp plugin:\n\npanic: 012345\n", input: "skipped",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all, err := walk(dir, t.Name())
	if err != nil {
		t.Fatal(err)
	}
	counts := tally{}
	for _, a := range all {
		counts.add(a)
		if a.kind == kindCrash && !strings.Contains(string(a.content), "panic: 012345") {
			t.Errorf("the stack is %q", a.content)
		}
	}
	for kind, want := range map[string]int{kindJSON: 1, kindLog: 1, kindOutput: 2, kindCrash: 1, kindOther: 1} {
		if counts[kind].artefacts != want {
			t.Errorf("%d artefacts of the kind %q, want %d", counts[kind].artefacts, kind, want)
		}
	}
}

// TestWorld_due fails a scan to which something is missing that must be there.
func TestWorld_due(t *testing.T) {
	for name, tt := range map[string]struct {
		w    *World
		want string
	}{
		"nothing was run": {&World{}, ""},
		"a program":       {&World{runs: 1, cli: "terraform.rc"}, kindOutput + " " + kindLog},
		"in this process": {&World{runs: 1, went: true, reattach: "{}"}, kindOutput + " " + kindLog + " " + kindProvider},
		"no provider yet": {&World{runs: 1, reattach: "{}"}, kindOutput + " " + kindLog},
		"a quiet log":     {&World{runs: 1, env: map[string]string{"TF_LOG": "ERROR"}}, kindOutput},
		"by protocol":     {&World{driven: true}, kindProvider},
		"owed":            {&World{owes: []string{kindCrash}}, kindCrash},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(tt.w.due(), " "); got != tt.want {
				t.Errorf("due are %q, want %q", got, tt.want)
			}
		})
	}
}
