package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// Secrets that only the ledger knows, since they are made up on the way.
const (
	bearerToken    = "a bearer token of the deployment"
	madeUpPassword = "the backup password made up"
	madeUpData     = "the backup data made up"
)

// learn adds to the secrets those that calls have: the tokens that a deployment gave,
// and the backup that it made, with its password.
func (s *stage) learn(calls []sim.Call) {
	for _, c := range calls {
		scheme, token, _ := strings.Cut(c.Header.Get("Authorization"), " ")
		if c.Deployment != "" && scheme == "Bearer" {
			s.learnOne(bearerToken, token)
		}
		var body struct {
			Password string     // of a backup, as a deployment is asked for it
			Backup   sim.Backup // as it is handed over
		}
		if json.Unmarshal(c.Body, &body) != nil {
			continue // there is no body
		}
		s.learnOne(madeUpPassword, body.Password)
		s.learnOne(madeUpPassword, body.Backup.Password)
		s.learnOne(madeUpData, body.Backup.Data)
	}
}

// learnOne adds both ends of a long secret, unless they are known.
func (s *stage) learnOne(name, value string) {
	if len(value) < 48 {
		return // there is none, or it is one of the cast
	}
	for _, piece := range ends(name, value) {
		if !slices.ContainsFunc(s.secrets(), func(known secret) bool { return known.value == piece.value }) {
			s.learned = append(s.learned, piece)
		}
	}
}

// ends are the two ends of a long secret, each of which gives enough away.
func ends(name, value string) []secret {
	return []secret{
		{name: "the beginning of " + name, value: value[:24]},
		{name: "the end of " + name, value: value[len(value)-24:]},
	}
}

// learnedAll makes sure that the search will look for what the migration made up.
func (s *stage) learnedAll() error {
	for _, name := range []string{bearerToken, madeUpPassword, madeUpData} {
		if !slices.ContainsFunc(s.learned, func(known secret) bool { return strings.HasSuffix(known.name, name) }) {
			return fmt.Errorf("the ledger does not have %s, so that nobody could look for it", name)
		}
	}
	return nil
}
