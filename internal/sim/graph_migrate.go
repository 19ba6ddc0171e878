package sim

import "net/http"

// open decrypts the backup of a register call and compares it with the deployment
// that should have made it. The order and the codes are inferred from titles that
// Meta published in 2022: 133002 was "Backup Blob Decryption Error", and 133006
// "Recovery Token Incorrect".
func (e *entry) open(b Backup) *graphError {
	n, ok := unseal(b.Password, b.Data)
	switch {
	case !ok:
		return errBackup()
	case n.Number != digitsOf(e.DisplayPhoneNumber):
		return errOtherBackup()
	case n.Identity != e.identity || n.Recovery != e.recovery:
		return cloudError(http.StatusBadRequest, 133006, "Phone number re-verification needed",
			"The recovery token of the backup is not the phone number's: the backup is older than its keys.")
	}
	return nil
}

func errBackup() *graphError {
	return cloudError(http.StatusBadRequest, 133002, "Backup blob decryption error",
		"The backup could not be decrypted: its password is wrong, or its data was changed.")
}

func errOtherBackup() *graphError { return invalid("The backup is not of this phone number.") }

// beginMove cuts a deployment off for the time that the registration takes, if it
// is going to get as far as the PIN.
// source: support/migrating-from-onprem-to-cloud
func (e *entry) beginMove(req *request, r enrolment) {
	if e.Deployment == nil || e.PlatformType != platformOnPremise {
		return
	}
	for _, check := range []func(enrolment) *graphError{e.checkState, e.checkBackup, e.checkVerified} {
		if check(r) != nil {
			return
		}
	}
	e.moving++
	req.mover = e
}

// endMove undoes beginMove. Where the number is afterwards is somebody else's affair.
func (r *request) endMove() {
	if r.mover != nil {
		r.mover.moving--
		r.mover = nil
	}
}

// distrust has a number verified again whose recovery token was wrong, unless it is
// in use. A backup that is right makes up for it. That it comes to this is inferred.
func (e *entry) distrust(r enrolment, gerr *graphError, req *request) {
	if gerr.code == 133006 && r.backup != nil && !e.live() {
		e.CodeVerificationStatus = notVerified
		req.effective = true
	}
}

// shutDown takes down the deployment of a number that is not registered there any
// more.
func (s *Server) shutDown(e *entry) {
	d := e.Deployment
	if d == nil || d.State == gatewayUnregistered {
		return
	}
	d.State = gatewayDisconnected
	if s.options.refused {
		s.StopOnPremises(e.ID)
	}
}

// upgraded returns the throughput of a number that comes to the Cloud API: a
// deployment of several shards earns it the high one. Meta's minute of maintenance
// before that is not modelled, for it is about sending.
// source: support/migrating-from-onprem-to-cloud, throughput
func (n *Number) upgraded() string {
	if n.Deployment != nil && n.Deployment.Shards > 1 {
		return levelHigh
	}
	return levelStandard
}
