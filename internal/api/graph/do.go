package graph

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// request is one call in this package's own words.
type request struct {
	method  string
	path    string   // with names for ids: "/{phone-number-id}/register"
	ids     []string // what stands for the names, in their order
	query   url.Values
	body    []byte   // JSON unless content says otherwise, or nil
	secrets []string // in the path, the query and the body
	policy  api.Policy

	as      caller      // whose token goes with it
	content string      // media type of the body; "" for JSON
	header  http.Header // beside what every call has; names are sent as they are written

	// What an error means in this call alone; nil where the table of codes is enough.
	means func(*api.Error)
}

// call returns the method and the path with names, as errors and logs show it.
func (r request) call() string { return r.method + " " + r.path }

// get reads into a T. The answer counts only if complete is content with it; anything
// else that comes with status 200 is an error.
func get[T any](ctx context.Context, c *Client, r request, complete func(*T) bool) (*T, error) {
	r.method, r.policy = http.MethodGet, api.Safe
	return take(ctx, c, r, complete)
}

// take makes a call, and reads what it answers into a T.
func take[T any](ctx context.Context, c *Client, r request, complete func(*T) bool) (*T, error) {
	var out *T
	err := c.do(ctx, r, func(a *api.Answer) *api.Error {
		out = new(T) // anew for each attempt
		if json.Unmarshal(a.Body, out) != nil || !complete(out) {
			return unexpected(a)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// post writes, and expects the API to say that it was done.
func post(ctx context.Context, c *Client, r request) error {
	r.method = http.MethodPost
	return c.do(ctx, r, confirmed)
}

// create writes, and returns the id of what the API has made.
func create(ctx context.Context, c *Client, r request) (string, error) {
	r.method = http.MethodPost
	var made struct {
		ID text `json:"id"`
	}
	err := c.do(ctx, r, func(a *api.Answer) *api.Error {
		if e := confirmed(a); e != nil {
			return e
		}
		made.ID = ""
		if json.Unmarshal(a.Body, &made) != nil || made.ID == "" {
			return unexpected(a) // something was made, and it is not known what
		}
		return nil
	})
	return string(made.ID), err
}

// del removes, and expects the API to say that it was done.
func del(ctx context.Context, c *Client, r request) error {
	r.method = http.MethodDelete
	return c.do(ctx, r, confirmed)
}

// confirmed says what is wrong with the answer to a write.
func confirmed(a *api.Answer) *api.Error {
	var done confirmation
	switch err := json.Unmarshal(a.Body, &done); {
	case err != nil:
		return unexpected(a)
	case done.refused():
		return &api.Error{Outcome: api.Refused, Message: "the API answered that nothing was done, without a reason"}
	case !done.confirmed():
		return unexpected(a)
	}
	return nil
}

// confirmation is what a write answers: success as a bool or, on the reference page of
// registrations, as a string; some writes answer with the id of what they wrote.
type confirmation struct {
	Success any `json:"success"`
	ID      any `json:"id"`
}

func (c confirmation) refused() bool {
	return c.Success == false || c.Success == "false"
}

func (c confirmation) confirmed() bool {
	id, named := c.ID.(string)
	return c.Success == true || c.Success == "true" || (c.Success == nil && named && id != "")
}

// do makes a call. accept takes in an answer that is no error of the API, and says what
// is wrong with it.
func (c *Client) do(ctx context.Context, r request, accept func(*api.Answer) *api.Error) error {
	token, err := c.tokenOf(r.as)
	if err != nil {
		return err
	}
	u, ok := c.url(r)
	if !ok {
		return &api.Error{
			Call: r.call(), Kind: api.Invalid, Outcome: api.Refused,
			Message: "an id in the path of the call is empty or no id",
		}
	}
	return c.transport.Do(ctx, api.Request{
		Call: r.call(), Method: r.method, URL: u, Body: r.body, Policy: r.policy, Secrets: append([]string{token}, r.secrets...),
		Allowance: c.allowance(r),
		Sign:      func(hr *http.Request) []string { return c.sign(hr, r, token) },
		Decode: func(a *api.Answer) *api.Error {
			if e := decodeError(a, c.config.Tempo.Minute); e != nil {
				if r.means != nil {
					r.means(e)
				}
				return e
			}
			return accept(a)
		},
	})
}

// allowance returns the account that a call is counted against, "" if that is not known.
//
// source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting
func (c *Client) allowance(r request) string {
	switch {
	case len(r.ids) == 0:
		return ""
	case strings.HasPrefix(r.path, "/{business-account-id}"):
		return r.ids[0]
	case strings.HasPrefix(r.path, "/{phone-number-id}"):
		return string(c.Phones.memory.home(PhoneID(r.ids[0])))
	}
	return ""
}

// url builds the address of a call, without its query. It is the only place where ids
// are escaped.
func (c *Client) url(r request) (*url.URL, bool) {
	path := r.path
	for _, id := range r.ids {
		before, rest, _ := strings.Cut(path, "{")
		_, after, _ := strings.Cut(rest, "}")
		if id == "" || id == "." || id == ".." {
			return nil, false // these would make another path of it
		}
		path = before + url.PathEscape(id) + after
	}
	u, err := url.Parse(c.base.String() + "/" + url.PathEscape(c.config.Version) + path)
	return u, err == nil
}

// sign puts the token and the proof on one attempt, and returns what must stay secret.
//
// The proof is the timed form, which is good for five minutes only and therefore made
// anew for each attempt. The API takes it in the query, not in a header.
//
// source: https://developers.facebook.com/docs/facebook-login/security
func (c *Client) sign(hr *http.Request, r request, token string) []string {
	for name, values := range r.header {
		hr.Header[name] = values
	}
	hr.Header.Set("Authorization", r.as.scheme()+" "+token)
	hr.Header.Set("Accept", "application/json")
	if c.config.UserAgent != "" {
		hr.Header.Set("User-Agent", c.config.UserAgent)
	}
	if hr.ContentLength > 0 {
		hr.Header.Set("Content-Type", cmp.Or(r.content, "application/json"))
	}
	q := url.Values{}
	for k, v := range r.query {
		q[k] = v
	}
	var secrets []string
	if c.config.AppSecret != "" {
		now := strconv.FormatInt(c.config.Now().Unix(), 10)
		proof := proof(c.config.AppSecret, token, now)
		q.Set("appsecret_time", now)
		q.Set("appsecret_proof", proof)
		secrets = append(secrets, proof)
	}
	u := *hr.URL // an earlier attempt still holds the old one
	u.RawQuery = q.Encode()
	hr.URL = &u
	return secrets
}

// proof returns the proof that the sender of token knows the secret of its app.
func proof(secret, token, unix string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(token + "|" + unix))
	return hex.EncodeToString(mac.Sum(nil))
}
