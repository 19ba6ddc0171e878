package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// secret is what nobody may find.
type secret struct {
	name   string // what to call it without repeating it
	value  string
	stored bool // an engine without write-only arguments keeps it in state and plans
}

// form is a way to write a secret down.
type form struct {
	name string
	// plant returns a text that contains the secret in this form, as somebody
	// else's program would write it.
	plant func(value string) string
	// needles returns what a text in this form is sure to contain.
	needles func(value string) []string
}

// forms are the ways that are looked for. Base64 has three of them, because the same
// bytes read differently depending on how many stand before them.
func forms() []form {
	one := func(write func(string) string) func(string) []string {
		return func(value string) []string { return []string{write(value)} }
	}
	as := func(s string) string { return s }
	all := []form{
		{"as it is", as, one(as)},
		{"URL-encoded", url.QueryEscape, func(v string) []string { return []string{url.QueryEscape(v), url.PathEscape(v)} }},
		{"in JSON", inJSON, one(inJSON)},
	}
	for shift := range 3 {
		all = append(all, form{
			name: "in base64, " + []string{"at the beginning", "after one byte", "after two bytes"}[shift],
			plant: func(v string) string {
				return base64.StdEncoding.EncodeToString([]byte("??"[:shift] + v + " and more"))
			},
			needles: func(v string) []string { return base64Inside(v, shift) },
		})
	}
	return all
}

// inJSON is what stands between the quotes of a JSON string. The engines write state
// and plans with Go's encoder, which writes < > and & as numbers.
func inJSON(value string) string {
	b, _ := json.Marshal(value) // a string has no way to fail
	return string(b[1 : len(b)-1])
}

// base64Inside returns the characters that depend on value alone in the base64 of a
// text that has shift bytes before it, modulo three, and anything after it; in both
// alphabets.
func base64Inside(value string, shift int) []string {
	bits := 8 * (shift + len(value))
	first, end := (8*shift+5)/6, bits/6
	var inside []string
	for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		text := alphabet.EncodeToString([]byte(strings.Repeat("\x00", shift) + value))
		inside = append(inside, text[first:end])
	}
	return inside
}

// scanner looks for secrets in all their forms.
type scanner struct{ needles []needle }

type needle struct {
	secret, form string
	text         []byte
}

// newScanner returns a scanner for the secrets.
func newScanner(secrets []secret) *scanner {
	s := new(scanner)
	for _, secret := range secrets {
		for _, f := range forms() {
			texts := f.needles(secret.value)
			slices.Sort(texts)
			for _, text := range slices.Compact(texts) {
				s.needles = append(s.needles, needle{secret.name, f.name, []byte(text)})
			}
		}
	}
	return s
}

// find is a secret found.
type find struct{ where, secret, form string }

// String tells of a find without repeating the secret.
func (f find) String() string { return f.where + " has " + f.secret + ", " + f.form }

// random is what the engine and the provider make up in every run: ids of requests,
// names of sockets and folders, waits to the nanosecond. Six digits of it may be a PIN
// by accident, once in some hundreds of runs, so it is not looked at.
var random = regexp.MustCompile(strings.Join([]string{
	`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`,
	`/(plugin|plugin-dir|whatsapp-demo-)[0-9]+`,
	`\b[0-9]+\.[0-9]+(s|ms|µs)\b`,
}, "|"))

// look returns the secrets that stand in data, each in every form only once.
func (s *scanner) look(where string, data []byte) []find {
	data = random.ReplaceAll(data, []byte("~"))
	var finds []find
	for _, n := range s.needles {
		f := find{where, n.secret, n.form}
		if bytes.Contains(data, n.text) && !slices.Contains(finds, f) {
			finds = append(finds, f)
		}
	}
	return finds
}
