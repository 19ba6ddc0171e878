package phone_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/provider"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

// FuzzImportID imports by any text, as an id and as an identity. What is not the id of
// a phone number is an error, and what is one comes out as it went in. No call is made.
func FuzzImportID(f *testing.F) {
	for _, id := range []string{"106540352242922", "+1 555 010 0123", "", "0106540352242922", "1065\x00", "٣", "a/b", "106540352242922 "} {
		f.Add(id, false)
		f.Add(id, true)
	}
	server := providerserver.NewProtocol6(provider.New("test"))()
	schemas, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		f.Fatal(err)
	}
	stored := schemas.ResourceSchemas[kind].ValueType()
	f.Fuzz(func(t *testing.T, id string, byIdentity bool) {
		req := &tfprotov6.ImportResourceStateRequest{TypeName: kind, ID: id}
		if byIdentity {
			req.ID, req.Identity = "", identity(t, id)
		}
		got, err := server.ImportResourceState(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		if valid := wa.PhoneNumberID(id) == nil; valid != (len(got.Diagnostics) == 0) {
			t.Fatalf("%q: %+v", id, got.Diagnostics)
		} else if !valid {
			return
		}
		if imported := numberIn(t, stored, got.ImportedResources[0].State); imported != id {
			t.Errorf("%q was imported as %q", id, imported)
		}
	})
}

// identity is that of a registration.
func identity(t *testing.T, id string) *tfprotov6.ResourceIdentityData {
	t.Helper()
	kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"phone_number_id": tftypes.String}}
	data, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, map[string]tftypes.Value{
		"phone_number_id": tftypes.NewValue(tftypes.String, id),
	}))
	if err != nil {
		t.Fatal(err)
	}
	return &tfprotov6.ResourceIdentityData{IdentityData: &data}
}

// numberIn returns phone_number_id of a state.
func numberIn(t *testing.T, kind tftypes.Type, state *tfprotov6.DynamicValue) (id string) {
	t.Helper()
	value, err := state.Unmarshal(kind)
	if err != nil {
		t.Fatal(err)
	}
	var attributes map[string]tftypes.Value
	if err := value.As(&attributes); err != nil {
		t.Fatal(err)
	}
	if err := attributes["phone_number_id"].As(&id); err != nil {
		t.Fatal(err)
	}
	return id
}
