package provider_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// lookup is a configuration whose data source makes one call.
func lookup(block string) string {
	return "provider \"whatsapp\" {\n" + block + "\n}\n\ndata \"whatsapp_phone_number\" \"n\" {\n  phone_number_id = \"" + acctest.Live + "\"\n}\n"
}

// TestProvider_badBlock refuses arguments in the plan, at the line.
func TestProvider_badBlock(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct{ argument, words string }{
		"no scheme":         {`  base_url = "graph.facebook.com"`, "with its scheme"},
		"plain http":        {`  base_url = "http://graph.facebook.com"`, "in the clear"},
		"version 25":        {`  api_version = "25"`, "v25.0"},
		"old version":       {`  api_version = "v20.0"`, "v21.0"},
		"token, newline":    {`  access_token = "EAAx\ny"`, "access token"},
		"empty token":       {`  access_token = ""`, "access token"},
		"negative timeout":  {`  request_timeout = "-5s"`, "positive"},
		"negative retries":  {`  max_retries = -1`, "from 0 to 20"},
		"app id in letters": {`  app_id = "mine"`, "digits only"},
		"empty app secret":  {`  app_secret = ""`, "app secret"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			w.Plan(lookup(tt.argument)).Fails(strings.TrimSpace(tt.argument[:8]), tt.words).Sent()
		})
	}
}

// TestProvider_noToken is an error when the first call is made, and not before.
func TestProvider_noToken(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Setenv("WHATSAPP_ACCESS_TOKEN", "")
	w.Plan(lookup("")).Fails("", "access_token in the provider block", "WHATSAPP_ACCESS_TOKEN").Sent()
	w.Plan(`provider "whatsapp" {}`).Succeeds()
}

// TestProvider_unknown plans with settings that are known only after apply.
func TestProvider_unknown(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.Stored("PIN", w.PIN())
	config := func(name string) string {
		return `
resource "terraform_data" "later" {
  input = "` + name + `"
}

provider "whatsapp" {
  base_url = "` + w.URL() + `${terraform_data.later.output == "" ? "/wrong" : ""}"
}

variable "pin" {
  type      = string
  sensitive = true
}

resource "whatsapp_phone_registration" "n" {
  phone_number_id = "` + acctest.New + `"
  pin             = var.pin
}
`
	}
	w.Setenv("TF_VAR_pin", pin)
	w.Plan(config("one")).Succeeds().Quiet().Sent()
	w.Apply().Succeeds()
	// Refreshing is not possible now, and that is no error either.
	w.Plan(config("two")).Succeeds().Warns("was not refreshed", "base_url", "known only after apply").Sent()
	w.Apply().Succeeds()
	w.Empty()

	w.Plan(strings.Replace(config("three"), "resource \"whatsapp_phone_registration\"", `data "whatsapp_phone_number" "n" {
  phone_number_id = "`+acctest.New+`"
}

resource "whatsapp_phone_registration"`, 1)).Fails("whatsapp_phone_number", "cannot be looked up yet", "base_url", "depends_on")
}

// TestProvider_wire sends what every call must carry, and the token nowhere but
// in the header.
func TestProvider_wire(t *testing.T) {
	t.Parallel()
	world := acctest.DefaultWorld()
	world.App.Secret, world.App.RequireProof = "0123456789abcdef0123456789abcdef", true
	w := acctest.StartWith(t, world)
	w.Secret("app secret", world.App.Secret)
	w.Setenv("WHATSAPP_APP_SECRET", world.App.Secret)
	w.Setenv("WHATSAPP_API_VERSION", "v24.0")
	w.Setenv("TF_APPEND_USER_AGENT", "pipeline/42")
	plan := w.Plan(lookup("")).Succeeds()
	if len(plan.Calls) == 0 {
		t.Fatal("nothing was asked")
	}
	for _, call := range plan.Calls {
		agent := call.Header.Get("User-Agent")
		switch {
		case call.Header.Get("Authorization") != "Bearer "+w.Token():
			t.Error("no bearer header")
		case strings.Contains(call.Path+call.Query.Encode(), w.Token()):
			t.Error("the token is in the URL")
		case !strings.HasPrefix(call.Path, "/v24.0/"):
			t.Errorf("the path is %s", call.Path)
		case call.Query.Get("appsecret_proof") == "":
			t.Error("no appsecret_proof")
		case !strings.Contains(agent, "terraform-provider-whatsapp/test") || !strings.HasPrefix(agent, "Terraform/1.") || !strings.HasSuffix(agent, " pipeline/42"):
			t.Errorf("the user agent is %q", agent)
		}
	}

	// Without the secret, an app that demands the proof refuses.
	w.Setenv("WHATSAPP_APP_SECRET", "")
	w.Plan(lookup("")).Fails("")
}

// TestProvider_retries repeats reads as often as it is told.
func TestProvider_retries(t *testing.T) {
	t.Parallel()
	for retries, fails := range map[string]bool{"0": true, "1": true, "2": false} {
		t.Run(retries, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			w.Setenv("WHATSAPP_MAX_RETRIES", retries)
			w.Inject(sim.Fault{Route: acctest.Look, Times: 2, Kind: sim.FaultHTML})
			if plan := w.Plan(lookup("")); (plan.Code == 1) != fails {
				t.Errorf("exit code %d after %d calls", plan.Code, len(plan.Asked))
			}
		})
	}
}

// TestProvider_protocolOnly is what an engine asks before it configures anything.
func TestProvider_protocolOnly(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Terraform("version").Succeeds()
	w.Write(lookup(""))
	w.Setenv("WHATSAPP_ACCESS_TOKEN", "")
	if r := w.Terraform("validate", "-json"); r.Code != 0 {
		t.Error(r.Output)
	}
}

// TestProvider_proxy asks the proxy that the environment names to connect it.
func TestProvider_proxy(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 100)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.Method + " " + r.Host
		w.WriteHeader(http.StatusBadGateway)
	}))
	t.Cleanup(proxy.Close)
	w := acctest.Start(t)
	w.UseBinary() // Go reads the environment of a process once
	w.Setenv("HTTPS_PROXY", proxy.URL)
	w.Setenv("WHATSAPP_BASE_URL", "https://graph.example")
	w.Setenv("WHATSAPP_MAX_RETRIES", "0")
	w.Plan(lookup("")).Fails("").Sent()
	select {
	case got := <-asked:
		if got != "CONNECT graph.example:443" {
			t.Errorf("the proxy was asked to %s", got)
		}
	default:
		t.Error("the proxy was not asked")
	}
}
