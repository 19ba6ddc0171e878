// Package tf is the bridge between Terraform and the APIs: the glue that every
// resource and data source would otherwise repeat.
//
// Begin with Resource in resource.go, which turns four plain functions over a
// model into a managed resource, and with Diagnose in diag.go, which turns any
// error into what the user reads. A type that needs something else defines the
// framework's method itself: the bridge is a default, not a cage.
//
// The package decides nothing about WhatsApp; words and rules of the domain
// are in wa and in the services.
package tf

import (
	"fmt"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/onprem"
)

// Clients is what the provider hands to every type it offers. One is made for
// each time Terraform configures the provider, that is for one plan or one
// apply.
type Clients struct {
	Graph *graph.Client
	Tempo api.Tempo // how long to wait between two looks at something that takes time

	// Preflight is whether planning may look at what it is about to create or end.
	Preflight bool

	// OnPremises returns a client of a deployment, given where it is and who we are;
	// how calls are made is completed from the provider's settings.
	OnPremises func(onprem.Config) (*onprem.Client, error)
	// OnPremisesPassword is the deployment's password from the environment, "" for none.
	OnPremisesPassword string

	// Unknown names the provider settings whose values are known only after
	// apply. While there is one, no call can be made.
	Unknown []string

	marks sync.Map
	locks locks
	open  sync.Map // what ends an ephemeral resource, by the name that Terraform keeps
}

// Ready reports whether calls can be made: the provider is configured and all
// of its settings are known.
func (c *Clients) Ready() bool {
	return c != nil && len(c.Unknown) == 0
}

// Mark remembers a fact for the rest of this plan or apply and reports whether
// it was new. Terraform may plan one resource twice in a run (a replacement),
// and a warning that was given once is enough.
func (c *Clients) Mark(facts ...string) bool {
	_, known := c.marks.LoadOrStore(strings.Join(facts, "\x00"), true)
	return !known
}

// Marked reports whether Mark was called with the same facts before.
func (c *Clients) Marked(facts ...string) bool {
	_, known := c.marks.Load(strings.Join(facts, "\x00"))
	return known
}

// unknownSettings is the sentence that says why no call can be made yet.
func (c *Clients) unknownSettings() string {
	return "The provider's " + strings.Join(c.Unknown, " and ") + " will be known only after apply, so the WhatsApp API cannot be asked yet."
}

// take returns the clients that the provider handed over. Terraform asks for
// schemas and validates before it configures the provider; data is nil then.
func take(data any) (*Clients, diag.Diagnostics) {
	var diags diag.Diagnostics
	if data == nil {
		return nil, nil
	}
	c, ok := data.(*Clients)
	if !ok {
		diags.AddError("Provider configured with the wrong data",
			fmt.Sprintf("Expected %T, got %T. This is a bug in the provider; please report it.", c, data))
	}
	return c, diags
}
