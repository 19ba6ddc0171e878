// Package acctest is for acceptance tests: a world to test in (a simulator of
// the API, a folder with a configuration, the real Terraform program and the
// provider), what can be done in it, and what must hold after each test.
//
// Begin with Start. Every World ends with a scan of everything that was written
// while it existed, for every secret that was in play; see scan.go.
package acctest

import (
	"crypto/rand"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// The ids of DefaultWorld, all of them made up.
const (
	Account      = "102290129340398"
	OtherAccount = "102290129340400"
	New          = "106540352242922" // verified, never registered
	OnPremise    = "106540352242923" // still on the On-Premises API
	Live         = "106540352242924" // registered on the Cloud API
	Unverified   = "106540352242925" // its ownership was never verified
	Coexisting   = "106540352242926" // registered, and in use with the Business app
	InApp        = "106540352242927" // in use with the Business app alone
	Second       = "106540352242928" // verified, never registered, on the other account
)

// World is a place to test in. Its methods fail the test when something goes
// wrong that the test is not about.
type World struct {
	*sim.Server
	t       testing.TB
	url     string
	root    string // the folder of this world
	dir     string // where the configuration is, root or a folder below it
	logs    string // where the logs of all commands are
	secrets map[string]string
	stored  map[string]bool // secrets that the user chose to have in the state
	env     map[string]string
	runs    int
	literal string   // all configurations so far
	log     record   // what the provider logged under Protocol
	driven  bool     // there was a Protocol
	went    bool     // some command made calls, and so it used the provider
	owes    []string // kinds of artefacts that the scan must come across
	found   int      // secrets that the scan found

	anyway    bool // nothing is skipped for the engine's sake
	remembers bool // the engine keeps the values of variables that should be ephemeral

	// How Terraform finds the provider: in this process, or by a CLI configuration
	// that names a folder with the program.
	reattach, cli string
}

// Start starts a simulator with DefaultWorld, changed by the options, and stops
// it when the test ends.
func Start(t testing.TB, opts ...sim.Option) *World {
	t.Helper()
	return StartWith(t, DefaultWorld(), opts...)
}

// StartWith is Start with a world of one's own.
func StartWith(t testing.TB, world sim.World, opts ...sim.Option) *World {
	t.Helper()
	server := sim.New(world, opts...)
	address, err := server.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return beside(t, server, address)
}

// beside is a place to work in.
func beside(t testing.TB, server *sim.Server, address string) *World {
	t.Helper()
	root := t.TempDir()
	w := &World{
		Server: server, t: t, url: address, root: root, dir: root, logs: t.TempDir(),
		secrets: map[string]string{}, stored: map[string]bool{}, env: map[string]string{},
	}
	w.Secret("access token", server.Token())
	w.Setenv("WHATSAPP_ACCESS_TOKEN", server.Token())
	w.Setenv("WHATSAPP_BASE_URL", address)
	t.Cleanup(w.scan)
	return w
}

// Neighbour is a second place to work in against the same simulator: another folder
// with another state, as of a colleague who does not know of the first.
func (w *World) Neighbour() *World {
	w.t.Helper()
	return beside(w.t, w.Server, w.url)
}

// DefaultWorld is one number in each situation that a registration meets.
func DefaultWorld() sim.World {
	number := func(id, digits, status, platform, verification string) sim.Number {
		return sim.Number{
			ID: id, DisplayPhoneNumber: "+1 555-010-" + digits, VerifiedName: "Lucky Shrub",
			Status: status, PlatformType: platform, CodeVerificationStatus: verification,
			NameStatus: "APPROVED", QualityRating: "GREEN", AccountMode: "LIVE", ThroughputLevel: "STANDARD",
		}
	}
	onPremise := number(OnPremise, "0101", "CONNECTED", "ON_PREMISE", "VERIFIED")
	live := number(Live, "0102", "CONNECTED", "CLOUD_API", "VERIFIED")
	coexisting := number(Coexisting, "0104", "CONNECTED", "CLOUD_API", "VERIFIED")
	coexisting.OnBizApp = true
	inApp := number(InApp, "0105", "DISCONNECTED", "NOT_APPLICABLE", "VERIFIED")
	inApp.OnBizApp = true
	return sim.World{
		App:    sim.App{ID: "634974688087057"},
		Scopes: []string{"whatsapp_business_management", "whatsapp_business_messaging", "business_management"},
		Accounts: []sim.Account{
			{ID: Account, Name: "Lucky Shrub", BusinessID: "2729063490586005", Numbers: []sim.Number{
				number(New, "0100", "DISCONNECTED", "NOT_APPLICABLE", "VERIFIED"), onPremise, live,
				number(Unverified, "0103", "PENDING", "NOT_APPLICABLE", "NOT_VERIFIED"), coexisting, inApp,
			}},
			{ID: OtherAccount, Name: "Jasper's Market", BusinessID: "2729063490586005", Numbers: []sim.Number{
				number(Second, "0106", "DISCONNECTED", "NOT_APPLICABLE", "VERIFIED"),
			}},
		},
	}
}

// URL is where the simulator listens.
func (w *World) URL() string { return w.url }

// Setenv sets an environment variable for every later command of this world,
// and for the provider.
func (w *World) Setenv(name, value string) { w.env[name] = value }

func (w *World) getenv(name string) string { return w.env[name] }

// Secret declares a value that must never be written anywhere, and returns it.
func (w *World) Secret(name, value string) string {
	if value != "" {
		w.secrets[name] = value
	}
	return value
}

// Stored is Secret for a value that the user chose to have in plan and state,
// by way of a sensitive attribute that is not write-only. It must still appear
// nowhere else.
func (w *World) Stored(name, value string) string {
	w.stored[name] = true
	return w.Secret(name, value)
}

// PIN makes up a six-digit PIN. Its first digit is zero, which those who take it
// for a number lose.
func (w *World) PIN() string {
	n, err := rand.Int(rand.Reader, big.NewInt(90000))
	if err != nil {
		w.t.Fatal(err)
	}
	return fmt.Sprintf("0%05d", 10000+n.Int64())
}

// Text makes up a secret of n characters, some of which need escaping in JSON,
// HTML and URLs.
func (w *World) Text(n int) string {
	raw := make([]byte, n)
	if _, err := rand.Read(raw); err != nil {
		w.t.Fatal(err)
	}
	const letters = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/<&`
	for i, b := range raw {
		raw[i] = letters[int(b)%len(letters)]
	}
	return string(raw)
}

// Write puts a configuration into the world's folder. The block that requires
// the provider is added.
func (w *World) Write(config string) {
	w.t.Helper()
	w.literal += config
	w.WriteFile("main.tf", config)
	w.WriteFile("versions.tf", `terraform {
  required_providers {
    whatsapp = {
      source = "whatsapp-terraform/whatsapp"
    }
  }
}
`)
}

// WriteFile puts a file into the world's folder. The test is skipped when it is a
// configuration that the engine is too old for.
func (w *World) WriteFile(name, content string) {
	w.t.Helper()
	if strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".hcl") {
		content = w.suit(content)
	}
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// Copy puts a folder of the tree, with all that is below it, into the world's folder. The
// names of folders that begin with a dot are what an engine leaves behind.
func (w *World) Copy(from, to string) {
	w.t.Helper()
	err := filepath.WalkDir(from, func(file string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(from, file)
		switch {
		case err != nil:
			return err
		case !entry.IsDir():
			content, err := os.ReadFile(file)
			if err == nil {
				w.WriteFile(filepath.Join(to, name), string(content))
			}
			return err
		case file != from && strings.HasPrefix(entry.Name(), "."):
			return filepath.SkipDir
		}
		return os.MkdirAll(filepath.Join(w.dir, to, name), 0o700)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// Enter makes a folder below the world's own the one with the configuration: where
// commands run, and files are put.
func (w *World) Enter(name string) { w.dir = filepath.Join(w.root, name) }

// Dir is the folder with the configuration.
func (w *World) Dir() string { return w.dir }

// Asked returns what was asked of the API since the last call of Asked, one
// "METHOD /route" a request, in order.
func (w *World) Asked() []string {
	var routes []string
	for _, call := range w.Calls() {
		routes = append(routes, call.Route)
	}
	w.ForgetCalls()
	return routes
}

// Expect fails the test unless exactly these requests were sent since the last
// call of Asked or Expect.
func (w *World) Expect(want ...string) {
	w.t.Helper()
	if got := w.Asked(); strings.Join(got, "\n") != strings.Join(want, "\n") {
		w.t.Errorf("asked of the API:\n  %s\nwant:\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// The requests that Expect is given most.
const (
	Look       = "GET /{phone-number-id}"
	SetPIN     = "POST /{phone-number-id}"
	Register   = "POST /{phone-number-id}/register"
	Deregister = "POST /{phone-number-id}/deregister"
	ReadRegion = "GET /{phone-number-id}/settings"
	SetRegion  = "POST /{phone-number-id}/settings"
	List       = "GET /{business-account-id}/phone_numbers"
)
