package tf

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// Lookup is what a data source does: Read completes the model from the
// configuration it holds. It returns an error when there is nothing to find. What is
// worth saying without being an error goes through Warn.
type Lookup[M any] struct {
	Noun string // what is looked up, for messages: "phone number"
	At   string // the attribute to blame when the API refuses, "" for none
	Read func(ctx context.Context, m *M) error
}

// DataSource turns a Lookup into a framework data source. Embed it and call
// Define; the schema it defines itself.
type DataSource[M any] struct {
	*Clients
	name   string
	lookup Lookup[M]
}

// Define names the data source, without the provider's prefix, and says what it does.
func (d *DataSource[M]) Define(name string, lookup Lookup[M]) { d.name, d.lookup = name, lookup }

// Metadata names the type for Terraform.
func (d *DataSource[M]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + d.name
}

// Configure takes the clients over.
func (d *DataSource[M]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	d.Clients, resp.Diagnostics = take(req.ProviderData)
}

// Read runs the lookup and stores the model.
func (d *DataSource[M]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m M
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if !d.Ready() {
		resp.Diagnostics.AddError("The "+d.lookup.Noun+" cannot be looked up yet",
			d.unknownSettings()+" Give the data source a depends_on for what makes the setting, so that it is read during apply.")
		return
	}
	ctx, cancel := context.WithTimeout(ctx, DefaultTimeout)
	defer cancel()
	ctx, notes := withNotes(ctx)
	err := d.lookup.Read(ctx, &m)
	resp.Diagnostics.Append(notes.diags...)
	if err != nil {
		at := path.Empty()
		if d.lookup.At != "" {
			at = path.Root(d.lookup.At)
		}
		resp.Diagnostics.Append(Diagnose(ctx, "Could not look up the "+d.lookup.Noun, at, err)...)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, m)...)
}
