package graph

import (
	"context"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// NewPhone is a phone number to be added to an account.
type NewPhone struct {
	CountryCode  string // the dial code, one to three digits: "1"
	PhoneNumber  string // the number in its country, without the dial code: "5550100123"
	VerifiedName string // the display name, 2 to 75 characters; it is reviewed
}

// AddPhone adds a phone number to an account, and returns the id that the API gives it.
// The number still has to be verified and registered. No call removes it again.
//
// The call is repeated only when it is known that nothing was done. With the Outcome
// Unclear, look for the number among those of the account ([Phones.Numbered]) before
// trying again: adding it twice is an error.
//
// Errors: Invalid (the number or the name is refused, or the number is there already),
// Conflict (the number is on the account already, as told for a move), NotFound, Denied,
// Expired, Throttled, Unavailable.
//
// operation: POST /{business-account-id}/phone_numbers
// source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/phone_numbers/
func (s *Accounts) AddPhone(ctx context.Context, id AccountID, n NewPhone) (PhoneID, error) {
	body := struct {
		CountryCode  string `json:"cc"`
		PhoneNumber  string `json:"phone_number"`
		VerifiedName string `json:"verified_name"`
	}{n.CountryCode, n.PhoneNumber, n.VerifiedName}
	made, err := create(ctx, s.client, request{
		path: "/{business-account-id}/phone_numbers", ids: []string{string(id)}, body: encode(body), policy: api.Once,
	})
	if err != nil {
		s.client.Phones.memory.forgetAccount(id)
		return "", err
	}
	s.client.Phones.memory.join(id, PhoneID(made), n.CountryCode+n.PhoneNumber)
	return PhoneID(made), nil
}

// SetDisplayName asks for another display name, 2 to 75 characters. It is reviewed; until
// that is over, the number shows it as NewDisplayName with NewNameStatus.
//
// A number has ten such changes in thirty days, so the call is repeated only when it is
// known that nothing was done. With the Outcome Unclear, read those two fields.
//
// Errors: Invalid (the name is refused, or another change is under way), NotFound,
// Denied, Expired, Throttled, Unavailable.
//
// operation: POST /{phone-number-id}
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/display-names
func (s *Phones) SetDisplayName(ctx context.Context, id PhoneID, name string) error {
	body := struct {
		Name string `json:"new_display_name"`
	}{name}
	return s.write(ctx, id, request{path: "/{phone-number-id}", body: encode(body), policy: api.Once})
}

// RequestCode has a code sent to the phone number, with which its owner can show that it
// is theirs. method is "SMS" or "VOICE"; language is that of the message, such as "en_US".
// The code is good for about ten minutes, and once.
//
// Each call sends a code, and too many of them lock the number for a time, so it is
// repeated only when it is known that nothing was done. With the Outcome Unclear, the
// code may be under way.
//
// Errors: Conflict (the number is verified already, see [IsAlreadyVerified], or too many
// codes were requested), Invalid (no such method or language), NotFound, Denied, Expired,
// Throttled, Unavailable.
//
// operation: POST /{phone-number-id}/request_code
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
func (s *Phones) RequestCode(ctx context.Context, id PhoneID, method, language string) error {
	body := struct {
		Method   string `json:"code_method"`
		Language string `json:"language"`
	}{method, language}
	return s.write(ctx, id, request{path: "/{phone-number-id}/request_code", body: encode(body), policy: api.Once})
}

// VerifyCode hands in the code that was sent to the phone number: six digits without the
// hyphen with which it arrives. It is a secret, and good for one try: the call is
// repeated only when it is known that nothing was done. With the Outcome Unclear, read
// CodeVerificationStatus.
//
// Errors: Conflict (the number is verified already, see [IsAlreadyVerified]), Invalid (the
// code is wrong or too old), NotFound, Denied, Expired, Throttled, Unavailable.
//
// operation: POST /{phone-number-id}/verify_code
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
func (s *Phones) VerifyCode(ctx context.Context, id PhoneID, code string) error {
	body := struct {
		Code string `json:"code"`
	}{code}
	return s.write(ctx, id, request{
		path: "/{phone-number-id}/verify_code", body: encode(body), secrets: []string{code}, policy: api.Once,
	})
}

// verifiedAlready is the code for a number whose owner has nothing left to show.
const verifiedAlready = 136024

// IsAlreadyVerified reports whether a code was not sent, or not taken, because the
// number is verified: what was to be reached is reached.
func IsAlreadyVerified(err error) bool { return api.HasCode(err, verifiedAlready) }
