package graph

// caller is who makes a call.
type caller int

const (
	asUser   caller = iota // the user of the access token
	asSender               // the same, in the form in which an upload wants to be told
	asApp                  // the app itself
)

// ErrNoAppCredentials is returned by the calls that the app itself makes, when its id or
// its secret is missing. Nothing was sent.
var ErrNoAppCredentials error = unsent("there is no app id or no app secret, and the call is made as the app")

// scheme is how the token is announced in the Authorization header.
func (w caller) scheme() string {
	if w == asSender {
		return "OAuth"
	}
	return "Bearer"
}

// tokenOf returns the token that a caller makes calls with. That of the app is made of
// its id and its secret, and is as secret as the latter.
//
// source: https://developers.facebook.com/docs/facebook-login/guides/access-tokens
func (c *Client) tokenOf(w caller) (string, error) {
	switch {
	case w == asApp && (c.config.AppID == "" || c.config.AppSecret == ""):
		return "", ErrNoAppCredentials
	case w == asApp:
		return string(c.config.AppID) + "|" + c.config.AppSecret, nil
	case c.config.Token == "":
		return "", ErrNoToken
	}
	return c.config.Token, nil
}
