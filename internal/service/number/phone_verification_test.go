package number_test

import (
	"strings"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// verification are the arguments of one of the number that is not verified.
func verification(more acctest.Attributes) acctest.Attributes {
	return acctest.Attributes{"phone_number_id": acctest.Unverified}.With(more)
}

// answer are the arguments with which the code is handed in that was sent last.
func answer(w *acctest.World, version int) acctest.Attributes {
	return verification(acctest.Attributes{
		"code_wo": w.Secret("code", w.SentCode(acctest.Unverified)), "code_wo_version": version,
	})
}

const codeVariables = `
variable "code" {
  type      = string
  ephemeral = true
  default   = null
}

variable "code_version" {
  type    = number
  default = null
}
`

const verificationConfig = codeVariables + `
resource "whatsapp_phone_verification" "n" {
  phone_number_id = "` + acctest.Unverified + `"
  code_wo         = var.code
  code_wo_version = var.code_version
}
`

// TestPhoneVerification_life has a code sent in one apply and hands it in with the next,
// each with one call, after which nothing is left to do.
func TestPhoneVerification_life(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	plan, apply := w.Run(verificationConfig)
	plan.Warns("A code will be sent to +1 555-010-0103", "by SMS").Sent(acctest.Look)
	apply.Sent(acctest.Look, request)
	const address = kindVerification + ".n"
	if w.Attribute(address, "status") != "code_sent" || len(w.SentCodes(acctest.Unverified)) != 1 {
		t.Fatalf("the state is %v", w.State()[address])
	}
	code := w.Secret("code", w.SentCode(acctest.Unverified))
	w.Setenv("TF_VAR_code", code)
	w.Setenv("TF_VAR_code_version", "1")
	w.Plan(verificationConfig).Changes(true).Quiet()
	w.Apply().Succeeds().Quiet().Sent(acctest.Look, verify)
	w.Empty()
	if s := w.State()[address]; s["status"] != "verified" || s["code_verification_status"] != "VERIFIED" || s["code_wo"] != nil {
		t.Errorf("the state is %v", s)
	}

	// Without the code, and with another, nothing is left to do.
	w.Setenv("TF_VAR_code_version", "2")
	w.Plan(verificationConfig).Changes(true).Quiet()
	if r := w.Apply().Succeeds(); r.Count(verify)+r.Count(request) != 0 {
		t.Errorf("asked %q", r.Asked)
	}
	delete2 := strings.NewReplacer("  code_wo         = var.code\n", "", "  code_wo_version = var.code_version\n", "")
	w.Plan(delete2.Replace(verificationConfig)).Changes(false).Quiet()

	// Not verified any more: planned anew.
	w.Change(acctest.Unverified, func(n *sim.Number) { n.CodeVerificationStatus = "NOT_VERIFIED" })
	w.Plan(delete2.Replace(verificationConfig)).Changes(true).Warns("is not verified any more")
	w.Change(acctest.Unverified, func(n *sim.Number) { n.CodeVerificationStatus = "VERIFIED" })
	w.Destroy().Succeeds().Quiet()
	if len(w.SentCodes(acctest.Unverified)) != 1 {
		t.Errorf("%d codes were sent", len(w.SentCodes(acctest.Unverified)))
	}
}

// TestPhoneVerification_already sends nothing to a number that needs no code.
func TestPhoneVerification_already(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Change(acctest.Live, func(n *sim.Number) { n.CodeVerificationStatus = "EXPIRED" })
	for _, id := range []string{acctest.New, acctest.Live} {
		p := w.Protocol()
		args := acctest.Attributes{"phone_number_id": id}
		plan := p.Plan(kindVerification, nil, args)
		r := p.Apply(plan)
		if len(plan.Diagnostics)+len(r.Diagnostics) > 0 || p.Values(kindVerification, r.Object)["status"] != "verified" {
			t.Errorf("%s: %+v %+v", id, plan.Diagnostics, r.Diagnostics)
		}
		w.Expect(acctest.Look)
		o := w.Protocol().Import(kindVerification, id, nil)
		if plan := p.Plan(kindVerification, o, args); plan.Changes || p.Identity(kindVerification, o)["phone_number_id"] != id {
			t.Error("the plan after an import is not empty")
		}
		w.Asked()
	}
	// Verified between the plan and the apply.
	p := w.Protocol()
	plan := p.Plan(kindVerification, nil, verification(nil))
	w.Change(acctest.Unverified, func(n *sim.Number) { n.CodeVerificationStatus = "VERIFIED" })
	if r := p.Apply(plan); len(r.Errors()) > 0 || p.Values(kindVerification, r.Object)["status"] != "verified" {
		t.Errorf("%+v", r.Diagnostics)
	}
	if len(w.SentCodes(acctest.Unverified)) != 0 {
		t.Error("a code was sent")
	}
	w.Change(acctest.Unverified, func(n *sim.Number) { n.CodeVerificationStatus = "NOT_VERIFIED" })
	if e := w.Protocol().TryImport(kindVerification, acctest.Unverified, nil).Errors(); len(e) != 1 || !strings.Contains(e[0].Summary, "no verification") {
		t.Errorf("%+v", e)
	}
}

// TestPhoneVerification_elsewhere takes notice of a number that was verified elsewhere.
func TestPhoneVerification_elsewhere(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	o := w.Protocol().Change(kindVerification, nil, verification(nil))
	w.Change(acctest.Unverified, func(n *sim.Number) { n.CodeVerificationStatus = "VERIFIED" })
	p := w.Protocol()
	o = p.Read(kindVerification, o)
	if p.Values(kindVerification, o)["status"] != "verified" || p.Plan(kindVerification, o, verification(nil)).Changes {
		t.Errorf("%v", p.Values(kindVerification, o))
	}
}

// TestPhoneVerification_wrongCode says what to do about a code that is not taken, and keeps
// what is known: the next apply hands another one in, with the same version.
func TestPhoneVerification_wrongCode(t *testing.T) {
	t.Parallel()
	clock := sim.NewClock(time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC))
	w := acctest.Start(t, sim.WithClock(clock))
	p := w.Protocol()
	o := p.Change(kindVerification, nil, verification(nil))
	wrong := verification(acctest.Attributes{"code_wo": w.Secret("wrong code", "912345"), "code_wo_version": 1})
	refuse(t, w, o, wrong, "is not the one that was sent")
	clock.Advance(11 * time.Minute)
	refuse(t, w, o, answer(w, 1), "has expired")

	// Another code, and then it.
	w.Asked()
	again := acctest.Attributes{"request_version": 2}
	p = w.Protocol()
	both := p.Plan(kindVerification, o, answer(w, 1).With(again))
	if !both.Failed() || !strings.Contains(both.Diagnostics[0].Code, "request_version") {
		t.Errorf("%+v", both.Diagnostics)
	}
	w.Expect()
	o = p.Change(kindVerification, o, verification(again))
	w.Expect(acctest.Look, request)
	if len(w.SentCodes(acctest.Unverified)) != 2 {
		t.Fatalf("%d codes were sent", len(w.SentCodes(acctest.Unverified)))
	}
	o = p.Change(kindVerification, o, answer(w, 1).With(again))
	if p.Values(kindVerification, o)["status"] != "verified" {
		t.Error("it is not verified")
	}
}

