package phone_test

import (
	"fmt"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// documentedCode is a row of a table of error codes.
type documentedCode struct {
	code, subcode int
	status        int      // 0 where the documentation has none
	retry         bool     // the documentation says: try again
	on            []string // the routes that can meet it; none stands for all
	unclear       bool     // the documentation does not say whether anything was done
	sample        bool     // stands for its like where not all are tried
}

// The routes that some codes belong to.
var (
	onRegister = []string{acctest.Register}
	onBoth     = []string{acctest.Register, acctest.Deregister}
	onPIN      = []string{acctest.Register, acctest.SetPIN}
	onList     = []string{acctest.List}
)

// documentedCodes are the codes that Meta documents for managing numbers, with the
// HTTP status and the advice whether to try again. Those of sending, templates and
// flows cannot be met. A code that states a fact about the number, such as "not
// registered" in answer to a deregistration, is no fault while the fact is another:
// there are operations in which it is so. Code 0 is not here, because the simulator
// takes it for an error without a code.
//
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
// source: https://developers.facebook.com/docs/graph-api/guides/error-handling
// source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting
var documentedCodes = []documentedCode{
	// The token and what it may do.
	{code: 190, status: 401}, {code: 102}, {code: 102, subcode: 463}, {code: 104},
	{code: 190, subcode: 458, status: 401}, {code: 190, subcode: 459, status: 401}, {code: 190, subcode: 460, status: 401},
	{code: 190, subcode: 463, status: 401, sample: true}, {code: 190, subcode: 464, status: 401},
	{code: 190, subcode: 467, status: 401}, {code: 190, subcode: 492, status: 401},
	{code: 3, status: 500}, {code: 10, status: 403, sample: true}, {code: 200, status: 403}, {code: 210, status: 403}, {code: 299, status: 403},
	{code: 368, status: 403}, {code: 130403}, {code: 131005, status: 403}, {code: 131031, status: 403},

	// Too many calls.
	{code: 4, status: 400, retry: true}, {code: 17, retry: true}, {code: 32, retry: true}, {code: 341, retry: true},
	{code: 4, subcode: 2446079, status: 400, retry: true}, {code: 613, retry: true}, {code: 613, subcode: 1996, retry: true},
	{code: 80007, status: 400, retry: true, sample: true}, {code: 80008, status: 400, retry: true}, {code: 130429, status: 400, retry: true},

	// The service.
	{code: 1, status: 400, retry: true, unclear: true}, {code: 2, status: 503, retry: true, unclear: true},
	{code: 131000, status: 500, retry: true, unclear: true, sample: true}, {code: 131016, status: 500, retry: true, unclear: true},
	{code: 131057, status: 500, retry: true, unclear: true},

	// The object and the parameters.
	{code: 33, status: 400, sample: true}, {code: 100, status: 400, sample: true}, {code: 100, subcode: 33, status: 400, sample: true}, {code: 803},
	{code: 131008, status: 400}, {code: 131009, status: 400}, {code: 131055, status: 400}, {code: 135000, status: 400},
	{code: 131059, status: 400, on: onList},
	{code: 100, subcode: 2388092, status: 400, on: onPIN},

	// Registration.
	{code: 131037, status: 400, on: onRegister}, {code: 131042, status: 400, on: onRegister},
	{code: 131045, status: 500, on: onRegister, unclear: true},
	{code: 133000, status: 500, on: onRegister},
	{code: 133004, status: 503, on: onBoth, sample: true}, {code: 133005, status: 400, on: onPIN, sample: true},
	{code: 133006, status: 400, on: onRegister}, {code: 133008, status: 400, on: onPIN}, {code: 133009, status: 400, on: onPIN},
	{code: 133010, status: 400, on: onRegister}, {code: 133015, status: 400, on: onRegister}, {code: 133016, status: 400, on: onBoth, sample: true},
	{code: 100, subcode: 2388001, status: 400, on: onRegister}, {code: 100, subcode: 2388012, status: 400, on: onRegister},
	{code: 100, subcode: 2388091, status: 400, on: onRegister}, {code: 100, subcode: 2388093, status: 400, on: onRegister},
	{code: 100, subcode: 2388103, status: 400, on: onRegister}, {code: 100, subcode: 2494100, status: 400, on: onRegister},

	// None that anybody has documented.
	{code: 987654, status: 400, sample: true}, {code: 987654, status: 500, unclear: true},
}

// deploymentErrors are those of the On-Premises API. 1005 with 401 stands for a token
// that is not valid.
//
// source: https://developers.facebook.com/docs/whatsapp/on-premises/errors
var deploymentErrors = []documentedCode{
	{code: 1000, status: 500, unclear: true}, {code: 1004, status: 400}, {code: 1005, status: 403, sample: true},
	{code: 1006, status: 404}, {code: 1008, status: 400}, {code: 1009, status: 400}, {code: 1010, status: 400},
	{code: 1011, status: 503, retry: true}, {code: 1013, status: 400}, {code: 1014, status: 500, unclear: true, sample: true},
	{code: 1015, status: 429, retry: true}, {code: 1016, status: 503, retry: true},
	{code: 1017, status: 503, retry: true, sample: true}, {code: 1018, status: 503, retry: true}, {code: 1021, status: 400},
	{code: 1022, status: 400}, {code: 1023, status: 500, retry: true, unclear: true}, {code: 1024, status: 400},
	{code: 1025, status: 400}, {code: 1031, status: 403},
	{code: 1005, status: 401, on: []string{acctest.Health, acctest.Support, acctest.Application, acctest.Backup, acctest.SwitchOff, acctest.SwitchOn}, retry: true},
}

// graphCodes are the documented codes as faults. One that may stand for something
// that was done comes twice.
func graphCodes() []harm { return coded(documentedCodes) }

// deploymentCodes are those of the On-Premises API.
func deploymentCodes() []harm { return coded(deploymentErrors) }

func coded(table []documentedCode) []harm {
	var all []harm
	for _, c := range table {
		f := sim.Fault{Kind: sim.FaultError, Code: c.code, Subcode: c.subcode, Status: c.status}
		name := fmt.Sprintf("code %d", c.code)
		if c.subcode != 0 {
			name += fmt.Sprintf("-%d", c.subcode)
		}
		if c.code == 987654 || c.status == 401 && c.code == 1005 {
			name += fmt.Sprintf(" with %d", c.status)
		}
		h := harm{name: name, fault: &f, passes: c.retry, on: c.on, lasts: c.unclear || c.code == 613, sample: c.sample}
		all = append(all, h)
		if c.unclear {
			after := f
			after.Kind = sim.FaultErrorAfter
			h.name, h.fault = name+", done", &after
			all = append(all, h)
		}
	}
	return all
}
