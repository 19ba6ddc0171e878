package acctest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Reply is what the provider answered to an operation that may fail.
type Reply struct {
	// Object is what Terraform is handed: after a failed creation its state is null,
	// or else Terraform would keep it as tainted.
	Object      *Object
	Diagnostics []Diagnostic
}

// Errors returns the diagnostics that are errors.
func (r *Reply) Errors() []Diagnostic { return severe(r.Diagnostics, "error") }

// Warnings returns the diagnostics that are warnings.
func (r *Reply) Warnings() []Diagnostic { return severe(r.Diagnostics, "warning") }

// Gone reports whether there is no object, or one that is not there any more.
func (o *Object) Gone() bool {
	if o == nil || o.State == nil {
		return true
	}
	null, err := o.State.IsNull()
	return err == nil && null
}

// Plan is a planned change of a resource.
type Plan struct {
	Diagnostics []Diagnostic
	// Changes says that there is something to apply.
	Changes bool
	// Replaces says that Terraform would end the object and create another one.
	Replaces bool

	request *tfprotov6.PlanResourceChangeRequest
	answer  *tfprotov6.PlanResourceChangeResponse
}

// Failed reports whether planning had an error.
func (p *Plan) Failed() bool { return len(severe(p.Diagnostics, "error")) > 0 }

