package sim

import "net/http"

// deregister takes a number off the Cloud API. It stays on its account and keeps its
// PIN; sources disagree about the PIN, and none is Meta's. Storage in a country is
// switched off.
//
// source: business-phone-numbers/registration, embedded-signup/onboarding-business-app-users
func deregister(s *Server, req *request) (any, *graphError) {
	e, gerr := s.spend(req)
	if gerr != nil {
		return nil, gerr
	}
	if _, gerr := req.params(); gerr != nil {
		return nil, gerr
	}
	switch {
	case e.OnBizApp:
		return nil, cloudError(http.StatusBadRequest, 100,
			"Deregister endpoint is not available for API solution for SMB businesses", "")
	case e.DeregistrationUnfinished, e.live():
		e.disconnect()
		e.showAtOnce()
		req.effective = true
		return done{}, nil
	case e.PlatformType == platformOnPremise:
		return nil, cloudError(http.StatusBadRequest, 100,
			"The phone number is not currently linked in Facebook Hosted System", "")
	}
	gerr = invalid("The phone number is not registered on the WhatsApp Business Platform.")
	gerr.subcode = 2207051
	return nil, gerr
}

// disconnect changes a number as a deregistration does.
func (n *Number) disconnect() {
	n.Status, n.PlatformType, n.ThroughputLevel = statusDisconnected, platformNone, levelNone
	n.Region = ""
	n.DeregistrationUnfinished = false
}
