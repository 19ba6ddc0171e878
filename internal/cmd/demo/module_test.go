package main

import (
	"slices"
	"strings"
	"testing"
)

func TestRegistration_file(t *testing.T) {
	r := registration{id: desk, pinVersion: 2, backup: true, stays: true}
	tests := map[bool]string{
		true: `resource "whatsapp_phone_registration" "desk" {
  phone_number_id       = "300100200300402"
  pin_wo                = var.pins.desk
  pin_wo_version        = 2
  backup_wo             = var.backup
  deregister_on_destroy = false
}
`,
		false: `resource "whatsapp_phone_registration" "desk" {
  phone_number_id       = "300100200300402"
  pin                   = var.pins.desk
  backup                = var.backup
  deregister_on_destroy = false
}
`,
	}
	for forgets, want := range tests {
		if got := r.file(forgets); got != want {
			t.Errorf("write-only %v: got\n%s\nwant\n%s", forgets, got, want)
		}
	}
}

// TestRegistration_deployment has a number that leaves its deployment.
func TestRegistration_deployment(t *testing.T) {
	const want = deploymentVariables + `
resource "whatsapp_phone_registration" "branch" {
  phone_number_id = "300100200300405"
  pin_wo          = var.pins.branch
  pin_wo_version  = 1

  on_premises = {
    base_url       = "https://127.0.0.1:9090"
    username       = "admin"
    password       = var.admin_password
    ca_certificate = var.ca
    reset_pin      = true
  }
}
`
	r := registration{id: branch, pinVersion: 1, deployment: "https://127.0.0.1:9090"}
	if got := r.file(true); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMainFile(t *testing.T) {
	if n := strings.Count(mainFile(true), "ephemeral = true"); n != 2 {
		t.Errorf("%d of the two variables are ephemeral", n)
	}
	if n := strings.Count(mainFile(false), "sensitive = true"); n != 2 || strings.Contains(mainFile(false), "ephemeral") {
		t.Errorf("for an older engine: %d of the two variables are sensitive, in\n%s", n, mainFile(false))
	}
}

// TestSecrets_occurNowhereElse makes sure that finding a secret means that it leaked:
// it is no part of an id, of a phone number or of another secret.
func TestSecrets_occurNowhereElse(t *testing.T) {
	s, err := newStage(engine{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.strike() })
	open := []string{account}
	for _, n := range s.sim.Numbers() {
		open = append(open, n.ID, n.DisplayPhoneNumber, n.VerifiedName)
	}
	secrets := s.secrets()
	for i, one := range secrets {
		if finds := newScanner([]secret{one}).look("the open", []byte(strings.Join(open, "\n"))); len(finds) != 0 {
			t.Errorf("%v", finds)
		}
		if slices.ContainsFunc(secrets[:i], func(other secret) bool { return strings.Contains(other.value, one.value) }) {
			t.Errorf("%s is part of another secret", one.name)
		}
	}
}
