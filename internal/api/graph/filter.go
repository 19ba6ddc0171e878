package graph

import (
	"encoding/json"
	"net/url"
)

// Filter keeps those of a list whose field has a value.
//
// Only some fields can be filtered by: of numbers, account_mode and
// is_official_business_account. The API wants a flag as a JSON bool; written as a text
// it is refused, with an error that blames the operator.
//
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
type Filter struct {
	Field string
	Value any // a string or a bool
}

// filtering puts filters into a query.
func filtering(q url.Values, where []Filter) {
	type condition struct {
		Field    string `json:"field"`
		Operator string `json:"operator"`
		Value    any    `json:"value"`
	}
	if len(where) == 0 {
		return
	}
	var all []condition
	for _, f := range where {
		all = append(all, condition{f.Field, "EQUAL", f.Value})
	}
	text, err := json.Marshal(all)
	if err == nil { // of strings and bools it is
		q.Set("filtering", string(text))
	}
}
