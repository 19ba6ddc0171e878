package main

import (
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// serveOnPremises puts the deployments of the world on ports, the first on addr and
// the others on those that follow, and prints how to reach them. Without an address
// they stay off.
func serveOnPremises(s *sim.Server, addr string, stdout io.Writer) error {
	for _, n := range s.Numbers() {
		if n.Deployment == nil || addr == "" {
			continue
		}
		url, ca, err := s.StartOnPremises(n.ID, addr)
		if err != nil {
			return fmt.Errorf("-onprem-addr: %w", err)
		}
		d := n.Deployment
		fmt.Fprintf(stdout, deploymentBlock, n.ID, quote(url), quote(d.Username), quote(d.Password), indent(ca))
		addr = next(addr)
	}
	return nil
}

const deploymentBlock = `# The On-Premises deployment of %[1]s, ready for an argument on_premises:

locals {
  on_premises_%[1]s = {
    base_url       = %[2]s
    username       = %[3]s
    password       = %[4]s
    ca_certificate = <<-EOT
%[5]s    EOT
  }
}

`

// next returns the address with the port after that of addr. Port 0, which stands
// for any that is free, stays.
func next(addr string) string {
	host, text, _ := net.SplitHostPort(addr) // it was listened on
	port, err := strconv.Atoi(text)
	if err != nil || port == 0 {
		return addr
	}
	return net.JoinHostPort(host, strconv.Itoa(port+1))
}

// quote returns a string as Terraform writes one, in which ${ and %{ begin templates.
func quote(s string) string {
	return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(strconv.Quote(s))
}

// indent moves the lines of a certificate under the argument that they belong to.
func indent(text []byte) string {
	var b strings.Builder
	for line := range strings.Lines(string(text)) {
		b.WriteString("      " + line)
	}
	return b.String()
}
