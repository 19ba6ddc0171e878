package sim

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"slices"
	"time"
)

// Values of enumerations that decide something here. The world may hold any other.
const (
	platformCloud      = "CLOUD_API"
	platformOnPremise  = "ON_PREMISE"
	platformNone       = "NOT_APPLICABLE"
	statusConnected    = "CONNECTED"
	statusPending      = "PENDING"
	statusDisconnected = "DISCONNECTED"
	statusBanned       = "BANNED"
	levelStandard      = "STANDARD"
	levelHigh          = "HIGH"
	levelNone          = "NOT_APPLICABLE"
	verified           = "VERIFIED"
	notVerified        = "NOT_VERIFIED"
	reviewApproved     = "APPROVED"
	reviewDeclined     = "DECLINED"
	reviewPending      = "PENDING_REVIEW"
	scopeManagement    = "whatsapp_business_management"
	scopeMessaging     = "whatsapp_business_messaging"
	scopeBusiness      = "business_management"
)

// store is the world as it is now. The Server's lock guards it.
type store struct {
	token    string
	kind     string // type of the token
	expires  time.Time
	data     time.Time // data access expires
	scopes   []string
	expired  bool // by hand
	app      App
	accounts map[string]*account
	numbers  map[string]*entry
	seq      int
	reviews  []*entry // numbers with a name that the clock decides about
	uploads  []*upload
	pictures int                    // URLs of pictures given out
	charges  map[string][]time.Time // by account, the calls of the last hour
}

// account is one business account.
type account struct {
	Account   // without its numbers
	seq       int
	forbidden bool
	entries   []*entry // its numbers in the order of their arrival
}

// entry is one number with what the world remembers about it.
type entry struct {
	Number
	account       *account
	forbidden     bool
	removed       bool
	removedAt     time.Time
	registrations int
	budget        budget
	guesses       guesses
	lag           lag
	codes         codes
	names         []time.Time // when a new display name was submitted
	reviewed      time.Time   // when the clock decides about its name, if ever

	// About its deployment.
	identity int    // generation of the number's keys
	recovery string // what a backup proves the number with
	sessions sessions
	moving   int  // registrations that are taking it away
	stranded bool // a wrong PIN took it off On-Premises, and nothing put it elsewhere
}

func newStore(w World, now time.Time) *store {
	st := &store{
		token:    w.Token,
		kind:     cmp.Or(w.TokenType, "SYSTEM_USER"),
		expires:  w.TokenExpires,
		data:     w.DataAccessExpires,
		scopes:   slices.Clone(w.Scopes),
		accounts: map[string]*account{},
		numbers:  map[string]*entry{},
		charges:  map[string][]time.Time{},
	}
	if st.token == "" {
		st.token = newToken()
	}
	if st.scopes == nil {
		st.scopes = []string{scopeManagement, scopeMessaging}
	}
	st.app = w.App.clone()
	st.app.ID = cmp.Or(st.app.ID, "600000000000001")
	st.app.Name = cmp.Or(st.app.Name, "Simulated app")
	for _, a := range w.Accounts {
		st.add(a, now)
	}
	return st
}

func (st *store) add(a Account, now time.Time) {
	acc := &account{Account: a.clone(), seq: st.nextSeq()}
	acc.complete(st.app, now)
	st.accounts[a.ID] = acc
	for _, n := range a.Numbers {
		n = n.clone()
		n.complete(now)
		st.join(acc, n)
	}
}

// join puts a number on an account, where it is the newest.
func (st *store) join(a *account, n Number) *entry {
	e := &entry{Number: n, account: a, recovery: newToken()}
	a.entries = append(a.entries, e)
	st.numbers[n.ID] = e
	return e
}

// newID makes up an id that stands for nothing yet.
func (st *store) newID() string {
	for {
		id := fmt.Sprintf("9%014d", st.nextSeq())
		if st.numbers[id] == nil && st.accounts[id] == nil {
			return id
		}
	}
}

func (st *store) nextSeq() int {
	st.seq++
	return st.seq
}

// existing returns the number with this id unless it was removed, or nil.
func (st *store) existing(id string) *entry {
	e := st.numbers[id]
	if e == nil || e.removed {
		return nil
	}
	return e
}

// copies returns all numbers that exist, ordered by id.
func (st *store) copies() []Number {
	numbers := []Number{}
	for _, e := range st.numbers {
		if !e.removed {
			numbers = append(numbers, e.copy())
		}
	}
	slices.SortFunc(numbers, func(a, b Number) int { return cmp.Compare(a.ID, b.ID) })
	return numbers
}

// copy returns the number with its account, sharing nothing.
func (e *entry) copy() Number {
	n := e.clone()
	n.AccountID = e.account.ID
	return n
}

// complete fills in what a seed left out.
func (a *Account) complete(app App, now time.Time) {
	ownership := "SELF"
	if a.SharedWith != "" {
		ownership = "CLIENT_OWNED"
	}
	a.BusinessID = cmp.Or(a.BusinessID, "700000000000001")
	a.Currency = cmp.Or(a.Currency, "USD")
	a.TimezoneID = cmp.Or(a.TimezoneID, "1")
	a.Country = cmp.Or(a.Country, "US")
	a.Status = cmp.Or(a.Status, "ACTIVE")
	a.ReviewStatus = cmp.Or(a.ReviewStatus, reviewApproved)
	a.VerificationStatus = cmp.Or(a.VerificationStatus, "verified")
	a.OwnershipType = cmp.Or(a.OwnershipType, ownership)
	a.TemplateNamespace = cmp.Or(a.TemplateNamespace, "namespace_"+a.ID)
	if a.Created.IsZero() {
		a.Created = now.AddDate(-1, 0, 0)
	}
	for i, sub := range a.Apps {
		if sub.AppID == app.ID {
			a.Apps[i].AppName = app.Name
		}
	}
}

// complete fills in what a seed left out.
func (n *Number) complete(now time.Time) {
	platform := platformNone
	if n.Deployment != nil {
		platform = platformOnPremise
	}
	n.PlatformType = cmp.Or(n.PlatformType, platform)
	status, level := statusConnected, levelNone
	switch n.PlatformType {
	case platformCloud:
		level = levelStandard
	case platformNone:
		status = statusPending
	}
	n.Status = cmp.Or(n.Status, status)
	n.ThroughputLevel = cmp.Or(n.ThroughputLevel, level)
	n.CodeVerificationStatus = cmp.Or(n.CodeVerificationStatus, verified)
	n.NameStatus = cmp.Or(n.NameStatus, reviewApproved)
	n.QualityRating = cmp.Or(n.QualityRating, "UNKNOWN")
	n.AccountMode = cmp.Or(n.AccountMode, "LIVE")
	n.MessagingLimit = cmp.Or(n.MessagingLimit, "TIER_250")
	if n.Deployment != nil {
		n.Deployment.complete(n, now)
	}
}

// newToken makes up an access token. The word in it lets a search for leaks tell it
// from any other string.
func newToken() string {
	b := make([]byte, 24)
	_, _ = rand.Read(b) // never fails
	return "EAAsimulated" + hex.EncodeToString(b)
}
