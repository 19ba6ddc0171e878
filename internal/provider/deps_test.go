package provider_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/provider"
)

// Modules from outside that the import table names.
const (
	framework  = "github.com/hashicorp/terraform-plugin-framework"
	timeouts   = framework + "-timeouts"
	validators = framework + "-validators"
	pluginLog  = "github.com/hashicorp/terraform-plugin-log"
	pluginGo   = "github.com/hashicorp/terraform-plugin-go"
	testingLib = "github.com/hashicorp/terraform-plugin-testing"
	goPlugin   = "github.com/hashicorp/go-plugin"
	hclog      = "github.com/hashicorp/go-hclog"
	retryable  = "github.com/hashicorp/go-retryablehttp"
	backoff    = "github.com/cenkalti/backoff/v5"
	xtime      = "golang.org/x/time"
	xsync      = "golang.org/x/sync"
	gocmp      = "github.com/google/go-cmp"
)

// layer is a row of the import table: what a package may import besides the
// standard library, and why it may import nothing else.
type layer struct {
	ours   []string // packages of this module
	others []string // modules from outside
	reason string
}

// layers is the architecture. A key is a package of this module, or a pattern
// for several. A change of the architecture is a change of this map.
var layers = map[string]layer{
	".": {
		ours: []string{"internal/provider"}, others: []string{framework},
		reason: "main serves the provider and does nothing else",
	},
	"internal/provider": {
		// wa has the rules of the settings, api the waiting times that tests shorten.
		ours: []string{"internal/service/*", "internal/tf", "internal/wa", "internal/api", "internal/api/*"}, others: []string{framework},
		reason: "the provider lists what there is and makes the clients; how a thing works belongs to its service",
	},
	"internal/service/*": {
		ours: []string{"internal/tf", "internal/wa", "internal/api", "internal/api/*"}, others: []string{framework, timeouts, validators, pluginLog},
		reason: "an area of the product stands alone: it knows neither another area nor the provider",
	},
	"internal/tf": {
		ours: []string{"internal/api", "internal/api/*"}, others: []string{framework, timeouts, pluginLog, backoff},
		reason: "the bridge joins Terraform and the APIs and decides nothing about WhatsApp",
	},
	"internal/api": {
		others: []string{retryable, xtime, xsync},
		reason: "Terraform stops at tf: how calls are made must be usable and testable without it, and without knowing which API is called",
	},
	"internal/api/*": {
		ours: []string{"internal/api", "internal/wa"}, others: []string{xsync},
		reason: "Terraform stops at tf: a client takes and returns Go values and Go errors, and package api alone speaks HTTP",
	},
	"internal/wa": {
		reason: "words of the domain are plain Go: no Terraform, no API, no input or output",
	},
	"internal/sim": {
		reason: "the simulator is a second witness: what it shares with a client, no test can find wrong",
	},
	"internal/sim/page": {
		ours:   []string{"internal/sim"},
		reason: "the page shows the simulator to people, and like it has nothing but the standard library",
	},
	"internal/acctest": {
		ours: []string{"internal/provider", "internal/sim", "internal/api"}, others: []string{framework, pluginGo, pluginLog, testingLib, goPlugin, hclog},
		reason: "acceptance tests see the provider from outside, as Terraform does; api is there for the waiting times",
	},
	"internal/cmd/bench/smallest": {
		others: []string{framework},
		reason: "the smallest provider there is, to compare with, has nothing of ours",
	},
	"internal/cmd/*": {
		ours:   []string{"internal/sim", "internal/sim/page"},
		reason: "a command is a thin shell; the provider is used as its users use it, through Terraform",
	},
}

// testLayers are rows for the tests of a package, where these are bound as well.
var testLayers = map[string]layer{
	"internal/sim": {
		ours: []string{"internal/sim"}, others: []string{gocmp},
		reason: "the simulator is a second witness: its tests send raw requests, so that they cannot agree with a client's mistake",
	},
}

// listed is a package as go list prints it. All paths of this module are
// relative to it; the module itself is ".".
type listed struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

func TestImports_followTheTable(t *testing.T) {
	for _, complaint := range violations(packages(t)) {
		t.Error(complaint)
	}
}

// The test above passes only because there is nothing to find; this one makes
// sure that it would find something.
func TestImports_findsViolations(t *testing.T) {
	got := violations([]listed{
		{ImportPath: "internal/service/phone", Imports: []string{"context", "internal/service/template", framework + "/path"}},
		{ImportPath: "internal/api/graph", Imports: []string{framework + "/diag", "internal/api", "internal/acctest"}},
		{ImportPath: "internal/api", Imports: []string{retryable, retryable + "-fork"}},
		{ImportPath: "internal/sim", Imports: []string{"net/http"}, TestImports: []string{"internal/sim", gocmp + "/cmp"}, XTestImports: []string{"internal/api/graph"}},
		{ImportPath: "internal/util"},
	})
	want := []string{
		"internal/service/phone imports internal/service/template: " + layers["internal/service/*"].reason,
		"internal/api/graph imports " + framework + "/diag: " + layers["internal/api/*"].reason,
		"internal/api/graph imports internal/acctest: " + layers["internal/api/*"].reason,
		"internal/api imports " + retryable + "-fork: " + layers["internal/api"].reason,
		"a test of internal/sim imports internal/api/graph: " + testLayers["internal/sim"].reason,
		"internal/util is not in the import table: say there what it may import, or put its code where it belongs",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("violations (-want +got):\n%s", diff)
	}
}

