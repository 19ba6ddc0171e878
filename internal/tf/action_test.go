package tf_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/action"
	actionschema "github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// invoke invokes a made-up action on floor 7 with the clients that the provider would
// hand over, and returns what it said meanwhile and in the end.
func invoke(t *testing.T, clients *tf.Clients, do func(context.Context, floor, func(string)) error) ([]string, action.InvokeResponse) {
	t.Helper()
	var a tf.Action[floor]
	a.Define("sweep", tf.Doing[floor]{
		Noun: "sweeping", Do: do,
		Writes: func(m floor) string { return m.Floor.ValueString() },
		Blame:  func(*api.Error) string { return "floor" },
	})
	if clients != nil {
		var resp action.ConfigureResponse
		a.Configure(t.Context(), action.ConfigureRequest{ProviderData: clients}, &resp)
		if resp.Diagnostics.HasError() {
			t.Fatal(resp.Diagnostics)
		}
	}
	floors := actionschema.Schema{Attributes: map[string]actionschema.Attribute{"floor": actionschema.StringAttribute{Required: true}}}
	var said []string
	resp := action.InvokeResponse{SendProgress: func(e action.InvokeProgressEvent) { said = append(said, e.Message) }}
	a.Invoke(t.Context(), action.InvokeRequest{Config: tfsdk.Config{
		Schema: floors,
		Raw: tftypes.NewValue(floors.Type().TerraformType(t.Context()), map[string]tftypes.Value{
			"floor": tftypes.NewValue(tftypes.String, "7"),
		}),
	}}, &resp)
	return said, resp
}

func TestAction_saysWhatItDoes(t *testing.T) {
	said, resp := invoke(t, new(tf.Clients), func(ctx context.Context, m floor, say func(string)) error {
		say("floor " + m.Floor.ValueString())
		tf.Warn(ctx, "Wet", "Mind the floor.")
		return nil
	})
	if len(said) != 1 || said[0] != "floor 7" || resp.Diagnostics.HasError() || resp.Diagnostics.WarningsCount() != 1 {
		t.Errorf("it said %q and ended with %v", said, resp.Diagnostics)
	}
}

func TestAction_blamesAnAttribute(t *testing.T) {
	_, resp := invoke(t, new(tf.Clients), func(context.Context, floor, func(string)) error {
		return tf.During("sweep", &api.Error{Call: "POST /broom", Message: "no broom"})
	})
	want := path.Root("floor")
	for _, d := range resp.Diagnostics {
		if at, ok := d.(interface{ Path() path.Path }); !ok || !at.Path().Equal(want) || d.Summary() != "Could not sweep" {
			t.Errorf("got %v", d)
		}
	}
	if len(resp.Diagnostics) != 1 {
		t.Errorf("got %v", resp.Diagnostics)
	}
	_, resp = invoke(t, new(tf.Clients), func(context.Context, floor, func(string)) error { return errors.New("no broom") })
	if len(resp.Diagnostics) != 1 || resp.Diagnostics[0].Summary() != "The sweeping failed" {
		t.Errorf("got %v", resp.Diagnostics)
	}
}

func TestAction_needsItsClients(t *testing.T) {
	for words, clients := range map[string]*tf.Clients{"not configured": nil, "not fully configured": {Unknown: []string{"access_token"}}} {
		_, resp := invoke(t, clients, func(context.Context, floor, func(string)) error {
			t.Error("it acted")
			return nil
		})
		if len(resp.Diagnostics) != 1 || !strings.Contains(resp.Diagnostics[0].Summary(), words) {
			t.Errorf("got %v", resp.Diagnostics)
		}
	}
}
