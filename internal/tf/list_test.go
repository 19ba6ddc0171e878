package tf_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/list"
	listschema "github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// desk is a made-up thing to list, by the floor it stands on.
type desk struct {
	ID     types.String `tfsdk:"id"`
	Colour types.String `tfsdk:"colour"`
	Places types.Map    `tfsdk:"places"`
}

type deskIdentity struct {
	ID types.String `tfsdk:"id"`
}

type floor struct {
	Floor types.String `tfsdk:"floor"`
}

// walk finds desks in a loop.
type walk = func(context.Context, floor, desk) iter.Seq2[tf.Found[desk], error]

// listDesks lists the desks of floor 7 with the clients that the provider would
// hand over.
func listDesks(t *testing.T, clients *tf.Clients, walk walk, limit int64, whole bool) iter.Seq[list.ListResult] {
	t.Helper()
	var l tf.ListResource[floor, desk]
	l.Define("desk", tf.Listing[floor, desk]{Noun: "desks", Walk: walk})
	if clients != nil {
		var resp resource.ConfigureResponse
		l.Configure(t.Context(), resource.ConfigureRequest{ProviderData: clients}, &resp)
		if resp.Diagnostics.HasError() {
			t.Fatal(resp.Diagnostics)
		}
	}
	floors := listschema.Schema{Attributes: map[string]listschema.Attribute{"floor": listschema.StringAttribute{Required: true}}}
	var stream list.ListResultsStream
	l.List(t.Context(), list.ListRequest{
		Config: tfsdk.Config{Schema: floors, Raw: tftypes.NewValue(floors.Type().TerraformType(t.Context()), map[string]tftypes.Value{
			"floor": tftypes.NewValue(tftypes.String, "7"),
		})},
		Limit: limit, IncludeResource: whole,
		ResourceSchema: schema.Schema{Attributes: map[string]schema.Attribute{
			"id": schema.StringAttribute{Computed: true}, "colour": schema.StringAttribute{Required: true},
			"places": schema.MapAttribute{Optional: true, ElementType: types.Int64Type},
		}},
		ResourceIdentitySchema: identityschema.Schema{Attributes: map[string]identityschema.Attribute{
			"id": identityschema.StringAttribute{RequiredForImport: true},
		}},
	}, &stream)
	return stream.Results
}

// lines are results as text: name, identity and colour, or what was said.
func lines(t *testing.T, results iter.Seq[list.ListResult]) []string {
	t.Helper()
	var all []string
	for r := range results {
		all = append(all, said(r.Diagnostics)...)
		if r.Identity == nil {
			continue
		}
		var id, colour types.String
		diags := r.Identity.GetAttribute(t.Context(), path.Root("id"), &id)
		diags.Append(r.Resource.GetAttribute(t.Context(), path.Root("colour"), &colour)...)
		if diags.HasError() {
			t.Fatal(diags)
		}
		all = append(all, fmt.Sprintf("%s %s %s", r.DisplayName, id, colour))
	}
	return all
}

// found is the n-th desk.
func found(f floor, blank desk, n int) tf.Found[desk] {
	blank.ID = types.StringValue(fmt.Sprintf("%s-%d", f.Floor.ValueString(), n))
	blank.Colour = types.StringValue("red")
	return tf.Found[desk]{Name: fmt.Sprintf("desk %d", n), Identity: deskIdentity{blank.ID}, State: blank}
}

// endless finds more desks than anybody wants, and counts how many were asked for.
func endless(asked *int) walk {
	return func(_ context.Context, f floor, blank desk) iter.Seq2[tf.Found[desk], error] {
		return func(yield func(tf.Found[desk], error) bool) {
			for n := 1; n <= 100; n++ {
				*asked++
				if !yield(found(f, blank, n), nil) {
					return
				}
			}
		}
	}
}

