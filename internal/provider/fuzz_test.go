package provider_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var fuzzTarget = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(f \*testing\.F\)`)

// TestFuzz_seeds makes sure that every fuzz target of the module has seeds in a file,
// which plain go test runs, and that no seeds are left of a target that is gone.
func TestFuzz_seeds(t *testing.T) {
	targets, seeded := map[string]bool{}, map[string]bool{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && strings.Contains(filepath.ToSlash(path), "/testdata/fuzz/"):
			seeded[path] = true
		case strings.HasSuffix(path, "_test.go"):
			text, err := os.ReadFile(path)
			for _, found := range fuzzTarget.FindAllSubmatch(text, -1) {
				targets[filepath.Join(filepath.Dir(path), "testdata", "fuzz", string(found[1]))] = true
			}
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for seeds := range targets {
		if !seeded[seeds] {
			t.Errorf("there are no seeds in %s", seeds)
		}
	}
	for seeds := range seeded {
		if !targets[seeds] {
			t.Errorf("there is no target for %s", seeds)
		}
	}
	if len(targets) < 14 {
		t.Errorf("%d targets were found, which are too few", len(targets))
	}
}
