package tf_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// lamp is a made-up thing to manage.
type lamp struct {
	ID       types.String   `tfsdk:"id"`
	Colour   types.String   `tfsdk:"colour"`
	Key      types.String   `tfsdk:"key"`
	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// bench is the place of one resource in a test: what Terraform would hand it.
type bench struct {
	t        *testing.T
	res      tf.Resource[lamp]
	schema   schema.Schema
	identity identityschema.Schema
}

// newBench sets a lifecycle up with the clients that the provider would hand
// over, nil for a provider that is not configured.
func newBench(t *testing.T, clients *tf.Clients, life tf.Lifecycle[lamp]) *bench {
	t.Helper()
	life.Noun = "lamp"
	b := &bench{
		t: t,
		schema: schema.Schema{Attributes: map[string]schema.Attribute{
			"id":       schema.StringAttribute{Computed: true},
			"colour":   schema.StringAttribute{Required: true},
			"key":      schema.StringAttribute{Optional: true, WriteOnly: true},
			"timeouts": tf.Timeouts(t.Context()),
		}},
		identity: identityschema.Schema{Attributes: map[string]identityschema.Attribute{
			"id": identityschema.StringAttribute{RequiredForImport: true},
		}},
	}
	b.res.Define("lamp", life)
	if clients != nil {
		var resp resource.ConfigureResponse
		b.res.Configure(t.Context(), resource.ConfigureRequest{ProviderData: clients}, &resp)
		if resp.Diagnostics.HasError() {
			t.Fatal(resp.Diagnostics)
		}
	}
	return b
}

// lampValue is a lamp as Terraform sends it. What is not given is null.
func (b *bench) lampValue(given map[string]string) tftypes.Value {
	object := b.schema.Type().TerraformType(b.t.Context()).(tftypes.Object)
	all := map[string]tftypes.Value{}
	for name, kind := range object.AttributeTypes {
		all[name] = tftypes.NewValue(kind, nil)
		if s, ok := given[name]; ok {
			all[name] = tftypes.NewValue(kind, s)
		}
	}
	limits, limited := map[string]tftypes.Value{}, false
	kind := object.AttributeTypes["timeouts"].(tftypes.Object)
	for name, text := range kind.AttributeTypes {
		limits[name] = tftypes.NewValue(text, nil)
		if s, ok := given["timeouts."+name]; ok {
			limits[name], limited = tftypes.NewValue(text, s), true
		}
	}
	if limited {
		all["timeouts"] = tftypes.NewValue(kind, limits)
	}
	return tftypes.NewValue(object, all)
}

func (b *bench) state(given map[string]string) tfsdk.State {
	return tfsdk.State{Raw: b.lampValue(given), Schema: b.schema}
}

func (b *bench) nothing() tfsdk.State {
	return tfsdk.State{Raw: tftypes.NewValue(b.schema.Type().TerraformType(b.t.Context()), nil), Schema: b.schema}
}

func (b *bench) unidentified() *tfsdk.ResourceIdentity {
	return &tfsdk.ResourceIdentity{Raw: tftypes.NewValue(b.identity.Type().TerraformType(b.t.Context()), nil), Schema: b.identity}
}

// outcome is what Terraform would be told of an operation.
type outcome struct {
	Lamp     map[string]string // nil when there is none in the state
	Identity string
	Said     []string // "error at colour: summary: detail"
}

// outcome collects it.
func (b *bench) outcome(state tfsdk.State, identity *tfsdk.ResourceIdentity, diags diag.Diagnostics) outcome {
	b.t.Helper()
	o := outcome{Said: said(diags)}
	if !state.Raw.IsNull() {
		o.Lamp = map[string]string{}
		for _, name := range []string{"id", "colour"} {
			var s types.String
			if diags := state.GetAttribute(b.t.Context(), path.Root(name), &s); diags.HasError() {
				b.t.Fatal(diags)
			}
			o.Lamp[name] = s.ValueString()
		}
	}
	if identity != nil && !identity.Raw.IsNull() {
		var s types.String
		if diags := identity.GetAttribute(b.t.Context(), path.Root("id"), &s); diags.HasError() {
			b.t.Fatal(diags)
		}
		o.Identity = s.ValueString()
	}
	return o
}

// said is diagnostics as lines of text.
func said(diags diag.Diagnostics) []string {
	var lines []string
	for _, d := range diags {
		line := strings.ToLower(d.Severity().String())
		if at, ok := d.(diag.DiagnosticWithPath); ok && len(at.Path().Steps()) > 0 {
			line += " at " + at.Path().String()
		}
		lines = append(lines, line+": "+d.Summary()+": "+d.Detail())
	}
	return lines
}

func (b *bench) create(given map[string]string) outcome {
	b.t.Helper()
	resp := resource.CreateResponse{State: b.nothing(), Identity: b.unidentified()}
	planned := map[string]string{"colour": given["colour"]}
	for name, s := range given {
		if strings.HasPrefix(name, "timeouts.") {
			planned[name] = s
		}
	}
	b.res.Create(b.t.Context(), resource.CreateRequest{
		Plan:   tfsdk.Plan{Raw: b.lampValue(planned), Schema: b.schema},
		Config: tfsdk.Config{Raw: b.lampValue(given), Schema: b.schema},
	}, &resp)
	return b.outcome(resp.State, resp.Identity, resp.Diagnostics)
}

func (b *bench) read(state map[string]string) outcome {
	b.t.Helper()
	resp := resource.ReadResponse{State: b.state(state), Identity: b.unidentified()}
	b.res.Read(b.t.Context(), resource.ReadRequest{State: b.state(state)}, &resp)
	return b.outcome(resp.State, resp.Identity, resp.Diagnostics)
}

func (b *bench) update(prior, given map[string]string) outcome {
	b.t.Helper()
	resp := resource.UpdateResponse{State: b.state(prior), Identity: b.unidentified()}
	planned := map[string]string{}
	for name, s := range given {
		if name != "key" {
			planned[name] = s
		}
	}
	b.res.Update(b.t.Context(), resource.UpdateRequest{
		State:  b.state(prior),
		Plan:   tfsdk.Plan{Raw: b.lampValue(planned), Schema: b.schema},
		Config: tfsdk.Config{Raw: b.lampValue(given), Schema: b.schema},
	}, &resp)
	return b.outcome(resp.State, resp.Identity, resp.Diagnostics)
}

func (b *bench) delete(state map[string]string) outcome {
	b.t.Helper()
	resp := resource.DeleteResponse{State: b.state(state), Identity: b.unidentified()}
	b.res.Delete(b.t.Context(), resource.DeleteRequest{State: b.state(state)}, &resp)
	return b.outcome(resp.State, resp.Identity, resp.Diagnostics)
}

func (b *bench) want(want, got outcome) {
	b.t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		b.t.Errorf("(-want +got):\n%s", diff)
	}
}

