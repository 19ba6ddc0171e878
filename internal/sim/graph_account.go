package sim

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// lookupAccount returns the account that a request is about.
func (s *Server) lookupAccount(req *request) (*account, *graphError) {
	a := s.store.accounts[req.id()]
	switch {
	case a == nil:
		return nil, errNoObject(req.call.Method, req.id())
	case a.forbidden:
		return nil, cloudError(http.StatusForbidden, 200, "Permissions error",
			"The access token has no access to this WhatsApp Business Account.")
	}
	return a, nil
}

// getAccount shows an account's node.
//
// source: whatsapp-business-accounts
func getAccount(s *Server, req *request) (any, *graphError) {
	a, gerr := s.lookupAccount(req)
	if gerr != nil {
		return nil, gerr
	}
	fields, gerr := accountType.fields(req)
	if gerr != nil {
		return nil, gerr
	}
	return accountType.project(a, fields, nil)
}

var accountType = nodeType[*account]{
	name:     "WhatsAppBusinessAccount",
	defaults: []string{"id", "name"},
	readers:  accountFields(),
}

// accountFields are the fields of an account's node.
func accountFields() map[string]func(*account) any {
	owner := func(a *account) any { return map[string]any{"id": a.BusinessID, "name": "Simulated business"} }
	readers := map[string]func(*account) any{
		"id":                           func(a *account) any { return a.ID },
		"name":                         func(a *account) any { return optional(a.Name) },
		"currency":                     func(a *account) any { return optional(a.Currency) },
		"timezone_id":                  func(a *account) any { return optional(a.TimezoneID) },
		"country":                      func(a *account) any { return optional(a.Country) },
		"status":                       func(a *account) any { return optional(a.Status) },
		"account_review_status":        func(a *account) any { return optional(a.ReviewStatus) },
		"business_verification_status": func(a *account) any { return optional(a.VerificationStatus) },
		"ownership_type":               func(a *account) any { return optional(a.OwnershipType) },
		"message_template_namespace":   func(a *account) any { return optional(a.TemplateNamespace) },
		"primary_funding_id":           func(a *account) any { return optional(a.FundingID) },
		"creation_time":                func(a *account) any { return unix(a.Created) },
		"is_enabled_for_insights":      func(a *account) any { return a.InsightsEnabled },
		"health_status":                accountHealth,
		"owner_business":               owner,
		"owner_business_info":          owner,
		"is_shared_with_partners":      func(a *account) any { return a.SharedWith != "" },

		"whatsapp_business_manager_messaging_limit": portfolioLimit,
	}
	others := "analytics auth_international_rate_eligibility disable_marketing_messages_on_cloud_api" +
		" linked_commerce_account permitted_tasks" +
		" marketing_messages_lite_api_status marketing_messages_onboarding_status" +
		" on_behalf_of_business_info primary_business_location" +
		" purchase_order_number template_auto_archival_enabled" +
		" phone_numbers message_templates subscribed_apps assigned_users"
	for _, name := range strings.Fields(others) {
		readers[name] = nil
	}
	return readers
}

// portfolioLimit is the limit of the portfolio, which every number of it shows as well.
//
// source: messaging-limits
func portfolioLimit(a *account) any {
	for _, e := range a.on(true) {
		return e.MessagingLimit
	}
	return "TIER_250"
}

// listNumbers lists the numbers of an account, the newest first. A number that the
// token may not see by itself is listed all the same.
//
// source: business-phone-numbers/phone-numbers
func listNumbers(s *Server, req *request) (any, *graphError) {
	a, gerr := s.lookupAccount(req)
	if gerr != nil {
		return nil, gerr
	}
	if gerr := req.lacks("before", "offset"); gerr != nil {
		return nil, gerr
	}
	t := phoneType(req.served())
	fields, gerr := t.fields(req)
	if gerr != nil {
		return nil, gerr
	}
	ascending, gerr := sorting(req)
	if gerr != nil {
		return nil, gerr
	}
	entries, gerr := filter(req, a.on(ascending))
	if gerr != nil {
		return nil, gerr
	}
	p, gerr := cutPage(s, req, entries)
	if gerr != nil {
		return nil, gerr
	}
	data, gerr := s.showAll(t, fields, p.entries)
	if gerr != nil {
		return nil, gerr
	}
	return listing(s, req, data, p, len(entries)), nil
}

// listing puts a page together.
func listing[T listed](s *Server, req *request, data []any, p page[T], total int) map[string]any {
	m := map[string]any{"data": data}
	if paging := paging(s, req, p); paging != nil {
		m["paging"] = paging
	}
	if req.call.Query.Get("summary") == "total_count" {
		m["summary"] = map[string]any{"total_count": total}
	}
	return m
}

// lacks refuses parameters in the URL that are not modelled.
func (r *request) lacks(names ...string) *graphError {
	for _, p := range names {
		if r.call.Query.Has(p) {
			return notModelled("parameter " + p)
		}
	}
	return nil
}

func (s *Server) showAll(t nodeType[phone], fields []field, entries []*entry) ([]any, *graphError) {
	data := []any{}
	for _, e := range entries {
		m, gerr := t.project(s.show(e), fields, e.RefusedFields)
		if gerr != nil {
			return nil, gerr
		}
		data = append(data, m)
	}
	return data, nil
}

// on returns the numbers on an account in the order of their arrival, or the newest
// first.
func (a *account) on(ascending bool) []*entry {
	var entries []*entry
	for _, e := range a.entries {
		if !e.removed {
			entries = append(entries, e)
		}
	}
	if !ascending {
		slices.Reverse(entries)
	}
	return entries
}

// sorting reads the parameter sort, bare or as a JSON array of one. The form with a
// dot, which some of Meta's own files show, is refused by the live API. Numbers are
// created and onboarded in the same order here.
func sorting(req *request) (ascending bool, gerr *graphError) {
	text := req.call.Query.Get("sort")
	var list []string
	if json.Unmarshal([]byte(text), &list) == nil && len(list) == 1 {
		text = list[0]
	}
	switch text {
	case "", "last_onboarded_time_descending", "creation_time_descending":
		return false, nil
	case "last_onboarded_time_ascending", "creation_time_ascending":
		return true, nil
	}
	return false, cloudError(http.StatusBadRequest, 100, "Cannot sort by "+text, "")
}
