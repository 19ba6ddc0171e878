package phone_test

import (
	"fmt"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// TestRegistration_refresh asks for a number once, and lets no formatting, no
// reading on the hour and no unknown value become a change.
func TestRegistration_refresh(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Run(config)
	w.Plan(config).Changes(false).Quiet().Sent(acctest.Look)

	w.Change(acctest.New, func(n *sim.Number) {
		n.DisplayPhoneNumber, n.QualityRating, n.CodeVerificationStatus = "15550100100", "RED", "EXPIRED"
	})
	w.Plan(config).Changes(false).Quiet()
	w.Terraform("apply", "-json", "-auto-approve").Succeeds()
	if got := w.Attribute(numberAddress, "display_phone_number"); got != "+1 555-010-0100" {
		t.Errorf("the display number in the state became %v", got)
	}

	w.Inject(sim.Fault{Route: acctest.Look, Kind: sim.FaultExtra})
	w.Plan(config).Changes(false).Quiet()
	for _, unheardOf := range []string{"FLAGGED", "RESTRICTED", "RATE_LIMITED", "LINKED", "SOMETHING_NEW"} {
		status(w, acctest.New, unheardOf, "CLOUD_API")
		w.Plan(config).Changes(false)
	}
}

// TestRegistration_drift plans anew what was taken off the Cloud API, with what
// was found, and brings it back.
func TestRegistration_drift(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		drift func(w *acctest.World)
		words []string
	}{
		"deregistered": {func(w *acctest.World) { w.Deregister(acctest.New) }, []string{"no longer registered", "status DISCONNECTED", "platform NOT_APPLICABLE"}},
		"disconnected": {func(w *acctest.World) { status(w, acctest.New, "DISCONNECTED", "CLOUD_API") }, []string{"status DISCONNECTED", "platform CLOUD_API"}},
		"on-premises":  {func(w *acctest.World) { status(w, acctest.New, "CONNECTED", "ON_PREMISE") }, []string{"platform ON_PREMISE"}},
		"migrated":     {func(w *acctest.World) { status(w, acctest.New, "MIGRATED", "CLOUD_API") }, []string{"status MIGRATED"}},
		"deleted":      {func(w *acctest.World) { status(w, acctest.New, "DELETED", "CLOUD_API") }, []string{"status DELETED"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			config := writeOnly(w, acctest.New, w.PIN(), "")
			w.Run(config)
			tt.drift(w)
			w.Plan(config).Succeeds().Changes(true).Warns(append(tt.words, "removed from the state", "find out who did")...)
			w.Apply().Succeeds()
			if w.Registrations(acctest.New) != 2 {
				t.Errorf("%d registrations", w.Registrations(acctest.New))
			}
			w.Empty()
		})
	}
}

// TestRegistration_banned shows in every plan and is not registered again.
func TestRegistration_banned(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Run(config)
	w.Ban(acctest.New)
	w.Plan(config).Changes(false).Warns("Meta has banned +1 555-010-0100", "Business Support Home")
}

// TestRegistration_notFoundAfterwards believes "not found" only when the list of
// the account works and lacks the number.
func TestRegistration_notFoundAfterwards(t *testing.T) {
	t.Parallel()
	hide := func(w *acctest.World) { w.Forbid(acctest.New, true) }
	for name, tt := range map[string]struct {
		happens func(w *acctest.World)
		words   []string
		gone    bool
	}{
		"deleted":            {func(w *acctest.World) { w.Remove(acctest.New) }, []string{"no longer exists", "does not list it"}, true},
		"permission lost":    {hide, []string{"cannot be seen any more", "still lists the number", "stays in the state"}, false},
		"account lost too":   {func(w *acctest.World) { hide(w); w.ForbidAccount(acctest.Account, true) }, []string{"cannot be seen any more", "lost permission"}, false},
		"account unreadable": {func(w *acctest.World) { w.Remove(acctest.New); w.ForbidAccount(acctest.Account, true) }, []string{"cannot be seen any more"}, false},
		"token expired":      {func(w *acctest.World) { w.ExpireToken() }, []string{"Could not read phone number id", "another access token", "subcode 463"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			config := writeOnly(w, acctest.New, w.PIN(), "")
			w.Run(config)
			tt.happens(w)
			plan := w.Plan(config)
			if tt.gone {
				plan.Warns(tt.words...).Fails("phone_number_id", "was not found") // the plan that would create it anew
				return
			}
			plan.Fails("", tt.words...)
			w.Attribute(numberAddress, "id")
		})
	}
}

