package provider_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/provider"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The schema of everything the provider offers is a golden file, so that each
// change of it is seen in review, and the docs are made from that file. It has
// the form that Terraform prints, but does not depend on the Terraform at hand:
// an older one leaves out what it does not know.
func TestSchema_isTheGoldenOne(t *testing.T) {
	var got bytes.Buffer
	enc := json.NewEncoder(&got)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(schemas(t)); err != nil {
		t.Fatal(err)
	}
	golden(t, "schema.json.golden", got.String())
}

// Terraform writes {} for an absent object that is sensitive as a whole when it
// generates a configuration for an import, which is invalid if something in it is
// required. What is inside can be sensitive instead.
func TestSchema_sensitiveInside(t *testing.T) {
	for name, s := range schemas(t).Schemas[provider.Address].ResourceSchemas {
		for attribute, a := range s.Block.Attributes {
			if a.AttributeNestedType != nil && a.Sensitive {
				t.Errorf("%s.%s: mark what is in it as sensitive, not the object", name, attribute)
			}
		}
	}
}

// golden compares a text with a file in testdata, or writes the file.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s is out of date; if the change is meant, run make generate (-want +got):\n%s", file, diff)
	}
}
