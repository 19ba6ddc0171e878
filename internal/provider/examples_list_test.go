package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

// TestExamples_list takes every list of the examples as it stands in the tree, and
// finds something with it. It needs no engine, since few have lists.
func TestExamples_list(t *testing.T) {
	t.Parallel()
	n := 0
	for _, e := range examples(t) {
		for _, file := range e.files {
			if !strings.HasSuffix(file, ".tfquery.hcl") {
				continue
			}
			for _, b := range lists(t, file) {
				n++
				t.Run(e.dir+"/"+b.Labels[1], func(t *testing.T) { findsSome(t, b) })
			}
		}
	}
	if n == 0 {
		t.Error("no example lists anything")
	}
}

// lists returns the list blocks of a file.
func lists(t *testing.T, file string) []*hclsyntax.Block {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	parsed, diags := hclsyntax.ParseConfig(src, filepath.Base(file), hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	var all []*hclsyntax.Block
	for _, b := range parsed.Body.(*hclsyntax.Body).Blocks {
		if b.Type == "list" {
			all = append(all, b)
		}
	}
	return all
}

// findsSome runs a list block.
func findsSome(t *testing.T, b *hclsyntax.Block) {
	t.Helper()
	q := acctest.Query{Config: acctest.Attributes{}, Whole: true}
	for _, inner := range b.Body.Blocks {
		for name, a := range inner.Body.Attributes {
			value, diags := a.Expr.Value(nil)
			switch {
			case diags.HasErrors():
				t.Fatal(diags)
			case value.Type().FriendlyName() == "bool":
				q.Config[name] = value.True()
			default:
				q.Config[name] = value.AsString()
			}
		}
	}
	p, found := acctest.Start(t).Protocol(), 0
	if diags := p.ValidateList(b.Labels[0], q.Config); len(diags) > 0 {
		t.Fatal(diags)
	}
	for r := range p.List(t.Context(), b.Labels[0], q) {
		if found++; len(r.Diagnostics) > 0 {
			t.Errorf("%+v", r.Diagnostics)
		}
	}
	if found == 0 {
		t.Error("nothing was found")
	}
}
