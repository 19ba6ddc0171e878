package acctest

import "testing"

func TestRelease_Has(t *testing.T) {
	for _, tt := range []struct {
		product, version string
		feature          Feature
		want             bool
	}{
		{"Terraform", "1.5.7", WriteOnly, false},
		{"Terraform", "1.10.5", WriteOnly, false}, // not by the letters: 1.10 is before 1.11, 1.9 before both
		{"Terraform", "1.11.4", WriteOnly, true},
		{"Terraform", "1.14.0-rc1", Lists, true},
		{"Terraform", "2.0.0", Lists, true},
		{"OpenTofu", "1.10.9", EphemeralResources, false},
		{"Terraform", "1.10.9", EphemeralResources, true},
		{"OpenTofu", "1.99.0", Lists, false},
	} {
		if got := (Release{tt.product, tt.version}).Has(tt.feature); got != tt.want {
			t.Errorf("%s %s has %s: %t", tt.product, tt.version, tt.feature.Name, got)
		}
	}
}

// TestFeature_uses makes sure that a configuration shows what it needs.
func TestFeature_uses(t *testing.T) {
	for config, want := range map[string]*Feature{
		"resource \"a\" \"b\" {\n  pin_wo = var.pin\n}":       &WriteOnly,
		"  on_premises = {":                                   &WriteOnly,
		"resource \"a\" \"b\" {\n  pin = var.pin_wo\n}":       nil,
		"ephemeral \"a\" \"b\" {\n}":                          &EphemeralResources,
		"removed {\n  from = a.b\n}":                          &Removed,
		"import {\n  for_each = var.all\n  id = 1\n}":         &ImportForEach,
		"import {\n  to = a.b\n  identity = {\n    a = 1\n}}": &ImportIdentity,
		"import {\n  to = a.b\n  id = 1\n}":                   nil,
		"list \"a\" \"b\" {\n}":                               &Lists,
		"action \"a\" \"b\" {\n}":                             &Actions,
		"variable \"a\" {\n  ephemeral = true\n}":             nil, // left out instead
	} {
		var got []string
		for _, f := range Features() {
			if f.uses != nil && f.uses.MatchString(config) {
				got = append(got, f.Name)
			}
		}
		if want == nil && len(got) > 0 || want != nil && (len(got) != 1 || got[0] != want.Name) {
			t.Errorf("%q uses %q", config, got)
		}
	}
}
