package sim

// health is the field health_status of a number: whether it can send, and the same
// for everything that its messages pass. It is the one way from a number to the id
// of its account.
//
// source: support/health-status
func health(p phone) any {
	number := map[string]any{"entity_type": "PHONE_NUMBER", "id": p.ID, "can_send_message": canSend(p.Number)}
	if !p.live() {
		number["additional_info"] = []any{"The phone number is not registered on the Cloud API."}
	}
	entities := []any{number}
	for _, e := range [][2]string{{"WABA", p.account.ID}, {"BUSINESS", p.account.BusinessID}, {"APP", p.app.ID}} {
		entities = append(entities, map[string]any{
			"entity_type": e[0], "id": e[1], "can_send_message": "AVAILABLE",
		})
	}
	return map[string]any{"can_send_message": canSend(p.Number), "entities": entities}
}

// accountHealth is the field health_status of an account.
func accountHealth(a *account) any {
	entities := []any{}
	for _, e := range [][2]string{{"WABA", a.ID}, {"BUSINESS", a.BusinessID}} {
		entities = append(entities, map[string]any{"entity_type": e[0], "id": e[1], "can_send_message": "AVAILABLE"})
	}
	return map[string]any{"can_send_message": "AVAILABLE", "entities": entities}
}

// canSend says whether a number can send. Which status means which is inferred from
// the names.
func canSend(n Number) string {
	if !n.live() {
		return "BLOCKED"
	}
	switch n.Status {
	case statusConnected:
		return "AVAILABLE"
	case "FLAGGED", "RESTRICTED", "RATE_LIMITED":
		return "LIMITED"
	}
	return "BLOCKED"
}