// red is a lamp that exists.
var red = map[string]string{"id": "7", "colour": "red"}

// TestResource_create stores what was made, with its identity, and hands the
// values over that the plan does not have.
func TestResource_create(t *testing.T) {
	key := ""
	b := newBench(t, new(tf.Clients), tf.Lifecycle[lamp]{
		Secrets: func(config lamp, m *lamp) { m.Key = config.Key },
		Create: func(ctx context.Context, m *lamp) error {
			key, m.ID, m.Key = m.Key.ValueString(), types.StringValue("7"), types.StringNull()
			tf.Warn(ctx, "Bright", "Do not look into it.")
			return nil
		},
	})
	b.want(outcome{Lamp: red, Identity: "7", Said: []string{"warning: Bright: Do not look into it."}},
		b.create(map[string]string{"colour": "red", "key": "k"}))
	if key != "k" {
		t.Errorf("Create got the key %q", key)
	}
}

// TestResource_createFails keeps nothing of what was made by half, and tells what
// had been worth saying before the error.
func TestResource_createFails(t *testing.T) {
	b := newBench(t, new(tf.Clients), tf.Lifecycle[lamp]{
		Create: func(ctx context.Context, m *lamp) error {
			m.ID = types.StringValue("7")
			tf.Warn(ctx, "Bright", "Do not look into it.")
			return errors.New("no socket")
		},
	})
	b.want(outcome{Said: []string{"error: Could not create the lamp: no socket", "warning: Bright: Do not look into it."}},
		b.create(map[string]string{"colour": "red"}))
}

// TestResource_read brings the state up to date, or leaves it as it was when the
// thing could not be read, whatever was found before that.
func TestResource_read(t *testing.T) {
	var problem error
	b := newBench(t, new(tf.Clients), tf.Lifecycle[lamp]{
		Read: func(_ context.Context, m *lamp) error {
			m.Colour = types.StringValue("blue")
			return problem
		},
	})
	b.want(outcome{Lamp: map[string]string{"id": "7", "colour": "blue"}, Identity: "7"}, b.read(red))
	problem = &api.Error{Kind: api.NotFound, Call: "GET /{lamp-id}", Message: "no such lamp"}
	b.want(outcome{Lamp: red, Identity: "7", Said: []string{"error: Could not read the lamp: no such lamp\n\n" + unsure + "\n\nGET /{lamp-id}"}}, b.read(red))
}

