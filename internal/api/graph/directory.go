package graph

import (
	"context"
	"errors"
	"sync/atomic"

	"golang.org/x/sync/singleflight"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// directory reads many numbers with few calls: a page of an account's list costs as much
// of the hourly allowance as one number, and shows a hundred.
type directory struct {
	loads     singleflight.Group
	strangers chan struct{} // held while a number whose account is not known is read
	vain      atomic.Bool   // there is no use in waiting for others: no account can be learnt
}

// listFields are those of LookFields but for the health, which tells nothing that a list
// does not: the account.
var listFields = Fields{
	Required: LookFields.Required,
	Optional: []string{"name_status", "new_display_name", "new_name_status", "is_on_biz_app"},
}

// Find reads a number as [LookFields] says, with as few calls as the whole run needs.
//
// The first number of an account is read by its node. From the second on, the account's
// list is loaded once for everybody, all pages, and answers for its numbers until they
// are written to. What is not on it, or was written to, is read by its node, and so is
// everything when the list cannot be read. account may be "", and is then learnt.
//
// Errors: those of [Phones.Get].
func (s *Phones) Find(ctx context.Context, account AccountID, id PhoneID) (*Phone, error) {
	if account == "" {
		account = s.memory.home(id)
	}
	if account == "" {
		return s.findStranger(ctx, id)
	}
	if s.memory.count(account, id) > 1 {
		if err := s.load(ctx, account); err != nil && ctx.Err() != nil {
			return nil, err
		}
	}
	if p := s.memory.listed(account, id); p != nil {
		return p, nil
	}
	return s.Get(ctx, id, LookFields)
}

// findStranger reads a number whose account is not known. Such numbers take turns, as
// long as their accounts can be learnt and listed: when two turned out to be on one
// account, its list may well answer for all the others.
func (s *Phones) findStranger(ctx context.Context, id PhoneID) (*Phone, error) {
	if s.directory.vain.Load() {
		return s.Get(ctx, id, LookFields)
	}
	select {
	case s.directory.strangers <- struct{}{}:
		defer func() { <-s.directory.strangers }()
	case <-ctx.Done():
		return nil, interrupted(ctx)
	}
	if p := s.memory.listed("", id); p != nil {
		return p, nil
	}
	if account := s.memory.likely(); account != "" {
		if err := s.load(ctx, account); err != nil && ctx.Err() != nil {
			return nil, err
		}
		if p := s.memory.listed("", id); p != nil {
			return p, nil
		}
	}
	p, err := s.Get(ctx, id, LookFields)
	if err != nil {
		return nil, err
	}
	account := p.AccountID()
	if account == "" || s.memory.unlistable(account) {
		s.directory.vain.Store(true)
		return p, nil
	}
	s.memory.count(account, id)
	return p, nil
}

// On reports whether an account lists a number.
//
// Errors: those of [Accounts.Phones].
func (s *Phones) On(ctx context.Context, account AccountID, id PhoneID) (bool, error) {
	l, err := s.list(ctx, account)
	if err != nil {
		return false, err
	}
	return s.memory.has(l, id), nil
}

// Numbered returns the id of a phone number on an account, "" if the account does not list
// it. digits are those of the number, country code included. The list is read once
// for everybody, and again after a number was added without a clear outcome.
//
// Errors: those of [Accounts.Phones].
func (s *Phones) Numbered(ctx context.Context, account AccountID, digits string) (PhoneID, error) {
	l, err := s.list(ctx, account)
	if l != nil {
		if id := s.memory.numbered(l, digits); id != "" {
			return id, nil // what was read before an error is true
		}
	}
	return "", err
}

// list returns the list of an account, as far as it could be read.
func (s *Phones) list(ctx context.Context, account AccountID) (*roster, error) {
	for {
		err := s.load(ctx, account)
		if l := s.memory.roster(account); l != nil || err != nil {
			return l, err
		}
	}
}

// load reads the list of an account, unless that was done or tried before. Who comes
// while it is being read waits for it; if the one who reads it is interrupted, the next
// one begins anew.
func (s *Phones) load(ctx context.Context, account AccountID) error {
	for {
		if l := s.memory.roster(account); l != nil {
			return l.err
		}
		loaded := s.directory.loads.DoChan(string(account), func() (any, error) {
			return nil, s.loadAll(ctx, account)
		})
		select {
		case <-ctx.Done():
			return interrupted(ctx)
		case result := <-loaded:
			interrupted := errors.Is(result.Err, context.Canceled) || errors.Is(result.Err, context.DeadlineExceeded)
			if !interrupted || ctx.Err() != nil {
				return result.Err
			}
		}
	}
}

// loadAll reads all pages. What was read before an error is kept: it is true, and the
// rest is read number by number.
func (s *Phones) loadAll(ctx context.Context, account AccountID) error {
	since := s.memory.now()
	var phones []*Phone
	for p, err := range s.client.Accounts.Phones(ctx, account, listFields) {
		if err != nil && ctx.Err() != nil {
			return err
		}
		if err != nil {
			s.memory.keep(account, phones, since, err)
			s.client.warn(ctx, "the list of an account cannot be read; its numbers are read one by one",
				map[string]any{"account": string(account), "read": len(phones), "reason": err.Error()})
			return err
		}
		phones = append(phones, p)
	}
	s.memory.keep(account, phones, since, nil)
	return nil
}

// interrupted is the error of a read that was not made because the caller left.
func interrupted(ctx context.Context) error {
	return &api.Error{
		Call: "GET /{phone-number-id}", Kind: api.Unavailable, Outcome: api.NotDone, Err: context.Cause(ctx),
	}
}
