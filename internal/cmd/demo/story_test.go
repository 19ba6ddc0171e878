package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestStory runs the whole demo, with the engine that it finds.
func TestStory(t *testing.T) {
	if os.Getenv("TF_ACC") == "" {
		t.Skip("the demo builds the provider and runs terraform or tofu; set TF_ACC=1 to have it run")
	}
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), nil, &stdout, &stderr); code != 0 {
		t.Fatalf("exit code %d\n%s\n%s", code, stdout.String(), stderr.String())
	}
	text := stdout.String()
	lines := []string{
		"Plan: 3 to add, 0 to change, 0 to destroy.",
		"2 × POST /{phone-number-id}/register      desk, shop",
		"No changes.",
		"is no longer registered on the Cloud API",
		"courier: refused with code 133005",
		"Found: 0.",
		"1 of 10",
		"All as told: 10 chapters",
	}
	e, err := findEngine(t.Context(), os.Getenv)
	if err != nil {
		t.Fatal(err)
	}
	if e.forgets() {
		lines = append(lines, "Warning: The On-Premises deployment is not connected", migrationAsAsked,
			"4 × POST /{phone-number-id}/deregister    branch, counter, desk, shop")
	} else {
		lines = append(lines, "Left out: all of on_premises", "2 × POST /{phone-number-id}/deregister    desk, shop")
	}
	for _, line := range lines {
		if !strings.Contains(text, line) {
			t.Errorf("the story does not have %q", line)
		}
	}
	if strings.Contains(text, "development overrides") || strings.Contains(text, "\x1b[") {
		t.Error("the story has the warning of the overrides, or colours")
	}
	if t.Failed() {
		t.Log(text)
	}
}

// migrationAsAsked is what takes a number out of its deployment.
const migrationAsAsked = `
   deployment: POST /v1/users/login
   deployment: GET /v1/health
   deployment: GET /v1/support
   deployment: GET /v1/settings/application
   deployment: DELETE /v1/settings/account/two-step
   deployment: POST /v1/settings/account/two-step
   deployment: POST /v1/settings/backup
   API:        POST /{phone-number-id}/register
   API:        GET /{phone-number-id}`

// TestStage_leavesNothing makes sure that the folder goes, and that -keep keeps it.
func TestStage_leavesNothing(t *testing.T) {
	for _, keep := range []bool{false, true} {
		s, err := newStage(engine{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = os.RemoveAll(s.dir) })
		var out bytes.Buffer
		if err := s.close(newPrinter(&out, false), keep); err != nil {
			t.Fatal(err)
		}
		_, err = os.Stat(s.dir)
		if kept := err == nil; kept != keep {
			t.Errorf("kept: %v, want %v", kept, keep)
		}
		if named := regexp.MustCompile(`(?m)^Kept: .*whatsapp-demo-`).MatchString(out.String()); named != keep {
			t.Errorf("says that it was kept: %v, want %v", named, keep)
		}
	}
}
