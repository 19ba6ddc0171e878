package main

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// table shows where every number ended up.
func table(s *sim.Server) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 3, ' ', 0)
	fmt.Fprintln(w, "NUMBER\tID\tPHONE NUMBER\tSTATUS\tPLATFORM\tATTEMPTS SPENT")
	for _, n := range s.Numbers() {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%d of 10\n",
			names[n.ID], n.ID, n.DisplayPhoneNumber, n.Status, n.PlatformType, s.Attempts(n.ID))
	}
	_ = w.Flush() // into a builder
	return strings.TrimRight(b.String(), "\n")
}
