package sim

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// filters are the fields that a listing of numbers can be filtered by.
// source: business-phone-numbers/phone-numbers
var filters = map[string]func(Number) any{
	"account_mode":                 func(n Number) any { return n.AccountMode },
	"messaging_limit_tier":         func(n Number) any { return n.MessagingLimitTier },
	"is_official_business_account": func(n Number) any { return n.Official },
}

// filter keeps the numbers that the parameter filtering asks for. A truth value must
// be one of JSON; a string that looks like one fails with an error about the
// operator, as it was seen live.
func filter(req *request, entries []*entry) ([]*entry, *graphError) {
	text := req.call.Query.Get("filtering")
	if text == "" {
		return entries, nil
	}
	var wants []struct {
		Field, Operator string
		Value           any
	}
	if json.Unmarshal([]byte(text), &wants) != nil {
		return nil, invalid("Param filtering must be an array of objects with field, operator and value.")
	}
	for _, w := range wants {
		read := filters[w.Field]
		if read == nil {
			return nil, cloudError(http.StatusBadRequest, 100, "Filtering field '"+w.Field+"' is not supported", "")
		}
		if w.Operator != "EQUAL" || !alike(w.Value, read(Number{})) {
			return nil, cloudError(http.StatusBadRequest, 100,
				fmt.Sprintf("Filtering field '%s' with operation '%s' is not supported", w.Field, w.Operator), "")
		}
		var kept []*entry
		for _, e := range entries {
			if read(e.Number) == w.Value {
				kept = append(kept, e)
			}
		}
		entries = kept
	}
	return entries, nil
}

// alike reports whether two values are of one type, string or bool.
func alike(a, b any) bool { return fmt.Sprintf("%T", a) == fmt.Sprintf("%T", b) }
