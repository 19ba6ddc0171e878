package provider_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// pages lists the Markdown files of this repository, by their paths with slashes.
func pages(t *testing.T) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		if entry.IsDir() && slices.Contains([]string{".git", "dist", "cover"}, name) {
			return filepath.SkipDir
		}
		if filepath.Ext(name) == ".md" {
			all = append(all, filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 10 {
		t.Fatalf("only %d pages were found", len(all))
	}
	return all
}

// fenced is a block of code: its indentation, its language, its lines.
var fenced = regexp.MustCompile("(?ms)^( *)```([a-z]*)\n(.*?)^ *```$")

// codeOf returns the blocks of a page in one of some languages, without indentation.
func codeOf(page string, languages ...string) []string {
	var all []string
	for _, m := range fenced.FindAllStringSubmatch(page, -1) {
		if slices.Contains(languages, m[2]) {
			all = append(all, regexp.MustCompile("(?m)^"+m[1]).ReplaceAllString(m[3], ""))
		}
	}
	return all
}

// proseOf returns a page without its blocks of code, of which empty lines remain.
func proseOf(page string) string {
	return fenced.ReplaceAllStringFunc(page, func(block string) string {
		return strings.Repeat("\n", strings.Count(block, "\n"))
	})
}

var (
	inlineCode = regexp.MustCompile("`[^`\n]*`")
	link       = regexp.MustCompile(`\]\(([^()\s]+)\)`)
	heading    = regexp.MustCompile(`(?m)^#{1,6} (.+?)\s*$`)
	anchorTag  = regexp.MustCompile(`<a id="([^"]+)">`)
)

// TestDocs_links follows every link within the repository, to the heading if it names one.
func TestDocs_links(t *testing.T) {
	for _, page := range pages(t) {
		text := inlineCode.ReplaceAllString(proseOf(read(t, page)), "")
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if complaint := follow(t, page, m[1]); complaint != "" {
				t.Errorf("%s: %s", page, complaint)
			}
		}
	}
}

// follow says what is wrong with a link on a page, "" if nothing is.
func follow(t *testing.T, page, target string) string {
	t.Helper()
	if strings.HasPrefix(target, "https://") {
		return "" // elsewhere
	}
	file, anchor, _ := strings.Cut(target, "#")
	there := page
	if file != "" {
		there = path.Join(path.Dir(page), file)
	}
	if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(there))); err != nil {
		return "there is no " + target
	}
	if anchor != "" && !slices.Contains(anchors(read(t, there)), anchor) {
		return there + " has no heading #" + anchor
	}
	return ""
}

// anchors are what a link to a page can name: its headings, as the registry and
// code hosts spell them, and what is marked by hand.
func anchors(page string) []string {
	var all []string
	for _, m := range heading.FindAllStringSubmatch(proseOf(page), -1) {
		slug := strings.ReplaceAll(strings.ToLower(m[1]), " ", "-")
		all = append(all, regexp.MustCompile(`[^\w-]`).ReplaceAllString(slug, ""))
	}
	for _, m := range anchorTag.FindAllStringSubmatch(page, -1) {
		all = append(all, m[1])
	}
	return all
}

func TestDocs_findsBrokenLinks(t *testing.T) {
	for target, broken := range map[string]bool{
		"guides/errors.md": false, "#authentication": false, "https://example.com/x": false,
		"guides/none.md": true, "#nothing": true, "guides/errors.md#nothing": true, "http://example.com": true,
	} {
		if got := follow(t, "docs/index.md", target) != ""; got != broken {
			t.Errorf("%s is broken: %t", target, got)
		}
	}
}

// Who finds a page in the list of the registry has to find the others from it.
func TestDocs_everyGuideIsLinked(t *testing.T) {
	readme, index := read(t, "README.md"), read(t, "docs/index.md")
	for _, page := range pages(t) {
		name, guide := strings.CutPrefix(page, "docs/guides/")
		if guide && !strings.Contains(readme, "("+page+")") {
			t.Errorf("README.md does not name %s", page)
		}
		if guide && !strings.Contains(index, "(guides/"+name) {
			t.Errorf("docs/index.md does not name guides/%s", name)
		}
	}
}

var target = regexp.MustCompile(`(?m)^([a-z]+):.*##`)

// TestDocs_makeTargets looks for each make that a page or a program's comment asks for.
func TestDocs_makeTargets(t *testing.T) {
	known := map[string]bool{}
	for _, m := range target.FindAllStringSubmatch(read(t, "GNUmakefile"), -1) {
		known[m[1]] = true
	}
	asks := regexp.MustCompile("(?m)(?:`|^ *)make ((?:[a-z]+\\b ?)+)")
	for _, page := range pages(t) {
		for _, m := range asks.FindAllStringSubmatch(commands(read(t, page)), -1) {
			for _, name := range strings.Fields(m[1]) {
				if !known[name] {
					t.Errorf("%s: make has no target %s", page, name)
				}
			}
		}
	}
}

// commands are the inline code of a page and its blocks for a shell.
func commands(page string) string {
	inline := strings.Join(inlineCode.FindAllString(proseOf(page), -1), "\n")
	return regexp.MustCompile(`(?m)#.*$|\w+=\S*`).ReplaceAllString(inline+"\n"+strings.Join(codeOf(page, "shell"), "\n"), "")
}

// TestDocs_validate has the generator of the docs check what the registry demands of
// their files. It needs neither Terraform nor the network, since it is given the schema.
func TestDocs_validate(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the generator of the docs")
	}
	t.Parallel()
	// It looks a schema up by the short name of the provider.
	schema := strings.Replace(read(t, "internal/provider/testdata/schema.json.golden"),
		`"registry.terraform.io/whatsapp-terraform/whatsapp"`, `"whatsapp"`, 1)
	file := filepath.Join(t.TempDir(), "schema.json")
	if err := os.WriteFile(file, []byte(schema), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "tool", "-modfile=internal/tools/go.mod", "tfplugindocs", "validate",
		"--provider-name", "terraform-provider-whatsapp", "--providers-schema", file)
	cmd.Dir = root
	if output, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(output), "running file mismatch check") {
		t.Errorf("%v\n%s", err, output)
	}
}

// line says where in a text something is.
func line(page, text string, offset int) string {
	return fmt.Sprintf("%s:%d", page, 1+strings.Count(text[:offset], "\n"))
}
