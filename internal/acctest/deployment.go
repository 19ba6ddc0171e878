package acctest

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// Deployment is the On-Premises deployment of the number OnPremise, as whoever
// migrates from it knows it.
type Deployment struct {
	URL, Username string
	ca            []byte
	w             *World
}

// StartDeployment is Start with a deployment that listens, on a port with TLS of
// its own. change, if any, makes it another one than a healthy one.
func StartDeployment(t testing.TB, change func(*sim.Deployment), opts ...sim.Option) (*World, *Deployment) {
	t.Helper()
	world := DefaultWorld()
	for i := range world.Accounts[0].Numbers {
		if n := &world.Accounts[0].Numbers[i]; n.ID == OnPremise {
			n.Deployment = &sim.Deployment{}
		}
	}
	w := StartWith(t, world, opts...)
	if change != nil {
		w.ChangeDeployment(OnPremise, change)
	}
	address, ca, err := w.StartOnPremises(OnPremise, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	truth, _ := w.Server.Deployment(OnPremise)
	w.Setenv("TF_VAR_admin_password", truth.Password)
	if !truth.DefaultPassword { // which is no secret, but a word
		w.Secret("admin password", truth.Password)
	}
	w.Setenv("TF_VAR_ca", string(ca))
	return w, &Deployment{URL: address, Username: truth.Username, ca: ca, w: w}
}

// Behind has whoever is told of the deployment from now on go to url, where
// something stands before it. ca is the authority of the certificate there, as PEM.
func (d *Deployment) Behind(url string, ca []byte) {
	d.URL, d.ca = url, ca
	d.w.Setenv("TF_VAR_ca", string(ca))
}

// TakeBackup takes a backup by hand, as somebody does who migrates with curl.
func (d *Deployment) TakeBackup(password string) (data string) {
	d.w.t.Helper()
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(d.ca)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}}
	defer client.CloseIdleConnections()
	truth, _ := d.w.Deployment(OnPremise)
	var users struct{ Users []struct{ Token string } }
	d.post(client, "/v1/users/login", "{}", func(r *http.Request) { r.SetBasicAuth(truth.Username, truth.Password) }, &users)
	var settings struct{ Settings struct{ Data string } }
	d.post(client, "/v1/settings/backup", fmt.Sprintf(`{"password":%q}`, password), func(r *http.Request) {
		r.Header.Set("Authorization", "Bearer "+users.Users[0].Token)
	}, &settings)
	return settings.Settings.Data
}

// post makes a call that must succeed.
func (d *Deployment) post(client *http.Client, path, body string, sign func(*http.Request), into any) {
	d.w.t.Helper()
	r, err := http.NewRequest(http.MethodPost, d.URL+path, strings.NewReader(body))
	if err != nil {
		d.w.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	sign(r)
	resp, err := client.Do(r)
	if err != nil {
		d.w.t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(into); err != nil || resp.StatusCode != http.StatusOK {
		d.w.t.Fatalf("%s: status %d, %v", path, resp.StatusCode, err)
	}
}

// DeploymentVariables are the input variables that Block refers to.
const DeploymentVariables = `
variable "admin_password" {
  type      = string
  ephemeral = true
  default   = null
}

variable "ca" {
  type    = string
  default = null
}
`

// Arguments are those that reach the deployment, one a line; more is added to
// them. A line in more takes the place of the usual one by starting with its name.
func (d *Deployment) Arguments(more string) string {
	return fmt.Sprintf("    base_url       = %q\n    username       = %q\n    password       = var.admin_password\n    ca_certificate = var.ca\n%s", d.URL, d.Username, more)
}

// The requests to a deployment, as Expect and Sent have them.
const (
	Login       = "onprem POST /v1/users/login"
	Logout      = "onprem POST /v1/users/logout"
	Health      = "onprem GET /v1/health"
	Support     = "onprem GET /v1/support"
	Application = "onprem GET /v1/settings/application"
	Backup      = "onprem POST /v1/settings/backup"
	SwitchOff   = "onprem DELETE /v1/settings/account/two-step"
	SwitchOn    = "onprem POST /v1/settings/account/two-step"
)
