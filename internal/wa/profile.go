package wa

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// About says what is wrong with the short text below the name of a business, or nil. It
// cannot be emptied.
func About(s string) error {
	if strings.TrimSpace(s) == "" {
		return errors.New("the text is empty. Once a profile has one it cannot be taken away: write another, or leave the argument out")
	}
	return atMost(s, 139)
}

// Address says what is wrong with the address of a business, or nil.
func Address(s string) error { return atMost(s, 256) }

// Description says what is wrong with the description of a business, or nil.
func Description(s string) error { return atMost(s, 512) }

// Email says what is wrong with the form of an e-mail address, or nil. "" is none, and
// fine. Whether mail arrives there is not looked at.
func Email(s string) error {
	if s == "" {
		return nil
	}
	if err := atMost(s, 128); err != nil {
		return err
	}
	user, host, ok := strings.Cut(s, "@")
	if !ok || user == "" || host == "" || strings.Contains(host, "@") || strings.ContainsFunc(s, blankOrControl) {
		return fmt.Errorf("%s is not an e-mail address, such as %q", quote(s), "hello@example.com")
	}
	return nil
}

// Website says what is wrong with the address of a website, or nil.
func Website(s string) error {
	if err := atMost(s, 256); err != nil {
		return err
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || strings.ContainsFunc(s, blankOrControl):
		return fmt.Errorf("%s is not the address of a website, such as %q", quote(s), "https://www.example.com/")
	case u.Scheme != "https" && u.Scheme != "http":
		return fmt.Errorf("%s does not begin with https:// or http://. Write it whole, such as %q", quote(s), "https://www.example.com/")
	case u.Hostname() == "":
		return fmt.Errorf("%s names no host, as %q does", quote(s), "https://www.example.com/")
	}
	return nil
}

// atMost says what is wrong with a text of more than most characters, or one that is none.
func atMost(s string, most int) error {
	if !utf8.ValidString(s) {
		return errors.New("the text is not valid UTF-8")
	}
	if n := utf8.RuneCountInString(s); n > most {
		return fmt.Errorf("%s has %d characters. The most are %d", quote(s), n, most)
	}
	return nil
}

func blankOrControl(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
