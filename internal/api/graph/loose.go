package graph

import (
	"encoding/json"
	"math"
	"strconv"
)

// text is a string that the API may also send as a number. Anything else is "".
type text string

// UnmarshalJSON never fails on JSON.
func (t *text) UnmarshalJSON(b []byte) error {
	var v any
	*t = ""
	_ = json.Unmarshal(b, &v) // what cannot be read is nil, and so ""
	switch v := v.(type) {
	case string:
		*t = text(v)
	case float64:
		*t = text(b)
	}
	return nil
}

// integer is a whole number that the API may also send in quotes. Anything else is 0.
type integer int

// UnmarshalJSON never fails on JSON.
func (n *integer) UnmarshalJSON(b []byte) error {
	var v text
	*n = 0
	if err := v.UnmarshalJSON(b); err != nil {
		return err
	}
	if i, err := strconv.ParseInt(string(v), 10, 64); err == nil && i >= math.MinInt32 && i <= math.MaxInt32 {
		*n = integer(i)
	}
	return nil
}
