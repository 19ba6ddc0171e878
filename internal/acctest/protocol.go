package acctest

import (
	"context"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/provider"
)

// Protocol drives the provider in this process, without a Terraform program: for
// what only newer engines know, such as identity, and for tests of thousands of
// operations. One Protocol is one run of the provider, as Terraform has one for the
// plan and another for the apply.
//
// The methods of this file fail the test on an error. Those of protocol_try.go
// hand it out instead.
type Protocol struct {
	t      testing.TB
	server tfprotov6.ProviderServer
	ctx    context.Context //nolint:containedctx // has the log of the world, for all calls
}

// Object is a resource as it goes over the protocol.
type Object struct {
	State    *tfprotov6.DynamicValue
	Identity *tfprotov6.ResourceIdentityData
	Private  []byte
	Warnings []*tfprotov6.Diagnostic
}

// schemas are those of everything that the provider offers. They hang on no
// setting, so that they are asked for once.
var schemas = sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
	return providerserver.NewProtocol6(provider.New("test"))().
		GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
})

// identities are the types of the identities of all resources.
var identities = sync.OnceValues(func() (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return providerserver.NewProtocol6(provider.New("test"))().
		GetResourceIdentitySchemas(context.Background(), &tfprotov6.GetResourceIdentitySchemasRequest{})
})

// Protocol returns the provider, configured for the world.
func (w *World) Protocol() *Protocol {
	w.t.Helper()
	w.driven = true
	p := &Protocol{t: w.t, server: w.Provider(), ctx: w.log.context()}
	configured, err := p.server.ConfigureProvider(p.ctx, &tfprotov6.ConfigureProviderRequest{
		TerraformVersion: "1.14.0", Config: p.encode(p.schemas().Provider, nil),
	})
	p.check(err, configured.Diagnostics)
	return p
}

// Import imports by id, or by identity when there is one, and reads what it got,
// as Terraform does.
func (p *Protocol) Import(name, id string, identity map[string]string) *Object {
	p.t.Helper()
	return p.must(p.TryImport(name, id, identity))
}

// Read refreshes an object. Its State is null when the object is gone.
func (p *Protocol) Read(name string, o *Object) *Object {
	p.t.Helper()
	return p.must(p.TryRead(name, o))
}

// Create plans and applies a new object.
func (p *Protocol) Create(name string, config map[string]string) *Object {
	p.t.Helper()
	given := Attributes{}
	for attribute, text := range config {
		given[attribute] = text
	}
	return p.Change(name, nil, given)
}

// Change plans and applies a change of an object that may not fail. A nil object is
// one that is to be created, nil arguments stand for its end.
func (p *Protocol) Change(name string, o *Object, config Attributes) *Object {
	p.t.Helper()
	plan := p.Plan(name, o, config)
	p.must(&Reply{Diagnostics: plan.Diagnostics})
	return p.must(p.Apply(plan))
}

// Values returns the attributes of an object's state that are known texts, nil
// when the object is gone.
func (p *Protocol) Values(name string, o *Object) map[string]string {
	p.t.Helper()
	return p.decode(p.schemas().ResourceSchemas[name].ValueType(), o.State)
}

// Identity returns the attributes of an object's identity.
func (p *Protocol) Identity(name string, o *Object) map[string]string {
	p.t.Helper()
	if o.Identity == nil {
		return nil
	}
	return p.decode(p.identity(name), o.Identity.IdentityData)
}

// decode returns the known texts of an object, nil for null.
func (p *Protocol) decode(kind tftypes.Type, value *tfprotov6.DynamicValue) map[string]string {
	p.t.Helper()
	all := map[string]string{}
	attributes := p.attributes(kind, value)
	if attributes == nil {
		return nil
	}
	for name, a := range attributes {
		var s string
		if a.Type().Is(tftypes.String) && a.IsKnown() && !a.IsNull() && a.As(&s) == nil {
			all[name] = s
		}
	}
	return all
}

// attributes takes an object apart, and returns nil for null.
func (p *Protocol) attributes(kind tftypes.Type, value *tfprotov6.DynamicValue) map[string]tftypes.Value {
	p.t.Helper()
	v, err := value.Unmarshal(kind)
	p.check(err, nil)
	if v.IsNull() {
		return nil
	}
	var attributes map[string]tftypes.Value
	p.check(v.As(&attributes), nil)
	return attributes
}

func (p *Protocol) schemas() *tfprotov6.GetProviderSchemaResponse {
	p.t.Helper()
	all, err := schemas()
	p.check(err, nil)
	return all
}

// identity returns the type of a resource's identity.
func (p *Protocol) identity(name string) tftypes.Type {
	p.t.Helper()
	all, err := identities()
	p.check(err, nil)
	return all.IdentitySchemas[name].ValueType()
}

// must ends the test if there is an error, and returns the object.
func (p *Protocol) must(r *Reply) *Object {
	p.t.Helper()
	for _, d := range r.Errors() {
		p.t.Fatalf("%s: %s", d.Summary, d.Detail)
	}
	return r.Object
}

// check ends the test on an error.
func (p *Protocol) check(err error, diags []*tfprotov6.Diagnostic) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
	p.must(&Reply{Diagnostics: told(diags)})
}
