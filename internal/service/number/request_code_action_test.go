package number_test

import (
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

const requestCode = "whatsapp_request_code"

// TestRequestCode sends one code for each invocation, as it was asked to.
func TestRequestCode(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	p := w.Protocol()
	did := p.Invoke(requestCode, acctest.Attributes{"phone_number_id": acctest.Unverified})
	if len(did.Diagnostics) > 0 || len(did.Progress) != 1 || !strings.Contains(did.Progress[0], "A code was sent") {
		t.Errorf("%+v", did)
	}
	p.Invoke(requestCode, acctest.Attributes{"phone_number_id": acctest.Unverified, "method": "VOICE", "language": "de_DE"})
	w.Expect(request, request)
	sent := w.SentCodes(acctest.Unverified)
	if len(sent) != 2 || sent[0].Method != "SMS" || sent[0].Language != "en_US" || sent[1].Method != "VOICE" || sent[1].Language != "de_DE" {
		t.Errorf("%+v", sent)
	}
}

// TestRequestCode_already sends nothing to a number that is verified, which is no error.
func TestRequestCode_already(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	did := w.Protocol().Invoke(requestCode, acctest.Attributes{"phone_number_id": acctest.New})
	if len(did.Diagnostics) > 0 || len(did.Progress) != 1 || !strings.Contains(did.Progress[0], "verified already") || len(w.SentCodes(acctest.New)) != 0 {
		t.Errorf("%+v", did)
	}
}

// TestRequestCode_fails says what went wrong, and repeats nothing.
func TestRequestCode_fails(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t, sim.WithCodeLimit(1))
	p := w.Protocol()
	args := acctest.Attributes{"phone_number_id": acctest.Unverified}
	w.Inject(sim.Fault{Route: request, Kind: sim.FaultResetAfter})
	if did := p.Invoke(requestCode, args); len(did.Errors()) > 0 || len(did.Warnings()) != 1 || !strings.Contains(did.Warnings()[0].Detail, "nothing was repeated") {
		t.Errorf("%+v", did)
	}
	if did := p.Invoke(requestCode, args); len(did.Errors()) != 1 || !strings.Contains(did.Errors()[0].Detail, "Wait 60 minutes") {
		t.Errorf("%+v", did)
	}
	w.Expect(request, request)
	for at, args := range map[string]acctest.Attributes{
		"phone_number_id": {"phone_number_id": "+15550100103"},
		"method":          {"phone_number_id": acctest.Unverified, "method": "FAX"},
		"language":        {"phone_number_id": acctest.Unverified, "language": "en"},
	} {
		if did := p.Invoke(requestCode, args); len(did.Errors()) != 1 || !strings.Contains(did.Errors()[0].Code, at) {
			t.Errorf("%s: %+v", at, did)
		}
	}
	w.Expect()
	if did := p.Invoke(requestCode, acctest.Attributes{"phone_number_id": "99"}); len(did.Errors()) != 1 || !strings.Contains(did.Errors()[0].Code, "phone_number_id") {
		t.Errorf("%+v", did)
	}
}
