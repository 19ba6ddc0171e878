package tf

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

var update = flag.Bool("update", false, "rewrite the golden files and the page of errors")

// side is one of the two APIs, as the tests walk over them.
type side struct {
	name  string
	book  *book
	call  string // a call to it
	doing string // what the user wanted
	codes map[[2]int]fact
}

// fact is what a client knows of a code.
type fact struct {
	kind    api.Kind
	outcome api.Outcome
}

// sides returns both APIs, with the codes that their clients know.
func sides(t *testing.T) []side {
	t.Helper()
	return []side{
		{"Cloud API", cloud, "POST /{phone-number-id}/register", "register phone number id 106540352242922", clientCodes(t, "graph")},
		{"On-Premises API", onPremises, "POST /v1/settings/backup", "take a backup at the On-Premises deployment https://wa.example.com", clientCodes(t, "onprem")},
	}
}

// clientCodes reads the table of codes of a client from its source, so that the
// client needs no function that only a test would call.
func clientCodes(t *testing.T, client string) map[[2]int]fact {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", "api", client, "codes.go"), nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	codes := make(map[[2]int]fact)
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || spec.Names[0].Name != "codes" {
			return true
		}
		for _, element := range spec.Values[0].(*ast.CompositeLit).Elts {
			pair := element.(*ast.KeyValueExpr)
			var key [2]int
			switch k := pair.Key.(type) {
			case *ast.BasicLit:
				key[0] = number(t, k)
			case *ast.CompositeLit:
				key = [2]int{number(t, k.Elts[0]), number(t, k.Elts[1])}
			}
			codes[key] = factOf(t, pair.Value.(*ast.CompositeLit))
		}
		return false
	})
	if len(codes) < 20 {
		t.Fatalf("%s has %d codes, so they were not read", client, len(codes))
	}
	return codes
}

