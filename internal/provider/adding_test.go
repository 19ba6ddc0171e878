package provider_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// What the page asks its reader to do.
var (
	newFile = regexp.MustCompile("(?ms)^New file `([^`]+)`:\n\n```[a-z]+\n(.*?)^```$")
	newLine = regexp.MustCompile("(?ms)^In `([^`]+)`, below the line `([^`]+)`:\n\n```[a-z]+\n(.*?)^```$")
)

// TestAdding follows the page "Add a resource" to the letter, in a copy of the module.
// Of the commands at its end it runs the first, and of the tests those that a new
// resource is up against. Lint has run on what is there already.
func TestAdding(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the provider, its tests and the generator of the docs")
	}
	t.Parallel()
	page, module := read(t, "internal/ADDING.md"), copyModule(t)
	files, lines := newFile.FindAllStringSubmatch(page, -1), newLine.FindAllStringSubmatch(page, -1)
	if len(files) != 4 || len(lines) != 1 || !strings.Contains(page, "```shell\nmake generate\n") {
		t.Fatalf("%d new files and %d new lines; the form of the page is not known here", len(files), len(lines))
	}
	for _, f := range files {
		write(t, filepath.Join(module, f[1]), f[2])
	}
	for _, l := range lines {
		insert(t, filepath.Join(module, l[1]), l[2], l[3])
	}
	for _, command := range []string{
		"test -z \"$(gofmt -l internal)\"",
		"go vet ./internal/service/phone",
		"make -s generate",
		"go test ./internal/service/phone -run '^TestTwoStepPIN'",
		"go test ./internal/provider -run '^Test(Schema|Types|Imports|Examples_name)'",
		"grep -q 'pin_wo_version' docs/resources/phone_two_step_pin.md",
	} {
		cmd := exec.Command("bash", "-c", command)
		cmd.Dir = module
		cmd.Env = append(os.Environ(), "TF_LOG=", "TF_LOG_PATH_MASK=")
		if output, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command, err, output)
		}
	}
}

// write writes a new file, and the folders that it is in.
func write(t *testing.T, name, content string) {
	t.Helper()
	if _, err := os.Stat(name); err == nil {
		t.Fatalf("%s exists: choose another example for the page", name)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// insert puts lines below one that must be there once.
func insert(t *testing.T, name, below, lines string) {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(content), below+"\n"); n != 1 {
		t.Fatalf("%s has the line %q %d times", name, below, n)
	}
	changed := strings.Replace(string(content), below+"\n", below+"\n"+lines, 1)
	if err := os.WriteFile(name, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
}
