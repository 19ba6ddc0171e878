package phone_test

import (
	"strings"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// TestRegistration_bannedFromTheStart tells of a banned number already when it is
// adopted or imported.
func TestRegistration_bannedFromTheStart(t *testing.T) {
	t.Parallel()
	t.Run("adopted", func(t *testing.T) {
		t.Parallel()
		w := acctest.Start(t)
		w.Ban(acctest.Live)
		w.Plan(writeOnly(w, acctest.Live, w.PIN(), "")).Succeeds()
		w.Apply().Succeeds().Warns("Meta has banned +1 555-010-0102", "Business Support Home")
	})
	t.Run("imported", func(t *testing.T) {
		t.Parallel()
		w := acctest.Start(t)
		w.Ban(acctest.Live)
		w.Plan(registration(acctest.Live, "") + importing(acctest.Live)).Succeeds().Warns("Meta has banned +1 555-010-0102")
	})
}

// TestRegistration_nameInReview says nothing of a display name that is not
// approved: registering again would not bring it into force.
func TestRegistration_nameInReview(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Run(config)
	for _, review := range []string{"PENDING_REVIEW", "DECLINED"} {
		w.Change(acctest.New, func(n *sim.Number) { n.NewDisplayName, n.NewNameStatus = "Lucky Shrub & Sons", review })
		w.Plan(config).Changes(false).Quiet()
	}
}

// TestRegistration_otherDigits brings the number into the state that stands
// behind the id now, if it is really another one.
func TestRegistration_otherDigits(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Run(writeOnly(w, acctest.New, w.PIN(), ""))
	w.Change(acctest.New, func(n *sim.Number) { n.DisplayPhoneNumber = "+1 555-010-0199" })
	w.Terraform("apply", "-json", "-auto-approve", "-refresh-only").Succeeds()
	if got := w.Attribute(numberAddress, "display_phone_number"); got != "+1 555-010-0199" {
		t.Errorf("the display number in the state is %v", got)
	}
}

// TestRegistration_driftWarns warns of what stands in the way of registering
// a number anew that was taken off the Cloud API.
func TestRegistration_driftWarns(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	w.Run(config)
	w.Deregister(acctest.New)
	w.Change(acctest.New, func(n *sim.Number) { n.CodeVerificationStatus = "EXPIRED" })
	w.Plan(config).Changes(true).Warns("no longer registered").Warns("verification of +1 555-010-0100 has expired").
		Sent(acctest.Look)
}

// TestRegistration_backupInsteadOfCode says nothing of an expired verification
// when there is a backup, which takes its place.
func TestRegistration_backupInsteadOfCode(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Change(acctest.OnPremise, func(n *sim.Number) { n.CodeVerificationStatus = "EXPIRED" })
	w.Plan(writeOnly(w, acctest.OnPremise, w.PIN(), `  backup_wo = { data = "d", password = "p" }`)).Succeeds().Quiet()
}

// TestRegistration_noToken says where the access token goes.
func TestRegistration_noToken(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.Setenv("WHATSAPP_ACCESS_TOKEN", "")
	w.Plan(writeOnly(w, acctest.New, w.PIN(), "")).Fails("", "No access token", "access_token in the provider block", "WHATSAPP_ACCESS_TOKEN").Sent()
}

// TestRegistration_triggersLeaveTheBackup out: it moved the number when the
// resource was created, and registering again moves nothing.
func TestRegistration_triggersLeaveTheBackup(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	backup := sim.Backup{Password: "correct-horse-battery", Data: "kJ8xQ9mZkJ8xQ9mZ"}
	w.Change(acctest.OnPremise, func(n *sim.Number) { n.Backup = &backup })
	w.Setenv("TF_VAR_backup", `{"data":"`+w.Secret("data", backup.Data)+`","password":"`+w.Secret("backup password", backup.Password)+`"}`)
	pin := w.PIN()
	w.Run(writeOnly(w, acctest.OnPremise, pin, "  backup_wo = var.backup\n"))
	w.Plan(writeOnly(w, acctest.OnPremise, pin, "  backup_wo = var.backup\n  triggers = { name = \"a\" }\n")).Succeeds()
	apply := w.Apply().Succeeds()
	for _, call := range apply.Calls {
		if call.Route == acctest.Register && strings.Contains(string(call.Body), "backup") {
			t.Error("the backup was sent again")
		}
	}
	if apply.Count(acctest.Register) != 1 {
		t.Errorf("asked %q", apply.Asked)
	}
}

// TestRegistration_unheardOfPlatform neither registers nor adopts a number on a
// platform that nobody has heard of, and keeps one that is managed already.
func TestRegistration_unheardOfPlatform(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	config := writeOnly(w, acctest.New, w.PIN(), "")
	status(w, acctest.New, "CONNECTED", "SOMEWHERE_NEW")
	w.Plan(config).Succeeds().Warns("platform that this provider does not know", "SOMEWHERE_NEW")
	w.Apply().Fails("phone_number_id", "neither registered nor adopted", "import it").Sent(acctest.Look)

	status(w, acctest.New, "DISCONNECTED", "NOT_APPLICABLE")
	w.Run(config)
	status(w, acctest.New, "CONNECTED", "SOMEWHERE_NEW")
	w.Plan(config).Changes(false)
}
