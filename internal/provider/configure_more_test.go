package provider

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// configure configures a provider whose environment is empty with these
// arguments. It waits for nothing.
func configure(t *testing.T, given map[string]tftypes.Value) (*tf.Clients, diag.Diagnostics) {
	t.Helper()
	brief := api.Tempo{
		RetryMin: time.Microsecond, RetryMax: time.Microsecond, ThrottleMin: time.Microsecond,
		Minute: time.Microsecond, PollMin: time.Microsecond, PollMax: time.Microsecond,
	}
	var resp provider.ConfigureResponse
	New("1.2.3", WithTempo(brief), WithEnvironment(func(string) string { return "" })).
		Configure(t.Context(), provider.ConfigureRequest{TerraformVersion: "1.14.0", Config: block(t, given)}, &resp)
	if resp.ResourceData != resp.DataSourceData {
		t.Error("resources and data sources have different clients")
	}
	clients, _ := resp.ResourceData.(*tf.Clients)
	return clients, resp.Diagnostics
}

// TestConfigure has every call made as the provider block says, and reported in
// the log.
func TestConfigure(t *testing.T) {
	var asked atomic.Int64
	held := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		if r.URL.Path != "/graph/v24.0/7" || r.Header.Get("Authorization") != "Bearer EAAblock" || r.URL.Query().Get("appsecret_proof") == "" ||
			r.Header.Get("User-Agent") != "Terraform/1.14.0 (+https://www.terraform.io) terraform-provider-whatsapp/1.2.3" {
			t.Errorf("asked %s of %s", r.URL.Path, r.Header.Get("User-Agent"))
		}
		select { // no answer in time
		case <-held:
		case <-r.Context().Done():
		}
	}))
	defer server.Close()
	defer close(held)
	clients, diags := configure(t, map[string]tftypes.Value{
		"access_token": value("EAAblock"), "app_id": value("12"), "app_secret": value("s1"), "api_version": value("v24.0"),
		"base_url": value(server.URL + "/graph"), "request_timeout": value("200ms"), "max_retries": value(int64(2)), "preflight": value(false),
	})
	if len(diags) != 0 || !clients.Ready() || clients.Preflight {
		t.Fatalf("%+v, %v", clients, diags)
	}
	if id, err := clients.Graph.App(t.Context()); id != "12" || err != nil {
		t.Errorf("the app is %q, %v", id, err)
	}
	var log bytes.Buffer
	ctx, cancel := context.WithTimeout(tflogtest.RootLogger(t.Context(), &log), 10*time.Second)
	defer cancel()
	_, err := clients.Graph.Phones.Get(ctx, "7", graph.LookFields)
	if !api.IsKind(err, api.Unavailable) || !strings.Contains(err.Error(), "200ms for each attempt") || asked.Load() != 3 {
		t.Errorf("%v after %d requests", err, asked.Load())
	}
	for _, words := range []string{"calling the API", "the API answered", "repeating the call"} {
		if !strings.Contains(log.String(), words) {
			t.Errorf("%q is not in the log", words)
		}
	}
}

// TestConfigure_unknown hands clients over that make no call yet, and name the
// settings that they wait for.
func TestConfigure_unknown(t *testing.T) {
	later := tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	clients, diags := configure(t, map[string]tftypes.Value{"access_token": later, "base_url": later})
	if len(diags) != 0 || clients.Ready() || !cmp.Equal(clients.Unknown, []string{"access_token", "base_url"}) {
		t.Errorf("%+v, %v", clients, diags)
	}
}

// TestConfigure_bad makes no client of settings that cannot be right, and blames
// each argument.
func TestConfigure_bad(t *testing.T) {
	clients, diags := configure(t, map[string]tftypes.Value{"max_retries": value(int64(21)), "request_timeout": value("soon")})
	if clients != nil {
		t.Error("there are clients")
	}
	var blamed []string
	for _, d := range diags {
		if at, ok := d.(diag.DiagnosticWithPath); ok && d.Severity() == diag.SeverityError && strings.Contains(d.Detail(), "In the provider block: ") {
			blamed = append(blamed, at.Path().String())
		}
	}
	if !cmp.Equal(blamed, []string{"request_timeout", "max_retries"}) {
		t.Errorf("%q: %v", blamed, diags)
	}
}

// TestSettings_limits takes the largest number of repeats and no larger one, and
// no address with more than scheme, host and path.
func TestSettings_limits(t *testing.T) {
	if n, err := count("20"); n != 20 || err != nil {
		t.Errorf("20: %d, %v", n, err)
	}
	if _, err := count("21"); err == nil {
		t.Error("21 is accepted")
	}
	for _, url := range []string{"https://someone@graph.facebook.com", "https://graph.facebook.com#here", "https://graph.facebook.com/?a=b"} {
		if err := baseURL(url); err == nil || !strings.Contains(err.Error(), "no user, query or fragment") {
			t.Errorf("%s: %v", url, err)
		}
	}
}

// TestOutdated_blames the argument, and says what to write instead.
func TestOutdated_blames(t *testing.T) {
	end, known := graph.VersionExpiry("v21.0")
	if !known {
		t.Fatal("it is not known when v21.0 ends")
	}
	diags := outdated("v21.0", end)
	at, ok := diags[0].(diag.DiagnosticWithPath)
	if !ok || !at.Path().Equal(path.Root("api_version")) || diags[0].Severity() != diag.SeverityWarning ||
		!strings.Contains(diags[0].Detail(), "Set api_version to "+graph.DefaultVersion) {
		t.Errorf("%v", diags)
	}
	if diags := outdated("v21.0", end.Add(-time.Second)); len(diags) != 0 {
		t.Errorf("before its end: %v", diags)
	}
}
