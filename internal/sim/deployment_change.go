package sim

import "time"

// deployed returns the number with this id if it has a deployment, or nil. One that
// was deleted in WhatsApp Manager keeps it.
func (st *store) deployed(id string) *entry {
	e := st.numbers[id]
	if e == nil || e.Deployment == nil {
		return nil
	}
	return e
}

// Deployment returns a copy of the truth about a number's deployment, and whether
// it has one.
func (s *Server) Deployment(numberID string) (Deployment, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.store.deployed(numberID)
	if e == nil {
		return Deployment{}, false
	}
	return *e.Deployment, true
}

// ChangeDeployment lets f change a number's deployment as its operator would, and
// reports whether it has one. What f empties stays empty. f must not call the
// Server.
func (s *Server) ChangeDeployment(numberID string, f func(*Deployment)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.store.deployed(numberID)
	if e == nil {
		return false
	}
	d := *e.Deployment
	f(&d)
	e.Deployment = &d
	return true
}

// Restore restarts a number's deployment, as its operator would after it went down.
// It listens again where it did. It is connected afterwards only if Meta's servers
// still know the number by it; otherwise it stays disconnected. Restore panics when
// somebody else has taken the port.
func (s *Server) Restore(numberID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.store.deployed(numberID)
	if e == nil {
		return
	}
	e.Deployment.State = gatewayDisconnected
	if e.PlatformType == platformOnPremise {
		e.Deployment.State = gatewayConnected
	}
	if err := s.reopen(numberID); err != nil {
		panic("sim: restore: " + err.Error())
	}
}

// RenewIdentity gives a number new keys, as registering it again on On-Premises or
// restoring a backup there does: backups made before are stale. It reports whether
// the number has a deployment.
func (s *Server) RenewIdentity(numberID string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.store.deployed(numberID)
	if e == nil {
		return false
	}
	e.identity++
	return true
}

// Tokens returns how many bearer tokens are valid at a number's deployment now.
func (s *Server) Tokens(numberID string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.store.deployed(numberID)
	if e == nil {
		return 0
	}
	return e.sessions.count(s.options.now())
}

// ExpireOnPremisesTokens revokes all bearer tokens of a number's deployment: calls
// with them answer 401 from now on.
func (s *Server) ExpireOnPremisesTokens(numberID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e := s.store.deployed(numberID); e != nil {
		e.sessions = nil
	}
}

// sessions are the bearer tokens of a deployment with the end of each.
type sessions map[string]time.Time

// sessionTime is how long a token is valid.
// source: whatsapp/on-premises/overview
const sessionTime = 7 * 24 * time.Hour

// count returns how many tokens are valid now, and forgets the others.
func (t sessions) count(now time.Time) int {
	for token, end := range t {
		if !now.Before(end) {
			delete(t, token)
		}
	}
	return len(t)
}
