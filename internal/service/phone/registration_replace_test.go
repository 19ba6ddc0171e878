package phone_test

import (
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

// replacing replaces the registration in the order that keeps a number live.
const replacing = "  lifecycle {\n    create_before_destroy = true\n  }"

// TestRegistration_successorRegisters leaves a number live that the successor
// had to register, as it does one that the successor adopted.
func TestRegistration_successorRegisters(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), replacing)
	w.Run(config)
	w.Plan(config, "-replace="+numberAddress).Succeeds()
	w.Deregister(acctest.New)
	w.Apply().Succeeds().Warns("was not deregistered", "taken over in this apply").
		Sent(acctest.Look, acctest.Register, acctest.Look, acctest.Look)
	if n := mustNumber(t, w, acctest.New); n.PlatformType != "CLOUD_API" {
		t.Errorf("the number went dark: %s", n.PlatformType)
	}
	w.Empty()
}

// TestRegistration_replaced plans a replacement that was asked for by command as
// what it is: the number is not adopted.
func TestRegistration_replaced(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Run(config)
	if plan := w.Plan(config, "-replace="+numberAddress).Changes(true).Sent(acctest.Look); strings.Contains(plan.Output, "adopted") {
		t.Errorf("the plan speaks of an adoption:\n%s", plan.Output)
	}
	w.Apply().Succeeds()
	if w.Registrations(acctest.New) != 2 {
		t.Errorf("%d registrations", w.Registrations(acctest.New))
	}
	w.Empty()
}

// TestRegistration_otherNumberElsewhere replaces a number by one in another
// region although the first is to stay registered where it is.
func TestRegistration_otherNumberElsewhere(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Run(writeOnly(w, acctest.New, pin, "  data_localization_region = \"DE\"\n  deregister_on_destroy = false"))
	w.Plan(writeOnly(w, acctest.Second, pin, "  data_localization_region = \"CH\"\n  deregister_on_destroy = false")).Succeeds().
		Warns("+1 555-010-0100 stays registered")
	w.Apply().Succeeds()
	if n := mustNumber(t, w, acctest.New); n.PlatformType != "CLOUD_API" || n.Region != "DE" {
		t.Errorf("the first number is on %s, region %q", n.PlatformType, n.Region)
	}
	if n := mustNumber(t, w, acctest.Second); n.PlatformType != "CLOUD_API" || n.Region != "CH" {
		t.Errorf("the second number is on %s, region %q", n.PlatformType, n.Region)
	}
	w.Empty()
}

// TestRegistration_destroyOffline plans a destroy although nothing can be asked,
// and warns by what the state says.
func TestRegistration_destroyOffline(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Setenv("WHATSAPP_MAX_RETRIES", "0")
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Run(config)
	w.Down()
	w.Plan(config, "-destroy", "-refresh=false").Succeeds().Warns("+1 555-010-0100 is live and will go dark")

	// Nor is anything asked when planning must not.
	if err := w.Up(); err != nil {
		t.Fatal(err)
	}
	w.Setenv("WHATSAPP_PREFLIGHT", "false")
	w.Plan(config, "-destroy", "-refresh=false").Succeeds().Warns("+1 555-010-0100 is live and will go dark").Sent()
}

// TestRegistration_darkAlready plans the end of a number without a warning when
// it has gone dark since the state was written.
func TestRegistration_darkAlready(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Run(config)
	w.Deregister(acctest.New)
	w.Plan(config, "-destroy", "-refresh=false").Succeeds().Quiet().Sent(acctest.Look)
	w.Apply().Succeeds().Sent(acctest.Deregister)
}

// TestRegistration_darkWithTheApp says in the plan that a number in use with the
// Business app cannot be deregistered, and keeps it when that was tried.
func TestRegistration_darkWithTheApp(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.Coexisting, w.PIN(), "  deregister_on_destroy = true")
	w.Plan(config).Succeeds()
	w.Apply().Succeeds()
	w.Plan(config, "-destroy").Succeeds().Warns("+1 555-010-0104", "cannot be deregistered through the API, so the destroy will fail", "deregister_on_destroy = false")
	w.Apply().Fails("", "Business app cannot be deregistered").Sent(acctest.Deregister, acctest.Look)
	w.Attribute(numberAddress, "id")
}