// refuse hands in a code that is not taken.
func refuse(t *testing.T, w *acctest.World, o *acctest.Object, config acctest.Attributes, words string) {
	t.Helper()
	p := w.Protocol()
	r := p.Apply(p.Plan(kindVerification, o, config))
	e := r.Errors()
	if len(e) != 1 || !strings.Contains(e[0].Code, "code_wo") || !strings.Contains(e[0].Detail, words) || !strings.Contains(e[0].Detail, "change request_version") {
		t.Errorf("%+v", r.Diagnostics)
	}
	if v := p.Values(kindVerification, r.Object); v["status"] != "code_sent" {
		t.Errorf("the state became %v", v)
	}
}

// TestPhoneVerification_codeAtOnce hands in a code that came before the resource did, and
// has no other one sent.
func TestPhoneVerification_codeAtOnce(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	p := w.Protocol()
	p.Invoke("whatsapp_request_code", acctest.Attributes{"phone_number_id": acctest.Unverified})
	w.Asked()
	o := p.Change(kindVerification, nil, answer(w, 1))
	w.Expect(acctest.Look, verify)
	if p.Values(kindVerification, o)["status"] != "verified" {
		t.Error("it is not verified")
	}
}

// TestPhoneVerification_settings change how a code is sent, and send none.
func TestPhoneVerification_settings(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	p := w.Protocol()
	o := p.Change(kindVerification, nil, verification(acctest.Attributes{"method": "VOICE", "language": "de_DE"}))
	if sent := w.SentCodes(acctest.Unverified); len(sent) != 1 || sent[0].Method != "VOICE" || sent[0].Language != "de_DE" {
		t.Errorf("%+v", sent)
	}
	w.Asked()
	o = p.Change(kindVerification, o, verification(nil))
	w.Expect()
	if p.Values(kindVerification, o)["status"] != "code_sent" {
		t.Errorf("%v", p.Values(kindVerification, o))
	}
}