// TestRegistration_pinChange sets the PIN in place: one write, one read, and no
// registration.
func TestRegistration_pinChange(t *testing.T) {
	t.Parallel()
	t.Run("stored", func(t *testing.T) {
		t.Parallel()
		w := acctest.Start(t)
		w.Run(stored(w, acctest.New, w.PIN(), ""))
		pin := w.PIN()
		w.Plan(stored(w, acctest.New, pin, "")).Changes(true).Quiet().Sent(acctest.Look)
		w.Apply().Succeeds().Quiet().Sent(acctest.SetPIN, acctest.Look)
		if mustNumber(t, w, acctest.New).PIN != pin || w.Attempts(acctest.New) != 1 {
			t.Errorf("the PIN was not set in place, %d attempts", w.Attempts(acctest.New))
		}
		w.Empty()
	})
	t.Run("write-only", func(t *testing.T) {
		t.Parallel()
		w := acctest.Start(t)
		w.Run(writeOnly(w, acctest.New, w.PIN(), ""))
		pin := w.Secret("new PIN", w.PIN())
		w.Setenv("TF_VAR_pin", pin)
		w.Empty() // Terraform cannot see it; the version tells
		w.Plan(registration(acctest.New, "  pin_wo = var.pin\n  pin_wo_version = 2")).Changes(true).Sent(acctest.Look)
		w.Apply().Succeeds().Sent(acctest.SetPIN, acctest.Look)
		if mustNumber(t, w, acctest.New).PIN != pin || w.Attempts(acctest.New) != 1 {
			t.Errorf("the PIN was not set in place, %d attempts", w.Attempts(acctest.New))
		}
		w.Empty()
	})
	t.Run("from stored to write-only", func(t *testing.T) {
		t.Parallel()
		w := acctest.Start(t)
		w.Run(stored(w, acctest.New, w.PIN(), ""))
		w.Plan(writeOnly(w, acctest.New, w.PIN(), "")).Changes(true)
		w.Apply().Succeeds().Sent(acctest.SetPIN, acctest.Look)
		if got := w.Attribute(numberAddress, "pin"); got != nil {
			t.Error("the PIN is still in the state")
		}
	})
	t.Run("taken out", func(t *testing.T) {
		t.Parallel()
		w := acctest.Start(t)
		w.Run(writeOnly(w, acctest.New, w.PIN(), ""))
		w.Plan(registration(acctest.New, "")).Succeeds()
		w.Apply().Succeeds().Sent()
		w.Empty()
	})
}

// TestRegistration_pinUnread keeps a PIN that was set although the number could
// not be read afterwards.
func TestRegistration_pinUnread(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Run(stored(w, acctest.New, w.PIN(), ""))
	pin := w.PIN()
	w.Plan(stored(w, acctest.New, pin, "")).Succeeds()
	w.Inject(sim.Fault{Route: acctest.Look, Kind: sim.FaultError, Status: 403, Code: 10})
	w.Apply().Succeeds().Warns("was set, but the number could not be read")
	w.Empty()
}

// TestRegistration_triggers registers again, in place, after setting a PIN that
// changed with them.
func TestRegistration_triggers(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Run(stored(w, acctest.New, w.PIN(), ""))
	pin := w.PIN()
	w.Plan(stored(w, acctest.New, pin, `  triggers = { name = "a" }`)).Changes(true).Warns("is registered again")
	w.Apply().Succeeds().Sent(acctest.SetPIN, acctest.Look, acctest.Register, acctest.Look)
	w.Empty()
	w.Run(stored(w, acctest.New, pin, `  triggers = { name = "b" }`))
	w.Run(stored(w, acctest.New, pin, ""))
	if w.Registrations(acctest.New) != 4 {
		t.Errorf("%d registrations", w.Registrations(acctest.New))
	}
}

