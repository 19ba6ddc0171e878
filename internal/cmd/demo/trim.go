package main

import (
	"regexp"
	"strings"
)

const overridesTitle = "Warning: Provider development overrides are in effect"

// withoutOverrides takes out the warning that the provider comes from a folder. It
// is about how the demo is set up, says so in every command, and nobody with a
// released provider gets it. It begins with a title of its own and ends with a
// sentence of its own; where the end does not come soon, the engine's words have
// changed, and everything is left as it is.
func withoutOverrides(text string) string {
	const atMost = 14 // lines
	lines := strings.Split(text, "\n")
	for start, line := range lines {
		if line != overridesTitle {
			continue
		}
		for end := start; end < min(start+atMost, len(lines)); end++ {
			if strings.HasSuffix(lines[end], "releases.") {
				rest := append(lines[:start:start], lines[end+1:]...)
				return strings.TrimLeft(strings.Join(rest, "\n"), "\n")
			}
		}
	}
	return text
}

// noise are lines that say nothing about the story: how far the engine is, what its
// signs mean, what it does not know yet, and what it suggests to type next.
var noise = regexp.MustCompile(strings.Join([]string{
	`: Refreshing state\.\.\.`,
	`: Still (creating|modifying|destroying)\.\.\.`,
	`\(known after apply\)$`,
	`^(Terraform|OpenTofu) used the selected providers`,
	`^plan\. Resource actions are indicated`,
	`^symbols:$`,
	`^(  [+~-]|-/\+) (create|update in-place|destroy|destroy and then create replacement)$`,
	`^(Terraform|OpenTofu) will perform the following actions:$`,
	`^─+$`,
	`^Saved the plan to: `,
	`^To perform exactly these actions, run the following command to apply:$`,
	`^    (terraform|tofu) apply `,
	`^Note: You didn't use the -out option`,
	`^guarantee to take exactly these actions`,
}, "|"))

// bodyStart and bodyEnd enclose the attributes of a resource that a plan creates or
// destroys. The line above bodyStart names it, and says what is planned.
var (
	bodyStart = regexp.MustCompile(`^  [+-] resource "\S+" "(\S+)" \{$`)
	bodyEnd   = regexp.MustCompile(`^    \}$`)
)

// trimmer leaves out of an engine's output what does not matter. It changes no line.
type trimmer struct {
	shown map[string]bool // resources whose attributes were shown before
}

// trim returns the lines that matter: no noise, the attributes of what is created or
// destroyed only the first time, and no two blank lines one after the other.
func (t *trimmer) trim(text string) string {
	var kept []string
	hiding := false
	for _, line := range strings.Split(withoutOverrides(text), "\n") {
		line = strings.TrimRight(line, " \r")
		if m := bodyStart.FindStringSubmatch(line); m != nil {
			hiding = t.shown[m[1]]
			t.shown[m[1]] = true
		}
		last := len(kept) - 1
		blank := line == "" && (last < 0 || kept[last] == "")
		if !hiding && !blank && !noise.MatchString(line) {
			kept = append(kept, line)
		}
		if bodyEnd.MatchString(line) {
			hiding = false
		}
	}
	return strings.TrimRight(strings.Join(kept, "\n"), "\n")
}
