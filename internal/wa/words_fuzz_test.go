package wa

import (
	"slices"
	"strings"
	"testing"
)

// FuzzWords gives every check every text. What is accepted has the form that is
// promised, and what is secret is not repeated in an error.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"012345", "102290129340398", "DE", "EAAG\u00a0x", "+1 (555) 010-0123", "\xff", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if err := PIN(s); (err == nil) != (len(s) == 6 && digits(s)) {
			t.Errorf("PIN %q: %v", s, err)
		}
		// A check of a secret has a few texts, none of which depends on the secret.
		for _, err := range []error{PIN(s), Token(s)} {
			if err != nil && !slices.Contains(secretive, err.Error()) {
				t.Errorf("of %q it says %q", s, err)
			}
		}
		if Token(s) == nil && (s == "" || strings.ContainsAny(s, " \t\r\n\x00\u00a0")) {
			t.Errorf("the token %q is accepted", s)
		}
		if known, err := Region(s); err != nil && (known || len(err.Error()) > 1200) || known && len(s) != 2 {
			t.Errorf("region %q: %t, %v", s, known, err)
		}
		if err := AccountID(s); (err == nil) != (digits(s) && len(s) <= maxID) || err != nil && len(err.Error()) > 1200 {
			t.Errorf("account %q: %v", s, err)
		}
	})
}

// secretive are the texts about what is secret.
var secretive = []string{
	PIN("1").Error(), PIN("x").Error(), Token("").Error(), Token(" ").Error(), Token("\x00").Error(),
}

// FuzzSameDigits compares two ways to write a number.
func FuzzSameDigits(f *testing.F) {
	f.Add("+1 555-010-0123", "15550100123")
	f.Add("", "")
	f.Add("٣", "3")
	f.Fuzz(func(t *testing.T, a, b string) {
		same := SameDigits(a, b)
		if same != SameDigits(b, a) || same && !SameDigits(a, a) || same != SameDigits("x"+a+"-", b) {
			t.Errorf("%q and %q: %t", a, b, same)
		}
	})
}
