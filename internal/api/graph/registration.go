package graph

import (
	"bytes"
	"context"
	"encoding/json"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// Registration is what it takes to register a phone number. All of it is secret, and
// none of it can be read back.
type Registration struct {
	PIN    string  // two-step verification PIN, six decimal digits
	Backup *Backup // of an On-Premises deployment whose number moves; nil for none
}

// Backup is the export of an On-Premises deployment. Without it, the number's profile
// there is lost in the move.
type Backup struct {
	Password string // with which the export was made
	Data     string // the export, as the deployment gave it; about a megabyte is common
}

// Register connects a phone number to the Cloud API, so that it can send and receive,
// and switches two-step verification on. Registering again with the same PIN is allowed;
// it is how an approved display name comes into force.
//
// The PIN is the number's own if two-step verification is on, and becomes it otherwise.
// Moving a number from On-Premises may take fifteen seconds. Each call counts towards
// ten in 72 hours, so it is repeated only when it is known that nothing was done.
//
// Errors: Denied (the PIN is wrong, or was wrong too often, or the ten are used up),
// Conflict (the ownership is not verified, or an earlier deregistration did not finish),
// Invalid (the PIN has another form), NotFound, Expired, Throttled, Unavailable. With
// the Outcome Unclear, look at the number before trying again.
//
// operation: POST /{phone-number-id}/register
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/registration
func (s *Phones) Register(ctx context.Context, id PhoneID, reg Registration) error {
	type backup struct {
		Password string `json:"password"`
		Data     string `json:"data"`
	}
	body := struct {
		Product string  `json:"messaging_product"`
		PIN     string  `json:"pin"`
		Backup  *backup `json:"backup,omitempty"`
	}{Product: "whatsapp", PIN: reg.PIN}
	secrets := []string{reg.PIN}
	if reg.Backup != nil {
		body.Backup = &backup{reg.Backup.Password, reg.Backup.Data}
		secrets = append(secrets, reg.Backup.Password, reg.Backup.Data)
	}
	return s.write(ctx, id, request{
		path: "/{phone-number-id}/register", body: encode(body), secrets: secrets, policy: api.Once,
	})
}

// Deregister takes a phone number off the Cloud API. The number stays on its account,
// with its history, and can be registered again. Local storage is switched off. Each
// call counts towards ten in 72 hours.
//
// Errors: Conflict (it is not registered: code 100 with subcode 2207051, or 133010; or it
// was deleted a moment ago: 133015),
// Invalid (it is used with the WhatsApp Business app and must be disconnected there),
// Denied (the ten are used up, or a permission is missing), NotFound, Expired,
// Throttled, Unavailable.
//
// operation: POST /{phone-number-id}/deregister
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/registration
func (s *Phones) Deregister(ctx context.Context, id PhoneID) error {
	return s.write(ctx, id, request{path: "/{phone-number-id}/deregister", policy: api.Once, means: deletedAlready})
}

// deletedRecently is the code for a number whose deletion has not finished.
const deletedRecently = 133015

// deletedAlready sorts that code for a deregistration. A registration may be repeated
// once the deletion is over; of a number that is being deleted nothing is left to end.
func deletedAlready(e *api.Error) {
	if e.Code == deletedRecently {
		e.Kind, e.Outcome, e.RetryAfter = api.Conflict, api.Refused, 0
	}
}

// SetPIN sets or changes the two-step verification PIN, six decimal digits. The old one
// is not needed, and no registration is spent.
//
// Errors: Invalid (the PIN has another form), NotFound, Denied, Expired, Throttled,
// Unavailable.
//
// operation: POST /{phone-number-id}
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/two-step-verification
func (s *Phones) SetPIN(ctx context.Context, id PhoneID, pin string) error {
	body := struct {
		PIN string `json:"pin"`
	}{pin}
	return s.write(ctx, id, request{
		path: "/{phone-number-id}", body: encode(body), secrets: []string{pin}, policy: api.Safe,
	})
}

// encode returns v as JSON, with < > and & as they are: the API is to get a backup
// unmodified, and escaping would make it longer besides.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // only for types without a JSON form, and all of them are in this package
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
