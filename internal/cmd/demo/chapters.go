package main

import (
	"context"
	"errors"
	"fmt"
)

// Calls that write, as story.wrote wants them.
const (
	setPIN     = "POST /{phone-number-id} "
	register   = "POST /{phone-number-id}/register "
	deregister = "POST /{phone-number-id}/deregister "
)

// planned plans the three numbers, the migration without its backup.
func planned(ctx context.Context, t *story) error {
	text := mainFile(t.engine.forgets())
	t.out.file("main.tf", text)
	err := errors.Join(
		t.write("main.tf", text),
		t.configure(registration{id: shop, pinVersion: 1}),
		t.configure(registration{id: desk, pinVersion: 1}),
		t.configure(registration{id: hotline, pinVersion: 1, stays: true}),
	)
	if err != nil {
		return err
	}
	r, err := t.run(ctx, 0, "plan")
	return errors.Join(err, t.wrote(),
		r.says("Plan: 3 to add, 0 to change, 0 to destroy.", "loses its On-Premises profile", "is adopted"))
}

// applied hands over the backup and applies a saved plan.
func applied(ctx context.Context, t *story) error {
	if err := t.configure(registration{id: desk, pinVersion: 1, backup: true}); err != nil {
		return err
	}
	r, err := t.run(ctx, 0, "plan", "-out=open.tfplan")
	err = errors.Join(err, t.wrote(), r.says("Plan: 3 to add"), r.silent("loses its On-Premises profile"))
	if err != nil {
		return err
	}
	r, err = t.run(ctx, 0, "apply", "open.tfplan")
	return errors.Join(err,
		r.says("Apply complete! Resources: 3 added, 0 changed, 0 destroyed."),
		t.wrote(register+"shop", register+"desk", setPIN+"hotline"),
		t.is(shop, live(shopPIN), 1), t.is(desk, live(deskPIN), 1), t.is(hotline, live(hotlinePIN), 0))
}

// empty plans again.
func empty(ctx context.Context, t *story) error {
	r, err := t.run(ctx, 0, "plan", "-detailed-exitcode")
	return errors.Join(err, t.wrote(), r.says("No changes."))
}

// rotated gives shop another PIN.
func rotated(ctx context.Context, t *story) error {
	t.pins["shop"] = shopPINLater
	t.out.say("The new one is in TF_VAR_pins.")
	if t.engine.forgets() {
		t.out.say("Since the old one is stored nowhere, a higher version says that there is a new one.")
		if err := t.configure(registration{id: shop, pinVersion: 2}); err != nil {
			return err
		}
	}
	r, err := t.run(ctx, 0, "apply", "-auto-approve")
	return errors.Join(err,
		r.says("Apply complete! Resources: 0 added, 1 changed, 0 destroyed."),
		t.wrote(setPIN+"shop"), t.is(shop, live(shopPINLater), 1))
}

// lost deregisters shop behind Terraform's back, and applies.
func lost(ctx context.Context, t *story) error {
	t.sim.Deregister(shop)
	r, err := t.run(ctx, 2, "plan", "-detailed-exitcode", "-out=back.tfplan")
	err = errors.Join(err, t.wrote(),
		r.says("is no longer registered on the Cloud API", "Plan: 1 to add, 0 to change, 0 to destroy."))
	if err != nil {
		return err
	}
	r, err = t.run(ctx, 0, "apply", "back.tfplan")
	return errors.Join(err,
		r.says("Apply complete! Resources: 1 added, 0 changed, 0 destroyed."),
		t.wrote(register+"shop"), t.is(shop, live(shopPINLater), 2))
}

// mistaken tries to register courier, which fails and leaves nothing in the state.
func mistaken(ctx context.Context, t *story) error {
	if err := t.configure(registration{id: courier, pinVersion: 1}); err != nil {
		return err
	}
	r, err := t.run(ctx, 1, "apply", "-auto-approve")
	err = errors.Join(err, r.says("133005", "two-step verification PIN"),
		t.wrote(register+"courier"), t.is(courier, never(courierTrue), 1))
	if err != nil {
		return err
	}
	t.out.say("\nOne attempt of ten is spent, not several, and the state does not have the number.")
	r, err = t.run(ctx, 0, "state", "list")
	t.out.say("\nUntil somebody finds the PIN, courier.tf is put aside.")
	return errors.Join(err, t.wrote(), t.remove("courier.tf"),
		r.says("whatsapp_phone_registration.shop"), r.silent("courier"))
}

// searched looks for secrets in all that was written so far.
func searched(ctx context.Context, t *story) error {
	if err := t.proveScanner(); err != nil {
		return err
	}
	if t.engine.forgets() {
		// Plans and state as other programs get to read them.
		for _, plan := range []string{"open.tfplan", "back.tfplan", "branch.tfplan", ""} {
			args := []string{"show", "-json", plan}
			if plan == "" {
				args = args[:2] // the state
			}
			r, err := t.quietly(ctx, args...)
			if err := errors.Join(err, r.says("whatsapp_phone_registration")); err != nil {
				return err
			}
		}
	}
	return t.scan()
}

// destroyed ends it all, and searches what that wrote, too.
func destroyed(ctx context.Context, t *story) error {
	destroyed, dark := 3, []string{deregister + "shop", deregister + "desk"}
	if t.engine.forgets() { // and branch was moved, and counter made, with five resources
		destroyed = destroyed + 1 + 5
		dark = append(dark, deregister+"branch", deregister+"counter", "DELETE /{business-account-id}/subscribed_apps account")
	}
	r, err := t.run(ctx, 0, "destroy", "-auto-approve")
	err = errors.Join(err,
		r.says("is live and will go dark", fmt.Sprintf("Destroy complete! Resources: %d destroyed.", destroyed)),
		t.wrote(dark...),
		t.is(shop, off(shopPINLater), 3), t.is(desk, off(deskPIN), 2), t.is(hotline, live(hotlinePIN), 0))
	if err != nil {
		return err
	}
	t.out.say("\nThe hotline was live before Terraform came, and deregister_on_destroy = false kept it so.")
	return t.scan()
}
