package onprem

import (
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// text is a string that may also come as a number.
type text = api.Text

// truth is a bool that a server may also send as a string. Anything else is false.
type truth bool

// UnmarshalJSON never fails on JSON.
func (t *truth) UnmarshalJSON(b []byte) error {
	s := string(b)
	*t = s == "true" || s == `"true"`
	return nil
}

// layouts are the forms in which the API writes a time: when a token expires, when the
// version does, and what the standard says.
var layouts = []string{"2006-01-02 15:04:05Z07:00", "2006-01-02T15:04:05", time.RFC3339}

// parseTime reads a time. One without a zone is taken for UTC; what cannot be read is
// the zero time, since nothing depends on it that would be worth failing for.
func parseTime(s text) time.Time {
	for _, layout := range layouts {
		if t, err := time.Parse(layout, string(s)); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
