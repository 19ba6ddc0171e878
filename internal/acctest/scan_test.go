package acctest

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
)

// TestLeaks proves that the scan finds a secret in each of its forms, since a
// scan that cannot fail says nothing.
func TestLeaks(t *testing.T) {
	const pin, data = "012345", `Gx/+<&"9 vQ`
	secrets := map[string]string{"pin": pin, "data": data}
	for name, tt := range map[string]struct {
		text string
		want string
	}{
		"raw":                    {`{"pin":"012345"}`, "pin"},
		"raw at the end":         {"pin=012345", "pin"},
		"JSON":                   {`"data":"Gx/+\u003c\u0026\"9 vQ"`, "data"},
		"quoted by Go":           {`data="Gx/+<&\"9 vQ"`, "data"},
		"in a query":             {"?d=" + url.QueryEscape(data), "data"},
		"in a path":              {"/" + url.PathEscape(data), "data"},
		"base64":                 {base64.StdEncoding.EncodeToString([]byte("pin:  " + pin + " etc")), "pin"},
		"base64, one byte on":    {base64.StdEncoding.EncodeToString([]byte("pin:   " + pin + " etc")), "pin"},
		"base64, two bytes on":   {base64.StdEncoding.EncodeToString([]byte("pin:    " + pin + " etc")), "pin"},
		"base64 for URLs":        {base64.URLEncoding.EncodeToString([]byte("x" + data + "x")), "data"},
		"part of a longer id":    {"id 1060123452", ""},
		"part of a hexadecimal":  {"trace a012345f", ""},
		"first inside, then not": {"a012345f 012345", "pin"},
		"something else":         {"pin 543210", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(Leaks([]byte(tt.text), secrets), " "); got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}
