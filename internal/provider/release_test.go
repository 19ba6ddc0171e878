package provider_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// read returns a file of this repository.
func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// TestRelease_flags makes sure that releases are built as make package builds, which
// is what the tests install.
func TestRelease_flags(t *testing.T) {
	release := regexp.MustCompile(`(?m)^RELEASE\s*=\s*(.*) -ldflags '(.*)'$`).FindStringSubmatch(read(t, "GNUmakefile"))
	if release == nil {
		t.Fatal("GNUmakefile has no RELEASE in the form that is known here")
	}
	flags := strings.ReplaceAll(strings.ReplaceAll(release[1], "-tags ", "-tags="), " ", ", ")
	config := read(t, ".goreleaser.yml")
	for _, line := range []string{
		"flags: [" + flags + "]\n",
		`ldflags: ["` + strings.ReplaceAll(release[2], "$(VERSION)", "{{ .Version }}") + "\"]\n",
		"env: [CGO_ENABLED=0]\n",
		"mod_timestamp: \"{{ .CommitTimestamp }}\"\n",
		"ids: [zip]\n",
		"glob: terraform-registry-manifest.json\n",
	} {
		if !strings.Contains(config, line) {
			t.Errorf(".goreleaser.yml lacks %s", line)
		}
	}
	if !strings.Contains(read(t, "terraform-registry-manifest.json"), `"protocol_versions": ["6.0"]`) {
		t.Error("the manifest does not name the protocol that main serves")
	}
}

var (
	uses  = regexp.MustCompile(`(?m)uses:\s*(\S+)(.*)$`)
	hash  = regexp.MustCompile(`^[\w./-]+@[0-9a-f]{40}$`)
	job   = regexp.MustCompile(`(?m)^  [a-z]+:\n(?:    .*\n|\n)+`)
	grant = regexp.MustCompile(`(?m)^\s+([a-z-]+): write`)
)

// TestWorkflows_pinned keeps the workflows from running what somebody else may change,
// and from being allowed more than they need.
func TestWorkflows_pinned(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, ".github/workflows/*.yml"))
	if err != nil || len(files) < 2 {
		t.Fatal(files, err)
	}
	pinned := map[string]string{}
	for _, file := range files {
		name := filepath.Base(file)
		text := read(t, filepath.Join(".github/workflows", name))
		for _, m := range uses.FindAllStringSubmatch(text, -1) {
			if strings.HasPrefix(m[1], "./") {
				continue
			}
			if !hash.MatchString(m[1]) || !strings.HasPrefix(strings.TrimSpace(m[2]), "# v") {
				t.Errorf("%s: %s is not pinned by a hash, with its version beside it", name, m[1])
			}
			action, at, _ := strings.Cut(m[1], "@")
			if pinned[action] != "" && pinned[action] != at {
				t.Errorf("%s: %s is used at two versions", name, action)
			}
			pinned[action] = at
		}
		if !strings.Contains(text, "\npermissions:\n  contents: read\n") {
			t.Errorf("%s may do more than read", name)
		}
		if n := len(grant.FindAllString(text, -1)); n > 0 && name != "release.yml" || n > 3 {
			t.Errorf("%s is granted %d permissions to write", name, n)
		}
		if strings.Count(text, "actions/checkout@") != strings.Count(text, "persist-credentials: false") {
			t.Errorf("%s leaves credentials in a checkout", name)
		}
		_, jobs, _ := strings.Cut(text, "\njobs:\n")
		all := job.FindAllString(jobs, -1)
		if len(all) != strings.Count(jobs, "runs-on:")+strings.Count(jobs, "    uses: ./") {
			t.Errorf("%s: %d jobs were found", name, len(all))
		}
		for _, one := range all {
			if !strings.Contains(one, "timeout-minutes:") && !strings.Contains(one, "uses: ./") {
				t.Errorf("%s: no time limit in\n%s", name, one)
			}
		}
	}
}

// TestTemplates_askForNoSecrets reads the templates of issues and pull requests.
func TestTemplates_askForNoSecrets(t *testing.T) {
	asks := regexp.MustCompile(`(?im)^\s*(?:id|label):.*\b(tokens?|secrets?|pins?|passwords?|phone numbers?|states?)\b`)
	for _, name := range []string{"ISSUE_TEMPLATE/bug.yml", "ISSUE_TEMPLATE/feature.yml", "PULL_REQUEST_TEMPLATE.md"} {
		text := read(t, filepath.Join(".github", name))
		if !strings.Contains(strings.ToLower(text), "no secret") {
			t.Errorf("%s does not say to put no secret in", name)
		}
		if found := asks.FindString(text); found != "" {
			t.Errorf("%s asks for one: %s", name, found)
		}
	}
}
