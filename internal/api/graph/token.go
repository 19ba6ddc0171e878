package graph

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"time"
)

// Tokens are the calls about the access token of the client.
//
// See https://developers.facebook.com/documentation/business-messaging/whatsapp/access-tokens
type Tokens struct{ client *Client }

// TokenInfo is what the API knows of an access token. What it leaves out is "" or nil.
type TokenInfo struct {
	Valid       bool
	Problem     string          // why it is not valid, in the API's words
	Type        string          // USER, SYSTEM_USER, APP, ...
	AppID       AppID           // of the app that it was made for
	Application string          // the name of that app
	UserID      string          // whose token it is
	Scopes      []string        // the permissions that were granted
	Granular    []GranularScope // for which objects; not every permission is among them

	IssuedAt            time.Time // zero if the API does not tell
	ExpiresAt           time.Time // zero for never
	DataAccessExpiresAt time.Time // zero for never; passes also for a token that does not expire
}

// GranularScope is a permission that was granted for certain objects.
type GranularScope struct {
	Scope     string   `json:"scope"`
	TargetIDs []string `json:"target_ids"` // nil if it is good for all
}

// Inspect asks the API what the client's own access token may do, and until when.
//
// The token goes into the query, where the API wants the one that it is asked about; it
// is taken out of every log line and every error.
//
// Errors: Expired (the token is not valid at all), Invalid (its user has no part in the
// app), Throttled, Unavailable.
//
// operation: GET /debug_token
// source: https://developers.facebook.com/docs/graph-api/reference/debug_token
func (s *Tokens) Inspect(ctx context.Context) (*TokenInfo, error) {
	type answer struct {
		Data *tokenData `json:"data"`
	}
	r := request{path: "/debug_token", query: url.Values{"input_token": {s.client.config.Token}}}
	out, err := get(ctx, s.client, r, func(a *answer) bool { return a.Data != nil && a.Data.Valid != nil })
	if err != nil {
		return nil, err
	}
	return out.Data.info(), nil
}

// tokenData is a token as the API describes it.
type tokenData struct {
	Valid       *bool           `json:"is_valid"`
	Type        text            `json:"type"`
	AppID       text            `json:"app_id"`
	Application text            `json:"application"`
	UserID      text            `json:"user_id"`
	Scopes      []string        `json:"scopes"`
	Granular    []GranularScope `json:"granular_scopes"`
	IssuedAt    moment          `json:"issued_at"`
	ExpiresAt   moment          `json:"expires_at"`
	DataAccess  moment          `json:"data_access_expires_at"`
	Error       struct {
		Message text `json:"message"`
	} `json:"error"`
}

func (d *tokenData) info() *TokenInfo {
	return &TokenInfo{
		Valid: *d.Valid, Problem: string(d.Error.Message), Type: string(d.Type),
		AppID: AppID(d.AppID), Application: string(d.Application), UserID: string(d.UserID),
		Scopes: d.Scopes, Granular: d.Granular,
		IssuedAt: d.IssuedAt.Time, ExpiresAt: d.ExpiresAt.Time, DataAccessExpiresAt: d.DataAccess.Time,
	}
}

// moment is a time in seconds since 1970; 0, and what is no number, is the zero time.
type moment struct{ time.Time }

// UnmarshalJSON never fails on JSON.
func (m *moment) UnmarshalJSON(b []byte) error {
	var v text
	m.Time = time.Time{}
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	if n, err := strconv.ParseInt(string(v), 10, 64); err == nil && n > 0 {
		m.Time = time.Unix(n, 0).UTC()
	}
	return nil
}

// lesson is the id of the app, once the API has told it.
type lesson struct {
	turn chan struct{} // holds one, so that all who wait share one answer
	id   *AppID
}

func newLesson() lesson { return lesson{turn: make(chan struct{}, 1), id: new(AppID)} }

// App returns the id of the app that the client works for: the one of the [Config], or
// else that of the access token, for which the API is asked once.
//
// Errors: as of [Tokens.Inspect].
func (c *Client) App(ctx context.Context) (AppID, error) {
	if c.config.AppID != "" {
		return c.config.AppID, nil
	}
	select {
	case c.app.turn <- struct{}{}:
		defer func() { <-c.app.turn }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	if *c.app.id != "" {
		return *c.app.id, nil
	}
	info, err := c.Tokens.Inspect(ctx)
	if err != nil {
		return "", err
	}
	if info.AppID == "" {
		return "", errors.New("the API does not say to which app the access token belongs: set the id of the app")
	}
	*c.app.id = info.AppID
	return info.AppID, nil
}
