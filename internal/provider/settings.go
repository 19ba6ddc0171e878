package provider

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

// values are the settings of the provider, resolved and checked.
type values struct {
	AccessToken    string
	AppID          string // for app-level resources
	AppSecret      string
	APIVersion     string
	BaseURL        string
	RequestTimeout time.Duration
	MaxRetries     int
	Preflight      bool
}

// kind is the type of a setting in the provider block.
type kind int

const (
	text kind = iota
	whole
	flag
)

// setting is one argument of the provider block. Its value comes from the block,
// else from the environment, else it is the fallback.
type setting struct {
	name     string
	env      string
	fallback string
	kind     kind
	secret   bool
	about    string // for the docs; where else it can come from is added
	// parse checks a value and stores it. Its error says what to write instead
	// and, for a secret, does not repeat the value.
	parse func(v *values, s string) error
}

// settings are all of them. The provider block, its validators, its docs and
// the reading of the environment are made from this table.
var settings = []setting{
	{
		name: "access_token", env: "WHATSAPP_ACCESS_TOKEN", secret: true,
		about: "The access token, best one of a system user with the permissions `whatsapp_business_management` and `whatsapp_business_messaging`. It is sent as a bearer header. One call alone, `debug_token`, takes it in its query too: that of `whatsapp_access_token`, and of webhooks and profile pictures where `app_id` is not set.",
		parse: func(v *values, s string) error { v.AccessToken = s; return wa.Token(s) },
	},
	{
		name: "app_id", env: "WHATSAPP_APP_ID",
		about: "The id of the Meta app that the token belongs to. Needed for `whatsapp_app_webhook`. Other webhooks and profile pictures ask Meta for it where it is not set.",
		parse: func(v *values, s string) error { v.AppID = s; return digits(s) },
	},
	{
		name: "app_secret", env: "WHATSAPP_APP_SECRET", secret: true,
		about: "The secret of that app. When it is set, every call carries an `appsecret_proof`, as apps with *Require App Secret* demand.",
		parse: func(v *values, s string) error { v.AppSecret = s; return secret(s) },
	},
	{
		name: "api_version", env: "WHATSAPP_API_VERSION", fallback: graph.DefaultVersion,
		about: "The version of the Graph API, as in `v25.0`; `v21.0` or later.",
		parse: func(v *values, s string) error { v.APIVersion = s; return graph.CheckVersion(s) },
	},
	{
		name: "base_url", env: "WHATSAPP_BASE_URL", fallback: graph.DefaultBaseURL,
		about: "Where the Graph API is. Plain `http` is accepted towards this machine only.",
		parse: func(v *values, s string) error { v.BaseURL = s; return baseURL(s) },
	},
	{
		name: "request_timeout", env: "WHATSAPP_REQUEST_TIMEOUT", fallback: "60s",
		about: "How long one attempt of a call may take, as a duration such as `90s`. A migration from On-Premises may take 15 seconds.",
		parse: func(v *values, s string) (err error) { v.RequestTimeout, err = tf.Duration(s); return err },
	},
	{
		name: "max_retries", env: "WHATSAPP_MAX_RETRIES", fallback: "4", kind: whole,
		about: "How often a call is repeated after a failure, where repeating is safe. A registration never is, unless Meta says that nothing was done.",
		parse: func(v *values, s string) (err error) { v.MaxRetries, err = count(s); return err },
	},
	{
		name: "preflight", env: "WHATSAPP_PREFLIGHT", fallback: "true", kind: flag,
		about: "Whether planning looks at a number that is to be registered or deregistered, to warn of what the apply would run into. `false` plans without calls for them.",
		parse: func(v *values, s string) (err error) { v.Preflight, err = boolean(s); return err },
	},
}

// digits is the rule for ids.
func digits(s string) error {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return errors.New("an id is written in digits only, such as 634974688087057")
	}
	return nil
}

// secret is the rule for app_secret.
func secret(s string) error {
	if strings.TrimSpace(s) != s || s == "" {
		return errors.New("the app secret must not be empty and must have no blanks or line breaks around it. Copy it anew from App Dashboard > App settings > Basic")
	}
	return nil
}

// baseURL is the rule for base_url: a token must not travel in the clear.
func baseURL(s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return fmt.Errorf("%q is not a base URL. Write it with its scheme, such as %q", s, graph.DefaultBaseURL)
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("the base URL must have no user, query or fragment. Write only scheme, host and, if need be, a path")
	}
	if u.Scheme == "http" && !loopback(u.Hostname()) {
		return fmt.Errorf("plain http would send the access token to %s in the clear. Write https://; http is for addresses of this machine, such as 127.0.0.1", u.Host)
	}
	return nil
}

// loopback reports whether a host is this machine.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// count is the rule for max_retries.
func count(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 20 {
		return 0, fmt.Errorf("%q is not a number of repeats. Write a whole number from 0 to 20", s)
	}
	return n, nil
}

// boolean is the rule for preflight.
func boolean(s string) (bool, error) {
	b, err := strconv.ParseBool(s)
	if err != nil {
		return false, fmt.Errorf("%q is neither true nor false", s)
	}
	return b, nil
}
