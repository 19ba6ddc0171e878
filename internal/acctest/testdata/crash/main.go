// Command crash is the provider with a mistake in it: it panics in the middle of a
// call, after it has read its configuration. It is built by a test, which looks at
// what a crash tells.
package main

import (
	"context"
	"log"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/provider"
)

// clumsy panics once the provider itself has answered.
type clumsy struct {
	tfprotov6.ProviderServer
	at string // the call in which it panics
}

// dereference is the most common mistake there is.
func (c clumsy) dereference(at string) {
	var nothing *clumsy
	if c.at == at {
		log.Print(nothing.at)
	}
}

func (c clumsy) ConfigureProvider(ctx context.Context, req *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	resp, err := c.ProviderServer.ConfigureProvider(ctx, req)
	c.dereference("configure")
	return resp, err
}

func (c clumsy) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	resp, err := c.ProviderServer.PlanResourceChange(ctx, req)
	c.dereference("plan")
	return resp, err
}

func (c clumsy) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	resp, err := c.ProviderServer.ApplyResourceChange(ctx, req)
	c.dereference("apply")
	return resp, err
}

func main() {
	err := tf6server.Serve(provider.Address, func() tfprotov6.ProviderServer {
		return clumsy{providerserver.NewProtocol6(provider.New("test"))(), os.Getenv("CRASH_AT")}
	})
	if err != nil {
		log.Fatal(err)
	}
}