// TestResource_readLearns takes a changed identity over from what was read.
func TestResource_readLearns(t *testing.T) {
	b := newBench(t, new(tf.Clients), tf.Lifecycle[lamp]{
		Read: func(_ context.Context, m *lamp) error {
			m.ID = types.StringValue("8")
			return nil
		},
	})
	b.want(outcome{Lamp: map[string]string{"id": "8", "colour": "red"}, Identity: "8"}, b.read(red))
}

// TestResource_gone removes what no longer exists, and says why. The identity is
// that of what was removed.
func TestResource_gone(t *testing.T) {
	b := newBench(t, new(tf.Clients), tf.Lifecycle[lamp]{
		Read: func(ctx context.Context, _ *lamp) error {
			tf.Warn(ctx, "Dark", "It is dark in here.")
			return tf.Gone("The lamp is gone", "Somebody took it.")
		},
	})
	b.want(outcome{Identity: "7", Said: []string{
		"warning: The lamp is gone: Somebody took it.", "warning: Dark: It is dark in here.",
	}}, b.read(red))
}

// TestResource_unknownSettings refreshes nothing while a setting of the provider
// is not known, says so once for all resources of a type, and refuses changes.
func TestResource_unknownSettings(t *testing.T) {
	never := func() error { t.Error("something was called"); return nil }
	b := newBench(t, &tf.Clients{Unknown: []string{"base_url", "access_token"}}, tf.Lifecycle[lamp]{
		Create: func(context.Context, *lamp) error { return never() },
		Read:   func(context.Context, *lamp) error { return never() },
		Update: func(context.Context, *lamp, lamp) error { return never() },
		Delete: func(context.Context, lamp) error { return never() },
	})
	const why = "The provider's base_url and access_token will be known only after apply, so the WhatsApp API cannot be asked yet."
	b.want(outcome{Lamp: red, Identity: "7", Said: []string{"warning: The lamp was not refreshed: " + why + " The plan is made from what the state says."}}, b.read(red))
	b.want(outcome{Lamp: red, Identity: "7"}, b.read(red))

	refused := []string{"error: The provider is not fully configured: " + why}
	b.want(outcome{Said: refused}, b.create(red))
	b.want(outcome{Lamp: red, Said: refused}, b.update(red, map[string]string{"id": "7", "colour": "blue"}))
	b.want(outcome{Lamp: red, Said: refused}, b.delete(red))
}

// TestResource_notConfigured keeps the state and refuses changes when Terraform
// has not configured the provider.
func TestResource_notConfigured(t *testing.T) {
	b := newBench(t, nil, tf.Lifecycle[lamp]{})
	b.want(outcome{Lamp: red, Identity: "7"}, b.read(red))
	for name, got := range map[string]outcome{"create": b.create(red), "update": b.update(red, red), "delete": b.delete(red)} {
		if len(got.Said) != 1 || !strings.HasPrefix(got.Said[0], "error: The provider is not configured") {
			t.Errorf("%s: %q", name, got.Said)
		}
	}
}

// TestResource_update stores the change when it succeeded, keeps the state when
// it failed, and stores as much as was done when it was done partly.
func TestResource_update(t *testing.T) {
	var problem error
	key, before := "", ""
	b := newBench(t, new(tf.Clients), tf.Lifecycle[lamp]{
		Secrets: func(config lamp, m *lamp) { m.Key = config.Key },
		Update: func(ctx context.Context, m *lamp, prior lamp) error {
			key, before, m.Key = m.Key.ValueString(), prior.Colour.ValueString(), types.StringNull()
			tf.Warn(ctx, "Bright", "Do not look into it.")
			return problem
		},
	})
	blue := map[string]string{"id": "7", "colour": "blue"}
	const warned = "warning: Bright: Do not look into it."
	b.want(outcome{Lamp: blue, Identity: "7", Said: []string{warned}}, b.update(red, map[string]string{"id": "7", "colour": "blue", "key": "k"}))
	if key != "k" || before != "red" {
		t.Errorf("Update got the key %q and the colour %q from before", key, before)
	}

	problem = errors.New("no ladder")
	b.want(outcome{Lamp: red, Said: []string{"error: Could not update the lamp: no ladder", warned}}, b.update(red, blue))
	problem = tf.Partly(tf.During("paint the lamp", problem))
	b.want(outcome{Lamp: blue, Identity: "7", Said: []string{"error: Could not paint the lamp: no ladder", warned}}, b.update(red, blue))
}

