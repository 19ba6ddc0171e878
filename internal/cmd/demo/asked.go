package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// asked is a route of the API with how often it was asked for, and for what.
type asked struct {
	route string
	calls int
	about []string // "shop", or "courier: refused with code 133005"; as often as asked
}

// ask sums up the simulator's ledger by route: first what reads, then what writes.
func ask(calls []sim.Call) []asked {
	var sums []asked
	for _, c := range calls {
		route := routeOf(c)
		i := slices.IndexFunc(sums, func(a asked) bool { return a.route == route })
		if i < 0 {
			i = len(sums)
			sums = append(sums, asked{route: route})
		}
		sums[i].calls++
		sums[i].about = append(sums[i].about, about(c))
	}
	slices.SortStableFunc(sums, func(a, b asked) int { return strings.Compare(a.route, b.route) })
	return sums
}

// routeOf returns the route of a call, or what was called that no route serves.
func routeOf(c sim.Call) string {
	if c.Route == "" {
		return c.Method + " " + c.Path
	}
	return c.Route
}

// about says which number a call was about, by its name in the configuration, and
// what became of it unless all was well.
func about(c sim.Call) string {
	text := numberOf(c)
	switch {
	case c.Code != 0:
		text += fmt.Sprintf(": refused with code %d", c.Code)
	case c.Status != 200:
		text += fmt.Sprintf(": HTTP %d", c.Status)
	}
	return text
}

// numberOf returns the name of the number whose deployment was called, or whose id is
// in a call's path.
func numberOf(c sim.Call) string {
	if name, ok := names[c.Deployment]; ok {
		return name
	}
	for _, part := range strings.Split(c.Path, "/") {
		if name, ok := names[part]; ok {
			return name
		}
	}
	return "account"
}

// String is a route as it is shown: how often, what, and about which numbers.
func (a asked) String() string {
	var parts []string
	for _, text := range unique(a.about) {
		n := count(a.about, text)
		if n > 1 {
			text += fmt.Sprintf(" ×%d", n)
		}
		parts = append(parts, text)
	}
	return fmt.Sprintf("%2d × %-37s %s", a.calls, a.route, strings.Join(parts, ", "))
}

// visits tells calls about the number whose deployment was called, on both sides,
// from all others. There is one such number in the story.
func visits(calls []sim.Call) (visits, others []sim.Call) {
	i := slices.IndexFunc(calls, func(c sim.Call) bool { return c.Deployment != "" })
	for _, c := range calls {
		if i >= 0 && numberOf(c) == numberOf(calls[i]) {
			visits = append(visits, c)
		} else {
			others = append(others, c)
		}
	}
	return visits, others
}

// inTurn writes calls one a line, with the side that was called and what became of
// them unless all was well. A call that is made several times in a row has one line.
func inTurn(calls []sim.Call) []string {
	var lines []string
	last, times := "", 0
	for _, c := range calls {
		side, route := "API:", routeOf(c)
		if c.Deployment != "" {
			side, route = "deployment:", strings.TrimPrefix(route, "onprem ")
		}
		line := fmt.Sprintf("%-11s %s%s", side, route, strings.TrimPrefix(about(c), numberOf(c)))
		if times++; line != last {
			last, times = line, 1
			lines = append(lines, line)
			continue
		}
		lines[len(lines)-1] = fmt.Sprintf("%s ×%d", line, times)
	}
	return lines
}

// writes returns the calls of the API that were not reads, each as its route and its number,
// such as "POST /{phone-number-id}/register shop", in alphabetical order.
func writes(calls []sim.Call) []string {
	var found []string
	for _, c := range calls {
		if c.Method != "GET" && c.Deployment == "" {
			found = append(found, routeOf(c)+" "+numberOf(c))
		}
	}
	slices.Sort(found)
	return found
}

func unique(texts []string) []string {
	texts = slices.Clone(texts)
	slices.Sort(texts)
	return slices.Compact(texts)
}

func count(texts []string, text string) int {
	n := 0
	for _, t := range texts {
		if t == text {
			n++
		}
	}
	return n
}
