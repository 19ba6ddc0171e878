package provider_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	tfjson "github.com/hashicorp/terraform-json"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/provider"
)

// root is the folder of this module.
const root = "../.."

// example is a folder under examples that is a configuration of its own.
type example struct {
	dir     string   // below examples, with slashes
	files   []string // what Terraform would read of it
	imports []string // what shows how to import, each on its own
}

// source is the text of all files of an example.
func (e example) source(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, file := range e.files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(content)
	}
	return all.String()
}

// data are the files that an example reads.
func (e example) data(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"*.json", "*.png"} {
		files, err := filepath.Glob(filepath.Join(root, "examples", filepath.FromSlash(e.dir), pattern))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, files...)
	}
	return all
}

// examples lists the folders under examples that hold configurations.
func examples(t *testing.T) []example {
	t.Helper()
	base := filepath.Join(root, "examples")
	byDir := map[string]*example{}
	err := filepath.WalkDir(base, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(file) != ".tf" && !strings.HasSuffix(file, ".tfquery.hcl") {
			return err
		}
		dir, err := filepath.Rel(base, filepath.Dir(file))
		if err != nil {
			return err
		}
		dir = filepath.ToSlash(dir)
		if byDir[dir] == nil {
			byDir[dir] = &example{dir: dir}
		}
		if strings.HasPrefix(entry.Name(), "import-by-") {
			byDir[dir].imports = append(byDir[dir].imports, file)
		} else {
			byDir[dir].files = append(byDir[dir].files, file)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var all []example
	for _, e := range byDir {
		all = append(all, *e)
	}
	slices.SortFunc(all, func(a, b example) int { return strings.Compare(a.dir, b.dir) })
	if len(all) == 0 {
		t.Fatalf("%s holds no configuration", base)
	}
	return all
}

// Terraform drops an unknown name inside a nested attribute without a word, so
// nothing else would find a misspelt one in the docs.
func TestExamples_nameWhatExists(t *testing.T) {
	check := newNames(schemas(t).Schemas[provider.Address])
	for _, e := range examples(t) {
		t.Run(e.dir, func(t *testing.T) {
			for _, file := range slices.Concat(e.files, e.imports) {
				src, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				for _, complaint := range check.file(src, filepath.Base(file)) {
					t.Error(complaint)
				}
				if formatted := string(hclwrite.Format(src)); formatted != string(src) {
					t.Errorf("%s is not formatted, run make fmt (-want +got):\n%s", filepath.Base(file), cmp.Diff(formatted, string(src)))
				}
			}
		})
	}
}

// Terraform only warns of a value for a variable that does not exist. What is
// secret has no place in a file.
func TestExamples_valuesAreOfVariables(t *testing.T) {
	for _, e := range examples(t) {
		file := filepath.Join(root, "examples", filepath.FromSlash(e.dir), "terraform.tfvars.example")
		src, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		values, diags := hclsyntax.ParseConfig(src, file, hcl.InitialPos)
		source, more := hclsyntax.ParseConfig([]byte(e.source(t)), e.dir, hcl.InitialPos)
		if diags.HasErrors() || more.HasErrors() {
			t.Fatal(diags, more)
		}
		given, diags := values.Body.JustAttributes()
		if diags.HasErrors() {
			t.Error(diags)
		}
		variables, _, diags := source.Body.PartialContent(&hcl.BodySchema{Blocks: []hcl.BlockHeaderSchema{{Type: "variable", LabelNames: []string{"name"}}}})
		if diags.HasErrors() {
			t.Fatal(diags)
		}
		for _, v := range variables.Blocks {
			inside, diags := v.Body.JustAttributes()
			if diags.HasErrors() {
				t.Error(diags)
			}
			_, secret := inside["sensitive"]
			_, optional := inside["default"]
			if name := v.Labels[0]; given[name] != nil && secret {
				t.Errorf("%s: %s is a secret", file, name)
			} else if given[name] == nil && !secret && !optional {
				t.Errorf("%s lacks %s", file, name)
			}
			delete(given, v.Labels[0])
		}
		for name := range given {
			t.Errorf("%s: there is no variable %s", file, name)
		}
	}
}

func TestExamples_findsUnknownNames(t *testing.T) {
	inner := &tfjson.SchemaNestedAttributeType{NestingMode: "list", Attributes: map[string]*tfjson.SchemaAttribute{"name": {}}}
	schema := &tfjson.Schema{Block: &tfjson.SchemaBlock{Attributes: map[string]*tfjson.SchemaAttribute{
		"id": {}, "inner": {AttributeNestedType: inner},
	}}}
	check := newNames(&tfjson.ProviderSchema{ConfigSchema: schema, ResourceSchemas: map[string]*tfjson.Schema{"whatsapp_thing": schema}})
	const config = `
provider "whatsapp" {
  idd = "1"
}
resource "whatsapp_thing" "right" {
  count = 1
  id    = var.id
  inner = [{ name = "x" }]
  lifecycle {
    prevent_destroy = true
  }
}
resource "whatsapp_thing" "wrong" {
  inner = concat([{ nam = "x" }], [for x in var.all : { "Name" = x, (x) = 1 }])
  outer = 1
  block {}
}
resource "whatsapp_other" "unknown" {}
resource "other_thing" "not_ours" {
  anything = 1
}
`
	want := []string{
		`main.tf:3: provider "whatsapp" has no attribute idd`,
		`main.tf:14: whatsapp_thing.inner has no attribute nam`,
		`main.tf:14: whatsapp_thing.inner has no attribute Name`,
		`main.tf:15: whatsapp_thing has no attribute outer`,
		`main.tf:16: whatsapp_thing has no block block`,
		`main.tf:18: there is no resource whatsapp_other`,
	}
	if diff := cmp.Diff(want, check.file([]byte(config), "main.tf")); diff != "" {
		t.Errorf("complaints (-want +got):\n%s", diff)
	}
}

// names checks the names in a configuration against the schema.
type names struct {
	config *tfjson.Schema
	types  map[string]map[string]*tfjson.Schema // by kind of block, then by type
}

func newNames(own *tfjson.ProviderSchema) names {
	actions := map[string]*tfjson.Schema{}
	for name, s := range own.ActionSchemas {
		actions[name] = &tfjson.Schema{Block: s.Block}
	}
	return names{own.ConfigSchema, map[string]map[string]*tfjson.Schema{
		"resource": own.ResourceSchemas, "data": own.DataSourceSchemas, "ephemeral": own.EphemeralResourceSchemas,
		"list": own.ListResourceSchemas, "action": actions,
	}}
}

// file returns what is wrong with a file.
func (n names) file(src []byte, name string) []string {
	parsed, diags := hclsyntax.ParseConfig(src, name, hcl.InitialPos)
	if diags.HasErrors() {
		return []string{diags.Error()}
	}
	body, ok := parsed.Body.(*hclsyntax.Body)
	if !ok {
		return []string{fmt.Sprintf("%s: the parser made a %T of it", name, parsed.Body)}
	}
	var all []string
	for _, b := range body.Blocks {
		byType, typed := n.types[b.Type]
		switch {
		case b.Type == "provider" && b.Labels[0] == "whatsapp":
			all = append(all, block(`provider "whatsapp"`, n.config.Block, b.Body)...)
		case !typed || !strings.HasPrefix(b.Labels[0], "whatsapp_"):
		case byType[b.Labels[0]] == nil:
			all = append(all, fmt.Sprintf("%s: there is no %s %s", at(b.TypeRange), b.Type, b.Labels[0]))
		default:
			for _, body := range configured(b) {
				all = append(all, block(b.Labels[0], byType[b.Labels[0]].Block, body)...)
			}
		}
	}
	return all
}

// configured returns where in a block the attributes of its type are.
func configured(b *hclsyntax.Block) []*hclsyntax.Body {
	if b.Type != "list" && b.Type != "action" {
		return []*hclsyntax.Body{b.Body}
	}
	var all []*hclsyntax.Body
	for _, inner := range b.Body.Blocks {
		if inner.Type == "config" {
			all = append(all, inner.Body)
		}
	}
	return all
}

// meta is what Terraform itself understands in a block, beside the schema.
var meta = []string{"alias", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner", "connection"}

// block checks the body of a block.
func block(who string, schema *tfjson.SchemaBlock, body *hclsyntax.Body) []string {
	var all []string
	for _, name := range inOrder(body.Attributes) {
		attribute := body.Attributes[name]
		switch s := schema.Attributes[name]; {
		case s != nil:
			all = append(all, nested(who+"."+name, s.AttributeNestedType, attribute.Expr)...)
		case !slices.Contains(meta, name):
			all = append(all, fmt.Sprintf("%s: %s has no attribute %s", at(attribute.NameRange), who, name))
		}
	}
	for _, b := range body.Blocks {
		switch s := schema.NestedBlocks[b.Type]; {
		case s != nil:
			all = append(all, block(who+"."+b.Type, s.Block, b.Body)...)
		case !slices.Contains(meta, b.Type):
			all = append(all, fmt.Sprintf("%s: %s has no block %s", at(b.TypeRange), who, b.Type))
		}
	}
	return all
}

// inOrder returns the names of attributes in the order of the file.
func inOrder(attributes hclsyntax.Attributes) []string {
	var all []string
	for name := range attributes {
		all = append(all, name)
	}
	slices.SortFunc(all, func(a, b string) int {
		return attributes[a].NameRange.Start.Byte - attributes[b].NameRange.Start.Byte
	})
	return all
}

// nested checks every object that is written out in the value of a nested
// attribute. In a map of objects, the keys of the map are free.
func nested(who string, schema *tfjson.SchemaNestedAttributeType, expr hclsyntax.Expression) []string {
	if schema == nil {
		return nil
	}
	v := &objects{who: who, attributes: schema.Attributes, free: schema.NestingMode == tfjson.SchemaNestingModeMap}
	if diags := hclsyntax.Walk(expr, v); diags.HasErrors() {
		return []string{diags.Error()}
	}
	return v.complaints
}

// objects collects what is wrong with the outermost objects of an expression.
type objects struct {
	who        string
	attributes map[string]*tfjson.SchemaAttribute
	free       bool // the outermost objects are maps of what to check
	depth      int
	complaints []string
}

// Enter is called before the parts of node are visited.
func (v *objects) Enter(node hclsyntax.Node) hcl.Diagnostics {
	object, ok := node.(*hclsyntax.ObjectConsExpr)
	if !ok {
		return nil
	}
	v.depth++
	if v.free && v.depth == 1 || v.depth > 2 || v.depth == 2 && !v.free {
		return nil // a map, or inside an object that is being checked
	}
	for _, item := range object.Items {
		key, diags := item.KeyExpr.Value(nil)
		if diags.HasErrors() {
			continue // a name that is computed
		}
		name := key.AsString()
		if s := v.attributes[name]; s != nil {
			v.complaints = append(v.complaints, nested(v.who+"."+name, s.AttributeNestedType, item.ValueExpr)...)
		} else {
			v.complaints = append(v.complaints, fmt.Sprintf("%s: %s has no attribute %s", at(item.KeyExpr.Range()), v.who, name))
		}
	}
	return nil
}

// Exit is called after the parts of node were visited.
func (v *objects) Exit(node hclsyntax.Node) hcl.Diagnostics {
	if _, ok := node.(*hclsyntax.ObjectConsExpr); ok {
		v.depth--
	}
	return nil
}

// at says where something is.
func at(r hcl.Range) string { return fmt.Sprintf("%s:%d", r.Filename, r.Start.Line) }
