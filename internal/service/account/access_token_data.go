package account

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

type tokenData struct {
	tf.DataSource[tokenModel]
}

var _ datasource.DataSourceWithConfigure = (*tokenData)(nil)

// NewTokenData returns the whatsapp_access_token data source.
func NewTokenData() datasource.DataSource {
	d := new(tokenData)
	d.Define("access_token", tf.Lookup[tokenModel]{Noun: "access token", Read: d.read})
	return d
}

// tokenModel is what is known of the token. The token itself is no part of it.
type tokenModel struct {
	Valid               types.Bool      `tfsdk:"valid"`
	Problem             types.String    `tfsdk:"problem"`
	Type                types.String    `tfsdk:"type"`
	AppID               types.String    `tfsdk:"app_id"`
	AppName             types.String    `tfsdk:"app_name"`
	UserID              types.String    `tfsdk:"user_id"`
	Scopes              []string        `tfsdk:"scopes"`
	GranularScopes      []granularScope `tfsdk:"granular_scopes"`
	IssuedAt            types.String    `tfsdk:"issued_at"`
	ExpiresAt           types.String    `tfsdk:"expires_at"`
	DataAccessExpiresAt types.String    `tfsdk:"data_access_expires_at"`
}

type granularScope struct {
	Scope     types.String `tfsdk:"scope"`
	TargetIDs []string     `tfsdk:"target_ids"`
}

// fromAPI takes over what the API tells of the token.
func (m *tokenModel) fromAPI(t *graph.TokenInfo) {
	m.Valid, m.Problem, m.Type = types.BoolValue(t.Valid), tf.Text(t.Problem), tf.Text(t.Type)
	m.AppID, m.AppName, m.UserID = tf.Text(string(t.AppID)), tf.Text(t.Application), tf.Text(t.UserID)
	m.Scopes = append([]string{}, t.Scopes...)
	slices.Sort(m.Scopes)
	m.GranularScopes = []granularScope{}
	for _, g := range t.Granular {
		m.GranularScopes = append(m.GranularScopes, granularScope{tf.Text(g.Scope), g.TargetIDs})
	}
	m.IssuedAt, m.ExpiresAt, m.DataAccessExpiresAt = tf.Time(t.IssuedAt), tf.Time(t.ExpiresAt), tf.Time(t.DataAccessExpiresAt)
}

// Schema is the docs page of the data source.
func (d *tokenData) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	texts := func(about string) schema.Attribute {
		return schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: about}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Tells what the access token of the provider may do, and until when, so that a plan can fail before an apply does. The token itself is no part of it.",
		Attributes: map[string]schema.Attribute{
			"valid":    toldFlag("Whether the token can be used."),
			"problem":  told("Why it cannot, in Meta's words."),
			"type":     told("Whose token it is: `SYSTEM_USER`, `USER`, `APP` and others. One of a `USER` lasts for hours or weeks; use one of a system user."),
			"app_id":   told("The id of the app that the token was made for."),
			"app_name": told("The name of that app."),
			"user_id":  told("The id of the user or system user that the token was made for."),
			"scopes":   texts("The permissions that were granted, in alphabetical order. The provider needs `whatsapp_business_management` and `whatsapp_business_messaging`, and `business_management` to list the accounts of a business."),
			"granular_scopes": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "For which objects the permissions were granted, as far as Meta tells.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"scope":      told("The permission."),
					"target_ids": texts("The ids of the accounts and businesses that it was granted for. Null means all."),
				}},
			},
			"issued_at":              told("When the token was made, in RFC 3339. Null where Meta does not tell."),
			"expires_at":             told("When the token expires, in RFC 3339. Null means never."),
			"data_access_expires_at": told("Until when the token may read data, in RFC 3339; null means for ever. The token of a person has such a date even if it never expires."),
		},
	}
}

func (d *tokenData) read(ctx context.Context, m *tokenModel) error {
	token, err := d.Graph.Tokens.Inspect(ctx)
	if err != nil {
		return err
	}
	m.fromAPI(token)
	sayTemporary(ctx, token)
	return nil
}

// sayTemporary warns of a token that was not made for automation, or that goes blind
// before it expires.
func sayTemporary(ctx context.Context, t *graph.TokenInfo) {
	const instead = "Make a token for a system user in Business Settings, and use that."
	ends := t.DataAccessExpiresAt
	switch {
	case strings.EqualFold(t.Type, "USER"):
		until := ""
		if !ends.IsZero() {
			until = " It may read data until " + ends.Format(time.RFC3339) + ", even if it does not expire."
		}
		tf.Warn(ctx, "The access token is that of a person", "Meta says that the type of the token is "+t.Type+"."+until+
			" It ends with the person's password, rights or job. "+instead)
	case !ends.IsZero() && (t.ExpiresAt.IsZero() || ends.Before(t.ExpiresAt)):
		tf.Warn(ctx, "The access token will lose its access to data before it expires",
			"It may read data until "+ends.Format(time.RFC3339)+". From then on its calls fail, although it is not expired. "+instead)
	}
}
