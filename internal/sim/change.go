package sim

import "slices"

// Number returns a copy of the number with this id, and whether there is one.
func (s *Server) Number(id string) (Number, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.review()
	e := s.store.existing(id)
	if e == nil {
		return Number{}, false
	}
	return e.copy(), true
}

// Numbers returns copies of all numbers, ordered by id.
func (s *Server) Numbers() []Number {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.review()
	return s.store.copies()
}

// Attempts returns how many register and deregister calls of the number count
// toward its budget of ten in 72 hours now.
func (s *Server) Attempts(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.store.existing(id)
	if e == nil {
		return 0
	}
	return e.budget.used(s.options.now())
}

// Registrations returns how many register calls of the number were accepted, ever.
func (s *Server) Registrations(id string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.store.existing(id)
	if e == nil {
		return 0
	}
	return e.registrations
}

// Change lets f change a number as somebody would in WhatsApp Manager, and reports
// whether there is such a number. It shows at once, even where a registration had
// not shown yet. The id and the account stay what they are. f must not call the
// Server.
func (s *Server) Change(id string, f func(*Number)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.review()
	e := s.store.existing(id)
	if e == nil {
		return false
	}
	n := e.copy()
	f(&n)
	n.ID = e.ID
	if n.Deployment != nil && e.Deployment == nil {
		n.Deployment.complete(&n, s.options.now())
	}
	e.Number = n.clone()
	e.showAtOnce()
	s.submit(e)
	return true
}

// Deregister takes a number off the Cloud API behind the caller's back: no call in
// the ledger, none in the budget. It reports whether there is such a number.
func (s *Server) Deregister(id string) bool {
	return s.Change(id, (*Number).disconnect)
}

// Ban bans a number for violating a policy, and reports whether there is such a
// number.
func (s *Server) Ban(id string) bool {
	return s.Change(id, func(n *Number) { n.Status = statusBanned })
}

// Remove deletes a number in WhatsApp Manager: its node answers code 33, its
// account lists it no more, and for five minutes it cannot be registered because
// the deletion is not finished. It reports whether there was such a number.
func (s *Server) Remove(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.store.existing(id)
	if e == nil {
		return false
	}
	e.removed, e.removedAt = true, s.options.now()
	return true
}

// Move puts a number on another account, where it is the newest. It reports whether
// there are such a number and such an account.
func (s *Server) Move(id, accountID string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.store.existing(id)
	a := s.store.accounts[accountID]
	if e == nil || a == nil {
		return false
	}
	e.account.entries = slices.DeleteFunc(e.account.entries, func(o *entry) bool { return o == e })
	a.entries = append(a.entries, e)
	e.account = a
	return true
}

// Forbid takes the token's sight of a number, or gives it back: the node answers
// 100/33 as if there were none, while the account still lists it. It reports
// whether there is such a number.
func (s *Server) Forbid(id string, forbidden bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.store.existing(id)
	if e == nil {
		return false
	}
	e.forbidden = forbidden
	return true
}

// ForbidAccount takes the token's access to an account, or gives it back: the
// account's node and its list of numbers answer code 200. The numbers' own nodes
// stay readable, see [Server.Forbid]. It reports whether there is such an account.
func (s *Server) ForbidAccount(accountID string, forbidden bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.store.accounts[accountID]
	if a == nil {
		return false
	}
	a.forbidden = forbidden
	return true
}

// Token returns the access token that works.
func (s *Server) Token() string { return s.store.token }

// ExpireToken lets the access token expire: from now on it is refused with 190/463.
func (s *Server) ExpireToken() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.store.expired = true
}
