package tf

import (
	"context"
	"errors"
	"reflect"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// DefaultTimeout bounds an operation whose configuration says nothing else.
const DefaultTimeout = 5 * time.Minute

// Lifecycle is what a managed resource does, as plain functions over its model
// M. Each returns a Go error, which the bridge hands to Diagnose; what is worth
// saying without being an error goes through Warn.
type Lifecycle[M any] struct {
	// Noun is what the resource manages, for messages: "phone registration".
	Noun string

	// Create makes the thing and completes the model. After an error nothing
	// is kept: a Create that must not lose what it made returns nil and warns.
	Create func(ctx context.Context, m *M) error

	// Read brings the model up to date. It returns Gone when the thing no
	// longer exists: "not found" alone is not enough, see Gone.
	Read func(ctx context.Context, m *M) error

	// Update changes what differs from prior. After an error the state stays
	// as it was, unless the error is wrapped by Partly.
	Update func(ctx context.Context, m *M, prior M) error

	// Delete ends the thing.
	Delete func(ctx context.Context, m M) error

	// Writes names the object that Create, Update and Delete write to. Of several
	// resources that write to the same one, in one apply, one does at a time. Nil
	// means that nobody else writes there.
	Writes func(m M) string

	// Secrets copies the write-only values, which exist in the configuration
	// alone, into the model before Create and Update. Nil when there are none.
	Secrets func(config M, m *M)

	// Timeouts returns the model's timeouts. Nil means DefaultTimeout for all.
	Timeouts func(m M) timeouts.Value

	// Blame names the attribute that an API error is about, "" for none. The
	// fields that the API itself blames are tried first. May be nil.
	Blame func(m M, err *api.Error) string
}

// Resource turns a Lifecycle into a framework resource. Embed it and call
// Define; what else the resource needs (Schema, identity, import, planning) it
// defines itself.
type Resource[M any] struct {
	*Clients
	name string
	life Lifecycle[M]
}

// Define names the resource, without the provider's prefix, and says what it does.
func (r *Resource[M]) Define(name string, life Lifecycle[M]) {
	r.name, r.life = name, life
}

// Metadata names the type for Terraform.
func (r *Resource[M]) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.name
}

// Configure takes the clients over.
func (r *Resource[M]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	r.Clients, resp.Diagnostics = take(req.ProviderData)
}

