package acctest

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
)

// Leaks returns the names of the secrets that are in content, as they are or
// encoded.
func Leaks(content []byte, secrets map[string]string) []string {
	var found []string
	for name, secret := range secrets {
		for _, form := range forms(secret) {
			if contains(content, []byte(form)) {
				found = append(found, name)
				break
			}
		}
	}
	return found
}

// forms are the ways in which a secret may have been written.
func forms(secret string) []string {
	all := []string{secret, url.QueryEscape(secret), url.PathEscape(secret), strings.Trim(strconv.Quote(secret), `"`)}
	if escaped, err := json.Marshal(secret); err == nil {
		all = append(all, strings.Trim(string(escaped), `"`))
	}
	for shift := range 3 {
		// What stands before the secret moves it against the groups of three bytes.
		// The characters that also depend on what is around it are left out.
		padded := append(make([]byte, shift), secret...)
		from, to := (shift*8+5)/6, len(padded)*8/6
		for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			all = append(all, enc.EncodeToString(padded)[from:to])
		}
	}
	return all
}

// contains reports whether form stands in content. A form of digits alone must
// stand by itself: any six digits are somewhere inside a long enough number.
func contains(content, form []byte) bool {
	if len(form) == 0 {
		return false
	}
	digits := strings.Trim(string(form), "0123456789") == ""
	for {
		i := bytes.Index(content, form)
		if i < 0 {
			return false
		}
		end := i + len(form)
		if !digits || (i == 0 || !alphanumeric(content[i-1])) && (end == len(content) || !alphanumeric(content[end])) {
			return true
		}
		content = content[i+1:]
	}
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
