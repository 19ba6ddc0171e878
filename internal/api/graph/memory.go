package graph

import (
	"sync"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/wa"
)

// memory is what a client knows of phone numbers from what it read: the last state of
// each, the account of each, and the lists of whole accounts. It lasts as long as the
// client, which is one plan or one apply. What is written to, it forgets.
type memory struct {
	mu      sync.Mutex
	clock   int                   // grows with each write
	written map[PhoneID]int       // when a number was written to last; a read that began before is stale
	seen    map[PhoneID]*Phone    // what was read last
	read    map[PhoneID]time.Time // when that was
	homes   map[PhoneID]AccountID // as far as they were learnt
	asked   map[AccountID]ids     // which numbers of an account were asked for
	rosters map[AccountID]*roster // what could be read of the lists of accounts
	changed map[AccountID]int     // when it became unclear which numbers an account has; a list that was begun before is stale
}

type ids map[PhoneID]bool

// roster is the list of an account's numbers.
type roster struct {
	phones map[PhoneID]*Phone // nil for a number that was written to since
	ids    map[string]PhoneID // by the digits of the number
	err    error              // why the rest of it could not be read, nil if all was
}

func newMemory() memory {
	return memory{
		written: map[PhoneID]int{}, seen: map[PhoneID]*Phone{}, read: map[PhoneID]time.Time{}, homes: map[PhoneID]AccountID{},
		asked: map[AccountID]ids{}, rosters: map[AccountID]*roster{}, changed: map[AccountID]int{},
	}
}

// Last returns what this client read last of a number, if nothing was written to it
// since. It asks nobody. The result is a copy.
func (s *Phones) Last(id PhoneID) (*Phone, bool) {
	m := &s.memory
	m.mu.Lock()
	defer m.mu.Unlock()
	p, ok := m.seen[id]
	if !ok {
		return nil, false
	}
	return p.clone(), true
}

// ReadAt returns when the client read what it knows of a number, the zero time for never.
func (s *Phones) ReadAt(id PhoneID) time.Time {
	m := &s.memory
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.read[id]
}

// now returns the moment before a read, for remember and keep.
func (m *memory) now() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.clock
}

// remember takes in what was read of a number since a moment, unless something was
// written to it in between.
func (m *memory) remember(id PhoneID, p *Phone, since int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.written[id] <= since {
		m.seen[id], m.read[id] = p.clone(), time.Now()
	}
	if account := p.AccountID(); account != "" {
		m.homes[id] = account
	}
}

// keep takes in what was read of an account's list since a moment.
func (m *memory) keep(account AccountID, phones []*Phone, since int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.changed[account] > since {
		return
	}
	l := &roster{phones: make(map[PhoneID]*Phone, len(phones)), ids: make(map[string]PhoneID, len(phones)), err: err}
	now := time.Now()
	for _, p := range phones {
		m.homes[p.ID] = account
		l.ids[wa.Digits(p.DisplayPhoneNumber)] = p.ID
		if m.written[p.ID] > since {
			l.phones[p.ID] = nil
			continue
		}
		l.phones[p.ID], m.seen[p.ID], m.read[p.ID] = p, p, now
	}
	m.rosters[account] = l
}

// forget drops what is known of the state of a number.
func (m *memory) forget(id PhoneID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.clock++
	m.written[id] = m.clock
	delete(m.seen, id)
	for _, l := range m.rosters {
		if _, ok := l.phones[id]; ok {
			l.phones[id] = nil
		}
	}
}

// forgetAccount drops the list of an account, because it is not clear any more which
// numbers are on it. The next one who asks reads it anew.
func (m *memory) forgetAccount(account AccountID) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.clock++
	m.changed[account] = m.clock
	delete(m.rosters, account)
}

// join puts a number that was added on the list of its account, if that was read, so that
// adding a thousand numbers does not read it a thousand times. A list that is being read
// may lack the number, and is not kept.
func (m *memory) join(account AccountID, id PhoneID, digits string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.clock++
	m.changed[account] = m.clock
	m.homes[id] = account
	if l := m.rosters[account]; l != nil {
		l.phones[id], l.ids[digits] = nil, id
	}
}

// has reports whether a list has a number.
func (m *memory) has(l *roster, id PhoneID) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	_, listed := l.phones[id]
	return listed
}

// numbered returns the id of the number with these digits on a list, "" if it is not there.
func (m *memory) numbered(l *roster, digits string) PhoneID {
	m.mu.Lock()
	defer m.mu.Unlock()
	return l.ids[digits]
}

// home returns the account of a number, "" if it was not learnt.
func (m *memory) home(id PhoneID) AccountID {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.homes[id]
}

// count notes that a number of an account is asked for, and returns how many that makes.
// Until the number itself tells, it is taken to be on that account.
func (m *memory) count(account AccountID, id PhoneID) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.homes[id] == "" {
		m.homes[id] = account
	}
	if m.asked[account] == nil {
		m.asked[account] = ids{}
	}
	m.asked[account][id] = true
	return len(m.asked[account])
}

// likely returns the account that a number of unknown account is likely to be on: the
// one with the most numbers that were asked for, among those with several and without a
// list. It returns "" if there is none.
func (m *memory) likely() AccountID {
	m.mu.Lock()
	defer m.mu.Unlock()
	var likely AccountID
	for account, numbers := range m.asked {
		if n := len(numbers); n > 1 && n > len(m.asked[likely]) && m.rosters[account] == nil {
			likely = account
		}
	}
	return likely
}

// roster returns what was read of an account's list, nil if nothing was tried yet.
func (m *memory) roster(account AccountID) *roster {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.rosters[account]
}

// unlistable reports whether the list of an account could not be read.
func (m *memory) unlistable(account AccountID) bool {
	l := m.roster(account)
	return l != nil && l.err != nil
}

// listed returns what the list of an account shows of a number. Without an account, all
// lists are looked through.
func (m *memory) listed(account AccountID, id PhoneID) *Phone {
	m.mu.Lock()
	defer m.mu.Unlock()
	if account == "" {
		account = m.homes[id]
	}
	if l := m.rosters[account]; l != nil && l.phones[id] != nil {
		return l.phones[id].clone()
	}
	return nil
}
