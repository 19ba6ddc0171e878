package provider_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/provider"
)

// schemas asks the provider, as Terraform would, for the schema of everything it
// offers, in the form of terraform providers schema -json. Functions and state
// stores are left out; a provider that has some fails the test.
func schemas(t *testing.T) *tfjson.ProviderSchemas {
	t.Helper()
	server, err := providerserver.NewProtocol6WithError(provider.New("test"))()
	if err != nil {
		t.Fatal(err)
	}
	all, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	ids, err := server.GetResourceIdentitySchemas(context.Background(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range append(all.Diagnostics, ids.Diagnostics...) {
		t.Errorf("%s: %s", d.Summary, d.Detail)
	}
	if len(all.Functions)+len(all.StateStoreSchemas) > 0 {
		t.Error("the provider has functions or state stores, which the schema dump does not know yet")
	}
	d := dumper{t}
	return &tfjson.ProviderSchemas{
		FormatVersion: "1.0",
		Schemas: map[string]*tfjson.ProviderSchema{provider.Address: {
			ConfigSchema:             d.schema(all.Provider),
			ResourceSchemas:          each(all.ResourceSchemas, d.schema),
			DataSourceSchemas:        each(all.DataSourceSchemas, d.schema),
			EphemeralResourceSchemas: each(all.EphemeralResourceSchemas, d.schema),
			ListResourceSchemas:      each(all.ListResourceSchemas, d.schema),
			ActionSchemas:            each(all.ActionSchemas, d.action),
			ResourceIdentitySchemas:  each(ids.IdentitySchemas, d.identity),
		}},
	}
}

// each applies f to all values of a map.
func each[A, B any](in map[string]A, f func(A) B) map[string]B {
	out := make(map[string]B, len(in))
	for name, value := range in {
		out[name] = f(value)
	}
	return out
}

// dumper turns the schemas of the plugin protocol into those of the JSON form.
type dumper struct{ t *testing.T }

func (d dumper) schema(s *tfprotov6.Schema) *tfjson.Schema {
	return &tfjson.Schema{Version: uint64(s.Version), Block: d.block(s.Block)}
}

func (d dumper) action(s *tfprotov6.ActionSchema) *tfjson.ActionSchema {
	return &tfjson.ActionSchema{Block: d.block(s.Schema.Block)}
}

func (d dumper) block(b *tfprotov6.SchemaBlock) *tfjson.SchemaBlock {
	out := &tfjson.SchemaBlock{
		Attributes:   d.attributes(b.Attributes),
		NestedBlocks: map[string]*tfjson.SchemaBlockType{},
		Description:  b.Description, DescriptionKind: kind(b.DescriptionKind), Deprecated: b.Deprecated,
	}
	for _, n := range b.BlockTypes {
		out.NestedBlocks[n.TypeName] = &tfjson.SchemaBlockType{
			NestingMode: tfjson.SchemaNestingMode(strings.ToLower(n.Nesting.String())),
			Block:       d.block(n.Block), MinItems: uint64(n.MinItems), MaxItems: uint64(n.MaxItems),
		}
	}
	return out
}

func (d dumper) attributes(in []*tfprotov6.SchemaAttribute) map[string]*tfjson.SchemaAttribute {
	out := map[string]*tfjson.SchemaAttribute{}
	for _, a := range in {
		attribute := &tfjson.SchemaAttribute{
			Description: a.Description, DescriptionKind: kind(a.DescriptionKind), Deprecated: a.Deprecated,
			Required: a.Required, Optional: a.Optional, Computed: a.Computed, Sensitive: a.Sensitive, WriteOnly: a.WriteOnly,
		}
		if a.NestedType != nil {
			attribute.AttributeNestedType = &tfjson.SchemaNestedAttributeType{
				Attributes:  d.attributes(a.NestedType.Attributes),
				NestingMode: tfjson.SchemaNestingMode(strings.ToLower(a.NestedType.Nesting.String())),
			}
		} else {
			d.typ(a.Type, &attribute.AttributeType)
		}
		out[a.Name] = attribute
	}
	return out
}

func (d dumper) identity(s *tfprotov6.ResourceIdentitySchema) *tfjson.IdentitySchema {
	out := &tfjson.IdentitySchema{Version: uint64(s.Version), Attributes: map[string]*tfjson.IdentityAttribute{}}
	for _, a := range s.IdentityAttributes {
		attribute := &tfjson.IdentityAttribute{
			Description: a.Description, RequiredForImport: a.RequiredForImport, OptionalForImport: a.OptionalForImport,
		}
		d.typ(a.Type, &attribute.IdentityType)
		out.Attributes[a.Name] = attribute
	}
	return out
}

// typ translates a type by way of the JSON form that both libraries write.
func (d dumper) typ(in tftypes.Type, out json.Unmarshaler) {
	d.t.Helper()
	text, err := json.Marshal(in)
	if err == nil {
		err = out.UnmarshalJSON(text)
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

func kind(k tfprotov6.StringKind) tfjson.SchemaDescriptionKind {
	return tfjson.SchemaDescriptionKind(strings.ToLower(k.String()))
}
