package sim

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
)

// Load reads a world from JSON. The names are those of the fields of [World] in
// snake case; an unknown name is an error, so that a misspelt one is not silently
// lost. Ids must be digits and stand for one thing only.
func Load(r io.Reader) (World, error) {
	var w World
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&w); err != nil {
		return World{}, fmt.Errorf("sim: world: %w", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return World{}, errors.New("sim: world: something follows the end of the JSON object")
	}
	if err := w.validate(); err != nil {
		return World{}, fmt.Errorf("sim: world: %w", err)
	}
	return w, nil
}

var (
	digits  = regexp.MustCompile(`^[0-9]{1,32}$`)
	sixPIN  = regexp.MustCompile(`^[0-9]{6}$`)
	optPIN  = regexp.MustCompile(`^([0-9]{6})?$`)
	regions = map[string]bool{ // of the register call and of storage_configuration
		"AE": true, "AU": true, "BH": true, "BR": true, "CA": true, "CH": true, "DE": true,
		"GB": true, "ID": true, "IN": true, "JP": true, "KR": true, "SG": true, "ZA": true,
	}
)

// validate reports what no world can be like.
func (w World) validate() error {
	if w.App.ID != "" && !digits.MatchString(w.App.ID) {
		return fmt.Errorf("app: id %q is not all digits", w.App.ID)
	}
	for i, sub := range w.App.Subscriptions {
		if sub.Object == "" || w.App.subscription(sub.Object) != i {
			return fmt.Errorf("app: subscriptions: object %q is missing or there twice", sub.Object)
		}
	}
	seen := map[string]string{}
	for _, a := range w.Accounts {
		if err := claim(seen, a.ID, "account"); err != nil {
			return err
		}
		if err := a.validate(); err != nil {
			return fmt.Errorf("account %s: %w", a.ID, err)
		}
		for _, n := range a.Numbers {
			if err := n.validate(seen); err != nil {
				return fmt.Errorf("account %s: %w", a.ID, err)
			}
		}
	}
	return nil
}

// validate reports what no account can be like, its numbers aside.
func (a Account) validate() error {
	if a.BusinessID != "" && !digits.MatchString(a.BusinessID) {
		return fmt.Errorf("business_id %q is not all digits", a.BusinessID)
	}
	if a.SharedWith != "" && !digits.MatchString(a.SharedWith) {
		return fmt.Errorf("shared_with %q is not all digits", a.SharedWith)
	}
	for i, sub := range a.Apps {
		if !digits.MatchString(sub.AppID) || a.own(sub.AppID) != i {
			return fmt.Errorf("subscribed_apps: app_id %q is not all digits, or there twice", sub.AppID)
		}
	}
	return nil
}

func (n Number) validate(seen map[string]string) error {
	if err := claim(seen, n.ID, "number"); err != nil {
		return err
	}
	if !optPIN.MatchString(n.PIN) {
		return fmt.Errorf("number %s: pin is not six digits", n.ID)
	}
	if n.Region != "" && !regions[n.Region] {
		return fmt.Errorf("number %s: data_localization_region %q does not exist", n.ID, n.Region)
	}
	if n.Deployment != nil {
		if err := n.validateDeployment(); err != nil {
			return fmt.Errorf("number %s: deployment: %w", n.ID, err)
		}
	}
	for _, f := range n.RefusedFields {
		if _, known := phoneFields[f]; !known {
			return fmt.Errorf("number %s: refused_fields: %q is refused by every number", n.ID, f)
		}
	}
	return nil
}

func (n Number) validateDeployment() error {
	switch {
	case n.Backup != nil:
		return errors.New("it makes its backups itself, so the number has no other")
	case digitsOf(n.DisplayPhoneNumber) == "":
		return errors.New("the number has no display_phone_number")
	}
	return n.Deployment.validate()
}

// claim notes that id stands for one thing, and fails if it stands for another.
func claim(seen map[string]string, id, what string) error {
	if !digits.MatchString(id) {
		return fmt.Errorf("%s: id %q is not all digits", what, id)
	}
	if other, taken := seen[id]; taken {
		return fmt.Errorf("%s: id %s is the id of another %s", what, id, other)
	}
	seen[id] = what
	return nil
}
