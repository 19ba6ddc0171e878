package onprem

import (
	"context"
	"encoding/json"
	"net/http"
)

const (
	// maxBackup is the longest answer that is taken for a backup, in bytes. The
	// documentation gives no size.
	maxBackup = 64 << 20
	// rememberedBackup is how much of a backup is looked for in the texts of later
	// calls, in bytes: to look for all of a large one would cost many times its size.
	rememberedBackup = 256 << 10
)

// Backup returns what the Cloud API needs to take the number over: its registration and
// its settings, encoded and encrypted with password, which may be any text. The data is
// to be passed on as it is. Nothing is changed at the deployment.
//
// The account must be an administrator, and the number registered and running.
//
// Errors: Invalid, Denied (not an administrator, or the version has expired), Throttled,
// Unavailable (not registered, starting, or no connection), Unknown (no data in the
// answer, or more than 64 MiB).
//
// operation: POST /v1/settings/backup
// source: https://developers.facebook.com/docs/whatsapp/on-premises/reference/settings/backup-and-restore
func (c *Client) Backup(ctx context.Context, password string) (data string, err error) {
	c.remember(password)
	body := struct {
		Password string `json:"password"`
	}{password}
	err = c.do(ctx, request{
		method: http.MethodPost, path: "/v1/settings/backup", body: encode(body), most: maxBackup, secret: true,
		accept: func(body []byte) bool {
			var out struct {
				Settings struct {
					Data string `json:"data"`
				} `json:"settings"`
			}
			if json.Unmarshal(body, &out) != nil {
				return false
			}
			data = out.Settings.Data
			return data != ""
		},
	})
	if err != nil {
		return "", err
	}
	c.remember(data[:min(len(data), rememberedBackup)])
	return data, nil
}
