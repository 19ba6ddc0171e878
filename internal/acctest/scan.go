package acctest

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// scan looks for every secret of the world in everything that was written while
// it existed: state, its backups and private parts, plan files (unpacked), what the
// commands printed, and their logs at the level TRACE, those of the provider
// included. It fails the test on a find, and where there should be something to look
// at and is not.
func (w *World) scan() {
	w.t.Helper()
	if w.t.Skipped() {
		return
	}
	all := []artefact{{kindProvider, "the log of the provider", w.log.bytes()}}
	for _, root := range []string{w.root, w.logs, providerLogs(w.t.Name())} {
		more, err := walk(root, w.t.Name())
		if err != nil {
			w.t.Error(err)
		}
		all = append(all, more...)
	}
	counts := tally{}
	for _, a := range all {
		counts.add(a)
		w.search(a)
	}
	for _, kind := range w.due() {
		if counts[kind].bytes == 0 {
			w.t.Errorf("nothing to scan for secrets: no %s", kind)
		}
	}
	if len(counts) > 0 {
		w.t.Logf("scanned for %d secrets: %s", len(w.secrets), counts)
	}
}

// search looks for the secrets in one artefact.
func (w *World) search(a artefact) {
	w.t.Helper()
	for _, secret := range Leaks(a.content, w.secrets) {
		if !w.stored[secret] && !w.variable(secret) || !a.storage() {
			w.found++
			w.t.Errorf("the %s is in %s (%s)", secret, a.name, a.kind)
		}
	}
}

// due are the kinds that must be there, by what was run.
func (w *World) due() []string {
	var due []string
	if w.runs > 0 {
		due = append(due, kindOutput)
	}
	if _, quiet := w.env["TF_LOG"]; w.runs > 0 && !quiet {
		due = append(due, kindLog)
	}
	if w.went && w.reattach != "" || w.driven {
		due = append(due, kindProvider)
	}
	return append(due, w.owes...)
}

// owe says that an artefact of a kind must be there in the end.
func (w *World) owe(kinds ...string) { w.owes = append(w.owes, kinds...) }

// Found is how many secrets the scan has found, once it has run.
func (w *World) Found() int { return w.found }

// count is how much there is of a kind.
type count struct{ artefacts, bytes int }

// tally counts what was scanned, by kind.
type tally map[string]count

func (t tally) add(a artefact) {
	if len(a.content) == 0 {
		return
	}
	c := t[a.kind]
	t[a.kind] = count{c.artefacts + 1, c.bytes + len(a.content)}
}

// String lists the kinds, the largest first.
func (t tally) String() string {
	kinds := slices.SortedFunc(maps.Keys(t), func(a, b string) int {
		return cmp.Or(cmp.Compare(t[b].bytes, t[a].bytes), cmp.Compare(a, b))
	})
	var words []string
	for _, kind := range kinds {
		words = append(words, fmt.Sprintf("%s %d (%d bytes)", kind, t[kind].artefacts, t[kind].bytes))
	}
	return strings.Join(words, ", ")
}

// Input files are the user's own; they are not searched. By convention, the
// secrets of a test are in the environment, and one too large for it in here.
const input = "secret.auto.tfvars.json"

// providerLogs is where the log of a provider in this process goes, see Main.
func providerLogs(test string) string {
	mask := os.Getenv("TF_LOG_PATH_MASK")
	return strings.Replace(mask, "%s", strings.ReplaceAll(test, "/", "__"), 1)
}
