package api

import "encoding/json"

// Text is a string that a server may also send as a number. Anything else is "".
type Text string

// UnmarshalJSON never fails on JSON.
func (t *Text) UnmarshalJSON(b []byte) error {
	var v any
	*t = ""
	_ = json.Unmarshal(b, &v) // what cannot be read is nil, and so ""
	switch v := v.(type) {
	case string:
		*t = Text(v)
	case float64:
		*t = Text(b)
	}
	return nil
}