// Create runs the lifecycle's Create and stores the model when it succeeded.
func (r *Resource[M]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var m, config M
	resp.Diagnostics.Append(req.Plan.Get(ctx, &m)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	r.ready(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	forget := r.lend(config, &m)
	ctx, done := r.begin(ctx, m, timeouts.Value.Create, &resp.Diagnostics)
	defer done()
	if err := r.alone(ctx, m, func() error { return r.life.Create(ctx, &m) }); err != nil {
		r.report(ctx, &resp.Diagnostics, "create", m, err)
		return
	}
	forget()
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
	resp.Diagnostics.Append(identify(ctx, resp.Identity, resp.State)...)
}

// Read runs the lifecycle's Read. What is Gone leaves the state with a warning.
func (r *Resource[M]) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var m M
	resp.Diagnostics.Append(req.State.Get(ctx, &m)...)
	if resp.Identity != nil && resp.Identity.Raw.IsFullyNull() {
		// The framework wants an identity even for what is about to be removed.
		resp.Diagnostics.Append(identify(ctx, resp.Identity, req.State)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if !r.Ready() {
		if r.Clients != nil && r.Mark("not refreshed", r.name) {
			resp.Diagnostics.AddWarning("The "+r.life.Noun+" was not refreshed", r.unknownSettings()+" The plan is made from what the state says.")
		}
		return
	}
	ctx, done := r.begin(ctx, m, nil, &resp.Diagnostics)
	defer done()
	before := m
	err := r.life.Read(ctx, &m)
	if gone := (*GoneError)(nil); errors.As(err, &gone) {
		resp.Diagnostics.AddWarning(gone.Summary, gone.Detail)
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		r.report(ctx, &resp.Diagnostics, "read", m, err)
		return
	}
	if reflect.DeepEqual(before, m) {
		return // nothing is news: the state is what it was, and writing it again takes its time
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
	resp.Diagnostics.Append(identify(ctx, resp.Identity, resp.State)...)
}

// Update runs the lifecycle's Update and stores the model when it succeeded,
// or when it got so far that the rest of the state would otherwise be wrong.
func (r *Resource[M]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var m, prior, config M
	resp.Diagnostics.Append(req.Plan.Get(ctx, &m)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	r.ready(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	forget := r.lend(config, &m)
	ctx, done := r.begin(ctx, m, timeouts.Value.Update, &resp.Diagnostics)
	defer done()
	err := r.alone(ctx, m, func() error { return r.life.Update(ctx, &m, prior) })
	if err != nil {
		r.report(ctx, &resp.Diagnostics, "update", m, err)
	}
	if partly := (*partial)(nil); err == nil || errors.As(err, &partly) {
		forget()
		resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
		resp.Diagnostics.Append(identify(ctx, resp.Identity, resp.State)...)
	}
}

// Delete runs the lifecycle's Delete. The framework forgets the resource when
// there was no error.
func (r *Resource[M]) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var m M
	resp.Diagnostics.Append(req.State.Get(ctx, &m)...)
	r.ready(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, done := r.begin(ctx, m, timeouts.Value.Delete, &resp.Diagnostics)
	defer done()
	if err := r.alone(ctx, m, func() error { return r.life.Delete(ctx, m) }); err != nil {
		r.report(ctx, &resp.Diagnostics, "delete", m, err)
	}
}

// lend puts the write-only values into the model for the time of an operation, and
// returns what takes them out again. The framework does so by itself only where
// there was no error, and Terraform loses an object whose state has them.
func (r *Resource[M]) lend(config M, m *M) (forget func()) {
	if r.life.Secrets == nil {
		return func() {}
	}
	planned := *m // in a plan they are null
	r.life.Secrets(config, m)
	return func() { r.life.Secrets(planned, m) }
}

// ready adds an error when no call can be made.
func (r *Resource[M]) ready(diags *diag.Diagnostics) {
	switch {
	case r.Clients == nil:
		diags.AddError("The provider is not configured", "Terraform asked for a change before it configured the whatsapp provider. This is a bug; please report it.")
	case !r.Ready():
		diags.AddError("The provider is not fully configured", r.unknownSettings())
	}
}

// begin bounds an operation by its timeout and collects what it has to say. The
// function it returns must be called at the end.
func (r *Resource[M]) begin(
	ctx context.Context, m M,
	timeout func(timeouts.Value, context.Context, time.Duration) (time.Duration, diag.Diagnostics),
	diags *diag.Diagnostics,
) (context.Context, func()) {
	limit := DefaultTimeout
	if r.life.Timeouts != nil && timeout != nil {
		given, more := timeout(r.life.Timeouts(m), ctx, DefaultTimeout)
		diags.Append(more...)
		limit = given
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	ctx, notes := withNotes(ctx)
	return ctx, func() {
		cancel()
		diags.Append(notes.diags...)
	}
}

// alone does something while nobody else writes to the object of the model.
func (r *Resource[M]) alone(ctx context.Context, m M, do func() error) error {
	if r.life.Writes == nil {
		return do()
	}
	unlock, err := r.locks.lock(ctx, r.life.Writes(m))
	if err != nil {
		return During("wait for another resource that writes to the same object", err)
	}
	defer unlock()
	return do()
}

// report adds an error as the user reads it.
func (r *Resource[M]) report(ctx context.Context, diags *diag.Diagnostics, verb string, m M, err error) {
	at := path.Empty()
	if e := (*api.Error)(nil); errors.As(err, &e) && r.life.Blame != nil {
		if attribute := r.life.Blame(m, e); attribute != "" {
			at = path.Root(attribute)
		}
	}
	diags.Append(Diagnose(ctx, "Could not "+verb+" the "+r.life.Noun, at, err)...)
}

// identify fills an identity from the attributes of the same names. Identity is
// nil for a resource without one.
func identify(ctx context.Context, identity *tfsdk.ResourceIdentity, state tfsdk.State) diag.Diagnostics {
	var diags diag.Diagnostics
	if identity == nil || state.Raw.IsNull() {
		return diags
	}
	for name := range identity.Schema.GetAttributes() {
		var value types.String
		diags.Append(state.GetAttribute(ctx, path.Root(name), &value)...)
		diags.Append(identity.SetAttribute(ctx, path.Root(name), value)...)
	}
	return diags
}
