package onprem

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/pem"
	"net/http"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// notFound is the code for what does not exist.
const notFound = 1006

// CA returns the certificate, in PEM, of the authority that signed the server's own, or
// "" when the deployment has none. It comes over a connection that is either trusted
// already or not checked at all: it is no proof of who the server is.
//
// Errors: Denied, Expired, Throttled, Unavailable.
//
// operation: GET /v1/certificates/external/ca
// source: https://developers.facebook.com/docs/whatsapp/api/certificates/external
func (c *Client) CA(ctx context.Context) (string, error) {
	var text string
	err := c.do(ctx, request{
		method: http.MethodGet, path: "/v1/certificates/external/ca",
		// The page of a proxy that knows no such path is something else.
		absent: func(a *api.Answer) bool {
			return a.Status == http.StatusNotFound && len(bytes.TrimSpace(a.Body)) == 0
		},
		accept: func(body []byte) bool {
			certs, err := certificates(body)
			text = encodePEM(certs)
			return err == nil || nothing(body)
		},
	})
	if err != nil && !api.HasCode(err, notFound) {
		return "", err
	}
	return text, nil
}

// encodePEM writes certificates, and nothing else that was with them, such as a key.
func encodePEM(certs []*x509.Certificate) string {
	var b strings.Builder
	for _, c := range certs {
		b.Write(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}))
	}
	return b.String()
}
