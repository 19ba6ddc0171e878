package provider_test

import (
	"path/filepath"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

// TestComplete takes a number from nothing to answering, with examples/complete as it
// stands: an apply that has a code sent, and one that hands it in.
func TestComplete(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	forWebhooks(w)
	pin := w.Secret("PIN", w.PIN())
	w.Setenv("TF_VAR_pin", pin)
	files, err := filepath.Glob(filepath.Join(root, "examples", "complete", "*.tf*"))
	if err != nil || len(files) < 4 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, file := range files {
		copyTo(t, w, file)
	}
	w.WriteFile("terraform.tfvars", read(t, "examples/complete/terraform.tfvars.example"))
	before := len(w.Numbers())
	w.Terraform("apply", "-json", "-input=false", "-auto-approve").Succeeds()
	w.Empty()
	id, _ := w.State()["whatsapp_phone_number.shop"]["phone_number_id"].(string)
	if n, _ := w.Number(id); len(w.Numbers()) != before+1 || n.Status != "PENDING" || n.CodeVerificationStatus != "NOT_VERIFIED" {
		t.Fatalf("%d numbers before, %d now; %+v", before, len(w.Numbers()), n)
	}
	w.WriteFile("secret.auto.tfvars.json", `{"code":"`+w.Secret("code", w.SentCode(id))+`","code_version":1,"register":true}`)
	w.Terraform("apply", "-json", "-input=false", "-auto-approve").Succeeds()
	if len(w.SentCodes(id)) != 1 || w.Registrations(id) != 1 {
		t.Errorf("%d codes were sent and %d registrations spent", len(w.SentCodes(id)), w.Registrations(id))
	}
	w.WriteFile("secret.auto.tfvars.json", `{"register":true}`) // the code is not there in any later run
	w.Empty()
	n, _ := w.Number(id)
	account, _ := w.Account(acctest.Account)
	if n.Status != "CONNECTED" || n.PlatformType != "CLOUD_API" || n.PIN != pin || n.Profile.About == "" || n.Profile.Vertical != "RETAIL" {
		t.Errorf("the number is %+v", n)
	}
	if len(account.Apps) != 1 || account.Apps[0].Override.URI != "https://hooks.example.com/whatsapp" {
		t.Errorf("the account's webhooks are %+v", account.Apps)
	}
}
