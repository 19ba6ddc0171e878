package phone_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// harm is one way for the call at a point of an operation to go wrong. At most one
// of the ways below the fault is used with it.
type harm struct {
	name   string
	fault  *sim.Fault // hits this call, once
	passes bool       // a read that it hits is repeated, and the operation succeeds
	on     []string   // the routes that can meet it; none stands for all of its API

	refuse   bool          // from this call on nobody listens
	back     time.Duration // for so long, if not until the operation is over
	deafened bool          // the same from the call after this one on
	always   *sim.Fault    // hits this call and all later ones of the Graph API
	hidden   bool          // the token may no longer see the number, nor its account
	silent   bool          // no answer comes for twice as long as an attempt may take
	lasts    bool          // the operation may wait for it until its time is up
	sample   bool          // stands for its like where not all are tried
}

// meets reports whether a call of a route can go wrong in this way.
func (h harm) meets(route string) bool {
	return len(h.on) == 0 || slices.Contains(h.on, route)
}

// wire is what the way to an API, or what stands in front of it, does. Calls of both
// APIs meet it. Its words are those of the simulator.
func wire() []harm {
	all := []harm{
		{name: "reset before", fault: &sim.Fault{Kind: sim.FaultResetBefore}, passes: true, lasts: true, sample: true},
		{name: "reset after", fault: &sim.Fault{Kind: sim.FaultResetAfter}, passes: true, sample: true},
		{name: "cut in half", fault: &sim.Fault{Kind: sim.FaultTruncate}, passes: true, sample: true},
		{name: "HTML with 200, not done", fault: &sim.Fault{Kind: sim.FaultHTML, Status: 200}, lasts: true},
		{name: "HTML with 200, done", fault: &sim.Fault{Kind: sim.FaultHTMLAfter}, sample: true},
		{name: "empty with 200", fault: &sim.Fault{Kind: sim.FaultEmpty}},
		{name: "success false", fault: &sim.Fault{Kind: sim.FaultNoSuccess}, lasts: true, sample: true},
		{name: "redirect", fault: &sim.Fault{Kind: sim.FaultRedirect, Message: "https://example.com/login"}},
		{name: "echo", fault: &sim.Fault{Kind: sim.FaultEcho}, sample: true},
		{name: "unknown values", fault: &sim.Fault{Kind: sim.FaultUnknownEnum}, lasts: true, sample: true},
		{name: "unknown fields", fault: &sim.Fault{Kind: sim.FaultExtra}, passes: true},
		{name: "silence, done", fault: &sim.Fault{}, silent: true, passes: true, sample: true},
		{name: "silence, not done", fault: &sim.Fault{Kind: sim.FaultResetBefore}, silent: true, passes: true, lasts: true},
	}
	for _, status := range []int{500, 502, 503} {
		all = append(all,
			harm{name: fmt.Sprintf("bare %d, done", status), fault: &sim.Fault{Kind: sim.FaultErrorAfter, Status: status}, passes: true, sample: status == 502},
			harm{name: fmt.Sprintf("bare %d, not done", status), fault: &sim.Fault{Kind: sim.FaultError, Status: status}, passes: true, lasts: true, sample: status == 503},
			harm{name: fmt.Sprintf("HTML with %d, not done", status), fault: &sim.Fault{Kind: sim.FaultHTML, Status: status}, passes: true, lasts: true},
		)
	}
	return all
}

// access is what ends in the middle of an operation and does not come back before
// it is over.
func access() []harm {
	return []harm{
		{name: "refused", refuse: true, lasts: true, sample: true},
		{name: "refused for a moment", refuse: true, back: 30 * time.Millisecond, lasts: true},
		{name: "reset after, then refused", fault: &sim.Fault{Kind: sim.FaultResetAfter}, deafened: true, lasts: true},
		{name: "reset before, then refused", fault: &sim.Fault{Kind: sim.FaultResetBefore}, deafened: true, lasts: true},
		{name: "token expired", always: &sim.Fault{Kind: sim.FaultError, Code: 190, Subcode: 463, Status: 401}, lasts: true, sample: true},
		{name: "permission lost", always: &sim.Fault{Kind: sim.FaultError, Code: 200, Status: 403}, lasts: true},
		{name: "sight lost", hidden: true, lasts: true, sample: true},
		{name: "outage", always: &sim.Fault{Kind: sim.FaultError, Code: 2, Status: 503}, lasts: true},
	}
}

// stays reports whether it goes on until the operation is over, or begins and ends on
// its own, so that something has to stand before the API.
func (h harm) stays() bool { return h.refuse || h.deafened || h.always != nil || h.hidden }

// outages are those of access, for a deployment.
func outages() []harm {
	var all []harm
	for _, h := range access() {
		if h.refuse || h.deafened {
			all = append(all, h)
		}
	}
	return append(all,
		harm{name: "access lost", always: &sim.Fault{Kind: sim.FaultError, Code: 1005, Status: 403}, lasts: true, sample: true},
		harm{name: "outage", always: &sim.Fault{Kind: sim.FaultError, Code: 1016, Status: 503}, lasts: true},
	)
}

// throttles are the codes for too many calls, with the minutes to wait in a header
// and without. The simulator's minute is a tenth of a second.
func throttles() []harm {
	var all []harm
	for _, code := range []int{4, 80007, 80008} {
		all = append(all, harm{
			name: fmt.Sprintf("throttle %d for 3 minutes", code), passes: true, sample: code == 80008,
			fault: &sim.Fault{Kind: sim.FaultThrottle, Code: code, RegainMinutes: 3},
		})
	}
	return append(all, harm{
		name: "throttle for longer than there is time", lasts: true,
		on:    []string{acctest.Register, acctest.Deregister},
		fault: &sim.Fault{Kind: sim.FaultThrottle, RegainMinutes: 60},
	})
}

// refusedFields are the ways for a read to be refused because of a field.
func refusedFields() []harm {
	var all []harm
	for name, message := range map[string]string{
		"optional field refused": "(#100) Tried accessing nonexisting field (health_status) on node type (WhatsAppBusinessPhoneNumber)",
		"required field refused": "(#100) Tried accessing nonexisting field (status) on node type (WhatsAppBusinessPhoneNumber)",
		"unnamed field refused":  "(#100) Tried accessing nonexisting field",
	} {
		all = append(all, harm{
			name: name, on: []string{acctest.Look}, sample: name == "optional field refused",
			fault: &sim.Fault{Kind: sim.FaultError, Code: 100, Message: message},
		})
	}
	slices.SortFunc(all, func(a, b harm) int { return len(a.name) - len(b.name) })
	return all
}

// graphHarms are all ways for a call of the Graph API to go wrong.
func graphHarms() []harm {
	return slices.Concat(wire(), access(), throttles(), refusedFields(), graphCodes())
}

// deploymentHarms are all ways for a call of the On-Premises API to go wrong.
func deploymentHarms() []harm {
	throttle := harm{name: "throttle", fault: &sim.Fault{Kind: sim.FaultThrottle}, passes: true}
	return slices.Concat(wire(), outages(), []harm{throttle}, deploymentCodes())
}
