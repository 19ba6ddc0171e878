package provider

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/onprem"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// attributes makes the provider block of the table of settings.
func attributes() map[string]schema.Attribute {
	all := make(map[string]schema.Attribute, len(settings))
	for _, s := range settings {
		all[s.name] = s.attribute()
	}
	return all
}

// attribute is one setting in the schema. Numbers and flags are checked when
// the provider is configured, where text from the environment is checked too.
func (s setting) attribute() schema.Attribute {
	switch s.kind {
	case whole:
		return schema.Int64Attribute{Optional: true, MarkdownDescription: s.describe()}
	case flag:
		return schema.BoolAttribute{Optional: true, MarkdownDescription: s.describe()}
	}
	return schema.StringAttribute{
		Optional: true, Sensitive: s.secret, MarkdownDescription: s.describe(),
		Validators: []validator.String{tf.Valid("Invalid "+s.name, "see the description", s.check)},
	}
}

// describe is the setting's text in the docs.
func (s setting) describe() string {
	text := s.about + " Can also be set by the environment variable `" + s.env + "`."
	if s.fallback != "" {
		text += " Default: `" + s.fallback + "`."
	}
	return text
}

// check applies the rule of the setting and drops the value.
func (s setting) check(value string) error { return s.parse(new(values), value) }

// resolve takes every setting from the block, the environment or its fallback.
// unknown names those that are known only after apply.
func resolve(ctx context.Context, block tfsdk.Config, getenv func(string) string) (v values, unknown []string, diags diag.Diagnostics) {
	for _, s := range settings {
		var given attr.Value
		diags.Append(block.GetAttribute(ctx, path.Root(s.name), &given)...)
		if given != nil && given.IsUnknown() {
			unknown = append(unknown, s.name)
			continue
		}
		value, source := s.fallback, "default"
		if fromEnv := getenv(s.env); fromEnv != "" {
			value, source = fromEnv, "environment variable "+s.env
		}
		if given != nil && !given.IsNull() {
			value, source = plain(given), "provider block"
		}
		if source == "default" && value == "" {
			continue
		}
		if err := s.parse(&v, value); err != nil {
			diags.AddAttributeError(path.Root(s.name), "Invalid "+s.name, "In the "+source+": "+tf.Sentence(err))
		}
	}
	return v, unknown, diags
}

// plain is a known value as text.
func plain(v attr.Value) string {
	switch v := v.(type) {
	case types.String:
		return v.ValueString()
	case types.Int64:
		return fmt.Sprint(v.ValueInt64())
	case types.Bool:
		return fmt.Sprint(v.ValueBool())
	}
	return ""
}

// Configure makes the API client that all types share in this plan or apply.
func (p *whatsapp) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	v, unknown, diags := resolve(ctx, req.Config, p.getenv)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(outdated(v.APIVersion, time.Now())...)
	agent := userAgent(p.version, req.TerraformVersion, p.getenv("TF_APPEND_USER_AGENT"))
	client, err := graph.New(graph.Config{
		BaseURL: v.BaseURL, Version: v.APIVersion, Token: v.AccessToken, AppID: graph.AppID(v.AppID), AppSecret: v.AppSecret,
		UserAgent: agent, RequestTimeout: v.RequestTimeout, MaxRetries: v.MaxRetries,
		Tempo: p.tempo, Log: tf.Log,
	})
	if err != nil {
		resp.Diagnostics.AddError("Could not set up the API client", err.Error())
		return
	}
	clients := &tf.Clients{
		Graph: client, Tempo: p.tempo, Preflight: v.Preflight, Unknown: unknown,
		OnPremisesPassword: p.getenv("WHATSAPP_ON_PREMISES_PASSWORD"),
		OnPremises: func(c onprem.Config) (*onprem.Client, error) {
			c.UserAgent, c.RequestTimeout, c.MaxRetries, c.Tempo, c.Log = agent, v.RequestTimeout, v.MaxRetries, p.tempo, tf.Log
			return onprem.New(c)
		},
	}
	resp.ResourceData, resp.DataSourceData = clients, clients
	resp.EphemeralResourceData, resp.ListResourceData = clients, clients
	resp.ActionData = clients
}

// outdated warns of a version that Meta no longer serves: it answers with the
// oldest one that it still has, which may behave otherwise.
func outdated(version string, now time.Time) diag.Diagnostics {
	end, known := graph.VersionExpiry(version)
	if !known || now.Before(end) {
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(path.Root("api_version"), "The Graph API version has expired",
		fmt.Sprintf("Meta ended %s on %s and answers its calls with a later version. Set api_version to %s, or leave it out.", version, end.Format(time.DateOnly), graph.DefaultVersion))}
}

// userAgent names the provider, Terraform and whatever the user wants added.
func userAgent(version, terraform, more string) string {
	agent := fmt.Sprintf("Terraform/%s (+https://www.terraform.io) terraform-provider-whatsapp/%s", terraform, version)
	if more = strings.TrimSpace(more); more != "" {
		agent += " " + more
	}
	return agent
}
