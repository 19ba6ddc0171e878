package tf_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// room is a made-up thing to look up.
type room struct {
	Number types.String `tfsdk:"number"`
	Colour types.String `tfsdk:"colour"`
}

// lookUp reads room 7 with the clients that the provider would hand over, and
// returns its colour as it is in the state, "" for none, and what was said.
func lookUp(t *testing.T, clients *tf.Clients, lookup tf.Lookup[room]) (string, []string) {
	t.Helper()
	lookup.Noun = "room"
	var d tf.DataSource[room]
	d.Define("room", lookup)
	if clients != nil {
		var resp datasource.ConfigureResponse
		d.Configure(t.Context(), datasource.ConfigureRequest{ProviderData: clients}, &resp)
		if resp.Diagnostics.HasError() {
			t.Fatal(resp.Diagnostics)
		}
	}
	rooms := schema.Schema{Attributes: map[string]schema.Attribute{
		"number": schema.StringAttribute{Required: true}, "colour": schema.StringAttribute{Computed: true},
	}}
	kind := rooms.Type().TerraformType(t.Context())
	resp := datasource.ReadResponse{State: tfsdk.State{Schema: rooms, Raw: tftypes.NewValue(kind, nil)}}
	d.Read(t.Context(), datasource.ReadRequest{Config: tfsdk.Config{Schema: rooms, Raw: tftypes.NewValue(kind, map[string]tftypes.Value{
		"number": tftypes.NewValue(tftypes.String, "7"), "colour": tftypes.NewValue(tftypes.String, nil),
	})}}, &resp)
	if resp.State.Raw.IsNull() {
		return "", said(resp.Diagnostics)
	}
	var colour types.String
	if diags := resp.State.GetAttribute(t.Context(), path.Root("colour"), &colour); diags.HasError() {
		t.Fatal(diags)
	}
	return colour.ValueString(), said(resp.Diagnostics)
}

// TestDataSource completes what the configuration holds, within the usual time.
func TestDataSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		colour, lines := lookUp(t, new(tf.Clients), tf.Lookup[room]{Read: func(ctx context.Context, m *room) error {
			end, _ := ctx.Deadline()
			if left := time.Until(end); left != 5*time.Minute {
				t.Errorf("there are %v", left)
			}
			m.Colour = types.StringValue("the colour of room " + m.Number.ValueString())
			return nil
		}})
		if colour != "the colour of room 7" || lines != nil {
			t.Errorf("%s, %q", colour, lines)
		}
	})
}

// TestDataSource_warns passes on what the lookup has to say, with an error and without.
func TestDataSource_warns(t *testing.T) {
	for _, fails := range []error{nil, errors.New("locked")} {
		_, lines := lookUp(t, new(tf.Clients), tf.Lookup[room]{Read: func(ctx context.Context, _ *room) error {
			tf.Warn(ctx, "It is dark", "Take a lamp.")
			return fails
		}})
		if want := "warning: It is dark: Take a lamp."; len(lines) == 0 || lines[0] != want {
			t.Errorf("%v: %q", fails, lines)
		}
	}
}

// TestDataSource_fails keeps nothing, and shows the error at the attribute that
// the lookup names, if any.
func TestDataSource_fails(t *testing.T) {
	fail := func(_ context.Context, m *room) error {
		m.Colour = types.StringValue("half red")
		return errors.New("locked")
	}
	for at, want := range map[string]string{
		"":       "error: Could not look up the room: locked",
		"number": "error at number: Could not look up the room: locked",
	} {
		colour, lines := lookUp(t, new(tf.Clients), tf.Lookup[room]{At: at, Read: fail})
		if diff := cmp.Diff([]string{want}, lines); diff != "" || colour != "" {
			t.Errorf("%q, (-want +got):\n%s", colour, diff)
		}
	}
}

// TestDataSource_unknownSettings looks nothing up while a setting of the provider
// is not known, and says how to have it looked up later.
func TestDataSource_unknownSettings(t *testing.T) {
	colour, lines := lookUp(t, &tf.Clients{Unknown: []string{"base_url"}}, tf.Lookup[room]{Read: func(context.Context, *room) error {
		t.Error("it was looked up")
		return nil
	}})
	want := []string{"error: The room cannot be looked up yet: The provider's base_url will be known only after apply, so the WhatsApp API cannot be asked yet. " +
		"Give the data source a depends_on for what makes the setting, so that it is read during apply."}
	if diff := cmp.Diff(want, lines); diff != "" || colour != "" {
		t.Errorf("%q, (-want +got):\n%s", colour, diff)
	}
}
