package acctest

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Listed is one result of a list as Terraform takes it: a thing that was found, or
// something to say.
type Listed struct {
	Name        string
	Identity    map[string]string
	Object      *Object // with the state if it was asked for
	Diagnostics []Diagnostic
}

// Query is what Terraform asks of a list.
type Query struct {
	Config Attributes
	Limit  int64 // 0 for none
	Whole  bool  // with the state of everything that is found
}

// List lists resources. Nothing is asked of the API before the first result is
// taken, and no more than is taken.
func (p *Protocol) List(ctx context.Context, name string, q Query) iter.Seq[Listed] {
	p.t.Helper()
	config := p.encode(p.schemas().ListResourceSchemas[name], q.Config)
	stream, err := p.lists().ListResource(ctx, &tfprotov6.ListResourceRequest{
		TypeName: name, Config: config, IncludeResource: q.Whole, Limit: q.Limit,
	})
	p.check(err, nil)
	return func(yield func(Listed) bool) {
		for r := range stream.Results {
			if !yield(p.listed(name, r)) {
				return
			}
		}
	}
}

// lists is the part of the provider that lists.
func (p *Protocol) lists() tfprotov6.ListResourceServer {
	p.t.Helper()
	server, ok := p.server.(tfprotov6.ListResourceServer)
	if !ok {
		p.t.Fatal("the provider lists nothing")
	}
	return server
}

// listed makes a result one that a test can read.
func (p *Protocol) listed(name string, r tfprotov6.ListResourceResult) Listed {
	p.t.Helper()
	l := Listed{Name: r.DisplayName, Diagnostics: told(r.Diagnostics)}
	if r.Identity != nil {
		l.Object = &Object{State: r.Resource, Identity: r.Identity}
		l.Identity = p.Identity(name, l.Object)
	}
	return l
}

// ValidateList checks the arguments of a list, as every query of Terraform begins.
func (p *Protocol) ValidateList(name string, config Attributes) []Diagnostic {
	p.t.Helper()
	valid, err := p.lists().ValidateListResourceConfig(context.Background(), &tfprotov6.ValidateListResourceConfigRequest{
		TypeName: name, Config: p.encode(p.schemas().ListResourceSchemas[name], config),
	})
	p.check(err, nil)
	return told(valid.Diagnostics)
}

// Generated is the configuration that Terraform would write for an object: of every
// argument what the state has, and nothing where that is null.
func (p *Protocol) Generated(name string, o *Object) Attributes {
	p.t.Helper()
	schema := p.schemas().ResourceSchemas[name]
	config := Attributes{}
	values := p.attributes(schema.ValueType(), o.State)
	for _, a := range schema.Block.Attributes {
		v := values[a.Name]
		if !a.Required && !a.Optional || v.IsNull() {
			continue
		}
		var text string
		var flag bool
		switch {
		case v.Type().Is(tftypes.String):
			p.check(v.As(&text), nil)
			config[a.Name] = text
		case v.Type().Is(tftypes.Bool):
			p.check(v.As(&flag), nil)
			config[a.Name] = flag
		default:
			p.t.Fatalf("%s: no test had a %s yet", a.Name, v.Type())
		}
	}
	return config
}
