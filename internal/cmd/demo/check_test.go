package main

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

func TestResult_says(t *testing.T) {
	r := result{line: "terraform plan", stdout: "Plan: 3 to add,\n  0 to change.\n", stderr: "\nError: a wrong\nPIN\n"}
	if err := r.says("3 to add, 0 to change.", "a wrong PIN"); err != nil {
		t.Error(err)
	}
	if err := r.says("Plan", "No changes."); err == nil || err.Error() != `"terraform plan" does not say "No changes."` {
		t.Errorf("got %v", err)
	}
	if err := r.silent("No changes."); err != nil {
		t.Error(err)
	}
	if r.silent("No changes.", "wrong PIN") == nil {
		t.Error("what was said was taken for silence")
	}
}

// TestStory_notices makes sure that the checks see a world that is not as told.
func TestStory_notices(t *testing.T) {
	story := &story{stage: &stage{sim: sim.New(world())}}
	url, err := story.sim.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(story.sim.Close)

	if err := story.is(courier, never(courierTrue), 0); err != nil {
		t.Error(err)
	}
	err = story.is(courier, live(courierPIN), 2)
	for _, part := range []string{
		"the status of courier is PENDING, not CONNECTED",
		"the platform of courier is NOT_APPLICABLE, not CLOUD_API",
		"the PIN of courier is not the one",
		"the number of attempts spent of courier is 0, not 2",
	} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("got %v, want %s", err, part)
		}
	}
	if err != nil && strings.Contains(err.Error(), courierTrue) {
		t.Errorf("the check repeats a PIN: %v", err)
	}

	if err := story.wrote(); err != nil {
		t.Error(err)
	}
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url+"/v25.0/"+shop+"/register", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if err := story.wrote(register + "shop"); err != nil {
		t.Error(err)
	}
	for _, want := range [][]string{{}, {register + "desk"}, {register + "shop", register + "shop"}} {
		if story.wrote(want...) == nil {
			t.Errorf("one registration of shop was taken for %v", want)
		}
	}
}
