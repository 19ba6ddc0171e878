package number_test

import (
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

const verifyCode = "whatsapp_verify_code"

// TestVerifyCode hands in the code that was sent, and takes one that was handed in for done.
func TestVerifyCode(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	p := w.Protocol()
	p.Invoke(requestCode, acctest.Attributes{"phone_number_id": acctest.Unverified})
	w.Asked()
	args := acctest.Attributes{"phone_number_id": acctest.Unverified, "code": w.Secret("code", w.SentCode(acctest.Unverified))}
	wrong := p.Invoke(verifyCode, args.With(acctest.Attributes{"code": w.Secret("wrong code", "912345")}))
	if e := wrong.Errors(); len(e) != 1 || !strings.Contains(e[0].Code, "code") || !strings.Contains(e[0].Detail, "whatsapp_request_code") {
		t.Errorf("%+v", wrong)
	}
	for range 2 {
		if did := p.Invoke(verifyCode, args); len(did.Diagnostics) > 0 || len(did.Progress) != 1 || !strings.Contains(did.Progress[0], "is verified") {
			t.Errorf("%+v", did)
		}
	}
	w.Expect(verify, verify, verify)
	if n, _ := w.Number(acctest.Unverified); n.CodeVerificationStatus != "VERIFIED" {
		t.Errorf("it is %s", n.CodeVerificationStatus)
	}
}

// TestVerifyCode_lost looks at the number where the answer was lost.
func TestVerifyCode_lost(t *testing.T) {
	t.Parallel()
	for kind, errors := range map[sim.FaultKind]int{sim.FaultResetAfter: 0, sim.FaultResetBefore: 1} {
		w := acctest.Start(t)
		p := w.Protocol()
		p.Invoke(requestCode, acctest.Attributes{"phone_number_id": acctest.Unverified})
		w.Inject(sim.Fault{Route: verify, Kind: kind})
		did := p.Invoke(verifyCode, acctest.Attributes{"phone_number_id": acctest.Unverified, "code": w.Secret("code", w.SentCode(acctest.Unverified))})
		if len(did.Errors()) != errors {
			t.Errorf("%s: %+v", kind, did)
		}
	}
}

// TestVerifyCode_badInput refuses a code in another form before it is sent.
func TestVerifyCode_badInput(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	for _, code := range []string{"", "12345", "123-456", "1234567", "12345a"} {
		did := w.Protocol().Invoke(verifyCode, acctest.Attributes{"phone_number_id": acctest.Unverified, "code": code})
		if e := did.Errors(); len(e) != 1 || !strings.Contains(e[0].Code, "code") || code != "" && strings.Contains(e[0].Detail, code) {
			t.Errorf("%s: %+v", code, did)
		}
	}
	w.Expect()
}