// TestRegistration_triggersFail keeps the PIN that was set and the triggers that
// were not acted on.
func TestRegistration_triggersFail(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Run(stored(w, acctest.New, w.PIN(), ""))
	pin := w.PIN()
	config := stored(w, acctest.New, pin, `  triggers = { name = "a" }`)
	w.Plan(config).Succeeds()
	w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultError, Code: 133016})
	w.Apply().Fails("phone_number_id", "register phone number +1 555-010-0100 (id "+acctest.New+") again", "72 hours")
	if got := w.Attribute(numberAddress, "pin"); got != pin {
		t.Error("the PIN that was set is not in the state")
	}
	if got := w.Attribute(numberAddress, "triggers"); got != nil {
		t.Errorf("the state has the triggers %v, which were not acted on", got)
	}
	w.Plan(config).Changes(true)
	w.Apply().Succeeds()
	w.Empty()
}

// TestRegistration_triggersLost does not register a live number twice when the
// answer is lost.
func TestRegistration_triggersLost(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	pin := w.PIN()
	w.Run(stored(w, acctest.New, pin, ""))
	w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultResetAfter})
	w.Plan(stored(w, acctest.New, pin, `  triggers = { name = "a" }`)).Succeeds()
	w.Apply().Succeeds().Warns("not known whether +1 555-010-0100 was registered again", "nothing was repeated")
	w.Empty()
	if w.Registrations(acctest.New) != 2 {
		t.Errorf("%d registrations", w.Registrations(acctest.New))
	}

	// A display name that still waits proves that it did not take effect.
	w.Change(acctest.New, func(n *sim.Number) { n.NewDisplayName, n.NewNameStatus = "New Name", "APPROVED" })
	w.Inject(sim.Fault{Route: acctest.Register, Kind: sim.FaultResetBefore})
	config := stored(w, acctest.New, pin, `  triggers = { name = "b" }`)
	w.Plan(config).Succeeds()
	w.Apply().Fails("", "was not registered again", "terraform apply again")
	w.Plan(config).Changes(true)
	w.Apply().Succeeds()
	if w.Registrations(acctest.New) != 3 {
		t.Errorf("%d registrations", w.Registrations(acctest.New))
	}
	w.Empty()
}

// TestRegistration_silentChanges make no call: what belongs to another time is
// only remembered.
func TestRegistration_silentChanges(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Setenv("TF_VAR_stored_backup", fmt.Sprintf(`{"data":%q,"password":%q}`, w.Stored("data", "kJ8xQ9mZkJ8xQ9mZ"), w.Stored("backup password", "correct-horse-battery")))
	pin := w.PIN()
	w.Run(writeOnly(w, acctest.New, pin, ""))
	for _, body := range []string{
		"  backup = var.stored_backup\n",
		"  backup = { data = \"other\", password = \"other\" }\n",
		"  backup_wo = var.backup\n",
		"  deregister_on_destroy = false\n",
		"  timeouts = { create = \"1m\" }\n",
		"  business_account_id = \"" + acctest.Account + "\"\n",
		"",
	} {
		w.Plan(writeOnly(w, acctest.New, pin, body)).Succeeds().Quiet()
		w.Apply().Succeeds().Quiet().Sent()
		w.Empty()
	}
	if w.Attempts(acctest.New) != 1 {
		t.Errorf("%d attempts", w.Attempts(acctest.New))
	}
}

