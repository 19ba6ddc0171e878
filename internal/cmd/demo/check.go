package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// says makes sure that a command printed the phrases. The engine breaks lines where
// it likes, so that any white space stands for any other.
func (r result) says(phrases ...string) error {
	text := flat(r.stdout + r.stderr)
	for _, phrase := range phrases {
		if !strings.Contains(text, flat(phrase)) {
			return fmt.Errorf("%q does not say %q", r.line, phrase)
		}
	}
	return nil
}

// silent makes sure that a command did not print the phrases.
func (r result) silent(phrases ...string) error {
	for _, phrase := range phrases {
		if r.says(phrase) == nil {
			return fmt.Errorf("%q says %q", r.line, phrase)
		}
	}
	return nil
}

func flat(text string) string { return strings.Join(strings.Fields(text), " ") }

// wrote makes sure that the last command made these calls that write, each as its
// route and the name of its number, and no other.
func (t *story) wrote(want ...string) error {
	slices.Sort(want)
	got := writes(t.sim.Calls())
	if slices.Equal(got, want) {
		return nil
	}
	return fmt.Errorf("the API was to be asked to write by [%s], and was by [%s]", strings.Join(want, ", "), strings.Join(got, ", "))
}

// is makes sure of what the world holds of a number.
func (t *story) is(id string, want sim.Number, attempts int) error {
	got, _ := t.sim.Number(id)
	var errs []error
	compare := func(what, got, want string) {
		if got != want {
			errs = append(errs, fmt.Errorf("%s of %s is %s, not %s", what, names[id], got, want))
		}
	}
	compare("the status", got.Status, want.Status)
	compare("the platform", got.PlatformType, want.PlatformType)
	if got.PIN != want.PIN {
		errs = append(errs, fmt.Errorf("the PIN of %s is not the one that it was to have", names[id]))
	}
	if got.ProfileLost {
		errs = append(errs, fmt.Errorf("%s lost its business profile", names[id]))
	}
	compare("the number of attempts spent", fmt.Sprint(t.sim.Attempts(id)), fmt.Sprint(attempts))
	return errors.Join(errs...)
}

// live is a number in use on the Cloud API.
func live(pin string) sim.Number {
	return sim.Number{Status: "CONNECTED", PlatformType: "CLOUD_API", PIN: pin}
}

// off is a number that was in use.
func off(pin string) sim.Number {
	return sim.Number{Status: "DISCONNECTED", PlatformType: "NOT_APPLICABLE", PIN: pin}
}

// never is a number that was never registered.
func never(pin string) sim.Number {
	return sim.Number{Status: "PENDING", PlatformType: "NOT_APPLICABLE", PIN: pin}
}
