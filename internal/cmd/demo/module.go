package main

import (
	"fmt"
	"os"
	"strings"
)

// The configuration comes in two kinds. An engine that knows write-only arguments
// gets them, fed by ephemeral variables. An older one gets arguments that are kept in
// its state, fed by sensitive variables.

// mainFile declares the provider and the secrets.
func mainFile(forgets bool) string {
	kind := "  sensitive = true\n"
	if forgets {
		kind += "  ephemeral = true\n"
	}
	return fmt.Sprintf(`terraform {
  required_providers {
    whatsapp = {
      source = "whatsapp-terraform/whatsapp"
    }
  }
}

variable "pins" {
  type      = map(string)
%[1]s}

variable "backup" {
  type      = object({ data = string, password = string })
%[1]s}
`, kind)
}

// registration is a resource of the configuration.
type registration struct {
	id         string
	pinVersion int    // counts the PINs that the number has had here; used with write-only
	backup     bool   // hand the backup over
	stays      bool   // a destroy leaves the number live
	deployment string // where the deployment is that makes the backup, "" for none
}

// file is the resource as it stands in a file of its own.
func (r registration) file(forgets bool) string {
	name := names[r.id]
	lines := [][2]string{{"phone_number_id", fmt.Sprintf("%q", r.id)}}
	suffix := ""
	if forgets {
		suffix = "_wo"
	}
	lines = append(lines, [2]string{"pin" + suffix, "var.pins." + name})
	if forgets {
		lines = append(lines, [2]string{"pin_wo_version", fmt.Sprint(r.pinVersion)})
	}
	if r.backup {
		lines = append(lines, [2]string{"backup" + suffix, "var.backup"})
	}
	if r.stays {
		lines = append(lines, [2]string{"deregister_on_destroy", "false"})
	}
	body := aligned("  ", lines)
	if r.deployment == "" {
		return fmt.Sprintf("resource \"whatsapp_phone_registration\" %q {\n%s}\n", name, body)
	}
	return deploymentVariables + fmt.Sprintf("\nresource \"whatsapp_phone_registration\" %q {\n%s\n  on_premises = {\n%s  }\n}\n",
		name, body, aligned("    ", [][2]string{
			{"base_url", fmt.Sprintf("%q", r.deployment)},
			{"username", `"admin"`},
			{"password", "var.admin_password"},
			{"ca_certificate", "var.ca"},
			{"reset_pin", "true"},
		}))
}

// deploymentVariables are what on_premises refers to.
const deploymentVariables = `variable "admin_password" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "ca" {
  type = string
}
`

// aligned writes arguments as "terraform fmt" would.
func aligned(margin string, lines [][2]string) string {
	width := 0
	for _, l := range lines {
		width = max(width, len(l[0]))
	}
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "%s%-*s = %s\n", margin, width, l[0], l[1])
	}
	return b.String()
}

// write puts a file into the module.
func (s *stage) write(name, text string) error {
	return os.WriteFile(s.path("module", name), []byte(text), 0o600)
}

// remove takes a file out of the module.
func (s *stage) remove(name string) error { return os.Remove(s.path("module", name)) }
