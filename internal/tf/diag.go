package tf

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
)

// Diagnose makes of any error what the user reads, in one layout: summary,
// cause in the API's own words, remedy, reference for support. summary is used
// unless the error was wrapped by During or is a Problem; at is the attribute to
// blame, empty for none.
func Diagnose(ctx context.Context, summary string, at path.Path, err error) diag.Diagnostics {
	if d := (*during)(nil); errors.As(err, &d) {
		summary = "Could not " + d.action
	}
	if problem := (*Problem)(nil); errors.As(err, &problem) {
		summary, at = problem.Summary, path.Empty()
		if problem.Attribute != "" {
			at = path.Root(problem.Attribute)
		}
	}
	detail := Explain(ctx, err)
	if at.Equal(path.Empty()) {
		return diag.Diagnostics{diag.NewErrorDiagnostic(summary, detail)}
	}
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(at, summary, detail)}
}

const timeUp = "The time for this operation was up. Give it more in timeouts, if it needs that."

// Explain returns the text of an error below its summary: cause, remedy and
// reference, as far as they are known.
func Explain(ctx context.Context, err error) string {
	var e *api.Error
	var problem *Problem
	var also *annotated
	switch {
	case errors.As(err, &also):
		return paragraphs(Explain(ctx, also.err), also.note)
	case errors.As(err, &problem):
		return problem.Detail
	case errors.Is(err, graph.ErrNoToken):
		return "The provider has no access token. Set access_token in the provider block, or the environment variable WHATSAPP_ACCESS_TOKEN."
	case errors.Is(err, graph.ErrNoAppCredentials):
		return "The app makes this call itself, and the provider lacks its id or its secret. Set app_id and app_secret in the provider block, or the environment variables WHATSAPP_APP_ID and WHATSAPP_APP_SECRET."
	case errors.As(err, &e) && errors.Is(err, context.Canceled):
		return paragraphs("The operation was cancelled.", reference(e))
	case errors.As(err, &e) && errors.Is(err, context.DeadlineExceeded):
		return paragraphs(timeUp, reference(e))
	case errors.As(err, &e):
		return paragraphs(cause(e), remedy(e), reference(e))
	case errors.Is(err, context.Canceled):
		return "The operation was cancelled."
	case errors.Is(err, context.DeadlineExceeded):
		return timeUp
	}
	text := err.Error()
	if d := (*during)(nil); errors.As(err, &d) {
		text = d.err.Error() // the summary says what was being done
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return "The operation was cancelled: " + text
	}
	return text
}

// cause is what the API said, unchanged, or what kept it from answering.
func cause(e *api.Error) string {
	var said []string
	for _, part := range []string{e.UserTitle, e.UserMessage, e.Message, e.Reason} {
		if part != "" && !strings.Contains(strings.Join(said, "\n"), part) {
			said = append(said, part)
		}
	}
	if len(said) == 0 && e.Err != nil {
		who := "The WhatsApp API"
		if isDeployment(e.Call) {
			who = "The deployment"
		}
		said = append(said, who+" gave no usable answer: "+e.Err.Error())
	}
	return strings.Join(said, "\n")
}

// reference is the line that support asks for.
func reference(e *api.Error) string {
	var known []string
	if e.Status != 0 {
		known = append(known, fmt.Sprintf("HTTP %d", e.Status))
	}
	if e.Code != 0 {
		known = append(known, fmt.Sprintf("code %d", e.Code))
	}
	if e.Subcode != 0 {
		known = append(known, fmt.Sprintf("subcode %d", e.Subcode))
	}
	if e.Attempts > 1 {
		known = append(known, fmt.Sprintf("%d attempts", e.Attempts))
	}
	if e.Trace != "" {
		known = append(known, "trace "+e.Trace)
	}
	if len(known) == 0 {
		return e.Call
	}
	return e.Call + ": " + strings.Join(known, ", ")
}

// paragraphs joins what is not empty.
func paragraphs(parts ...string) string {
	var filled []string
	for _, part := range parts {
		if part != "" {
			filled = append(filled, part)
		}
	}
	return strings.Join(filled, "\n\n")
}

// ImportedID returns what an import was asked for, by id or by the identity
// attribute of the given name.
func ImportedID(ctx context.Context, req resource.ImportStateRequest, attribute string) (string, diag.Diagnostics) {
	if req.ID != "" || req.Identity == nil {
		return req.ID, nil
	}
	var id types.String
	diags := req.Identity.GetAttribute(ctx, path.Root(attribute), &id)
	return id.ValueString(), diags
}
