package sim

import (
	"fmt"
	"net/http"
)

// enrolment is a register call that is well formed.
type enrolment struct {
	pin    string
	backup *Backup
}

// admit counts a register call and refuses one that is not well formed, before the
// time that a registration takes.
func admit(s *Server, req *request) *graphError {
	e, gerr := s.spend(req)
	if gerr != nil {
		return gerr
	}
	r, gerr := readEnrolment(req)
	if gerr != nil {
		return gerr
	}
	e.beginMove(req, r)
	return nil
}

// spend returns the number of a register or deregister call that its budget allows.
func (s *Server) spend(req *request) (*entry, *graphError) {
	now := s.options.now()
	if e := s.store.numbers[req.id()]; e != nil && e.removed && now.Before(e.removedAt.Add(deletionTime)) {
		return nil, errUnfinishedDeletion()
	}
	e, gerr := s.lookup(req)
	if gerr != nil {
		return nil, gerr
	}
	if !e.budget.spend(now) {
		return nil, cloudError(http.StatusBadRequest, 133016, "Account register/deregister limit exceeded",
			"There were more than 10 attempts for this phone number in 72 hours. It is blocked for 72 hours.")
	}
	return e, nil
}

// readEnrolment reads the parameters of a register call. Where messages are stored
// is no longer among them since v21.0, the oldest version served; Meta's changelog
// says so, while some of its pages still show the parameter.
func readEnrolment(req *request) (enrolment, *graphError) {
	moved := []string{"data_localization_region", "meta_store_retention_minutes"}
	p, gerr := req.params(append(moved, "pin", "backup", "tier")...)
	if gerr != nil {
		return enrolment{}, gerr
	}
	if gerr := p.product(); gerr != nil {
		return enrolment{}, gerr
	}
	for _, k := range moved {
		if _, asked := p[k]; asked {
			return enrolment{}, invalid(fmt.Sprintf(
				"Param %s is not supported since v21.0. Use the settings of the phone number.", k))
		}
	}
	if _, asked := p["tier"]; asked {
		return enrolment{}, notModelled("parameter tier, whose meaning is not documented")
	}
	pin, gerr := p.pin()
	if gerr != nil {
		return enrolment{}, gerr
	}
	backup, gerr := readBackup(p)
	return enrolment{pin: pin, backup: backup}, gerr
}

// readBackup reads the parameter backup, nil when there is none.
func readBackup(p params) (*Backup, *graphError) {
	o, gerr := p.object("backup")
	if o == nil || gerr != nil {
		return nil, gerr
	}
	if gerr := o.only([]string{"password", "data"}); gerr != nil {
		return nil, gerr
	}
	password, gerr := o.text("password")
	if gerr != nil {
		return nil, gerr
	}
	data, gerr := o.text("data")
	if gerr != nil {
		return nil, gerr
	}
	if password == "" || data == "" {
		return nil, invalid("Param backup must have a password and data.")
	}
	return &Backup{Password: password, Data: data}, nil
}

// register puts a number on the Cloud API. A number that is there already is
// registered again, which is how an approved display name comes into force.
//
// Meta does not say in which order it checks; this one decrypts the backup before
// it disconnects anything, and looks at the PIN last.
//
// source: business-phone-numbers/registration, support/migrating-from-onprem-to-cloud
func register(s *Server, req *request) (any, *graphError) {
	req.endMove()
	e, gerr := s.lookup(req) // again: time has passed since admit
	if gerr != nil {
		return nil, gerr
	}
	r, gerr := readEnrolment(req)
	if gerr != nil {
		return nil, gerr
	}
	for _, check := range []func(enrolment) *graphError{e.checkState, e.checkBackup, e.checkVerified} {
		if gerr := check(r); gerr != nil {
			e.distrust(r, gerr, req)
			return nil, gerr
		}
	}
	if gerr := s.checkPIN(e, r.pin, req); gerr != nil {
		return nil, gerr
	}
	s.enrol(e, r)
	req.effective = true
	return done{}, nil
}

// enrol registers a number that may be registered.
func (s *Server) enrol(e *entry, r enrolment) {
	before := e.clone()
	e.connect(r)
	e.ProfileLost = e.ProfileLost || e.stranded && r.backup == nil
	if e.ProfileLost && !before.ProfileLost {
		e.Profile = Profile{}
	}
	e.stranded = false
	if !before.live() {
		s.shutDown(e)
	}
	e.registrations++
	e.lag = lag{stale: s.options.staleReads, before: before}
	if !before.live() {
		e.lag.polls = s.options.polls // one that was in use stays in use
	}
}

// connect changes a number as a registration does.
func (n *Number) connect(r enrolment) {
	n.ProfileLost = n.ProfileLost || n.PlatformType == platformOnPremise && r.backup == nil
	if !limited[n.Status] {
		n.Status = statusConnected
	}
	if level := n.upgraded(); n.ThroughputLevel == levelNone || level == levelHigh && !n.live() {
		n.ThroughputLevel = level
	}
	n.PlatformType = platformCloud
	n.PIN = r.pin
	if n.NewNameStatus == reviewApproved {
		n.VerifiedName, n.NameStatus = n.NewDisplayName, reviewApproved
		n.NewDisplayName, n.NewNameStatus = "", ""
	}
}

// limited are the statuses of a number in use that a registration does not lift.
var limited = map[string]bool{"FLAGGED": true, "RESTRICTED": true, "RATE_LIMITED": true}
