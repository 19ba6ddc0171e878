package sim

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// only refuses keys that are not known.
func (p params) only(known []string) *graphError {
	for _, k := range slices.Sorted(maps.Keys(p)) {
		if !slices.Contains(known, k) {
			return invalid(fmt.Sprintf("Unexpected key %q.", k))
		}
	}
	return nil
}

// text returns a parameter that is a string; absent is "".
func (p params) text(name string) (string, *graphError) {
	switch v := p[name].(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	}
	return "", invalid(fmt.Sprintf("Param %s must be a string.", name))
}

// object returns a parameter that is an object; absent is nil. In a form an object
// is a string of JSON.
func (p params) object(name string) (params, *graphError) {
	switch v := p[name].(type) {
	case nil:
		return nil, nil
	case map[string]any:
		return v, nil
	case string:
		var o params
		if json.Unmarshal([]byte(v), &o) == nil && o != nil {
			return o, nil
		}
	}
	return nil, invalid(fmt.Sprintf("Param %s must be an object.", name))
}

// product refuses parameters without messaging_product "whatsapp", which every
// call of the Cloud API itself has to carry.
func (p params) product() *graphError {
	switch v, err := p.text("messaging_product"); {
	case err != nil:
		return err
	case v == "":
		return invalid("The parameter messaging_product is required.")
	case v != "whatsapp":
		return invalid("Param messaging_product must be one of {WHATSAPP}.")
	}
	return nil
}

// pin returns the parameter pin, six digits as a string: a number would lose
// leading zeros.
func (p params) pin() (string, *graphError) {
	if p["pin"] == nil {
		return "", invalid("The parameter pin is required.")
	}
	if v, ok := p["pin"].(string); ok && sixPIN.MatchString(v) {
		return v, nil
	}
	return "", errPINFormat()
}
