package wa

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxCallback is the longest URL for webhooks, in characters.
	maxCallback = 200
	// minVerify is the shortest verify token. Meta sets no limit; a shorter one could not be
	// kept out of logs without tearing every text apart.
	minVerify = 4
)

// CallbackURL says what is wrong with a URL for webhooks, or nil. Plain http is for this
// machine alone. The error does not repeat a URL with a user in it, which may hold a
// password.
func CallbackURL(s string) error {
	const like = "https://example.com/webhooks"
	u, err := url.Parse(s)
	switch {
	case s == "":
		return fmt.Errorf("the URL is empty. Write one such as %q", like)
	case err != nil || strings.ContainsFunc(s, blankOrControl) || !utf8.ValidString(s):
		return fmt.Errorf("this is not a URL. Write one such as %q", like)
	case u.User != nil:
		return errors.New("the URL must have no user and no password: Meta would not send them. Check the signature of what arrives instead")
	case u.Scheme != "https" && u.Scheme != "http":
		return fmt.Errorf("%s does not begin with https://. Write the URL whole, such as %q", quote(s), like)
	case u.Hostname() == "":
		return fmt.Errorf("%s names no host, as %q does", quote(s), like)
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return fmt.Errorf("%s is plain http, to which Meta sends nothing. Write https://, with a certificate that browsers accept", quote(s))
	case u.Fragment != "" || strings.HasSuffix(s, "#"):
		return fmt.Errorf("%s has a fragment behind #, which is never sent. Remove it", quote(s))
	case utf8.RuneCountInString(s) > maxCallback:
		return fmt.Errorf("the URL has %d characters. The most are %d", utf8.RuneCountInString(s), maxCallback)
	}
	return nil
}

// VerifyToken says what is wrong with the token that an endpoint expects in the challenge,
// or nil. The error never holds the value.
func VerifyToken(s string) error {
	switch {
	case s == "":
		return errors.New("the verify token is empty. Write what the endpoint expects as hub.verify_token")
	case len(s) < minVerify:
		return fmt.Errorf("the verify token is too short to be a secret: it must have at least %d characters", minVerify)
	case strings.TrimSpace(s) != s:
		return errors.New("the verify token has a blank or a line break before or after it: copy it again, without what is around it")
	case !utf8.ValidString(s), strings.ContainsFunc(s, unicode.IsControl):
		return errors.New("the verify token has a control character in it: copy it again")
	}
	return nil
}

// loopback says whether a host is this machine.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
