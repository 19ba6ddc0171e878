package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// made is a long secret that says where it begins and ends.
func made(what string) string { return what + "-begins-" + strings.Repeat("~", 60) + "-ends-" + what }

// TestStage_learn makes sure that the search knows what only the ledger has.
func TestStage_learn(t *testing.T) {
	s, err := newStage(engine{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.strike() })
	before := s.secrets()

	bearer := http.Header{"Authorization": {"Bearer " + made("token")}}
	handed := func(b sim.Backup) []byte {
		body, err := json.Marshal(map[string]any{"pin": branchPIN, "backup": b})
		if err != nil {
			t.Fatal(err)
		}
		return body
	}
	s.learn([]sim.Call{
		{Route: look, Header: http.Header{"Authorization": {"Bearer " + s.sim.Token()}}}, // known already
		{Route: register, Header: http.Header{}, Body: handed(*backup())},                // known already
		{Route: login, Deployment: branch, Header: http.Header{"Authorization": {"Basic " + made("basic")}}},
		{Route: health, Deployment: branch, Header: bearer},
		{Route: takeBackup, Deployment: branch, Header: bearer, Body: fmt.Appendf(nil, `{"password":%q}`, made("password"))},
	})
	if err := s.learnedAll(); err == nil || !strings.Contains(err.Error(), madeUpData) {
		t.Errorf("without the data of a backup: got %v", err)
	}
	s.learn([]sim.Call{{Route: register, Header: http.Header{}, Body: handed(sim.Backup{Password: made("password"), Data: made("data")})}})
	if err := s.learnedAll(); err != nil {
		t.Error(err)
	}

	var want []secret
	want = append(want, ends(bearerToken, made("token"))...)
	want = append(want, ends(madeUpPassword, made("password"))...)
	want = append(want, ends(madeUpData, made("data"))...)
	if got := s.secrets()[len(before):]; !slices.Equal(got, want) {
		t.Errorf("learned %v, want %v", got, want)
	}
	for _, what := range []string{"token", "password", "data"} {
		for _, text := range []string{made(what)[:30], made(what)[40:]} {
			if finds := newScanner(s.secrets()).look("a log", []byte("x"+text+"x")); len(finds) == 0 {
				t.Errorf("%s is not found by %q", what, text)
			}
		}
	}
}
