package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// table prints the rows in Markdown: ours, and how many times the smallest provider's.
func table(out io.Writer, rows []row) {
	fmt.Fprintln(out, "| N | step | seconds | × | CPU of the provider, s | × | peak, MiB | × | calls | connections |")
	fmt.Fprintln(out, "|---:|---|---:|---:|---:|---:|---:|---:|---|---:|")
	for _, r := range rows {
		fmt.Fprintf(out, "| %d | %s | %.2f | %s | %.2f | %s | %.1f | %s | %s | %d |\n", r.n, r.step,
			r.us.seconds, times(r.us.seconds, r.smallest.seconds),
			r.us.cpu, times(r.us.cpu, r.smallest.cpu),
			r.us.peak, times(r.us.peak, r.smallest.peak),
			calls(r.us), r.us.connections)
	}
	for _, r := range rows {
		if r.step == "apply" {
			fmt.Fprintf(out, "\nState, N = %d: %d bytes a number; the smallest provider's %d.\n", r.n, r.us.stateBytes, r.smallest.stateBytes)
		}
	}
}

// times is how many times as much a is as b.
func times(a, b float64) string {
	if b == 0 {
		return "–"
	}
	return fmt.Sprintf("%.2f", a/b)
}

// calls says how many there were, and of which kinds.
func calls(s sample) string {
	var kinds []string
	for _, kind := range slices.Sorted(maps.Keys(s.kinds)) {
		kinds = append(kinds, fmt.Sprintf("%d `%s`", s.kinds[kind], kind))
	}
	if len(kinds) < 2 {
		return strings.Join(kinds, "")
	}
	return fmt.Sprintf("%d: %s", s.calls, strings.Join(kinds, ", "))
}
