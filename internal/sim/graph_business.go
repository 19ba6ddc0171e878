package sim

import (
	"cmp"
	"slices"
)

// listOwned lists the accounts that a portfolio owns.
//
// source: solution-providers/manage-accounts
func listOwned(s *Server, req *request) (any, *graphError) {
	return s.listAccounts(req, func(a *account) bool { return a.BusinessID == req.id() })
}

// listClients lists the accounts that others share with a portfolio.
//
// source: solution-providers/manage-accounts
func listClients(s *Server, req *request) (any, *graphError) {
	return s.listAccounts(req, func(a *account) bool { return a.SharedWith == req.id() })
}

// listAccounts lists the accounts that belong, the newest first. One that the token
// has no access to is left out, which is inferred.
func (s *Server) listAccounts(req *request, belongs func(*account) bool) (any, *graphError) {
	if !s.store.isBusiness(req.id()) {
		return nil, errNoObject(req.call.Method, req.id())
	}
	if gerr := req.lacks("filtering", "find", "business_type", "before", "offset"); gerr != nil {
		return nil, gerr
	}
	fields, gerr := accountType.fields(req)
	if gerr != nil {
		return nil, gerr
	}
	ascending, gerr := sorting(req)
	if gerr != nil {
		return nil, gerr
	}
	accounts := s.store.accountsThat(belongs, ascending)
	p, gerr := cutPage(s, req, accounts)
	if gerr != nil {
		return nil, gerr
	}
	data := []any{}
	for _, a := range p.entries {
		m, gerr := accountType.project(a, fields, nil)
		if gerr != nil {
			return nil, gerr
		}
		data = append(data, m)
	}
	return listing(s, req, data, p, len(accounts)), nil
}

// isBusiness reports whether an id is that of a portfolio.
func (st *store) isBusiness(id string) bool {
	for _, a := range st.accounts {
		if a.BusinessID == id || a.SharedWith == id {
			return true
		}
	}
	return false
}

// accountsThat returns the accounts that belong, in the order of the seed or the
// other way round.
func (st *store) accountsThat(belongs func(*account) bool, ascending bool) []*account {
	var accounts []*account
	for _, a := range st.accounts {
		if belongs(a) && !a.forbidden {
			accounts = append(accounts, a)
		}
	}
	slices.SortFunc(accounts, func(a, b *account) int {
		if ascending {
			return cmp.Compare(a.seq, b.seq)
		}
		return cmp.Compare(b.seq, a.seq)
	})
	return accounts
}
