package api

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

func TestError_text(t *testing.T) {
	tests := []struct {
		err  Error
		want string
	}{
		{Error{}, "the call failed"},
		{Error{Call: "GET /x", Err: context.Canceled}, "GET /x: context canceled"},
		{
			Error{
				Call: "POST /{phone-number-id}/register", Status: 400, Code: 100, Subcode: 33, Trace: "A1b2",
				Message: "message", Reason: "reason", UserTitle: "title", UserMessage: "reason",
			},
			"POST /{phone-number-id}/register: message: reason: title (HTTP 400, code 100, subcode 33, trace A1b2)",
		},
	}
	for _, tt := range tests {
		if got := tt.err.Error(); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

type teller struct{ error }

func (teller) Outcome() Outcome { return NotDone }

func TestError_questions(t *testing.T) {
	err := fmt.Errorf("wrapped: %w", &Error{Kind: Denied, Code: 133005, Outcome: Refused, Err: context.Canceled})
	if !IsKind(err, Denied) || IsKind(err, Unknown) || IsKind(nil, Unknown) || IsKind(errors.New("x"), Unknown) {
		t.Error("IsKind")
	}
	if !HasCode(err, 1, 133005) || HasCode(err, 1) || HasCode(err) || HasCode(errors.New("x"), 0) {
		t.Error("HasCode")
	}
	if OutcomeOf(err) != Refused || OutcomeOf(errors.New("x")) != Unclear || OutcomeOf(nil) != Unclear {
		t.Error("OutcomeOf")
	}
	if OutcomeOf(fmt.Errorf("wrapped: %w", teller{errors.New("x")})) != NotDone {
		t.Error("OutcomeOf of an error that knows")
	}
	if !errors.Is(err, context.Canceled) {
		t.Error("Unwrap")
	}
}

func TestNames(t *testing.T) {
	if Unknown.String() != "unknown" || Unavailable.String() != "unavailable" || Kind(99).String() != "kind 99" {
		t.Error("kinds")
	}
	if Unclear.String() != "unclear" || NotDone.String() != "not done" || Outcome(-1).String() != "outcome -1" {
		t.Error("outcomes")
	}
}