// TestResource_delete fails with the error and says what there is to say.
func TestResource_delete(t *testing.T) {
	var problem error
	b := newBench(t, new(tf.Clients), tf.Lifecycle[lamp]{
		Delete: func(ctx context.Context, m lamp) error {
			tf.Warn(ctx, "Off", m.ID.ValueString())
			return problem
		},
	})
	b.want(outcome{Lamp: red, Said: []string{"warning: Off: 7"}}, b.delete(red))
	problem = errors.New("still hot")
	b.want(outcome{Lamp: red, Said: []string{"error: Could not delete the lamp: still hot", "warning: Off: 7"}}, b.delete(red))
}

// TestResource_timeouts gives each operation the time that the configuration
// says, and five minutes without one.
func TestResource_timeouts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var left time.Duration
		look := func(ctx context.Context) error {
			end, _ := ctx.Deadline()
			left = time.Until(end)
			return nil
		}
		life := tf.Lifecycle[lamp]{
			Create: func(ctx context.Context, m *lamp) error { m.ID = types.StringValue("7"); return look(ctx) },
			Read:   func(ctx context.Context, _ *lamp) error { return look(ctx) },
			Update: func(ctx context.Context, _ *lamp, _ lamp) error { return look(ctx) },
			Delete: func(ctx context.Context, _ lamp) error { return look(ctx) },
		}
		limited := map[string]string{"id": "7", "colour": "red", "timeouts.create": "1m", "timeouts.update": "2m", "timeouts.delete": "3m"}
		const usual = 5 * time.Minute
		check := func(what string, want time.Duration, got outcome) {
			t.Helper()
			if left != want || len(got.Said) > 0 {
				t.Errorf("%s has %v, want %v: %q", what, left, want, got.Said)
			}
		}
		// Without a function that tells them, timeouts are those of everybody.
		b := newBench(t, new(tf.Clients), life)
		check("create", usual, b.create(limited))
		check("delete", usual, b.delete(limited))

		life.Timeouts = func(m lamp) timeouts.Value { return m.Timeouts }
		b = newBench(t, new(tf.Clients), life)
		check("create", time.Minute, b.create(limited))
		check("read", usual, b.read(limited))
		check("update", 2*time.Minute, b.update(red, limited))
		check("delete", 3*time.Minute, b.delete(limited))
		check("create without one", usual, b.create(red))
		check("update without one", usual, b.update(limited, red))
		check("delete without one", usual, b.delete(red))
	})
}

// TestResource_blame shows an error of the API at the attribute that the resource
// names for it, and any other error at none.
func TestResource_blame(t *testing.T) {
	var problem error
	b := newBench(t, new(tf.Clients), tf.Lifecycle[lamp]{
		Create: func(context.Context, *lamp) error { return problem },
		Blame: func(m lamp, err *api.Error) string {
			if err.Code == 1 && m.Colour.ValueString() == "red" {
				return "colour"
			}
			return ""
		},
	})
	for want, err := range map[string]error{
		"error at colour: Could not create the lamp: ":       &api.Error{Code: 1},
		"error at colour: Could not paint the lamp: ":        tf.During("paint the lamp", &api.Error{Code: 1}),
		"error: Could not create the lamp: ":                 &api.Error{Code: 2},
		"error: Could not create the lamp: no socket":        errors.New("no socket"),
		"error at id: The lamp is broken: Buy another one.":  &tf.Problem{Attribute: "id", Summary: "The lamp is broken", Detail: "Buy another one."},
		"error: The lamp is very broken: Buy another house.": tf.During("x", &tf.Problem{Summary: "The lamp is very broken", Detail: "Buy another house."}),
	} {
		problem = err
		if got := b.create(red); len(got.Said) != 1 || !strings.HasPrefix(got.Said[0], want) {
			t.Errorf("%q, want %q", got.Said, want)
		}
	}
}

// TestResource_metadata names the type after the provider.
func TestResource_metadata(t *testing.T) {
	b := newBench(t, nil, tf.Lifecycle[lamp]{})
	var resp resource.MetadataResponse
	b.res.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: "house"}, &resp)
	if resp.TypeName != "house_lamp" {
		t.Error(resp.TypeName)
	}
}

// TestWarn says nothing outside of an operation.
func TestWarn(t *testing.T) {
	tf.Warn(t.Context(), "Bright", "Do not look into it.")
}
