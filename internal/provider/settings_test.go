package provider

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// block is the provider block with these arguments; all others are absent.
func block(t *testing.T, given map[string]tftypes.Value) tfsdk.Config {
	t.Helper()
	var resp provider.SchemaResponse
	New("test").Schema(context.Background(), provider.SchemaRequest{}, &resp)
	object, ok := resp.Schema.Type().TerraformType(context.Background()).(tftypes.Object)
	if !ok {
		t.Fatal("the provider block is no object")
	}
	all := map[string]tftypes.Value{}
	for name, kind := range object.AttributeTypes {
		all[name] = tftypes.NewValue(kind, nil)
	}
	for name, value := range given {
		all[name] = value
	}
	return tfsdk.Config{Raw: tftypes.NewValue(object, all), Schema: resp.Schema}
}

// sources is a different good value of each setting for each place that it can
// come from.
var sources = map[string]struct {
	block   any
	env     string
	read    func(values) any
	inBlock any
	inEnv   any
	absent  any
}{
	"access_token":    {"EAAblock", "EAAenv", func(v values) any { return v.AccessToken }, "EAAblock", "EAAenv", ""},
	"app_id":          {"1", "2", func(v values) any { return v.AppID }, "1", "2", ""},
	"app_secret":      {"s1", "s2", func(v values) any { return v.AppSecret }, "s1", "s2", ""},
	"api_version":     {"v23.0", "v24.0", func(v values) any { return v.APIVersion }, "v23.0", "v24.0", "v25.0"},
	"base_url":        {"https://b.example", "https://e.example/graph", func(v values) any { return v.BaseURL }, "https://b.example", "https://e.example/graph", "https://graph.facebook.com"},
	"request_timeout": {"5s", "1m30s", func(v values) any { return v.RequestTimeout }, 5 * time.Second, 90 * time.Second, time.Minute},
	"max_retries":     {int64(0), "7", func(v values) any { return v.MaxRetries }, 0, 7, 4},
	"preflight":       {true, "false", func(v values) any { return v.Preflight }, true, false, true},
}

// value is a Go value as Terraform sends it.
func value(v any) tftypes.Value {
	switch v := v.(type) {
	case int64:
		return tftypes.NewValue(tftypes.Number, v)
	case bool:
		return tftypes.NewValue(tftypes.Bool, v)
	}
	return tftypes.NewValue(tftypes.String, v)
}

// TestSettings takes each setting from the block before the environment before
// its default, under the documented names, and from nowhere while it is unknown.
func TestSettings(t *testing.T) {
	none := func(string) string { return "" }
	if len(sources) != len(settings) {
		t.Fatalf("%d settings are tested, %d exist", len(sources), len(settings))
	}
	for name, tt := range sources {
		t.Run(name, func(t *testing.T) {
			getenv := func(env string) string {
				if env == "WHATSAPP_"+strings.ToUpper(name) {
					return tt.env
				}
				return ""
			}
			given := map[string]tftypes.Value{name: value(tt.block)}
			for _, c := range []struct {
				from   string
				block  map[string]tftypes.Value
				getenv func(string) string
				want   any
			}{
				{"block", given, getenv, tt.inBlock},
				{"block alone", given, none, tt.inBlock},
				{"environment", nil, getenv, tt.inEnv},
				{"default", nil, none, tt.absent},
			} {
				v, unknown, diags := resolve(t.Context(), block(t, c.block), c.getenv)
				if diags.HasError() || len(unknown) != 0 {
					t.Fatalf("%s: %v, unknown %v", c.from, diags, unknown)
				}
				if diff := cmp.Diff(c.want, tt.read(v)); diff != "" {
					t.Errorf("%s: %s", c.from, diff)
				}
			}
			later := map[string]tftypes.Value{name: tftypes.NewValue(value(tt.block).Type(), tftypes.UnknownValue)}
			_, unknown, diags := resolve(t.Context(), block(t, later), getenv)
			if diags.HasError() || !cmp.Equal(unknown, []string{name}) {
				t.Errorf("unknown: %v, %v", unknown, diags)
			}
		})
	}
}

