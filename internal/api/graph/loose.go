package graph

import (
	"math"
	"strconv"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// text is a string that may also come as a number.
type text = api.Text

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
