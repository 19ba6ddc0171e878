package main

import (
	"bytes"
	"slices"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

var someCalls = []sim.Call{
	{Method: "GET", Route: "GET /{phone-number-id}", Path: "/v25.0/" + shop, Status: 200},
	{Method: "POST", Route: "POST /{phone-number-id}/register", Path: "/v25.0/" + shop + "/register", Status: 200},
	{Method: "GET", Route: "GET /{phone-number-id}", Path: "/v25.0/" + desk, Status: 200},
	{Method: "GET", Route: "GET /{phone-number-id}", Path: "/v25.0/" + shop, Status: 200},
	{Method: "POST", Route: "POST /{phone-number-id}/register", Path: "/v25.0/" + courier + "/register", Status: 400, Code: 133005},
	{Method: "GET", Route: "GET /{business-account-id}/phone_numbers", Path: "/v25.0/" + account + "/phone_numbers", Status: 502},
	{Method: "PATCH", Path: "/v25.0/" + desk, Status: 400, Code: 100},
}

func TestAsk(t *testing.T) {
	want := []string{
		" 1 × GET /{business-account-id}/phone_numbers account: HTTP 502",
		" 3 × GET /{phone-number-id}                desk, shop ×2",
		" 1 × PATCH /v25.0/" + desk + "          desk: refused with code 100",
		" 2 × POST /{phone-number-id}/register      courier: refused with code 133005, shop",
	}
	var got []string
	for _, a := range ask(someCalls) {
		got = append(got, a.String())
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// someVisits are calls of a plan that looks at the deployment of branch.
var someVisits = []sim.Call{
	{Method: "GET", Route: look, Path: "/v25.0/" + branch, Status: 200},
	{Method: "GET", Route: look, Path: "/v25.0/" + shop, Status: 200},
	{Method: "POST", Route: login, Path: "/v1/users/login", Deployment: branch, Status: 200},
	{Method: "POST", Path: "/v1/nowhere", Deployment: branch, Status: 404},
	{Method: "POST", Route: takeBackup, Path: "/v1/settings/backup", Deployment: branch, Status: 500, Code: 1011},
	{Method: "GET", Route: look, Path: "/v25.0/" + branch, Status: 200},
	{Method: "GET", Route: look, Path: "/v25.0/" + desk, Status: 200},
	{Method: "GET", Route: look, Path: "/v25.0/" + branch, Status: 200},
}

// TestPrinter_asked has both sides of a visit in order, and the rest summed up.
func TestPrinter_asked(t *testing.T) {
	tests := map[string]struct {
		calls []sim.Call
		want  string
	}{
		"a visit": {someVisits, `asked about branch, in this order:
   API:        GET /{phone-number-id}
   deployment: POST /v1/users/login
   deployment: POST /v1/nowhere: HTTP 404
   deployment: POST /v1/settings/backup: refused with code 1011
   API:        GET /{phone-number-id} ×2
asked of the API:
   2 × GET /{phone-number-id}                desk, shop
`},
		"a visit and no more": {someVisits[2:3], `asked about branch, in this order:
   deployment: POST /v1/users/login
`},
		"no visit": {someVisits[:2], `asked of the API:
   2 × GET /{phone-number-id}                branch, shop
`},
		"nothing": {nil, "asked of the API:\n   nothing\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			newPrinter(&out, false).asked(test.calls)
			if out.String() != test.want {
				t.Errorf("got\n%s\nwant\n%s", out.String(), test.want)
			}
		})
	}
}

func TestWrites(t *testing.T) {
	want := []string{
		"PATCH /v25.0/" + desk + " desk",
		"POST /{phone-number-id}/register courier",
		"POST /{phone-number-id}/register shop",
	}
	if got := writes(slices.Concat(someCalls, someVisits)); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