func number(t *testing.T, e ast.Expr) int {
	t.Helper()
	n, err := strconv.Atoi(e.(*ast.BasicLit).Value)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// factOf reads kind and outcome from a row of the table.
func factOf(t *testing.T, row *ast.CompositeLit) fact {
	t.Helper()
	kinds := map[string]api.Kind{
		"Unknown": api.Unknown, "Invalid": api.Invalid, "NotFound": api.NotFound, "Conflict": api.Conflict,
		"Expired": api.Expired, "Denied": api.Denied, "Throttled": api.Throttled, "Unavailable": api.Unavailable,
	}
	outcomes := map[string]api.Outcome{"Unclear": api.Unclear, "Refused": api.Refused, "NotDone": api.NotDone}
	var f fact
	for _, element := range row.Elts {
		field := element.(*ast.KeyValueExpr)
		word, ok := field.Value.(*ast.SelectorExpr)
		if !ok {
			continue
		}
		switch name := field.Key.(*ast.Ident).Name; name {
		case "kind":
			f.kind, ok = kinds[word.Sel.Name]
		case "outcome":
			f.outcome, ok = outcomes[word.Sel.Name]
		}
		if !ok {
			t.Fatalf("what is %s?", word.Sel.Name)
		}
	}
	return f
}

// made returns an error of an API with made-up words of it.
func (s side) made(code, subcode int) *api.Error {
	known, ok := s.codes[[2]int{code, subcode}]
	if !ok {
		known, ok = s.codes[[2]int{code, 0}]
	}
	if !ok {
		known = fact{api.Unknown, api.Refused}
	}
	e := &api.Error{
		Call: s.call, Status: 400, Code: code, Subcode: subcode, Kind: known.kind, Outcome: known.outcome,
		Message: fmt.Sprintf("(#%d) What the API says", code), Reason: "What it says besides.", Attempts: 1,
	}
	if s.book == cloud {
		e.UserTitle, e.UserMessage, e.Trace = "A title for users", "A message for users.", "AbCdEfGhIjKlMnOpQrStUvW"
	}
	return e
}

// diagnosed is what the user reads of an error.
func (s side) diagnosed(e *api.Error) string {
	d := Diagnose(context.Background(), "", path.Empty(), During(s.doing, e))[0]
	return "Error: " + d.Summary() + "\n\n" + d.Detail() + "\n"
}

// label is how an entry is called in the golden file and in the guide.
func label(a advice) string {
	var codes []string
	for _, code := range a.codes {
		if code == permission {
			codes = append(codes, "200 to 299")
			continue
		}
		codes = append(codes, strconv.Itoa(code))
	}
	text := strings.Join(codes, ", ")
	if a.subcode != 0 {
		text += fmt.Sprintf(" with subcode %d", a.subcode)
	}
	return text
}

// entries calls do for each entry of the tables.
func entries(t *testing.T, do func(side, subject, advice)) {
	t.Helper()
	for _, s := range sides(t) {
		for _, about := range s.book.subjects {
			for _, a := range about.entries {
				do(s, about, a)
			}
		}
	}
}

// allKinds are the kinds in their order.
var allKinds = []api.Kind{
	api.Unknown, api.Invalid, api.NotFound, api.Conflict, api.Expired, api.Denied, api.Throttled, api.Unavailable,
}

// TestDiagnostics compares the whole text of every error that the tables have with
// a golden file, so that each change of wording is seen in review.
func TestDiagnostics(t *testing.T) {
	var text strings.Builder
	add := func(s side, what string, e *api.Error) {
		fmt.Fprintf(&text, "=== %s, %s\n\n%s\n", s.name, what, s.diagnosed(e))
	}
	entries(t, func(s side, _ subject, a advice) {
		add(s, label(a), s.made(a.codes[0], a.subcode))
	})
	for _, s := range sides(t) {
		for _, kind := range allKinds {
			if _, ok := s.book.kinds[kind]; ok {
				e := s.made(987654, 0)
				e.Kind = kind
				add(s, "unknown code, "+kind.String(), e)
			}
		}
		for _, outcome := range []api.Outcome{api.Unclear, api.Refused, api.NotDone} {
			e := s.made(987654, 0)
			e.Kind, e.Outcome = api.Unknown, outcome
			add(s, "unknown code, "+outcome.String(), e)
		}
		add(s, "no answer", &api.Error{Call: s.call, Kind: api.Unavailable, Attempts: 3, Err: errors.New("what went wrong")})
		add(s, "answer of another", &api.Error{Call: s.call, Status: 404, Outcome: api.Refused, Message: "the answer is not one of the API", Reason: "<html>"})
	}
	golden(t, filepath.Join("testdata", "diagnostics.golden"), text.String())
}

// golden compares a text with a file, or writes the file.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
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

// unexplained are the codes that a client knows and no table explains, with the
// reason. They show the API's words and what their kind calls for.
var unexplained = map[string]map[[2]int]string{
	"Cloud API": {
		{32, 0}:     "the limit of a Facebook page; no call of the provider is about one",
		{130429, 0}: "the throughput of messages; only sending one answers it",
		{131055, 0}: "a method that marketing messages do not have; no call of the provider is about them",
	},
	"On-Premises API": {
		{1004, 0}: "something exists already; the provider makes nothing in a deployment",
		{1022, 0}: "no webhook is configured; no call of the provider is about one",
	},
}

// TestAdvice_isComplete finds each code that a client knows in the tables, or a
// reason why it is not there.
func TestAdvice_isComplete(t *testing.T) {
	for _, s := range sides(t) {
		for code := range s.codes {
			_, there := s.book.byCode[code]
			reason := unexplained[s.name][code]
			if !there && reason == "" {
				t.Errorf("%s, code %d, subcode %d: add an entry, or the reason why there is none", s.name, code[0], code[1])
			}
			if there && reason != "" {
				t.Errorf("%s, code %d, subcode %d has an entry and needs no reason to have none", s.name, code[0], code[1])
			}
		}
		for code := range unexplained[s.name] {
			if _, ok := s.codes[code]; !ok {
				t.Errorf("%s: nobody knows code %d", s.name, code[0])
			}
		}
	}
}

// TestAdvice_agreesWithTheClient makes sure that a code after which the client
// tries again by itself is one that the user may try again too.
func TestAdvice_agreesWithTheClient(t *testing.T) {
	entries(t, func(s side, _ subject, a advice) {
		for _, code := range a.codes {
			known, ok := s.codes[[2]int{code, a.subcode}]
			passing := known.kind == api.Throttled || known.kind == api.Unavailable
			if ok && passing && a.again.word == "No" {
				t.Errorf("%s, %s: the client tries again, and the user shall not", s.name, label(a))
			}
			if ok && known.outcome == api.Unclear && strings.Contains(a.text(), "Nothing was changed") {
				t.Errorf("%s, %s: nobody knows that nothing was changed", s.name, label(a))
			}
		}
	})
}

// TestAdvice_lookup looks codes up in all the ways there are.
func TestAdvice_lookup(t *testing.T) {
	both := sides(t)
	for _, tt := range []struct {
		name          string
		side          side
		code, subcode int
		kind          api.Kind
		want          string // the title, "" for none
	}{
		{"code", both[0], 133005, 0, api.Denied, "Wrong PIN"},
		{"subcode", both[0], 190, 463, api.Expired, "Expired access token"},
		{"subcode of another code", both[0], 102, 463, api.Expired, "Expired access token"},
		{"unknown subcode", both[0], 190, 999, api.Expired, "Invalid access token"},
		{"subcode of no account", both[0], 133005, 33, api.Denied, "Wrong PIN"},
		{"subcode as a code", both[0], 2388012, 0, api.Unknown, "Number that the account has"},
		{"family", both[0], 273, 0, api.Denied, "Missing permission, or terms not accepted"},
		{"end of the family", both[0], 300, 0, api.Unknown, ""},
		{"code 0 for a bad token", both[0], 0, 0, api.Expired, "Failed authentication"},
		{"no code", both[0], 0, 0, api.Unavailable, ""},
		{"unknown code", both[0], 987654, 33, api.Unknown, ""},
		{"code of a deployment", both[1], 1005, 0, api.Denied, "Denied access"},
		{"code of the other API", both[1], 133005, 0, api.Unknown, ""},
		{"no family in a deployment", both[1], 273, 0, api.Unknown, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := bookFor(tt.side.call).find(&api.Error{Code: tt.code, Subcode: tt.subcode, Kind: tt.kind})
			if got.title != tt.want {
				t.Errorf("found %q, want %q", got.title, tt.want)
			}
		})
	}
}

