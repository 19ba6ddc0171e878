package main

import (
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

func TestWrites(t *testing.T) {
	want := []string{
		"PATCH /v25.0/" + desk + " desk",
		"POST /{phone-number-id}/register courier",
		"POST /{phone-number-id}/register shop",
	}
	if got := writes(someCalls); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