// TestPhoneVerification_lost counts a code as sent whose request was not answered, and
// looks at the number where the answer to a code was lost.
func TestPhoneVerification_lost(t *testing.T) {
	t.Parallel()
	for _, kind := range []sim.FaultKind{sim.FaultResetAfter, sim.FaultResetBefore} {
		w := acctest.Start(t)
		w.Inject(sim.Fault{Route: request, Kind: kind})
		p := w.Protocol()
		r := p.Apply(p.Plan(kindVerification, nil, verification(nil)))
		if len(r.Errors()) > 0 || p.Values(kindVerification, r.Object)["status"] != "code_sent" {
			t.Fatalf("%+v", r.Diagnostics)
		}
		if warned := r.Warnings(); len(warned) == 0 || !strings.Contains(warned[len(warned)-1].Summary, "It is not known whether a code was sent") {
			t.Errorf("%+v", r.Diagnostics)
		}
	}
	w := acctest.Start(t)
	o := w.Protocol().Change(kindVerification, nil, verification(nil))
	w.Inject(sim.Fault{Route: verify, Kind: sim.FaultResetAfter})
	w.Asked()
	o = w.Protocol().Change(kindVerification, o, answer(w, 1))
	w.Expect(acctest.Look, verify, acctest.Look)
	if w.Protocol().Values(kindVerification, o)["status"] != "verified" {
		t.Error("it is not verified")
	}
}

// TestPhoneVerification_badInput has every wrong argument refused at its attribute.
func TestPhoneVerification_badInput(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	p := w.Protocol()
	for name, tt := range map[string]struct {
		more  acctest.Attributes
		at    string
		words string
	}{
		"method":                   {acctest.Attributes{"method": "FAX"}, "method", "SMS"},
		"language alone":           {acctest.Attributes{"language": "en"}, "language", "en_US"},
		"language with a hyphen":   {acctest.Attributes{"language": "en-US"}, "language", "en_US"},
		"code of five digits":      {acctest.Attributes{"code_wo": "12345", "code_wo_version": 1}, "code_wo", "six digits"},
		"code with a hyphen":       {acctest.Attributes{"code_wo": "123-456", "code_wo_version": 1}, "code_wo", "without the hyphen"},
		"code without a version":   {acctest.Attributes{"code_wo": "123456"}, "code_wo", "code_wo_version"},
		"version without a code":   {acctest.Attributes{"code_wo_version": 1}, "code_wo_version", "code_wo"},
		"number in place of an id": {acctest.Attributes{"phone_number_id": "+15550100103"}, "phone_number_id", "written like a phone number"},
	} {
		wrong := p.Validate(kindVerification, verification(tt.more))
		if len(wrong) != 1 || !strings.Contains(wrong[0].Code, tt.at) || !strings.Contains(wrong[0].Detail, tt.words) {
			t.Errorf("%s: %+v", name, wrong)
		}
	}
	w.Expect()
}
