package graph

// StatusFields is a set of few fields, for tests in which it does not matter which.
var StatusFields = Fields{
	Required: []string{"id", "display_phone_number", "verified_name", "status", "platform_type"},
	Optional: []string{"new_display_name", "new_name_status"},
}