// Validate checks the arguments of a resource, as every plan of Terraform begins.
func (p *Protocol) Validate(name string, config Attributes) []Diagnostic {
	p.t.Helper()
	valid, err := p.server.ValidateResourceConfig(p.ctx, &tfprotov6.ValidateResourceConfigRequest{
		TypeName: name, Config: p.encode(p.schemas().ResourceSchemas[name], config),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	p.check(err, nil)
	return told(valid.Diagnostics)
}

// Plan plans a change. A nil object is one that is to be created, and nil arguments
// stand for its end. As Terraform does it, write-only arguments go into the
// configuration alone.
func (p *Protocol) Plan(name string, o *Object, config Attributes) *Plan {
	p.t.Helper()
	schema := p.schemas().ResourceSchemas[name]
	null, err := tfprotov6.NewDynamicValue(schema.ValueType(), tftypes.NewValue(schema.ValueType(), nil))
	p.check(err, nil)
	plan := &Plan{request: &tfprotov6.PlanResourceChangeRequest{
		TypeName: name, PriorState: &null, ProposedNewState: &null, Config: &null,
	}}
	if !o.Gone() {
		plan.request.PriorState, plan.request.PriorPrivate, plan.request.PriorIdentity = o.State, o.Private, o.Identity
	}
	if config != nil {
		plan.request.Config = p.encode(schema, config)
		plan.request.ProposedNewState = p.propose(schema, o, config)
	}
	plan.answer, err = p.server.PlanResourceChange(p.ctx, plan.request)
	p.check(err, nil)
	plan.Diagnostics = told(plan.answer.Diagnostics)
	if len(severe(plan.Diagnostics, "error")) == 0 {
		plan.Replaces = len(plan.answer.RequiresReplace) > 0
		plan.Changes = !p.same(schema.ValueType(), plan.request.PriorState, plan.answer.PlannedState)
	}
	return plan
}

// Apply applies a plan that has no errors.
func (p *Protocol) Apply(plan *Plan) *Reply {
	p.t.Helper()
	got, err := p.server.ApplyResourceChange(p.ctx, &tfprotov6.ApplyResourceChangeRequest{
		TypeName: plan.request.TypeName, PriorState: plan.request.PriorState, Config: plan.request.Config,
		PlannedState: plan.answer.PlannedState, PlannedPrivate: plan.answer.PlannedPrivate, PlannedIdentity: plan.answer.PlannedIdentity,
	})
	p.check(err, nil)
	return &Reply{
		Object:      &Object{State: got.NewState, Identity: got.NewIdentity, Private: got.Private, Warnings: got.Diagnostics},
		Diagnostics: told(got.Diagnostics),
	}
}

// TryRead is Read with its errors. After one Terraform keeps the object as it was.
func (p *Protocol) TryRead(name string, o *Object) *Reply {
	p.t.Helper()
	got, err := p.server.ReadResource(p.ctx, &tfprotov6.ReadResourceRequest{
		TypeName: name, CurrentState: o.State, CurrentIdentity: o.Identity, Private: o.Private,
	})
	p.check(err, nil)
	r := &Reply{
		Object:      &Object{State: got.NewState, Identity: got.NewIdentity, Private: got.Private, Warnings: got.Diagnostics},
		Diagnostics: told(got.Diagnostics),
	}
	if len(r.Errors()) > 0 {
		r.Object = o
	}
	return r
}

// TryImport is Import with its errors. After one there is no object.
func (p *Protocol) TryImport(name, id string, identity map[string]string) *Reply {
	p.t.Helper()
	req := &tfprotov6.ImportResourceStateRequest{TypeName: name, ID: id}
	if identity != nil {
		req.Identity = &tfprotov6.ResourceIdentityData{IdentityData: p.object(p.identity(name), texts(identity))}
	}
	got, err := p.server.ImportResourceState(p.ctx, req)
	p.check(err, nil)
	r := &Reply{Diagnostics: told(got.Diagnostics)}
	if len(r.Errors()) > 0 {
		return r
	}
	if len(got.ImportedResources) != 1 {
		p.t.Fatalf("%d resources were imported", len(got.ImportedResources))
	}
	one := got.ImportedResources[0]
	read := p.TryRead(name, &Object{State: one.State, Identity: one.Identity, Private: one.Private})
	if len(read.Errors()) > 0 {
		read.Object = nil
	}
	read.Diagnostics = append(r.Diagnostics, read.Diagnostics...)
	return read
}

// TryData reads a data source, and returns the attributes that are known texts; nil
// after an error.
func (p *Protocol) TryData(name string, config Attributes) (map[string]string, *Reply) {
	p.t.Helper()
	schema := p.schemas().DataSourceSchemas[name]
	got, err := p.server.ReadDataSource(p.ctx, &tfprotov6.ReadDataSourceRequest{
		TypeName: name, Config: p.encode(schema, config),
	})
	p.check(err, nil)
	r := &Reply{Diagnostics: told(got.Diagnostics)}
	if len(r.Errors()) > 0 {
		return nil, r
	}
	return p.decode(schema.ValueType(), got.State), r
}

// TryEphemeral opens an ephemeral resource, and returns the attributes that are
// known texts, nil after an error. What was opened is closed again; the diagnostics
// of both are in the reply.
func (p *Protocol) TryEphemeral(name string, config Attributes) (map[string]string, *Reply) {
	p.t.Helper()
	ctx, schema := p.ctx, p.schemas().EphemeralResourceSchemas[name]
	got, err := p.server.OpenEphemeralResource(ctx, &tfprotov6.OpenEphemeralResourceRequest{
		TypeName: name, Config: p.encode(schema, config),
	})
	p.check(err, nil)
	r := &Reply{Diagnostics: told(got.Diagnostics)}
	if len(r.Errors()) > 0 {
		return nil, r
	}
	closed, err := p.server.CloseEphemeralResource(ctx, &tfprotov6.CloseEphemeralResourceRequest{TypeName: name, Private: got.Private})
	p.check(err, nil)
	r.Diagnostics = append(r.Diagnostics, told(closed.Diagnostics)...)
	return p.decode(schema.ValueType(), got.Result), r
}

// Leaked returns the names of the secrets that are in a text: those that the test
// has declared, and those that were sent so far.
func (w *World) Leaked(text string) []string {
	w.overhear(w.Calls())
	return Leaks([]byte(text), w.secrets)
}

// told returns diagnostics as a test reads them.
func told(diags []*tfprotov6.Diagnostic) []Diagnostic {
	var all []Diagnostic
	for _, d := range diags {
		severity := "warning"
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			severity = "error"
		}
		all = append(all, Diagnostic{Severity: severity, Summary: d.Summary, Detail: d.Detail, Code: d.Attribute.String()})
	}
	return all
}

// severe returns the diagnostics of a severity.
func severe(diags []Diagnostic, severity string) []Diagnostic {
	var some []Diagnostic
	for _, d := range diags {
		if d.Severity == severity {
			some = append(some, d)
		}
	}
	return some
}
