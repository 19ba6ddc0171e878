package wa

import (
	"net/url"
	"strings"
	"testing"
)

func TestAbout(t *testing.T) {
	rule{About, []string{"x", "Succulents & more", strings.Repeat("é", 139)}, map[string]string{
		"": "empty", " \n": "empty", strings.Repeat("é", 140): "140 characters", "x\xff": "UTF-8",
	}}.test(t)
}

func TestAddress(t *testing.T) {
	rule{Address, []string{"", strings.Repeat("é", 256)}, map[string]string{strings.Repeat("é", 257): "257 characters"}}.test(t)
}

func TestDescription(t *testing.T) {
	rule{Description, []string{"", "two\nlines", strings.Repeat("é", 512)}, map[string]string{strings.Repeat("é", 513): "513 characters"}}.test(t)
}

func TestEmail(t *testing.T) {
	rule{Email, []string{"", "hello@example.com", "a+b@x", strings.Repeat("x", 116) + "@example.com"}, map[string]string{
		"hello": "e-mail", "@example.com": "e-mail", "hello@": "e-mail", "a@b@c": "e-mail", "a b@c": "e-mail", "a@c\n": "e-mail",
		strings.Repeat("x", 117) + "@example.com": "129 characters",
	}}.test(t)
}

func TestWebsite(t *testing.T) {
	long := "https://www.example.com/"
	rule{Website, []string{"https://www.example.com/", "http://example.com", "https://example.com/?a=b#c", long + strings.Repeat("x", 256-len(long))}, map[string]string{
		"": "does not begin with", "www.example.com": "does not begin with", "ftp://example.com": "does not begin with", "//example.com": "does not begin with",
		"https://": "no host", "https://:80": "no host", "https:///x": "no host", "https://exam ple.com": "not the address", "https://example.com/\n": "not the address",
		"https://example.com/%zz": "not the address", long + strings.Repeat("x", 257-len(long)): "257 characters",
	}}.test(t)
}

func FuzzWebsite(f *testing.F) {
	for _, s := range []string{"https://www.example.com/", "www.example.com", "https://", "HTTP://x", "https://[::1", "https://é.example/%zz"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if Website(s) != nil {
			return
		}
		if u, err := url.Parse(s); err != nil || u.Hostname() == "" || len([]rune(s)) > 256 || !strings.HasPrefix(strings.ToLower(s), "http") {
			t.Errorf("%q is accepted", s)
		}
	})
}

func FuzzEmail(f *testing.F) {
	for _, s := range []string{"hello@example.com", "@", "a@b@c", "", "a\u00a0b@c", "\xff@x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if Email(s) == nil && s != "" && (strings.Count(s, "@") != 1 || len(strings.Fields(s)) != 1 || len([]rune(s)) > 128) {
			t.Errorf("%q is accepted", s)
		}
	})
}

func FuzzAbout(f *testing.F) {
	for _, s := range []string{"x", "", " ", strings.Repeat("é", 140), "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n := len([]rune(s)); About(s) == nil && (n < 1 || n > 139 || strings.TrimSpace(s) == "") {
			t.Errorf("%q is accepted", s)
		}
	})
}
