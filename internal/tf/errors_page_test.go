package tf

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// errorsPage is the guide that tfplugindocs copies into the docs. Above the line
// it is written by hand, below it is made from the tables.
const (
	errorsPage = "../../templates/guides/errors.md.tmpl"
	madeBelow  = "<!-- Made from the tables in internal/tf by make generate. Do not edit below this line. -->\n"
)

// TestErrorsPage keeps the guide and the tables the same.
func TestErrorsPage(t *testing.T) {
	content, err := os.ReadFile(errorsPage)
	if err != nil {
		t.Fatal(err)
	}
	intro, _, ok := strings.Cut(string(content), madeBelow)
	if !ok {
		t.Fatalf("%s has no line %q", errorsPage, madeBelow)
	}
	golden(t, errorsPage, intro+madeBelow+"\n"+renderTables(t))
}

// TestErrorsPage_example makes sure that the error that the guide shows is one that
// the provider would show.
func TestErrorsPage_example(t *testing.T) {
	content, err := os.ReadFile(errorsPage)
	if err != nil {
		t.Fatal(err)
	}
	page := strings.Join(strings.Fields(strings.ReplaceAll(string(content), "│", "")), " ")
	e := sides(t)[0].made(133005, 0)
	for _, part := range []string{remedy(e), reference(e)} {
		if !strings.Contains(page, part) {
			t.Errorf("the example of the guide does not say: %s", part)
		}
	}
}

// renderTables renders a section for each subject.
func renderTables(t *testing.T) string {
	var b strings.Builder
	for _, s := range sides(t) {
		for _, about := range s.book.subjects {
			section(&b, about)
		}
	}
	b.WriteString("## Other errors\n\n" +
		"For a code that is not listed here, and for an error without a code, the provider shows the words of the API and what is known of errors of this sort.\n" +
		"Where nothing is known, it says whether the call took effect and leaves the rest to those words.\n")
	for _, s := range sides(t) {
		fmt.Fprintf(&b, "\n**%s**\n\n| sort | what happened | what to do | try again? |\n| --- | --- | --- | --- |\n", s.name)
		for _, kind := range allKinds {
			if a, ok := s.book.kinds[kind]; ok {
				row(&b, a.title, code(a.cause), a)
			}
		}
		row(&b, foreign.title, code(foreign.cause), foreign)
	}
	return b.String()
}

// section renders the errors of a subject.
func section(b *strings.Builder, about subject) {
	fmt.Fprintf(b, "## %s\n\n", about.title)
	if about.intro != "" {
		fmt.Fprintf(b, "%s\n\n", code(about.intro))
	}
	b.WriteString("| code | what happened | what to do | try again? |\n| --- | --- | --- | --- |\n")
	var sources []string
	for _, a := range about.entries {
		what := "**" + a.title + ".** " + code(a.cause)
		if a.blame != "" {
			what += " Usually to blame: " + attribute.ReplaceAllString(a.blame, "`$0`") + "."
		}
		row(b, anchors(a)+label(a), what, a)
		source := a.source.title
		if a.source.url != "" {
			source = "[" + source + "](" + a.source.url + ")"
		}
		if !slices.Contains(sources, source) {
			sources = append(sources, source)
		}
	}
	fmt.Fprintf(b, "\nTaken from: %s.\n\n", strings.Join(sources, "; "))
}

// row renders an error as a row of a table.
func row(b *strings.Builder, first, what string, a advice) {
	again := a.again.word
	switch {
	case a.again.word == "No":
		again += ", not " + a.again.clause
	case a.again.word == "Later":
		again += ", " + a.again.clause
	case a.again.clause != "":
		again += ": " + a.again.clause
	}
	cells := []string{first, what, code(a.remedy), code(again)}
	for i, cell := range cells {
		cells[i] = strings.ReplaceAll(cell, "|", `\|`)
	}
	fmt.Fprintf(b, "| %s |\n", strings.Join(cells, " | "))
}

// anchors lets links point to a code: #code-133005, #code-100-33.
func anchors(a advice) string {
	var b strings.Builder
	for _, c := range a.codes {
		id := fmt.Sprintf("code-%d", c)
		if a.subcode != 0 {
			id += fmt.Sprintf("-%d", a.subcode)
		}
		fmt.Fprintf(&b, `<a id="%s"></a>`, id)
	}
	return b.String()
}

// literal is what is typed or called as it stands: addresses, paths, names of
// attributes and variables, commands.
var literal = regexp.MustCompile(`\bcurl [^"]*"[^"]*"|https://[\w./-]+\w|(?:(?:GET|POST) )?/[\w{][\w{}/-]*|\b[A-Za-z]+(?:_[A-Za-z]+)+\b|\bterraform (?:apply|plan)\b`)

// attribute is the name of one in a list such as "pin_wo or pin".
var attribute = regexp.MustCompile(`[a-z_]{3,}`)

// code marks the literal parts of a text for Markdown.
func code(text string) string {
	return literal.ReplaceAllStringFunc(text, func(s string) string {
		if strings.HasPrefix(s, "https://") {
			return "<" + s + ">"
		}
		return "`" + s + "`"
	})
}
