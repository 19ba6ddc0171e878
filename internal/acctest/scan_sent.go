package acctest

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// overhear declares the secrets that were sent: what was made up on the way, such as
// the token and the backup of a deployment, is to leak as little as the rest.
func (w *World) overhear(calls []sim.Call) {
	for _, call := range calls {
		if token, ok := strings.CutPrefix(call.Header.Get("Authorization"), "Bearer "); ok {
			w.secretSent(call.Route+": token", token)
		}
		var body struct {
			Password, PIN string
			Backup        struct{ Password, Data string }
		}
		if json.Unmarshal(call.Body, &body) == nil {
			w.secretSent(call.Route+": password", body.Password)
			w.secretSent(call.Route+": PIN", body.PIN)
			w.secretSent(call.Route+": backup password", body.Backup.Password)
			w.secretSent(call.Route+": backup", body.Backup.Data)
		}
	}
}

// secretSent declares a secret that the test has not declared itself, unless the
// test wrote it into its configuration, which Terraform shows and keeps. What is too
// short to be told from other text is left out.
func (w *World) secretSent(name, value string) {
	if len(value) < 6 || strings.Contains(w.literal, value) || slices.Contains(slices.Collect(maps.Values(w.secrets)), value) {
		return
	}
	w.Secret(fmt.Sprint(name, " ", len(w.secrets)), value)
}
