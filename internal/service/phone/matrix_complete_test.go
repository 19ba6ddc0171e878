package phone_test

import (
	"slices"
	"testing"
)

// promised are the ways to go wrong that the matrix must have, by the beginning of
// their names there. The codes are compared with their table elsewhere.
var promised = map[string][]string{
	"connection refused":                      {"refused", "refused for a moment"},
	"reset before the request is read":        {"reset before", "reset before, then refused"},
	"reset after the change was made":         {"reset after", "reset after, then refused"},
	"answer cut in half":                      {"cut in half"},
	"200 with HTML":                           {"HTML with 200, done", "HTML with 200, not done"},
	"200 with an empty body":                  {"empty with 200"},
	"200 with success false":                  {"success false"},
	"500, 502, 503 without a Graph body":      {"bare 500, done", "bare 500, not done", "bare 502, done", "bare 502, not done", "bare 503, done", "bare 503, not done", "HTML with 500, not done", "HTML with 502, not done", "HTML with 503, not done"},
	"500, 503 with a Graph body":              {"code 131000", "code 131000, done", "code 2", "code 2, done"},
	"throttle with the time to regain":        {"throttle 4 for 3 minutes", "throttle 80007 for 3 minutes", "throttle 80008 for 3 minutes", "throttle for longer than there is time"},
	"30 s silence":                            {"silence, done", "silence, not done"},
	"token expired half way":                  {"token expired"},
	"permission lost half way":                {"permission lost", "sight lost"},
	"unknown enum value":                      {"unknown values"},
	"unknown extra fields":                    {"unknown fields"},
	"a field refused":                         {"optional field refused", "required field refused", "unnamed field refused"},
	"killed before, during, after; Ctrl-C":    {"provider killed before", "provider killed during", "provider killed after", "all killed before", "all killed during", "all killed after", "Ctrl-C during"},
	"lasting trouble of a deployment":         {"onprem refused", "onprem access lost", "onprem outage"},
	"an operation that ends what it replaces": {"replace for another region", "replace, successor first", "replace: end", "replace: create"},
}

// TestMatrix_complete makes sure that nothing was dropped from what the matrix tries.
func TestMatrix_complete(t *testing.T) {
	var names []string
	for _, h := range graphHarms() {
		names = append(names, h.name)
	}
	for _, h := range deploymentHarms() {
		names = append(names, "onprem "+h.name)
	}
	for _, b := range blows {
		names = append(names, b.name)
	}
	for _, op := range operations {
		names = append(names, op.name)
	}
	for _, task := range tasks {
		names = append(names, task.name)
	}
	for what, wanted := range promised {
		for _, name := range wanted {
			if !slices.Contains(names, name) {
				t.Errorf("%s: the matrix does not have %q", what, name)
			}
		}
	}
}
