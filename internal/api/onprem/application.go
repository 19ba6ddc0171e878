package onprem

import "context"

// Application is the settings of a deployment, as far as they are needed.
type Application struct {
	WAID string // the registered number, digits with country code; "" when none is registered
}

// Application returns the settings of the deployment. The account must be an
// administrator: for another one the deployment refuses it with code 1005.
//
// Errors: Denied (not an administrator), Expired, Throttled, Unavailable.
//
// operation: GET /v1/settings/application
// source: https://developers.facebook.com/docs/whatsapp/api/settings/app
func (c *Client) Application(ctx context.Context) (Application, error) {
	type answer struct {
		Settings struct {
			Application *struct {
				WAID text `json:"wa_id"`
			} `json:"application"`
		} `json:"settings"`
	}
	out, err := get(ctx, c, "/v1/settings/application", func(a *answer) bool { return a.Settings.Application != nil })
	if err != nil {
		return Application{}, err
	}
	return Application{WAID: printable(out.Settings.Application.WAID)}, nil
}
