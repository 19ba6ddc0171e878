// Package onprem is a client of the WhatsApp Business On-Premises API, as far as moving
// a number from a deployment to the Cloud API needs it: log in, look at the deployment,
// set the PIN, take the backup, log out. Meta closed this API on 2025-10-23; deployments
// that still answer, and proxies that speak the same interface, are what it is for.
//
// Begin with [New], then [Client.Login], and end with [Client.Logout]. Every call
// returns an *api.Error when it fails; codes.go says what the API's codes mean. A token
// that the deployment no longer accepts is replaced once, without the caller noticing.
//
// How a call is sent, repeated, paced and logged is the business of package api; do.go
// is the only file that speaks to it. What the package does not do: it never changes a
// password, registers no number, restores no backup and sends no messages.
package onprem

import (
	"errors"
	"net"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// defaultTimeout leaves time for a backup, which takes more than a second.
const defaultTimeout = time.Minute

// Config says how to reach a deployment and as whom.
type Config struct {
	BaseURL        string           // https://host:port, also with a path before /v1; plain http towards this machine only
	Username       string           // the account to log in with; a backup needs an administrator
	Password       string           // of that account
	CA             []byte           // PEM certificates to trust beside the system's; nil for none
	Insecure       bool             // do not check the server's certificate at all
	UserAgent      string           // "" for Go's own
	RequestTimeout time.Duration    // for one attempt; 0 for a minute
	MaxRetries     int              // repeats of a call; 0 for none
	Tempo          api.Tempo        // the zero value for api.DefaultTempo
	Log            api.Logger       // nil for none
	Now            func() time.Time // tells whether a token has expired; nil for time.Now
}

// Client calls the API of one deployment. It may be used from many goroutines at once.
type Client struct {
	config    Config
	base      *url.URL // without /v1
	transport *api.Transport
	turn      chan struct{} // holds one value while somebody logs in or out

	mu      sync.Mutex
	held    token
	secrets []string // whatever was secret in any call so far
}

// New returns a client. Nothing is sent yet. The errors are a base URL that is none, or
// that would send the password in the clear, and certificates that are none.
func New(c Config) (*Client, error) {
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
	trust, err := trusting(c.CA, c.Insecure)
	if err != nil {
		return nil, err
	}
	return &Client{
		config: c,
		base:   base,
		transport: &api.Transport{
			HTTP:       api.NewHTTPWithTLS(c.RequestTimeout, trust),
			MaxRetries: c.MaxRetries,
			Tempo:      c.Tempo,
			Log:        c.Log,
			Secrets:    api.NewRedactor(c.Password),
		},
		turn: make(chan struct{}, 1),
	}, nil
}

// parseBase checks a base URL. The errors do not quote it, nor what net/url says of it,
// since a password may be anywhere in it.
func parseBase(s string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimRight(s, "/"))
	switch {
	case err != nil, u.Hostname() == "", u.Scheme != "https" && u.Scheme != "http":
		return nil, errors.New("the base URL of the On-Premises API must be like https://whatsapp.example.com:9090")
	case u.User != nil, u.RawQuery != "", u.ForceQuery, u.Fragment != "":
		return nil, errors.New("the base URL of the On-Premises API must have no user, query or fragment")
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return nil, errors.New("the base URL of the On-Premises API must begin with https://, " +
			"because the password would travel unencrypted: plain http is for this machine only")
	case u.Path == "/v1" || strings.HasSuffix(u.Path, "/v1"):
		return nil, errors.New("the base URL of the On-Premises API ends before /v1: leave that out")
	}
	return u, nil
}

// loopback says whether a host is this machine.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}
