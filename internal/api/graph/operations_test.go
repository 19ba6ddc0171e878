package graph

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The operations in the docstrings are those in operations.txt, and each is the one that
// its method calls.
func TestOperations(t *testing.T) {
	list, err := os.ReadFile("operations.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSpace(string(list)), "\n")
	if !slices.IsSorted(want) {
		t.Error("operations.txt is not sorted")
	}
	var got []string
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := parser.ParseFile(gotoken.NewFileSet(), name, src, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			body := string(src[fn.Body.Pos()-1 : fn.Body.End()-1])
			for _, op := range operations(t, fn) {
				got = append(got, op)
				if _, path, _ := strings.Cut(op, " "); !strings.Contains(body, `"`+path+`"`) {
					t.Errorf("%s is for %s, but does not call it", fn.Name.Name, op)
				}
			}
		}
	}
	slices.Sort(got)
	got = slices.Compact(got) // several methods may make use of one operation
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// operations returns the operations that a docstring names. A source goes with each.
func operations(t *testing.T, fn *ast.FuncDecl) (ops []string) {
	sources := 0
	for line := range strings.Lines(fn.Doc.Text()) {
		if op, ok := strings.CutPrefix(line, "operation: "); ok {
			ops = append(ops, strings.TrimSpace(op))
		}
		if strings.HasPrefix(line, "source: https://") {
			sources++
		}
	}
	if sources < len(ops) {
		t.Errorf("%s names no source", fn.Name.Name)
	}
	return ops
}
