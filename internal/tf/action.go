package tf

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// Doing is what an action does: Do acts once on a configuration M. What it says while it
// works is shown at once; what is worth saying without being an error, and after the
// end, goes through Warn.
type Doing[M any] struct {
	Noun string // what is done, for messages: "request of a code"
	Do   func(ctx context.Context, m M, say func(string)) error

	// Writes names the object that Do writes to, as that of a Lifecycle. May be nil.
	Writes func(m M) string

	// Blame names the attribute that an API error is about, "" for none. May be nil.
	Blame func(err *api.Error) string
}

// Action turns a Doing into a framework action. Embed it and call Define; the schema it
// defines itself.
type Action[M any] struct {
	*Clients
	name  string
	doing Doing[M]
}

// Define names the action, without the provider's prefix, and says what it does.
func (a *Action[M]) Define(name string, doing Doing[M]) { a.name, a.doing = name, doing }

// Metadata names the type for Terraform.
func (a *Action[M]) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + a.name
}

// Configure takes the clients over.
func (a *Action[M]) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.Clients, resp.Diagnostics = take(req.ProviderData)
}

// Invoke acts.
func (a *Action[M]) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var m M
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	switch {
	case a.Clients == nil:
		resp.Diagnostics.AddError("The provider is not configured", "Terraform invoked an action before it configured the whatsapp provider. This is a bug; please report it.")
	case !a.Ready():
		resp.Diagnostics.AddError("The provider is not fully configured", a.unknownSettings())
	}
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, DefaultTimeout)
	defer cancel()
	ctx, said := withNotes(ctx)
	err := a.alone(ctx, m, func(text string) { resp.SendProgress(action.InvokeProgressEvent{Message: text}) })
	resp.Diagnostics.Append(said.diags...)
	if err == nil {
		return
	}
	at := path.Empty()
	if e := (*api.Error)(nil); errors.As(err, &e) && a.doing.Blame != nil {
		if attribute := a.doing.Blame(e); attribute != "" {
			at = path.Root(attribute)
		}
	}
	resp.Diagnostics.Append(Diagnose(ctx, "The "+a.doing.Noun+" failed", at, err)...)
}

// alone acts while nobody else writes to the same object.
func (a *Action[M]) alone(ctx context.Context, m M, say func(string)) error {
	if a.doing.Writes == nil {
		return a.doing.Do(ctx, m, say)
	}
	unlock, err := a.locks.lock(ctx, a.doing.Writes(m))
	if err != nil {
		return During("wait for another operation that writes to the same object", err)
	}
	defer unlock()
	return a.doing.Do(ctx, m, say)
}
