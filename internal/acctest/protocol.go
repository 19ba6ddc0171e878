package acctest

import (
	"context"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Protocol drives the provider in this process, without a Terraform program: for
// what only newer engines know, such as identity.
type Protocol struct {
	t      testing.TB
	server tfprotov6.ProviderServer
	types  map[string]tftypes.Type // of resources
	ids    map[string]tftypes.Type // of their identities
}

// Object is a resource as it goes over the protocol.
type Object struct {
	State    *tfprotov6.DynamicValue
	Identity *tfprotov6.ResourceIdentityData
	Private  []byte
	Warnings []*tfprotov6.Diagnostic
}

// Protocol returns the provider, configured for the world.
func (w *World) Protocol() *Protocol {
	w.t.Helper()
	p := &Protocol{t: w.t, server: w.Provider(), types: map[string]tftypes.Type{}, ids: map[string]tftypes.Type{}}
	ctx := context.Background()
	schemas, err := p.server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	p.check(err, nil)
	for name, schema := range schemas.ResourceSchemas {
		p.types[name] = schema.ValueType()
	}
	identities, err := p.server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	p.check(err, nil)
	for name, schema := range identities.IdentitySchemas {
		p.ids[name] = schema.ValueType()
	}
	configured, err := p.server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.0", Config: p.encode(schemas.Provider.ValueType(), nil),
	})
	p.check(err, configured.Diagnostics)
	return p
}

// Import imports by id, or by identity when there is one, and reads what it got,
// as Terraform does.
func (p *Protocol) Import(name, id string, identity map[string]string) *Object {
	p.t.Helper()
	req := &tfprotov6.ImportResourceStateRequest{TypeName: name, ID: id}
	if identity != nil {
		data := p.encode(p.ids[name], texts(identity))
		req.Identity = &tfprotov6.ResourceIdentityData{IdentityData: data}
	}
	got, err := p.server.ImportResourceState(context.Background(), req)
	p.check(err, got.Diagnostics)
	if len(got.ImportedResources) != 1 {
		p.t.Fatalf("%d resources were imported", len(got.ImportedResources))
	}
	one := got.ImportedResources[0]
	return p.Read(name, &Object{State: one.State, Identity: one.Identity, Private: one.Private})
}

// Read refreshes an object. Its State is null when the object is gone.
func (p *Protocol) Read(name string, o *Object) *Object {
	p.t.Helper()
	got, err := p.server.ReadResource(context.Background(), &tfprotov6.ReadResourceRequest{
		TypeName: name, CurrentState: o.State, CurrentIdentity: o.Identity, Private: o.Private,
	})
	p.check(err, got.Diagnostics)
	return &Object{State: got.NewState, Identity: got.NewIdentity, Private: got.Private, Warnings: got.Diagnostics}
}

// Create plans and applies a new object.
func (p *Protocol) Create(name string, config map[string]string) *Object {
	p.t.Helper()
	ctx, kind := context.Background(), p.types[name]
	null, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, nil))
	p.check(err, nil)
	given := p.encode(kind, texts(config))
	plan, err := p.server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{
		TypeName: name, PriorState: &null, ProposedNewState: given, Config: given,
	})
	p.check(err, plan.Diagnostics)
	got, err := p.server.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: name, PriorState: &null, PlannedState: plan.PlannedState, Config: given,
		PlannedPrivate: plan.PlannedPrivate, PlannedIdentity: plan.PlannedIdentity,
	})
	p.check(err, got.Diagnostics)
	return &Object{State: got.NewState, Identity: got.NewIdentity, Private: got.Private, Warnings: got.Diagnostics}
}

// Values returns the attributes of an object's state that are known texts, nil
// when the object is gone.
func (p *Protocol) Values(name string, o *Object) map[string]string {
	p.t.Helper()
	return p.decode(p.types[name], o.State)
}

// Identity returns the attributes of an object's identity.
func (p *Protocol) Identity(name string, o *Object) map[string]string {
	p.t.Helper()
	if o.Identity == nil {
		return nil
	}
	return p.decode(p.ids[name], o.Identity.IdentityData)
}

// encode makes a value of the attributes given; all others are null.
func (p *Protocol) encode(kind tftypes.Type, attributes map[string]tftypes.Value) *tfprotov6.DynamicValue {
	p.t.Helper()
	object, ok := kind.(tftypes.Object)
	if !ok {
		p.t.Fatalf("no object: %s", kind)
	}
	all := map[string]tftypes.Value{}
	for name, t := range object.AttributeTypes {
		all[name] = tftypes.NewValue(t, nil)
	}
	maps.Copy(all, attributes)
	value, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, all))
	p.check(err, nil)
	return &value
}

// decode is the other way round.
func (p *Protocol) decode(kind tftypes.Type, value *tfprotov6.DynamicValue) map[string]string {
	p.t.Helper()
	v, err := value.Unmarshal(kind)
	p.check(err, nil)
	if v.IsNull() {
		return nil
	}
	var attributes map[string]tftypes.Value
	p.check(v.As(&attributes), nil)
	all := map[string]string{}
	for name, a := range attributes {
		var s string
		if a.Type().Is(tftypes.String) && a.IsKnown() && !a.IsNull() && a.As(&s) == nil {
			all[name] = s
		}
	}
	return all
}

// check ends the test on an error.
func (p *Protocol) check(err error, diags []*tfprotov6.Diagnostic) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
	for _, d := range diags {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			p.t.Fatalf("%s: %s", d.Summary, d.Detail)
		}
	}
}

// texts makes protocol values of texts.
func texts(values map[string]string) map[string]tftypes.Value {
	all := map[string]tftypes.Value{}
	for name, s := range values {
		all[name] = tftypes.NewValue(tftypes.String, s)
	}
	return all
}
