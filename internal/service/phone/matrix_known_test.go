package phone_test

import (
	"regexp"
	"slices"
	"strings"
)

// defect is something that the provider does wrong and that is going to be mended.
// The list of them must be empty for the promises to hold.
type defect struct {
	cases *regexp.Regexp // the names of the cases that show it
	says  []string       // each of them is part of one thing that is wrong
	why   string
}

// known are the defects that the matrix has found and that are not mended yet.
var known = []*defect{}

// excuse returns the known defect that accounts for everything that is wrong with a
// case, nil if there is none.
func excuse(c matrixCase, wrongs []string) *defect {
	for _, d := range known {
		if d.cases.MatchString(c.String()) && !slices.ContainsFunc(wrongs, func(w string) bool { return !d.covers(w) }) {
			return d
		}
	}
	return nil
}

// covers reports whether the defect accounts for something that is wrong.
func (d *defect) covers(wrong string) bool {
	return slices.ContainsFunc(d.says, func(part string) bool { return strings.Contains(wrong, part) })
}
