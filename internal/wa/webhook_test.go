package wa

import (
	"net/url"
	"strings"
	"testing"
)

func TestCallbackURL(t *testing.T) {
	long := "https://example.com/"
	rule{CallbackURL, []string{
		"https://example.com/webhooks", "https://example.com", "https://example.com:8443/?a=b", "https://192.0.2.1/", "http://127.0.0.1:8080/wa",
		"http://localhost/", "http://[::1]:80/", long + strings.Repeat("x", 200-len(long)),
	}, map[string]string{
		"": "empty", "example.com": "does not begin with https", "ftp://example.com/": "does not begin with https", "//example.com/": "does not begin with https",
		"https://": "no host", "https://:443/": "no host", "http://example.com/": "plain http", "http://127.0.0.1.example.com/": "plain http", "http://10.0.0.1/": "plain http",
		"https://someone:hidden@example.com/": "no user", "https://someone@example.com/": "no user", "https://example.com/#x": "fragment", "https://example.com/#": "fragment",
		"https://exam ple.com/": "not a URL", "https://example.com/\n": "not a URL", "https://example.com/%zz": "not a URL",
		long + strings.Repeat("x", 201-len(long)): "201 characters",
	}}.test(t)
	for _, s := range []string{"https://someone:hidden@example.com/", "http://someone:hidden@example.com/#x", "https://someone:hidden@exam ple.com/"} {
		if err := CallbackURL(s); err == nil || strings.Contains(err.Error(), "hidden") {
			t.Errorf("got %v", err)
		}
	}
}

func TestVerifyToken(t *testing.T) {
	rule{VerifyToken, []string{"abcd", "a b c d", "Zürich!"}, map[string]string{
		"": "empty", "abc": "at least 4", " abcd": "blank", "abcd\n": "blank", "ab\x00cd": "control", "abcd\xff": "control",
	}}.test(t)
	for _, s := range []string{" marker", "mar\x00ker", "mar"} {
		if err := VerifyToken(s); err == nil || strings.Contains(err.Error(), "mar") {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func FuzzCallbackURL(f *testing.F) {
	for _, s := range []string{
		"https://example.com/webhooks", "http://127.0.0.1:8080/wa", "http://example.com", "https://a:b@c", "https://x#", "https://[::1", "\xff", "HTTPS://x",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		err := CallbackURL(s)
		if err != nil {
			if len(err.Error()) > 1000 {
				t.Errorf("the text is %d bytes", len(err.Error()))
			}
			return
		}
		u, e := url.Parse(s)
		if e != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" || len([]rune(s)) > 200 {
			t.Errorf("%q is accepted", s)
		}
		if u != nil && u.Scheme != "https" && !loopback(u.Hostname()) {
			t.Errorf("%q is not encrypted", s)
		}
	})
}
