package sim_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"

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

// Somebody logs in at a number's On-Premises deployment; a registration with a wrong
// PIN then takes it down. The ledger has both sides in order.
func ExampleServer_StartOnPremises() {
	const id = "200000000000001"
	s := sim.New(sim.World{Accounts: []sim.Account{{ID: "100000000000001", Numbers: []sim.Number{{
		ID: id, DisplayPhoneNumber: "+1 555-010-0001",
		Deployment: &sim.Deployment{Username: "admin", Password: "Made-up-1"},
	}}}}})
	defer s.Close()
	base, ca, err := s.StartOnPremises(id, "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(ca)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
	defer client.CloseIdleConnections()

	r, _ := http.NewRequest("POST", base+"/v1/users/login", nil)
	r.SetBasicAuth("admin", "Made-up-1")
	resp, err := client.Do(r)
	if err != nil {
		log.Fatal(err)
	}
	resp.Body.Close()
	fmt.Println(resp.Status, s.Tokens(id), "token")

	before, _ := s.Deployment(id)
	s.Change(id, func(n *sim.Number) { n.PIN = "012345" })
	w := httptest.NewRecorder()
	r = httptest.NewRequest("POST", "/v25.0/"+id+"/register", strings.NewReader(`{"messaging_product":"whatsapp","pin":"543210"}`))
	r.Header.Set("Authorization", "Bearer "+s.Token())
	r.Header.Set("Content-Type", "application/json")
	s.ServeHTTP(w, r) // with a wrong PIN, which is the worst that can happen
	after, _ := s.Deployment(id)
	fmt.Println(before.State, "then", after.State)
	for _, c := range s.Calls() {
		fmt.Println(c.Route, c.Status, c.Code)
	}
	// Output:
	// 200 OK 1 token
	// connected then disconnected
	// onprem POST /v1/users/login 200 0
	// POST /{phone-number-id}/register 400 133005
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
