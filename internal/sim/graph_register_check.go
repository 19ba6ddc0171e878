package sim

import "net/http"

// checkState refuses numbers that cannot be registered whatever the caller sends.
// source: embedded-signup/onboarding-business-app-users, support/error-codes
func (e *entry) checkState(enrolment) *graphError {
	switch {
	case e.OnBizApp:
		return invalid("The phone number is in use with the WhatsApp Business app and is registered already.")
	case e.Status == statusBanned:
		return cloudError(http.StatusForbidden, 131031, "Account has been locked",
			"The account was restricted for violating a policy.")
	case e.DeregistrationUnfinished:
		return cloudError(http.StatusInternalServerError, 133000, "Incomplete deregistration",
			"An earlier deregistration of the phone number did not finish. Deregister it again, then register it.")
	}
	return nil
}

// checkBackup compares a backup with what On-Premises handed out, or would hand out
// where no deployment is simulated. The code is one that Meta published in 2022 and
// lists no more; what answers a wrong password today is not documented.
// source: support/error-codes, edition of 2022
func (e *entry) checkBackup(r enrolment) *graphError {
	switch {
	case r.backup == nil:
		return nil
	case e.Deployment != nil:
		return e.open(*r.backup)
	case e.Backup == nil:
		return errOtherBackup()
	case *r.backup != *e.Backup:
		return errBackup()
	}
	return nil
}

// checkVerified refuses a number whose ownership is not proven. A valid backup
// proves it. For a number in use the check is over and done with: EXPIRED was seen
// on numbers that work.
// source: support/migrating-from-onprem-to-cloud
func (e *entry) checkVerified(r enrolment) *graphError {
	if e.live() || r.backup != nil || e.CodeVerificationStatus == verified {
		return nil
	}
	return cloudError(http.StatusBadRequest, 133006, "Phone number re-verification needed",
		"The phone number must be verified before it can be registered.")
}

// checkPIN compares the PIN with the number's own, if it has one. A wrong PIN in a
// migration takes the On-Premises deployment down, and the number is then on neither
// platform.
// source: support/migrating-from-onprem-to-cloud; what its node shows is inferred
func (s *Server) checkPIN(e *entry, pin string, req *request) *graphError {
	now := s.options.now()
	if wait, code := e.guesses.wait(now, s.options.pinPace); code == 133008 {
		return errWait(code, "Too many two step verification PIN guesses", wait)
	} else if code != 0 {
		return errWait(code, "Two step verification PIN guessed too fast", wait)
	}
	if e.PIN == "" || e.PIN == pin {
		e.guesses = guesses{}
		return nil
	}
	e.guesses.miss(now)
	if e.PlatformType == platformOnPremise {
		e.disconnect()
		s.shutDown(e)
		e.stranded = true
		req.effective = true
	}
	return cloudError(http.StatusBadRequest, 133005, "Two step verification PIN Mismatch",
		"The PIN is not the one of the phone number.")
}