// TestListResource gives every result its name and identity, and its state when it is
// asked for.
func TestListResource(t *testing.T) {
	asked := 0
	for whole, want := range map[bool][]string{
		true:  {`desk 1 "7-1" "red"`, `desk 2 "7-2" "red"`},
		false: {`desk 1 "7-1" <null>`, `desk 2 "7-2" <null>`},
	} {
		if diff := cmp.Diff(want, lines(t, listDesks(t, new(tf.Clients), endless(&asked), 2, whole))); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// TestListResource_asksNoMoreThanTaken looks for a result when the one before it was taken,
// and for none beyond the limit.
func TestListResource_asksNoMoreThanTaken(t *testing.T) {
	asked := 0
	results := listDesks(t, new(tf.Clients), endless(&asked), 3, false)
	if asked != 0 {
		t.Errorf("%d were asked for before Terraform took one", asked)
	}
	taken := 0
	for range results {
		if taken++; asked != taken {
			t.Errorf("%d were asked for, %d taken", asked, taken)
		}
	}
	if taken != 3 || asked != 3 {
		t.Errorf("%d taken, %d asked for", taken, asked)
	}
	asked = 0
	for range listDesks(t, new(tf.Clients), endless(&asked), 3, false) {
		break
	}
	if asked != 1 {
		t.Errorf("%d were asked for though Terraform left after the first", asked)
	}
}

// TestListResource_breaks has an error in the middle end the stream, as a result, and a
// warning go before what follows it, neither counted as one.
func TestListResource_breaks(t *testing.T) {
	walk := func(ctx context.Context, f floor, blank desk) iter.Seq2[tf.Found[desk], error] {
		return func(yield func(tf.Found[desk], error) bool) {
			tf.Warn(ctx, "One desk is missing", "Look for it.")
			if yield(found(f, blank, 1), nil) && yield(found(f, blank, 2), nil) {
				tf.Warn(ctx, "It is dark", "Take a lamp.")
				yield(tf.Found[desk]{}, errors.New("the light went out"))
			}
		}
	}
	warned := "warning: One desk is missing: Look for it."
	for limit, want := range map[int64][]string{
		0: {
			warned, `desk 1 "7-1" <null>`, `desk 2 "7-2" <null>`, "warning: It is dark: Take a lamp.",
			"error: Could not list the desks: the light went out",
		},
		2: {warned, `desk 1 "7-1" <null>`, `desk 2 "7-2" <null>`},
	} {
		if diff := cmp.Diff(want, lines(t, listDesks(t, new(tf.Clients), walk, limit, false))); diff != "" {
			t.Errorf("limit %d (-want +got):\n%s", limit, diff)
		}
	}
}

// TestListResource_lastWarning is told when nothing follows it.
func TestListResource_lastWarning(t *testing.T) {
	walk := func(ctx context.Context, _ floor, _ desk) iter.Seq2[tf.Found[desk], error] {
		return func(func(tf.Found[desk], error) bool) { tf.Warn(ctx, "It is empty", "Buy a desk.") }
	}
	if diff := cmp.Diff([]string{"warning: It is empty: Buy a desk."}, lines(t, listDesks(t, new(tf.Clients), walk, 0, false))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestListResource_cannot says why in a result where nothing can be asked.
func TestListResource_cannot(t *testing.T) {
	for want, clients := range map[string]*tf.Clients{
		"error: The desks cannot be listed yet: The provider's base_url will be known only after apply, so the WhatsApp API cannot be asked yet.":        {Unknown: []string{"base_url"}},
		"error: The provider is not configured: Terraform asked for a list before it configured the whatsapp provider. This is a bug; please report it.": nil,
	} {
		asked := 0
		if diff := cmp.Diff([]string{want}, lines(t, listDesks(t, clients, endless(&asked), 0, false))); diff != "" || asked != 0 {
			t.Errorf("%d asked for, (-want +got):\n%s", asked, diff)
		}
	}
}

// TestListResource_time gives a listing an hour, from when it is begun.
func TestListResource_time(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		results := listDesks(t, new(tf.Clients), func(ctx context.Context, _ floor, _ desk) iter.Seq2[tf.Found[desk], error] {
			if end, _ := ctx.Deadline(); time.Until(end) != time.Hour {
				t.Errorf("there are %v", time.Until(end))
			}
			return func(func(tf.Found[desk], error) bool) {}
		}, 0, false)
		time.Sleep(time.Minute)
		lines(t, results)
	})
}