// TestSettings_bad refuses what cannot be right, wherever it comes from, at the
// argument, with the place it came from, and without the value of a secret.
func TestSettings_bad(t *testing.T) {
	for i, tt := range []struct{ name, value, words string }{
		{"access_token", "EAA\nsecret", "access token"},
		{"access_token", "EAA secret", "access token"},
		{"app_id", "my-app", "digits only"},
		{"app_secret", " secret", "app secret"},
		{"api_version", "25", "v25.0"},
		{"api_version", "v25", "v25.0"},
		{"api_version", "latest", "v25.0"},
		{"api_version", "v20.0", "v21.0"},
		{"base_url", "graph.facebook.com", "with its scheme"},
		{"base_url", "ftp://graph.facebook.com", "with its scheme"},
		{"base_url", "http://graph.facebook.com", "in the clear"},
		{"base_url", "http://10.0.0.1:8080", "in the clear"},
		{"base_url", "http://localhost.example.com", "in the clear"},
		{"base_url", "https://user:secret@graph.facebook.com", "no user"},
		{"base_url", "https://graph.facebook.com?access_token=secret", "query"},
		{"request_timeout", "-1s", "positive"},
		{"request_timeout", "60", "unit"},
		{"max_retries", "-1", "from 0 to 20"},
		{"max_retries", "many", "from 0 to 20"},
		{"preflight", "perhaps", "neither true nor false"},
	} {
		t.Run(fmt.Sprint(i, " ", tt.name), func(t *testing.T) {
			env := "WHATSAPP_" + strings.ToUpper(tt.name)
			_, _, diags := resolve(t.Context(), block(t, nil), func(name string) string {
				if name == env {
					return tt.value
				}
				return ""
			})
			if len(diags) != 1 {
				t.Fatalf("%d diagnostics: %v", len(diags), diags)
			}
			text := diags[0].Summary() + ": " + diags[0].Detail()
			if !strings.Contains(text, tt.words) || !strings.Contains(text, env) || strings.Contains(text, "secret@") ||
				strings.Contains(text, "EAA") || strings.Contains(text, "=secret") {
				t.Error(text)
			}
		})
	}
}

// TestSettings_loopback accepts plain http towards this machine.
func TestSettings_loopback(t *testing.T) {
	for _, url := range []string{"http://127.0.0.1:8080", "http://127.1.2.3", "http://[::1]:8080", "http://localhost:8080"} {
		if err := baseURL(url); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
}

// TestOutdated warns of a version that Meta has ended.
func TestOutdated(t *testing.T) {
	day := func(s string) time.Time {
		at, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, tt := range []struct {
		version, day string
		warns        bool
	}{
		{"v21.0", "2027-01-20", false},
		{"v21.0", "2027-01-22", true},
		{"v25.0", "2026-11-22", false},
		{"v99.0", "2026-11-22", false},
	} {
		diags := outdated(tt.version, day(tt.day))
		if (len(diags) == 1) != tt.warns {
			t.Errorf("%s on %s: %v", tt.version, tt.day, diags)
		}
		if tt.warns && !strings.Contains(diags[0].Detail(), "2027-01-21") {
			t.Errorf("the day is missing: %s", diags[0].Detail())
		}
	}
}

// TestUserAgent names provider, engine and what the user adds.
func TestUserAgent(t *testing.T) {
	if got := userAgent("1.2.3", "1.11.4", " ci/7 "); got != "Terraform/1.11.4 (+https://www.terraform.io) terraform-provider-whatsapp/1.2.3 ci/7" {
		t.Error(got)
	}
	if got := userAgent("1.2.3", "1.11.4", ""); strings.HasSuffix(got, " ") {
		t.Errorf("%q", got)
	}
}
