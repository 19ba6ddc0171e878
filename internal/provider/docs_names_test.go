package provider_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	tfjson "github.com/hashicorp/terraform-json"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/provider"
)

// TestDocs_code parses every configuration on every page and looks its names up in the
// schema.
func TestDocs_code(t *testing.T) {
	check := newNames(schemas(t).Schemas[provider.Address])
	n := 0
	for _, page := range pages(t) {
		if page == "internal/ADDING.md" {
			continue // its resource is yet to be made: TestAdding does that
		}
		for _, src := range codeOf(read(t, page), "terraform", "hcl") {
			n++
			for _, complaint := range slices.Concat(check.file([]byte(src), page+", in a block"), check.references([]byte(src), page+", in a block")) {
				t.Error(complaint)
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d blocks were found", n)
	}
}

// references returns the attributes that expressions read and that do not exist, as in
// whatsapp_phone_registration.support.stat.
func (n names) references(src []byte, name string) []string {
	parsed, diags := hclsyntax.ParseConfig(src, name, hcl.InitialPos)
	if diags.HasErrors() {
		return nil // file has complained
	}
	var all []string
	body, ok := parsed.Body.(*hclsyntax.Body)
	if !ok {
		return nil
	}
	_ = hclsyntax.VisitAll(body, func(node hclsyntax.Node) hcl.Diagnostics {
		if e, ok := node.(*hclsyntax.ScopeTraversalExpr); ok {
			if complaint := n.reference(e.Traversal); complaint != "" {
				all = append(all, at(e.SrcRange)+": "+complaint)
			}
		}
		return nil
	})
	return all
}

// reference says what is wrong with a traversal, "" if nothing is or it is not ours.
func (n names) reference(traversal hcl.Traversal) string {
	var words []string
	for _, step := range traversal {
		switch s := step.(type) {
		case hcl.TraverseRoot:
			words = append(words, s.Name)
		case hcl.TraverseAttr:
			words = append(words, s.Name)
		}
	}
	kind := "resource"
	if words[0] == "data" || words[0] == "ephemeral" {
		kind, words = words[0], words[1:]
	}
	if len(words) < 3 || !strings.HasPrefix(words[0], "whatsapp_") {
		return ""
	}
	schema := n.types[kind][words[0]]
	if schema == nil {
		return "there is no " + kind + " " + words[0]
	}
	if schema.Block.Attributes[words[2]] == nil {
		return words[0] + " has no attribute " + words[2]
	}
	return ""
}

func TestDocs_findsUnknownReferences(t *testing.T) {
	schema := &tfjson.Schema{Block: &tfjson.SchemaBlock{Attributes: map[string]*tfjson.SchemaAttribute{"id": {}}}}
	check := newNames(&tfjson.ProviderSchema{DataSourceSchemas: map[string]*tfjson.Schema{"whatsapp_thing": schema}})
	const config = `
output "x" {
  value = [data.whatsapp_thing.a.id, data.whatsapp_thing.a["k"].idd, whatsapp_thing.a.id, aws_thing.a.b]
}
`
	got := check.references([]byte(config), "main.tf")
	if len(got) != 2 || !strings.Contains(got[0], "no attribute idd") || !strings.Contains(got[1], "no resource whatsapp_thing") {
		t.Errorf("complaints: %q", got)
	}
}

// known collects every name of the schema: types, attributes at any depth, settings.
func known(own *tfjson.ProviderSchema) map[string]bool {
	all := map[string]bool{}
	var nestedIn func(attributes map[string]*tfjson.SchemaAttribute)
	nestedIn = func(attributes map[string]*tfjson.SchemaAttribute) {
		for name, a := range attributes {
			all[name] = true
			if a.AttributeNestedType != nil {
				nestedIn(a.AttributeNestedType.Attributes)
			}
		}
	}
	nestedIn(own.ConfigSchema.Block.Attributes)
	for _, types := range newNames(own).types {
		for name, s := range types {
			all[name] = true
			nestedIn(s.Block.Attributes)
		}
	}
	return all
}

// A name in prose: words joined by underscores, with what they are a part of before a dot.
var (
	nameInProse = regexp.MustCompile("`([a-z][a-z0-9]*(?:[_.][a-z0-9]+)*)`")
	variable    = regexp.MustCompile(`WHATSAPP_[A-Z_]+`)
	// Names of files, hosts and versions, and what belongs to another provider.
	other = regexp.MustCompile(`\.(tf|hcl|json|io|org)$|^v\d+\.\d+$|^(ephemeral\.)?(aws|vault|random)_`)
)

// TestDocs_names looks every name up that the docs set in the type of code and that reads
// like one of ours.
func TestDocs_names(t *testing.T) {
	names := known(schemas(t).Schemas[provider.Address])
	used := map[string]bool{}
	for _, page := range pages(t) {
		if !strings.HasPrefix(page, "docs/") && page != "README.md" {
			continue // those are for who works on the provider, and name Go and make
		}
		text := proseOf(read(t, page))
		for _, m := range nameInProse.FindAllStringSubmatchIndex(text, -1) {
			name := text[m[2]:m[3]]
			if !strings.ContainsAny(name, "_.") || other.MatchString(name) {
				continue
			}
			if _, skipped := notOurs[name]; skipped {
				used[name] = true
				continue
			}
			for _, part := range strings.Split(name, ".") {
				if !names[part] {
					t.Errorf("%s: there is no %s (of `%s`)", line(page, text, m[0]), part, name)
				}
			}
		}
	}
	for name := range notOurs {
		if !used[name] {
			t.Errorf("notOurs has %s, which no page names any more", name)
		}
	}
}

// TestDocs_variables knows every variable of the environment that a page names.
func TestDocs_variables(t *testing.T) {
	for _, page := range pages(t) {
		for _, name := range variable.FindAllString(read(t, page), -1) {
			if !strings.Contains(read(t, "internal/provider/settings.go"), `"`+name+`"`) && name != "WHATSAPP_ON_PREMISES_PASSWORD" {
				t.Errorf("%s: nothing reads %s", page, name)
			}
		}
	}
}

// TestDocs_settings compares the table of settings with what the schema says of them.
func TestDocs_settings(t *testing.T) {
	index := read(t, "docs/index.md")
	fallback := regexp.MustCompile("Default: (`[^`]+`)")
	for name, a := range schemas(t).Schemas[provider.Address].ConfigSchema.Block.Attributes {
		row := "| `" + name + "` | `WHATSAPP_" + strings.ToUpper(name) + "` | "
		if m := fallback.FindStringSubmatch(a.Description); m != nil {
			row += m[1] + " "
		}
		if !strings.Contains(index, "\n"+row+"| ") {
			t.Errorf("docs/index.md has no row %q", row)
		}
	}
}
