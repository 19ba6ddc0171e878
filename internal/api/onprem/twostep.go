package onprem

import (
	"context"
	"net/http"
)

// SetPIN turns two-step verification on with pin, six decimal digits. Whether it
// replaces a PIN that is set already is not documented; [Client.RemovePIN] before it
// makes sure. The account must be an administrator.
//
// Errors: Invalid (the PIN has another form), Denied, Throttled, Unavailable.
//
// operation: POST /v1/settings/account/two-step
// source: https://developers.facebook.com/docs/whatsapp/on-premises/reference/settings/two-step-verification
func (c *Client) SetPIN(ctx context.Context, pin string) error {
	c.remember(pin)
	body := struct {
		PIN string `json:"pin"`
	}{pin}
	return c.do(ctx, request{
		method: http.MethodPost, path: "/v1/settings/account/two-step", body: encode(body), accept: nothing,
	})
}

// RemovePIN turns two-step verification off. The old PIN is not needed, and none need be
// set. The account must be an administrator.
//
// Errors: Denied, Throttled, Unavailable.
//
// operation: DELETE /v1/settings/account/two-step
// source: https://developers.facebook.com/docs/whatsapp/on-premises/reference/settings/two-step-verification
func (c *Client) RemovePIN(ctx context.Context) error {
	return c.do(ctx, request{method: http.MethodDelete, path: "/v1/settings/account/two-step", accept: nothing})
}
