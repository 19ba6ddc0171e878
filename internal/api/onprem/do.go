package onprem

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// request is one call in this package's own words. All calls are repeated when the
// deployment is not ready: a write of this package changes nothing when repeated.
type request struct {
	method string
	path   string
	body   []byte // JSON, or nil
	most   int64  // the longest answer, in bytes; 0 for what the transport takes
	secret bool   // the answer holds a secret

	// What an error means in this call alone; nil where the table of codes is enough.
	means func(*api.Error)
	// Says that an answer stands for "there is none", whatever its status is; may be nil.
	absent func(*api.Answer) bool
	// Takes in an answer that is no error, and says whether it is content with it.
	accept func(body []byte) bool
}

// get reads into a T. The answer counts only if complete is content with it.
func get[T any](ctx context.Context, c *Client, path string, complete func(*T) bool) (*T, error) {
	var out *T
	err := c.do(ctx, request{method: http.MethodGet, path: path, accept: func(body []byte) bool {
		out = new(T) // anew for each attempt
		return isObject(body) && json.Unmarshal(body, out) == nil && complete(out)
	}})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// nothing accepts the answers that say no more than that it was done. The documentation
// shows null, an empty object and one with nothing but meta; it may also be no body.
func nothing(body []byte) bool {
	body = bytes.TrimSpace(body)
	return len(body) == 0 || string(body) == "null" || isObject(body) && json.Valid(body)
}

// do makes a call with the token, and logs in if there is none. If the deployment does
// not accept the token, do logs in once more and repeats the call once: a token can be
// revoked, or lost with a node, at any time.
func (c *Client) do(ctx context.Context, r request) error {
	bearer, err := c.bearer(ctx)
	if err != nil {
		return err
	}
	err = c.send(ctx, r, "Bearer "+bearer)
	if !rejected(err) {
		return err
	}
	c.forget(bearer)
	if bearer, err = c.bearer(ctx); err != nil {
		return err
	}
	return c.send(ctx, r, "Bearer "+bearer)
}

// rejected says whether an answer was that the token is not valid, which is told by the
// status alone: what the body holds then is not documented.
//
// source: https://developers.facebook.com/docs/whatsapp/on-premises/overview
func rejected(err error) bool {
	var e *api.Error
	return errors.As(err, &e) && e.Status == http.StatusUnauthorized &&
		e.Kind != api.Throttled && e.Kind != api.Unavailable
}

// send makes a call with an authorization.
func (c *Client) send(ctx context.Context, r request, authorization string) error {
	_, credential, _ := strings.Cut(authorization, " ")
	return explainTLS(c.transport.Do(ctx, api.Request{
		Call: r.method + " " + r.path, Method: r.method, URL: c.base.JoinPath(r.path),
		Body: r.body, Policy: api.Safe, ByKind: true, MaxAnswer: r.most,
		Secrets: append(c.known(), credential),
		Sign: func(hr *http.Request) []string {
			c.sign(hr, authorization)
			return nil
		},
		Decode: func(a *api.Answer) *api.Error {
			if r.absent != nil && r.absent(a) {
				return nil
			}
			e := decodeError(a, r.secret)
			switch {
			case e == nil && r.accept(a.Body):
				return nil
			case e == nil:
				return unexpected(a, r.secret)
			}
			if r.means != nil {
				r.means(e)
			}
			return e
		},
	}))
}

// sign puts the headers on one attempt. The content type is documented for calls
// without a body, too.
func (c *Client) sign(hr *http.Request, authorization string) {
	hr.Header.Set("Authorization", authorization)
	hr.Header.Set("Accept", "application/json, text/plain")
	if c.config.UserAgent != "" {
		hr.Header.Set("User-Agent", c.config.UserAgent)
	}
	if hr.Method != http.MethodGet {
		hr.Header.Set("Content-Type", "application/json")
	}
}

// remember keeps what must not appear in an error or a log line of any later call.
func (c *Client) remember(secrets ...string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range secrets {
		if s != "" && !slices.Contains(c.secrets, s) {
			c.secrets = append(c.secrets, s)
		}
	}
}

// known returns all that was remembered.
func (c *Client) known() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.secrets)
}

// encode returns v as JSON, with < > and & as they are.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil // cannot happen: a struct of strings always has a JSON form
	}
	return bytes.TrimSpace(b.Bytes())
}
