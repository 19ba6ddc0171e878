package onprem

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// token is what a login gives.
type token struct {
	text    string
	expires time.Time // zero when not told
}

// Login logs in with user name and password, and keeps the token that it gets. It is
// valid for seven days unless it is given back with [Client.Logout]; one that the client
// held before is replaced, and stays valid at the deployment.
//
// Login never sends a new password. A deployment whose first password was not changed
// yet therefore refuses it, with code 1024.
//
// Errors: Denied (user name or password is wrong, or code 1024), Throttled, Unavailable.
func (c *Client) Login(ctx context.Context) error {
	if err := c.begin(ctx); err != nil {
		return err
	}
	defer c.end()
	_, err := c.logIn(ctx)
	return err
}

// Logout gives the token back, so that the deployment no longer accepts it, and forgets
// it in any case. Without a token there is nothing to do. A token that the deployment
// does not accept anyway is no error.
//
// Errors: Throttled, Unavailable.
//
// operation: POST /v1/users/logout
// source: https://developers.facebook.com/docs/whatsapp/api/users/logout
func (c *Client) Logout(ctx context.Context) error {
	c.mu.Lock()
	held := c.held.text
	c.held = token{}
	c.mu.Unlock()
	if held == "" {
		return nil
	}
	r := request{method: http.MethodPost, path: "/v1/users/logout", accept: nothing}
	if err := c.send(ctx, r, "Bearer "+held); !rejected(err) {
		return err
	}
	return nil
}

// logIn gets a token.
//
// operation: POST /v1/users/login
// source: https://developers.facebook.com/docs/whatsapp/on-premises/reference/users/login
func (c *Client) logIn(ctx context.Context) (string, error) {
	var got token
	r := request{
		method: http.MethodPost, path: "/v1/users/login", secret: true,
		accept: func(body []byte) (ok bool) {
			got, ok = parseToken(body)
			return ok
		},
		means: func(e *api.Error) {
			if e.Kind == api.Expired { // 401 without a code: there was no token to expire
				e.Kind = api.Denied
			}
			if e.Message == badToken {
				e.Message = unidentified
			}
		},
	}
	basic := base64.StdEncoding.EncodeToString([]byte(c.config.Username + ":" + c.config.Password))
	if err := c.send(ctx, r, "Basic "+basic); err != nil {
		return "", err
	}
	if !got.expires.After(c.config.Now()) {
		got.expires = time.Time{} // a new token has not expired: one of the clocks is wrong
	}
	c.remember(got.text, basic)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held = got
	return got.text, nil
}

// parseToken finds the token in the answer to a login. It is opaque.
func parseToken(body []byte) (token, bool) {
	var out struct {
		Users []struct {
			Token   string `json:"token"`
			Expires text   `json:"expires_after"`
		} `json:"users"`
	}
	if json.Unmarshal(body, &out) != nil || len(out.Users) == 0 || !sendable(out.Users[0].Token) {
		return token{}, false
	}
	return token{out.Users[0].Token, parseTime(out.Users[0].Expires)}, true
}

// sendable says whether a token can stand in a header.
func sendable(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return s != ""
}

// bearer returns the token, and logs in if there is none that is still valid.
func (c *Client) bearer(ctx context.Context) (string, error) {
	if t := c.valid(); t != "" {
		return t, nil
	}
	if err := c.begin(ctx); err != nil {
		return "", err
	}
	defer c.end()
	if t := c.valid(); t != "" { // somebody else was faster
		return t, nil
	}
	return c.logIn(ctx)
}

// valid returns the token unless it has expired.
func (c *Client) valid() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t := c.held.expires; !t.IsZero() && !t.After(c.config.Now()) {
		return ""
	}
	return c.held.text
}

// forget drops a token that the deployment does not accept, unless there is a newer one.
func (c *Client) forget(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held.text == text {
		c.held = token{}
	}
}

// begin waits until nobody else logs in, so that several calls whose token was revoked
// get one new token together.
func (c *Client) begin(ctx context.Context) error {
	select {
	case c.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return &api.Error{Call: "POST /v1/users/login", Kind: api.Unavailable, Outcome: api.NotDone, Err: ctx.Err()}
	}
}

// end lets the next one log in.
func (c *Client) end() { <-c.turn }
