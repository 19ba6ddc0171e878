package provider_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

const (
	enginesPage    = "../../../templates/guides/engines.md.tmpl" // from testdata
	engineResults  = "testdata/engines.jsonl"                    // what make engines found
	enginesDivider = "<!-- Made from the results of make engines. Do not edit below this line. -->\n"
)

// TestEnginesPage keeps the guide and the results the same. Above the line the guide
// is written by hand; below it, nothing is said that no engine has shown.
func TestEnginesPage(t *testing.T) {
	content, err := os.ReadFile("testdata/" + enginesPage)
	if err != nil {
		t.Fatal(err)
	}
	intro, _, ok := strings.Cut(string(content), enginesDivider)
	if !ok {
		t.Fatalf("%s has no line %q", enginesPage, enginesDivider)
	}
	golden(t, enginesPage, intro+enginesDivider+"\n"+renderEngines(readCells(t)))
}

// readCells reads the results.
func readCells(t *testing.T) []cell {
	t.Helper()
	content, err := os.ReadFile(engineResults)
	if err != nil {
		t.Fatal(err)
	}
	var all []cell
	for dec := json.NewDecoder(bytes.NewReader(content)); ; {
		var c cell
		err := dec.Decode(&c)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
}

// renderEngines renders the table, and below it what the engines say to what they
// do not have.
func renderEngines(cells []cell) string {
	engines := columns(cells)
	var table, said strings.Builder
	fmt.Fprintf(&table, "| |")
	for _, e := range engines {
		fmt.Fprintf(&table, " %s |", e)
	}
	fmt.Fprintf(&table, "\n| --- |%s\n", strings.Repeat(" --- |", len(engines)))
	var notes []string
	for _, f := range acctest.Features() {
		fmt.Fprintf(&table, "| %s |", f.Name)
		for _, e := range engines {
			fmt.Fprintf(&table, " %s |", mark(cells, e, f, &notes))
		}
		table.WriteString("\n")
	}
	for i, note := range notes {
		fmt.Fprintf(&said, "%d. %s\n", i+1, note)
	}
	if said.Len() == 0 {
		return table.String()
	}
	return table.String() + "\n## What they say\n\n" + said.String()
}

// columns are the engines that were tried: Terraform first, the oldest first.
func columns(cells []cell) []acctest.Release {
	var all []acctest.Release
	for _, c := range cells {
		if r := (acctest.Release{Product: c.Product, Version: c.Version}); !slices.Contains(all, r) {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b acctest.Release) int {
		return cmp.Or(-cmp.Compare(a.Product, b.Product), compareVersions(a.Version, b.Version))
	})
	return all
}

func compareVersions(a, b string) int {
	var x, y [3]int
	_, _ = fmt.Sscanf(a, "%d.%d.%d", &x[0], &x[1], &x[2]) // engines are released under three numbers
	_, _ = fmt.Sscanf(b, "%d.%d.%d", &y[0], &y[1], &y[2])
	return slices.Compare(x[:], y[:])
}

// mark is a cell of the page. What an engine says is kept once, however many say it.
func mark(cells []cell, e acctest.Release, f acctest.Feature, notes *[]string) string {
	i := slices.IndexFunc(cells, func(c cell) bool {
		return c.Product == e.Product && c.Version == e.Version && c.Feature == f.Name
	})
	if i < 0 {
		return "not run"
	}
	if cells[i].Message == "" {
		return cells[i].Result
	}
	note := f.Name + ": " + escape(cells[i].Message)
	if !slices.Contains(*notes, note) {
		*notes = append(*notes, note)
	}
	return fmt.Sprintf("%s (%d)", cells[i].Result, slices.Index(*notes, note)+1)
}

// escape keeps Markdown from reading a message, and shortens one that goes on and on.
func escape(message string) string {
	const enough = 240
	if len(message) > enough {
		message = message[:strings.LastIndex(message[:enough], " ")] + " …"
	}
	return strings.NewReplacer("|", `\|`, "<", "&lt;", "{{", "{ {", "_", `\_`, "*", `\*`).Replace(message)
}

// TestRenderEngines makes sure that the page says no more than the results do.
func TestRenderEngines(t *testing.T) {
	got := renderEngines([]cell{
		{"OpenTofu", "1.12.6", acctest.Core.Name, "yes", ""},
		{"Terraform", "1.11.4", acctest.Core.Name, "yes", ""},
		{"Terraform", "1.5.7", acctest.Lists.Name, "no", "No | such *command*"},
		{"Terraform", "1.11.4", acctest.Lists.Name, "no", "No | such *command*"},
	})
	for _, want := range []string{
		"| | Terraform 1.5.7 | Terraform 1.11.4 | OpenTofu 1.12.6 |\n",
		"| " + acctest.Core.Name + " | not run | yes | yes |\n",
		"| " + acctest.Lists.Name + " | no (1) | no (1) | not run |\n",
		"\n1. " + acctest.Lists.Name + `: No \| such \*command\*` + "\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("it lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "\n2. ") {
		t.Errorf("one message is there twice:\n%s", got)
	}
}
