package onprem

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// CheckCA says what is wrong with certificates to trust, or nil. They must be in PEM, at
// least one, and each must be readable; text around them does no harm. The error never
// quotes the input, which may hold a private key by mistake.
func CheckCA(pem string) error {
	_, err := certificates([]byte(pem))
	return err
}

// certificates returns the certificates of a PEM text.
func certificates(text []byte) ([]*x509.Certificate, error) {
	var out []*x509.Certificate
	var keys bool
	for {
		var b *pem.Block
		if b, text = pem.Decode(text); b == nil {
			break
		}
		keys = keys || strings.HasSuffix(b.Type, "PRIVATE KEY")
		if b.Type != "CERTIFICATE" {
			continue
		}
		cert, err := x509.ParseCertificate(b.Bytes)
		if err != nil {
			return nil, fmt.Errorf("certificate %d of the CA certificates cannot be read", len(out)+1)
		}
		out = append(out, cert)
	}
	switch {
	case len(out) > 0:
		return out, nil
	case keys:
		return nil, errors.New("the CA certificates hold a private key, but no certificate")
	}
	return nil, errors.New("the CA certificates hold no certificate: " +
		"they must be in PEM, beginning with -----BEGIN CERTIFICATE-----")
}

// trusting returns the TLS configuration that trusts the system's roots and ca.
func trusting(ca []byte, insecure bool) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: insecure} //nolint:gosec // asked for by the user
	if len(ca) == 0 {
		return config, nil
	}
	certs, err := certificates(ca)
	if err != nil {
		return nil, err
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool() // a system without roots, or whose roots cannot be read
	}
	for _, cert := range certs {
		roots.AddCert(cert)
	}
	config.RootCAs = roots
	return config, nil
}

// explainTLS says in an error about the server's certificate what is wrong with it. Such
// an error is Unavailable like any other way that is out of order, but the transport does
// not repeat it: a certificate does not mend by itself.
func explainTLS(err error) error {
	var e *api.Error
	var cert *tls.CertificateVerificationError
	if errors.As(err, &e) && errors.As(err, &cert) {
		e.Kind = api.Unavailable
		e.Message = complaint(cert.Err)
	}
	return err
}

// complaint says what is wrong with a certificate. The deployment makes a certificate
// for itself when it is installed, so that the first answer is the usual one.
func complaint(err error) string {
	var (
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		invalid   x509.CertificateInvalidError
	)
	switch {
	case errors.As(err, &authority):
		return "the certificate is signed by an unknown authority"
	case errors.As(err, &host):
		if c := host.Certificate; c != nil && len(c.DNSNames) == 0 && len(c.IPAddresses) == 0 {
			return "the certificate names no host"
		}
		return "the certificate is for another host"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "the certificate has expired or is not yet valid"
	}
	return "the certificate is not valid"
}
