package sim_test

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// A number is registered over HTTP; the answer is lost on the way, but the world and
// the ledger know better.
func Example() {
	s := sim.New(sim.World{Accounts: []sim.Account{{
		ID:      "100000000000001",
		Numbers: []sim.Number{{ID: "200000000000001", DisplayPhoneNumber: "+1 555-010-0001"}},
	}}})
	defer s.Close()
	base, err := s.Start("127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	s.Inject(sim.Fault{Route: "POST /{phone-number-id}/register", Kind: sim.FaultResetAfter})

	_, err = call(s, "POST", base+"/v25.0/200000000000001/register", `{"messaging_product":"whatsapp","pin":"012345"}`)
	fmt.Println("lost:", err != nil)
	body, _ := call(s, "GET", base+"/v25.0/200000000000001?fields=status,platform_type", "")
	fmt.Println(body)
	n, _ := s.Number("200000000000001")
	fmt.Println(n.Status, n.PIN, s.Registrations(n.ID), s.Count("GET /{phone-number-id}"))
	// Output:
	// lost: true
	// {"id":"200000000000001","platform_type":"CLOUD_API","status":"PENDING"}
	// CONNECTED 012345 1 1
}

func call(s *sim.Server, method, url, body string) (string, error) {
	r, err := http.NewRequest(method, url, bytes.NewBufferString(body))
	if err != nil {
		return "", err
	}
	r.Header.Set("Authorization", "Bearer "+s.Token())
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	return string(b), err
}
