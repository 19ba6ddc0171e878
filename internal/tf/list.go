package tf

import (
	"context"
	"iter"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// listTimeout bounds a listing. An allowance of the API is that of an hour, so
// that a listing which waits longer than that waits for something else.
const listTimeout = time.Hour

// Found is one thing that a listing came across.
type Found[M any] struct {
	Name     string // as people know it
	Identity any    // a struct with the attributes of the resource's identity
	State    M      // as it would be after an import
}

// Listing is what a list resource does: Walk goes over all there is for a
// configuration C, and asks the API for more only when it is asked for more. A
// result with an error is the last one. What is worth saying without being an
// error goes through Warn.
//
// blank is a model of the resource in which everything is null, to begin each
// State with: a null of Go's making does not know its type.
type Listing[C, M any] struct {
	Noun string // what is listed, for messages: "phone registrations"
	Walk func(ctx context.Context, config C, blank M) iter.Seq2[Found[M], error]
}

// ListResource turns a Listing into a framework list resource: pages of an API become a
// stream of results. Embed it and call Define; the schema it defines itself.
type ListResource[C, M any] struct {
	*Clients
	name    string
	listing Listing[C, M]
}

// Define names the resource that is listed, without the provider's prefix, and
// says how it is found.
func (l *ListResource[C, M]) Define(name string, listing Listing[C, M]) {
	l.name, l.listing = name, listing
}

// Metadata names the type for Terraform.
func (l *ListResource[C, M]) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + l.name
}

// Configure takes the clients over.
func (l *ListResource[C, M]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	l.Clients, resp.Diagnostics = take(req.ProviderData)
}

// List hands out the stream. Nothing is asked of the API before Terraform takes
// the first result.
func (l *ListResource[C, M]) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config C
	diags := req.Config.Get(ctx, &config)
	switch {
	case diags.HasError():
	case l.Clients == nil:
		diags.AddError("The provider is not configured", "Terraform asked for a list before it configured the whatsapp provider. This is a bug; please report it.")
	case !l.Ready():
		diags.AddError("The "+l.listing.Noun+" cannot be listed yet", l.unknownSettings())
	}
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(push func(list.ListResult) bool) { l.stream(ctx, req, config, push) }
}

// stream pushes results until there are no more, enough, or an error. An error is
// a result as well: nobody looks anywhere else once the stream has begun.
func (l *ListResource[C, M]) stream(ctx context.Context, req list.ListRequest, config C, push func(list.ListResult) bool) {
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	ctx, said := withNotes(ctx)
	blank, diags := blankModel[M](ctx, req)
	if diags.HasError() {
		push(list.ListResult{Diagnostics: diags})
		return
	}
	sent := int64(0)
	for found, err := range l.listing.Walk(ctx, config, blank) {
		if !said.pass(push) {
			return
		}
		if err != nil {
			push(list.ListResult{Diagnostics: Diagnose(ctx, "Could not list the "+l.listing.Noun, path.Empty(), err)})
			return
		}
		if sent++; !push(found.result(ctx, req)) || sent == req.Limit {
			return
		}
	}
	said.pass(push)
}

// pass pushes the warnings that came up since it was last called, as a result of
// their own, which Terraform shows and does not count.
func (n *notes) pass(push func(list.ListResult) bool) bool {
	var diags diag.Diagnostics
	diags, n.diags = n.diags, nil
	return len(diags) == 0 || push(list.ListResult{Diagnostics: diags})
}

// blankModel returns a model in which everything is null, each of its own type.
func blankModel[M any](ctx context.Context, req list.ListRequest) (m M, diags diag.Diagnostics) {
	r := req.NewListResult(ctx).Resource
	for name := range req.ResourceIdentitySchema.GetAttributes() {
		// The whole is null. Setting a part makes an object of it.
		diags.Append(r.SetAttribute(ctx, path.Root(name), types.StringNull())...)
	}
	diags.Append(r.Get(ctx, &m)...)
	return m, diags
}

// result is what Terraform is told of one thing.
func (f Found[M]) result(ctx context.Context, req list.ListRequest) list.ListResult {
	r := req.NewListResult(ctx)
	r.DisplayName = f.Name
	r.Diagnostics.Append(r.Identity.Set(ctx, f.Identity)...)
	if req.IncludeResource {
		r.Diagnostics.Append(r.Resource.Set(ctx, f.State)...)
	}
	return r
}