// TestRegistration_destroy takes one call, or none when the number is to stay.
func TestRegistration_destroy(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		body string
		sent []string
		live bool
	}{
		"deregisters": {"", []string{acctest.Deregister}, false},
		"forgets":     {"  deregister_on_destroy = false", nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			config := writeOnly(w, acctest.New, w.PIN(), tt.body)
			w.Run(config)
			w.Plan(config, "-destroy").Succeeds()
			w.Apply().Succeeds().Sent(tt.sent...)
			if got := mustNumber(t, w, acctest.New).PlatformType == "CLOUD_API"; got != tt.live {
				t.Errorf("the number is live: %t", got)
			}
			if len(w.State()) != 0 {
				t.Error("the state is not empty")
			}
		})
	}
}

// TestRegistration_destroyFaults ends a registration with two calls at most,
// however the first one goes.
func TestRegistration_destroyFaults(t *testing.T) {
	t.Parallel()
	both := []string{acctest.Deregister, acctest.Look}
	for name, tt := range map[string]struct {
		happens func(w *acctest.World)
		sent    []string
		fails   []string // nil: succeeds
	}{
		"not registered any more": {func(w *acctest.World) { w.Deregister(acctest.New) }, []string{acctest.Deregister}, nil},
		"133010":                  {fault(sim.Fault{Kind: sim.FaultError, Code: 133010}), []string{acctest.Deregister}, nil},
		"not linked": {func(w *acctest.World) {
			w.Deregister(acctest.New)
			fault(sim.Fault{Kind: sim.FaultError, Code: 100, Message: "not currently linked in Facebook Hosted System"})(w)
		}, both, nil},
		"deleted":             {func(w *acctest.World) { w.Remove(acctest.New) }, []string{acctest.Deregister}, nil},
		"hidden":              {func(w *acctest.World) { w.Forbid(acctest.New, true) }, []string{acctest.Deregister, acctest.List, acctest.List, acctest.List}, []string{"Could not deregister"}},
		"answer lost":         {fault(sim.Fault{Kind: sim.FaultResetAfter}), both, nil},
		"request lost":        {fault(sim.Fault{Kind: sim.FaultResetBefore}), both, []string{"Could not deregister"}},
		"HTML":                {fault(sim.Fault{Kind: sim.FaultHTMLAfter}), both, nil},
		"success is false":    {fault(sim.Fault{Kind: sim.FaultNoSuccess}), []string{acctest.Deregister}, []string{"Could not deregister"}},
		"with the app":        {func(w *acctest.World) { w.Change(acctest.New, func(n *sim.Number) { n.OnBizApp = true }) }, both, []string{"Business app cannot be deregistered", "Disconnect", "deregister_on_destroy = false"}},
		"used up":             {fault(sim.Fault{Kind: sim.FaultError, Code: 133016}), []string{acctest.Deregister}, []string{"72 hours"}},
		"busy, then accepted": {fault(sim.Fault{Kind: sim.FaultError, Status: 503, Code: 133004}), []string{acctest.Deregister, acctest.Deregister}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.Start(t)
			config := writeOnly(w, acctest.New, w.PIN(), "")
			w.Run(config)
			w.Plan(config, "-destroy").Succeeds()
			tt.happens(w)
			apply := w.Apply().Sent(tt.sent...)
			if tt.fails != nil {
				apply.Fails("", tt.fails...)
				w.Attribute(numberAddress, "id")
				return
			}
			apply.Succeeds()
			if len(w.State()) != 0 {
				t.Error("the state is not empty")
			}
		})
	}
}

// fault makes the next deregistration go wrong.
func fault(f sim.Fault) func(*acctest.World) {
	f.Route = acctest.Deregister
	return func(w *acctest.World) { w.Inject(f) }
}

// TestRegistration_createBeforeDestroy does not deregister the number that the
// successor has just adopted.
func TestRegistration_createBeforeDestroy(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "  lifecycle {\n    create_before_destroy = true\n  }")
	w.Run(config)
	w.Plan(config, "-replace="+numberAddress).Succeeds()
	w.Apply().Succeeds().Warns("was not deregistered", "taken over in this apply")
	if n := mustNumber(t, w, acctest.New); n.PlatformType != "CLOUD_API" {
		t.Errorf("the number went dark: %s", n.PlatformType)
	}
	w.Empty()
}