// Test support must not ship. That the program links package testing all the
// same is the doing of go-plugin, which serves providers; none of ours may add to it.
func TestImports_shipNoTestSupport(t *testing.T) {
	shipped := strings.Fields(relative(string(goList(t, "-deps", "."))))
	for _, p := range packages(t) {
		if !slices.Contains(shipped, p.ImportPath) {
			continue
		}
		if p.ImportPath == "internal/acctest" || strings.HasPrefix(p.ImportPath, "internal/sim") {
			t.Errorf("the shipped program links %s, which is there for tests", p.ImportPath)
		}
		for _, imp := range p.Imports {
			if imp == "testing" || strings.HasPrefix(imp, "testing/") || strings.HasPrefix(imp, testingLib) {
				t.Errorf("%s is shipped and imports %s", p.ImportPath, imp)
			}
		}
	}
}

// Adding a type takes an example, a docs page and an acceptance test.
func TestTypes_areCompletelyThere(t *testing.T) {
	own := schemas(t).Schemas[provider.Address]
	kinds := []struct {
		folder string // in examples and docs
		file   string // the example, without its ending
		suffix string // of the file in the service, after the name of the thing
		types  []string
	}{
		{"resources", "resource", "", slices.Sorted(maps.Keys(own.ResourceSchemas))},
		{"data-sources", "data-source", "_data", slices.Sorted(maps.Keys(own.DataSourceSchemas))},
		{"ephemeral-resources", "ephemeral-resource", "_ephemeral", slices.Sorted(maps.Keys(own.EphemeralResourceSchemas))},
		{"list-resources", "list-resource", "_list", slices.Sorted(maps.Keys(own.ListResourceSchemas))},
		{"actions", "action", "_action", slices.Sorted(maps.Keys(own.ActionSchemas))},
	}
	for _, kind := range kinds {
		for _, name := range kind.types {
			thing := strings.TrimPrefix(name, "whatsapp_")
			for what, patterns := range map[string][]string{
				"example":   {filepath.Join("examples", kind.folder, name, kind.file+".tf*")},
				"docs page": {filepath.Join("docs", kind.folder, thing+".md")},
				// The area may go without saying: phone/registration_test.go for phone_registration.
				"acceptance test": {
					filepath.Join("internal/service/*", thing+kind.suffix+"_*test.go"),
					filepath.Join("internal/service", strings.Replace(thing, "_", "/", 1)+kind.suffix+"_*test.go"),
				},
			} {
				if !anyFile(t, patterns) {
					t.Errorf("%s has no %s: nothing matches %s", name, what, strings.Join(patterns, " or "))
				}
			}
		}
	}
}

// anyFile reports whether a file of this module matches one of the patterns.
func anyFile(t *testing.T, patterns []string) bool {
	t.Helper()
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		return len(found) > 0
	})
}

// violations compares packages with the tables.
func violations(pkgs []listed) []string {
	var all []string
	for _, p := range pkgs {
		row, ok := rowOf(layers, p.ImportPath)
		if !ok {
			all = append(all, p.ImportPath+" is not in the import table: say there what it may import, or put its code where it belongs")
			continue
		}
		all = append(all, row.complaints(p.ImportPath, p.Imports)...)
		if row, ok := rowOf(testLayers, p.ImportPath); ok {
			all = append(all, row.complaints("a test of "+p.ImportPath, slices.Concat(p.TestImports, p.XTestImports))...)
		}
	}
	return all
}

// rowOf finds the row of a package: its own, else that of a pattern.
func rowOf(table map[string]layer, pkg string) (layer, bool) {
	if row, ok := table[pkg]; ok {
		return row, true
	}
	for _, pattern := range slices.Sorted(maps.Keys(table)) {
		if match(pattern, pkg) {
			return table[pattern], true
		}
	}
	return layer{}, false
}

// complaints are the imports that a row does not allow.
func (l layer) complaints(who string, imports []string) []string {
	var all []string
	for _, imp := range imports {
		if !l.allows(imp) {
			all = append(all, fmt.Sprintf("%s imports %s: %s", who, imp, l.reason))
		}
	}
	return all
}

func (l layer) allows(imp string) bool {
	first, _, _ := strings.Cut(imp, "/")
	switch {
	case first == "." || first == "internal":
		return slices.ContainsFunc(l.ours, func(pattern string) bool { return match(pattern, imp) })
	case strings.Contains(first, "."):
		return slices.ContainsFunc(l.others, func(module string) bool { return imp == module || strings.HasPrefix(imp, module+"/") })
	}
	return true // the standard library
}

func match(pattern, pkg string) bool {
	ok, err := path.Match(pattern, pkg)
	return err == nil && ok
}

// packages lists this module.
func packages(t *testing.T) []listed {
	t.Helper()
	var all []listed
	text := relative(string(goList(t, "-json=ImportPath,Imports,TestImports,XTestImports", "./...")))
	for dec := json.NewDecoder(strings.NewReader(text)); ; {
		var p listed
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// relative shortens the import paths of packages of this module.
func relative(text string) string {
	const module = "github.com/whatsapp-terraform/terraform-provider-whatsapp"
	text = strings.ReplaceAll(text, module+"/", "")
	return strings.ReplaceAll(text, module, ".")
}

// goList runs go list over the module.
func goList(t *testing.T, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list"}, args...)...)
	cmd.Dir = root
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	return out
}
