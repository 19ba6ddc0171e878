package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// printer prints the story. The first write that fails is remembered and ends it.
type printer struct {
	w       io.Writer
	colour  bool
	verbose bool // print all that the engine prints
	trimmer trimmer
	err     error
}

// newPrinter returns a printer. It uses colours when stdout is a terminal and
// NO_COLOR is not set.
func newPrinter(stdout io.Writer, verbose bool) *printer {
	return &printer{
		w:       stdout,
		colour:  isTerminal(stdout) && os.Getenv("NO_COLOR") == "",
		verbose: verbose,
		trimmer: trimmer{shown: map[string]bool{}},
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	stat, err := f.Stat()
	return err == nil && stat.Mode()&os.ModeCharDevice != 0
}

// also has everything printed to w as well.
func (p *printer) also(w io.Writer) { p.w = io.MultiWriter(p.w, w) }

// Colours, by what is printed in them.
const (
	plain   = ""
	heading = "1"  // bold
	typed   = "36" // cyan
	quiet   = "2"  // faint
)

// print writes lines in a colour.
func (p *printer) print(colour, text string) {
	for line := range strings.Lines(text + "\n") {
		line = strings.TrimRight(line, "\n")
		if p.colour && colour != plain && line != "" {
			line = "\x1b[" + colour + "m" + line + "\x1b[0m"
		}
		if _, err := fmt.Fprintln(p.w, line); err != nil && p.err == nil {
			p.err = err
		}
	}
}

// say tells something in our words.
func (p *printer) say(format string, args ...any) { p.print(plain, fmt.Sprintf(format, args...)) }

// chapter begins a chapter.
func (p *printer) chapter(n int, title, intro string) {
	title = fmt.Sprintf("%d. %s", n, title)
	p.print(heading, "\n"+title+"\n"+strings.Repeat("─", len([]rune(title))))
	p.say("%s", intro)
}

// file shows a file of the configuration.
func (p *printer) file(name, text string) {
	p.print(quiet, "\n"+indent("# "+name))
	p.print(plain, indent(strings.TrimRight(text, "\n")))
}

// command shows a command line, before it runs.
func (p *printer) command(line string) { p.print(typed, "\n$ "+line) }

// output shows what the engine printed, and an exit code that tells something.
func (p *printer) output(r result) {
	text := r.stdout + r.stderr
	if !p.verbose {
		text = p.trimmer.trim(text)
	}
	if text != "" {
		p.print(plain, indent(strings.TrimRight(text, "\n")))
	}
	if r.code != 0 || strings.Contains(r.line, "-detailed-exitcode") {
		p.print(quiet, fmt.Sprintf("exit code: %d", r.code))
	}
}

// asked shows what the API was asked by a command, and a deployment. Where one was,
// the order is shown.
func (p *printer) asked(calls []sim.Call) {
	visits, others := visits(calls)
	var lines []string
	if len(visits) > 0 {
		lines = append(lines, "asked about "+numberOf(visits[0])+", in this order:")
		for _, line := range inTurn(visits) {
			lines = append(lines, "   "+line)
		}
	}
	if len(others) > 0 || len(visits) == 0 {
		lines = append(lines, "asked of the API:")
	}
	for _, a := range ask(others) {
		lines = append(lines, "  "+a.String())
	}
	if len(calls) == 0 {
		lines = append(lines, "   nothing")
	}
	p.print(quiet, strings.Join(lines, "\n"))
}

// indent moves text to the right.
func indent(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if line != "" {
			lines[i] = "    " + line
		}
	}
	return strings.Join(lines, "\n")
}