// TestAdvice_unknownCode shows all of the API's words, and adds nothing but whether
// trying again is safe.
func TestAdvice_unknownCode(t *testing.T) {
	for _, s := range sides(t) {
		e := s.made(987654, 42)
		got := Explain(t.Context(), e)
		want := []string{e.UserTitle, e.UserMessage, e.Message, e.Reason, "code 987654, subcode 42", e.Trace}
		for _, word := range want {
			if !strings.Contains(got, word) {
				t.Errorf("%s: %q is not in:\n%s", s.name, word, got)
			}
		}
		parts := strings.Split(got, "\n\n")
		if len(parts) != 3 || parts[1] != byOutcome[api.Refused] {
			t.Errorf("%s: more is said than is known:\n%s", s.name, got)
		}
	}
}

// wholeSentences is a text of sentences, each with a beginning and an end.
var wholeSentences = regexp.MustCompile(`^[A-Z](.*[^.?! ])?\.$`)

// TestAdvice_reads well: whole sentences, nothing left out, nothing said twice.
func TestAdvice_reads(t *testing.T) {
	seen := make(map[string]bool)
	check := func(where string, a advice) {
		t.Helper()
		for field, text := range map[string]string{"cause": a.cause, "remedy": a.remedy, "again": a.again.sentence()} {
			if !wholeSentences.MatchString(text) {
				t.Errorf("%s: %s is not in whole sentences: %q", where, field, text)
			}
		}
		if a.title == "" || strings.HasSuffix(a.title, ".") || a.title[:1] != strings.ToUpper(a.title[:1]) {
			t.Errorf("%s: bad title %q", where, a.title)
		}
		if !slices.Contains([]string{"Yes", "Later", "No"}, a.again.word) || a.again.word != "Yes" && a.again.clause == "" {
			t.Errorf("%s does not say whether trying again is safe", where)
		}
		text := a.text()
		for _, bad := range []string{"Please", "please", "try again later", "  ", " .", "..", "!", "—", "\n"} {
			if strings.Contains(text, bad) {
				t.Errorf("%s says %q: %s", where, bad, text)
			}
		}
		said := make(map[string]bool)
		for sentence := range strings.SplitSeq(strings.TrimSuffix(text, "."), ". ") {
			if said[sentence] {
				t.Errorf("%s says twice: %s", where, sentence)
			}
			said[sentence] = true
		}
	}
	entries(t, func(s side, _ subject, a advice) {
		for _, code := range a.codes {
			key := fmt.Sprintf("%s, code %d, subcode %d", s.name, code, a.subcode)
			if seen[key] {
				t.Errorf("%s is there twice", key)
			}
			seen[key] = true
		}
		if a.source.title == "" {
			t.Errorf("%s, %s has no source", s.name, label(a))
		}
		check(s.name+", "+label(a), a)
	})
	for _, s := range sides(t) {
		for kind, a := range s.book.kinds {
			check(s.name+", "+kind.String(), a)
		}
	}
	check("foreign", foreign)
}
