package tf

import (
	"context"
	"crypto/rand"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// Opening is what an ephemeral resource does: Open completes the model from the
// configuration it holds, and returns what ends it, nil for nothing.
type Opening[M any] struct {
	Noun string // what is opened, for messages: "On-Premises backup"
	Open func(ctx context.Context, m *M) (end func(context.Context) error, err error)
}

// Ephemeral turns an Opening into a framework ephemeral resource. Embed it and
// call Define; the schema it defines itself.
type Ephemeral[M any] struct {
	*Clients
	name    string
	opening Opening[M]
}

// Define names the ephemeral resource, without the provider's prefix, and says
// what it does.
func (e *Ephemeral[M]) Define(name string, opening Opening[M]) { e.name, e.opening = name, opening }

// Metadata names the type for Terraform.
func (e *Ephemeral[M]) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + e.name
}

// Configure takes the clients over.
func (e *Ephemeral[M]) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	e.Clients, resp.Diagnostics = take(req.ProviderData)
}

// ending is the key under which Terraform keeps the name of what is to be ended.
const ending = "ending"

// Open opens, and hands out the result. What ends it stays in this process, which
// Terraform also asks to close; Terraform itself is given a name that means
// nothing to anybody else.
func (e *Ephemeral[M]) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var m M
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if e.Clients == nil {
		resp.Diagnostics.AddError("The provider is not configured", "Terraform opened the "+e.opening.Noun+" before it configured the whatsapp provider. This is a bug; please report it.")
		return
	}
	ctx, cancel := context.WithTimeout(ctx, DefaultTimeout)
	defer cancel()
	ctx, notes := withNotes(ctx)
	end, err := e.opening.Open(ctx, &m)
	resp.Diagnostics.Append(notes.diags...)
	if err != nil {
		resp.Diagnostics.Append(Diagnose(ctx, "Could not open the "+e.opening.Noun, path.Empty(), err)...)
		return
	}
	resp.Diagnostics.Append(resp.Result.Set(ctx, m)...)
	if end == nil {
		return
	}
	name := rand.Text()
	e.open.Store(name, end)
	text, err := json.Marshal(name)
	if err == nil {
		resp.Diagnostics.Append(resp.Private.SetKey(ctx, ending, text)...)
	}
}

// Close ends what Open began.
func (e *Ephemeral[M]) Close(ctx context.Context, req ephemeral.CloseRequest, resp *ephemeral.CloseResponse) {
	text, diags := req.Private.GetKey(ctx, ending)
	resp.Diagnostics.Append(diags...)
	var name string
	if e.Clients == nil || json.Unmarshal(text, &name) != nil {
		return
	}
	end, known := e.open.LoadAndDelete(name)
	if f, ok := end.(func(context.Context) error); known && ok {
		if err := f(ctx); err != nil {
			resp.Diagnostics.AddWarning("Could not close the "+e.opening.Noun, Explain(ctx, err))
		}
	}
}
