package acctest

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Invoked is what an action came to.
type Invoked struct {
	Progress    []string // what it said while it worked
	Diagnostics []Diagnostic
}

// Errors returns the diagnostics that are errors.
func (i Invoked) Errors() []Diagnostic { return severe(i.Diagnostics, "error") }

// Warnings returns the diagnostics that are warnings.
func (i Invoked) Warnings() []Diagnostic { return severe(i.Diagnostics, "warning") }

// actions is the part of the provider that acts.
func (p *Protocol) actions() tfprotov6.ActionServer {
	p.t.Helper()
	server, ok := p.server.(tfprotov6.ActionServer)
	if !ok {
		p.t.Fatal("the provider has no actions")
	}
	return server
}

// Invoke validates, plans and invokes an action, as Terraform does, and stops at the
// first of the three that has an error.
func (p *Protocol) Invoke(name string, config Attributes) Invoked {
	p.t.Helper()
	schema, there := p.schemas().ActionSchemas[name]
	if !there {
		p.t.Fatalf("there is no action %s", name)
	}
	given := p.encode(schema.Schema, config)
	valid, err := p.actions().ValidateActionConfig(p.ctx, &tfprotov6.ValidateActionConfigRequest{ActionType: name, Config: given})
	p.check(err, nil)
	out := Invoked{Diagnostics: told(valid.Diagnostics)}
	if len(out.Errors()) > 0 {
		return out
	}
	plan, err := p.actions().PlanAction(p.ctx, &tfprotov6.PlanActionRequest{ActionType: name, Config: given})
	p.check(err, nil)
	out.Diagnostics = append(out.Diagnostics, told(plan.Diagnostics)...)
	if len(out.Errors()) > 0 {
		return out
	}
	stream, err := p.actions().InvokeAction(p.ctx, &tfprotov6.InvokeActionRequest{ActionType: name, Config: given})
	p.check(err, nil)
	for event := range stream.Events {
		switch e := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			out.Progress = append(out.Progress, e.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			out.Diagnostics = append(out.Diagnostics, told(e.Diagnostics)...)
		}
	}
	return out
}
