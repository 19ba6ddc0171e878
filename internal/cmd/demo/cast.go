package main

import (
	"encoding/base64"
	"encoding/json"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// Ids of the numbers of the story, and of their account. Like everything here they
// are made up.
const (
	account = "200800300100700"
	shop    = "300100200300401" // new and verified
	desk    = "300100200300402" // On-Premises, to be migrated with its backup
	hotline = "300100200300403" // live on the Cloud API before Terraform came
	courier = "300100200300404" // has a PIN that nobody remembers
	branch  = "300100200300405" // On-Premises, with a deployment that makes its backup
)

// names are the numbers by the names that their resources have.
var names = map[string]string{shop: "shop", desk: "desk", hotline: "hotline", courier: "courier", branch: "branch"}

// PINs. None occurs in an id above, so that finding one means that it leaked.
const (
	shopPIN      = "730518"
	shopPINLater = "285936"
	deskPIN      = "049172"
	hotlinePIN   = "916453"
	courierPIN   = "587264" // what the configuration says, which is wrong
	courierTrue  = "638195"
	hotlineOld   = "172849"
	branchPIN    = "803652"
	branchOld    = "461927"
)

// adminPassword is that of the administrator of branch's deployment.
const adminPassword = "Oak & <Ivy>+1872/gate"

// backup is what the On-Premises deployment of desk handed out. Its characters are
// those that URLs, JSON and base64 write differently.
func backup() *sim.Backup {
	data := make([]byte, 600)
	for i := range data {
		data[i] = byte(i*i + 7*i + 255)
	}
	return &sim.Backup{Password: "brass & lantern/42+", Data: base64.StdEncoding.EncodeToString(data)}
}

// world is what the simulator holds when the story begins.
func world() sim.World {
	return sim.World{Accounts: []sim.Account{{ID: account, Name: "Corner Bookshop", Numbers: []sim.Number{
		{ID: shop, DisplayPhoneNumber: "+1 555-010-0101", VerifiedName: "Corner Bookshop"},
		{
			ID: desk, DisplayPhoneNumber: "+1 555-010-0102", VerifiedName: "Corner Bookshop Help",
			PlatformType: "ON_PREMISE", PIN: deskPIN, Backup: backup(),
		},
		{
			ID: hotline, DisplayPhoneNumber: "+1 555-010-0103", VerifiedName: "Corner Bookshop Events",
			PlatformType: "CLOUD_API", PIN: hotlineOld,
		},
		{ID: courier, DisplayPhoneNumber: "+1 555-010-0104", VerifiedName: "Corner Bookshop Delivery", PIN: courierTrue},
		{
			ID: branch, DisplayPhoneNumber: "+1 555-010-0105", VerifiedName: "Corner Bookshop Riverside",
			PIN: branchOld, Deployment: &sim.Deployment{Password: adminPassword},
		},
	}}}}
}

// firstPINs are the PINs that the configuration gets at the beginning.
func firstPINs() map[string]string {
	return map[string]string{"shop": shopPIN, "desk": deskPIN, "hotline": hotlinePIN, "courier": courierPIN, "branch": branchPIN}
}

// secretEnv is how the secrets reach the engine: through the environment, as in a
// pipeline. Those of the deployment are there once it listens.
func (s *stage) secretEnv(pins map[string]string) []string {
	b := backup()
	env := []string{
		"WHATSAPP_BASE_URL=" + s.url,
		"WHATSAPP_ACCESS_TOKEN=" + s.sim.Token(),
		"TF_VAR_pins=" + object(pins),
		"TF_VAR_backup=" + object(map[string]string{"data": b.Data, "password": b.Password}),
	}
	if s.deploymentURL != "" {
		env = append(env, "TF_VAR_admin_password="+adminPassword, "TF_VAR_ca="+s.deploymentCA)
	}
	return append(env, s.env...)
}

// object writes a map as the value of a variable; JSON is a way to write it.
func object(m map[string]string) string {
	b, _ := json.Marshal(m) // strings have no way to fail
	return string(b)
}

// secrets are all that nobody may find, those that commands made up included. Of the
// long ones a piece gives enough away.
func (s *stage) secrets() []secret {
	token, b := s.sim.Token(), backup()
	return append([]secret{
		{"the PIN of shop", shopPIN, true},
		{"the later PIN of shop", shopPINLater, true},
		{"the PIN of desk", deskPIN, true},
		{"the PIN of hotline", hotlinePIN, true},
		{"the PIN given for courier", courierPIN, true},
		{"the true PIN of courier", courierTrue, false},
		{"the old PIN of hotline", hotlineOld, false},
		{"the backup password", b.Password, true},
		{"the beginning of the backup data", b.Data[:24], true},
		{"the end of the backup data", b.Data[len(b.Data)-24:], true},
		{"the beginning of the access token", token[:24], false},
		{"the end of the access token", token[len(token)-24:], false},
		{"the PIN of branch", branchPIN, true},
		{"the old PIN of branch", branchOld, false},
		{"the password of the deployment", adminPassword, false},
		{"the PIN of counter", counterPIN, true},
		{"the verify token of the endpoint", verifyToken, false},
	}, s.learned...)
}
