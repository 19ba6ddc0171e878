// Command terraform-provider-whatsapp serves the Terraform provider for the
// WhatsApp Business Platform.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	whatsapp "github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/provider"
)

// version is set by the linker in a release.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "serve for a debugger, and print how Terraform finds the process")
	flag.Parse()
	err := providerserver.Serve(context.Background(), func() provider.Provider { return whatsapp.New(version) }, providerserver.ServeOpts{
		Address: whatsapp.Address,
		Debug:   *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
