package sim

import (
	"cmp"
	"slices"
)

// Accounts returns copies of all accounts, without their numbers, ordered by id.
func (s *Server) Accounts() []Account {
	s.mu.Lock()
	defer s.mu.Unlock()
	accounts := make([]Account, 0, len(s.store.accounts))
	for _, a := range s.store.accounts {
		accounts = append(accounts, a.clone())
	}
	slices.SortFunc(accounts, func(a, b Account) int { return cmp.Compare(a.ID, b.ID) })
	return accounts
}

// Account returns a copy of the account with this id, without its numbers, and
// whether there is one.
func (s *Server) Account(id string) (Account, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.store.accounts[id]
	if a == nil {
		return Account{}, false
	}
	return a.clone(), true
}

// ChangeAccount lets f change an account, without its numbers, as somebody would in
// WhatsApp Manager, or another app by its own token. It reports whether there is such
// an account. The id stays what it is. f must not call the Server.
func (s *Server) ChangeAccount(id string, f func(*Account)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.store.accounts[id]
	if a == nil {
		return false
	}
	changed := a.clone()
	f(&changed)
	changed.ID = id
	a.Account = changed.clone()
	return true
}

// App returns a copy of the token's app.
func (s *Server) App() App {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.store.app.clone()
}

// ChangeApp lets f change the token's app as somebody would in the App Dashboard. The
// id stays what it is. f must not call the Server.
func (s *Server) ChangeApp(f func(*App)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	app := s.store.app.clone()
	f(&app)
	app.ID = s.store.app.ID
	s.store.app = app.clone()
}
