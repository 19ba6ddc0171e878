package api

import (
	"encoding/base64"
	"encoding/json"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
)

func TestRedactor(t *testing.T) {
	const s = `a+b/c&"d<e>=é?`
	quoted, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	inner := string(quoted[1 : len(quoted)-1])
	tests := map[string]string{
		s:                                    "(redacted)",
		"x" + s + "y" + s:                    "x(redacted)y(redacted)",
		url.QueryEscape(s):                   "(redacted)",
		url.PathEscape(s):                    "(redacted)",
		inner:                                "(redacted)",
		strings.ReplaceAll(inner, "/", `\/`): "(redacted)",
		"nothing secret":                     "nothing secret",
		"":                                   "",
	}
	r := NewRedactor("", s)
	for in, want := range tests {
		if got := r.String(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// The core is what base64 shows of a secret wherever it stands; up to one character on
// either side depends on its neighbours as well.
func TestRedactor_base64(t *testing.T) {
	const pin = "735119"
	r := NewRedactor(pin)
	for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding} {
		for shift := range 6 {
			text := enc.EncodeToString([]byte(strings.Repeat("~", shift) + pin + "~~"))
			got := r.String(text)
			if !strings.Contains(got, "(redacted)") {
				t.Errorf("shift %d: %q stays as it is", shift, text)
			}
			if left := strings.ReplaceAll(got, "(redacted)", ""); len(text)-len(left) < 6 {
				t.Errorf("shift %d: of %q there is %q", shift, text, got)
			}
		}
	}
}

func TestRedactor_pieces(t *testing.T) {
	noise := make([]byte, 20_000)
	_, _ = rand.NewChaCha8([32]byte{}).Read(noise) // never fails
	secret := base64.RawURLEncoding.EncodeToString(noise)
	r := NewRedactor(secret)
	for _, at := range []int{0, 1, 7, 8, 9, 5003, len(secret) - 23} {
		piece := secret[at : at+23]
		if got := r.String("<" + piece + ">"); got != "<(redacted)>" {
			t.Errorf("the piece at %d: got %q", at, got)
		}
	}
	if got := r.String(secret[:100] + "-" + secret[40:80]); got != "(redacted)-(redacted)" {
		t.Errorf("two pieces: got %q", got)
	}
	if got := r.String(secret[:10]); got != secret[:10] {
		t.Errorf("ten characters are too few to tell: got %q", got)
	}
}

func TestRedactor_With(t *testing.T) {
	one := NewRedactor("first")
	two := one.With("second")
	if got := two.String("first second"); got != "(redacted) (redacted)" {
		t.Errorf("got %q", got)
	}
	if got := one.String("first second"); got != "(redacted) second" {
		t.Errorf("the receiver was changed: %q", got)
	}
	if got := (*Redactor)(nil).String("x"); got != "x" {
		t.Errorf("nil: got %q", got)
	}
	if got := (*Redactor)(nil).With("four").String("four"); got != "(redacted)" {
		t.Errorf("with nothing before: got %q", got)
	}
	if got := NewRedactor("pin", "d", "").String("a pin did"); got != "a pin did" {
		t.Errorf("too short to be a secret: got %q", got)
	}
}

func FuzzRedactor(f *testing.F) {
	f.Add("735119", "the PIN is 735119", 0)
	f.Add("a/b+c=", `a\/b+c= a%2Fb%2Bc%3D`, 3)
	f.Add(strings.Repeat("0123456789", 5), "x0123456789012345678901234y", 40)
	f.Fuzz(func(t *testing.T, secret, text string, at int) {
		at = min(max(at, 0), len(text))
		got := NewRedactor(secret).String(text[:at] + secret + text[at:])
		// A secret that shares characters with the replacement may come about anew.
		if len(secret) >= shortestSecret && !strings.ContainsAny("(redacted)", secret) && strings.Contains(got, secret) {
			t.Errorf("%q is still in %q", secret, got)
		}
	})
}
