package acctest

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Attributes are the arguments of a block: texts, whole numbers, flags, and for an
// object or a map Attributes again. What is left out is null.
type Attributes map[string]any

// With returns the attributes with others added.
func (a Attributes) With(others Attributes) Attributes {
	all := maps.Clone(a)
	maps.Copy(all, others)
	return all
}

// Access are the arguments that reach the deployment.
func (d *Deployment) Access() Attributes {
	truth, _ := d.w.Deployment(OnPremise)
	return Attributes{"base_url": d.URL, "username": d.Username, "password": truth.Password, "ca_certificate": string(d.ca)}
}

// Texts is the value of an argument that is a list or a set of texts.
func Texts(all ...string) []tftypes.Value {
	values := []tftypes.Value{}
	for _, s := range all {
		values = append(values, tftypes.NewValue(tftypes.String, s))
	}
	return values
}

// encode makes a value of the arguments of a block.
func (p *Protocol) encode(schema *tfprotov6.Schema, config Attributes) *tfprotov6.DynamicValue {
	p.t.Helper()
	given := map[string]tftypes.Value{}
	for name, kind := range p.kinds(schema.ValueType()) {
		given[name] = p.value(kind, config[name])
	}
	return p.object(schema.ValueType(), given)
}

// propose is the new state that Terraform proposes to the provider: the arguments
// without the write-only ones, and what the provider has set itself as it was.
func (p *Protocol) propose(schema *tfprotov6.Schema, o *Object, config Attributes) *tfprotov6.DynamicValue {
	p.t.Helper()
	var prior map[string]tftypes.Value
	if !o.Gone() {
		prior = p.attributes(schema.ValueType(), o.State)
	}
	kept := stored(schema.Block.Attributes, config)
	proposed := map[string]tftypes.Value{}
	for _, a := range schema.Block.Attributes {
		_, given := config[a.Name]
		if value, known := prior[a.Name]; known && a.Computed && !given {
			proposed[a.Name] = value
			continue
		}
		proposed[a.Name] = p.value(a.ValueType(), kept[a.Name])
	}
	return p.object(schema.ValueType(), proposed)
}

// stored returns the arguments that Terraform stores: all but the write-only ones.
func stored(schema []*tfprotov6.SchemaAttribute, config Attributes) Attributes {
	kept := Attributes{}
	for _, a := range schema {
		nested, object := config[a.Name].(Attributes)
		switch {
		case a.WriteOnly || config[a.Name] == nil:
		case object && a.NestedType != nil:
			kept[a.Name] = stored(a.NestedType.Attributes, nested)
		default:
			kept[a.Name] = config[a.Name]
		}
	}
	return kept
}

// object makes an object of attributes; those that are missing are null.
func (p *Protocol) object(kind tftypes.Type, attributes map[string]tftypes.Value) *tfprotov6.DynamicValue {
	p.t.Helper()
	all := map[string]tftypes.Value{}
	for name, t := range p.kinds(kind) {
		all[name] = tftypes.NewValue(t, nil)
	}
	maps.Copy(all, attributes)
	value, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, all))
	p.check(err, nil)
	return &value
}

// value makes a value of one argument.
func (p *Protocol) value(kind tftypes.Type, given any) tftypes.Value {
	p.t.Helper()
	nested, composed := given.(Attributes)
	if !composed {
		return tftypes.NewValue(kind, given)
	}
	all := map[string]tftypes.Value{}
	if m, ok := kind.(tftypes.Map); ok {
		for name, v := range nested {
			all[name] = p.value(m.ElementType, v)
		}
		return tftypes.NewValue(kind, all)
	}
	for name, t := range p.kinds(kind) {
		all[name] = p.value(t, nested[name])
	}
	return tftypes.NewValue(kind, all)
}

// kinds returns the types of the attributes of an object.
func (p *Protocol) kinds(kind tftypes.Type) map[string]tftypes.Type {
	p.t.Helper()
	object, ok := kind.(tftypes.Object)
	if !ok {
		p.t.Fatalf("no object: %s", kind)
	}
	return object.AttributeTypes
}

// same reports whether two values are equal.
func (p *Protocol) same(kind tftypes.Type, a, b *tfprotov6.DynamicValue) bool {
	p.t.Helper()
	one, err := a.Unmarshal(kind)
	p.check(err, nil)
	other, err := b.Unmarshal(kind)
	p.check(err, nil)
	return one.Equal(other)
}

// texts makes protocol values of texts.
func texts(values map[string]string) map[string]tftypes.Value {
	all := map[string]tftypes.Value{}
	for name, s := range values {
		all[name] = tftypes.NewValue(tftypes.String, s)
	}
	return all
}
