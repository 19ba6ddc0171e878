// Package graph is a client of Meta's Graph API, as far as the WhatsApp Business
// Platform is on it: the Cloud API and the management of business accounts.
//
// Begin with [New]. The calls are grouped by what they are about: [Phones] for a phone
// number, [Accounts] for a business account, [Businesses] for what owns accounts, [Apps]
// and [Tokens] for who makes the calls. Every call returns an *api.Error when it
// fails; codes.go says what the API's codes mean and what can be done about them.
//
// How a call is sent, repeated, paced and logged is the business of package api; do.go
// is the only file that speaks to it. What the package does not do: it sends no
// messages, keeps no token alive, and does not read the environment.
package graph

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// DefaultBaseURL is where the API is.
const DefaultBaseURL = "https://graph.facebook.com"

// defaultTimeout is enough for a registration that moves a number from On-Premises,
// which may take fifteen seconds.
const defaultTimeout = time.Minute

// ErrNoToken is returned by every call of a client without an access token. Nothing was sent.
var ErrNoToken error = unsent("there is no access token for the Graph API")

// unsent is an error from before a call was sent.
type unsent string

func (u unsent) Error() string { return string(u) }

// Outcome tells api.OutcomeOf that nothing was done.
func (u unsent) Outcome() api.Outcome { return api.Refused }

// Config says how to reach the API and as whom.
type Config struct {
	BaseURL        string           // "" for DefaultBaseURL; with or without a slash at the end
	Version        string           // of the API, "v25.0"; "" for DefaultVersion
	Token          string           // access token; without it every call returns ErrNoToken
	AppID          AppID            // of the token's app; "" if it is to be learnt when it is needed
	AppSecret      string           // of the token's app, to prove every call; "" for no proof
	UserAgent      string           // "" for Go's own
	RequestTimeout time.Duration    // for one attempt; 0 for a minute
	MaxRetries     int              // repeats of a call where a repeat is safe; 0 for none
	Tempo          api.Tempo        // the zero value for api.DefaultTempo
	Log            api.Logger       // nil for none
	Now            func() time.Time // the time in the proof; nil for time.Now
}

// Client calls the API. It may be used from many goroutines at once.
type Client struct {
	Phones     *Phones     // phone numbers
	Accounts   *Accounts   // WhatsApp Business accounts
	Businesses *Businesses // business portfolios, which own accounts
	Apps       *Apps       // the app of the access token
	Tokens     *Tokens     // the access token itself

	config    Config
	base      *url.URL // with the version
	transport *api.Transport

	mu      sync.Mutex
	refused map[string]bool // fields the API would not give out, by call and name

	app lesson
}

// New returns a client. The only error is a base URL that is none.
func New(c Config) (*Client, error) {
	if c.BaseURL == "" {
		c.BaseURL = DefaultBaseURL
	}
	if c.Version == "" {
		c.Version = DefaultVersion
	}
	if c.RequestTimeout == 0 {
		c.RequestTimeout = defaultTimeout
	}
	if c.Tempo == (api.Tempo{}) {
		c.Tempo = api.DefaultTempo()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	base, err := parseBase(c.BaseURL)
	if err != nil {
		return nil, err
	}
	cl := &Client{
		config: c,
		base:   base,
		transport: &api.Transport{
			HTTP:       api.NewHTTP(c.RequestTimeout),
			MaxRetries: c.MaxRetries,
			Tempo:      c.Tempo,
			Log:        c.Log,
			Secrets:    api.NewRedactor(c.Token, c.AppSecret),
		},
		refused: map[string]bool{},
	}
	cl.Phones = &Phones{client: cl, memory: newMemory(), directory: directory{strangers: make(chan struct{}, 1)}}
	cl.Accounts = &Accounts{client: cl}
	cl.Businesses = &Businesses{client: cl}
	cl.Apps = &Apps{client: cl}
	cl.Tokens = &Tokens{client: cl}
	cl.app = newLesson()
	return cl, nil
}

// warn writes a line to the log. The fields must hold no secret.
func (c *Client) warn(ctx context.Context, msg string, fields map[string]any) {
	if c.config.Log != nil {
		c.config.Log(ctx, api.Warn, msg, fields)
	}
}

// parseBase checks a base URL. The error does not quote it, since it may hold a password.
func parseBase(s string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimRight(s, "/"))
	var parse *url.Error
	switch {
	case errors.As(err, &parse):
		return nil, fmt.Errorf("the base URL of the Graph API cannot be read: %w", parse.Err)
	case err != nil:
		return nil, errors.New("the base URL of the Graph API cannot be read")
	case u.Scheme != "https" && u.Scheme != "http", u.Hostname() == "":
		return nil, errors.New("the base URL of the Graph API must be like " + DefaultBaseURL)
	case u.User != nil, u.RawQuery != "", u.Fragment != "":
		return nil, errors.New("the base URL of the Graph API must have no user, query or fragment")
	}
	return u, nil
}
