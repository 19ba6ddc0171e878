package sim

import "time"

// gateway returns the gateway_status of the deployment now. During a migration the
// deployment is cut off already, while the Graph API still shows the number there.
// source: support/migrating-from-onprem-to-cloud; about expiry it is inferred
func (e *entry) gateway(now time.Time) string {
	if e.moving > 0 || e.Deployment.expired(now) {
		return gatewayDisconnected
	}
	return e.Deployment.State
}

// checkRunning refuses what takes a client that is registered and running.
// source: whatsapp/on-premises/reference/settings/backup-and-restore
func (v *visit) checkRunning() *onpremError {
	if v.deployment().expired(v.now) {
		return onpremFailure(1005, "The application has expired. Upgrade to a newer version.")
	}
	switch state := v.entry.gateway(v.now); state {
	case gatewayConnected, gatewayConnecting:
		return nil
	default:
		return onpremFailure(1011, "The client is "+state+".")
	}
}

// enableTwoStep sets the PIN of two-step verification, which is the number's
// wherever it is registered. That it replaces a PIN in force is inferred.
//
// source: whatsapp/on-premises/reference/settings/two-step-verification
func enableTwoStep(_ *Server, v *visit) (any, *onpremError) {
	p, err := v.params("pin")
	if err != nil {
		return nil, err
	}
	pin, err := p.required("pin")
	if err != nil {
		return nil, err
	}
	if !sixPIN.MatchString(pin) {
		return nil, onpremFailure(1009, "Parameter pin must be six digits.")
	}
	return v.setPIN(pin)
}

// disableTwoStep switches two-step verification off. It does not ask for the PIN in
// force, and succeeds without one too.
//
// source: whatsapp/on-premises/reference/settings/two-step-verification
func disableTwoStep(_ *Server, v *visit) (any, *onpremError) {
	if _, err := v.params(); err != nil {
		return nil, err
	}
	return v.setPIN("")
}

func (v *visit) setPIN(pin string) (any, *onpremError) {
	if err := v.checkRunning(); err != nil {
		return nil, err
	}
	v.effective = v.entry.PIN != pin
	v.entry.PIN, v.entry.guesses = pin, guesses{}
	return nothing{}, nil
}

// getApplication shows the settings of the application, of which only the number
// matters here. Without a registration there is none.
//
// source: whatsapp/api/settings/app
func getApplication(_ *Server, v *visit) (any, *onpremError) {
	application := map[string]any{
		"callback_persist":   true,
		"heartbeat_interval": 5,
		"unhealthy_interval": 30,
		"webhooks":           map[string]any{"url": "https://example.com/webhook", "max_concurrent_requests": 6},
	}
	if d := v.deployment(); d.State != gatewayUnregistered && d.WAID != "" {
		application["wa_id"] = d.WAID
	}
	return map[string]any{"settings": map[string]any{"application": application}}, nil
}

// getCA shows the certificate of the authority that signed the deployment's own, or
// nothing when it does not listen by itself.
//
// source: whatsapp/api/certificates/external
func getCA(s *Server, v *visit) (any, *onpremError) {
	if ca := s.certificate(v.entry.ID); ca != nil {
		return plain(ca), nil
	}
	return missing{}, nil
}
