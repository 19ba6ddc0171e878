package onprem

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// certify makes a certificate that signs itself, after change, and returns it and its PEM.
func certify(t *testing.T, change func(*x509.Certificate)) (tls.Certificate, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "127.0.0.1"},
		NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, BasicConstraintsValid: true, IsCA: true,
	}
	change(c)
	der, err := x509.CreateCertificate(rand.Reader, c, c, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key},
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// serveWith starts a deployment with another certificate.
func serveWith(t *testing.T, cert tls.Certificate) *wire {
	t.Helper()
	w := serve(t, nil)
	w.TLS.Certificates = []tls.Certificate{cert}
	return w
}

func TestTLS(t *testing.T) {
	same := func(*x509.Certificate) {}
	own, ownCA := certify(t, same)
	_, otherCA := certify(t, same)
	host, hostCA := certify(t, func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"wa.example.com"} })
	nameless, namelessCA := certify(t, func(c *x509.Certificate) { c.IPAddresses = nil })
	expired, expiredCA := certify(t, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Hour) })
	client509, clientCA := certify(t, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} })
	tests := map[string]struct {
		server   tls.Certificate
		ca       []byte
		insecure bool
		want     string // part of the error; "" for success
	}{
		"system's roots only":  {own, nil, false, "the certificate is signed by an unknown authority"},
		"its own CA":           {own, ownCA, false, ""},
		"one of several CAs":   {own, append(append([]byte("a comment\n"), otherCA...), ownCA...), false, ""},
		"another's CA":         {own, otherCA, false, "the certificate is signed by an unknown authority"},
		"insecure":             {own, nil, true, ""},
		"insecure, another CA": {own, otherCA, true, ""},
		"another host":         {host, hostCA, false, "the certificate is for another host"},
		"no host":              {nameless, namelessCA, false, "the certificate names no host"},
		"expired":              {expired, expiredCA, false, "the certificate has expired or is not yet valid"},
		"not for a server":     {client509, clientCA, false, "the certificate is not valid"},
		"insecure, expired":    {expired, nil, true, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := serveWith(t, tt.server)
			c, lines := client(t, w, func(c *Config) { c.CA, c.Insecure = tt.ca, tt.insecure })
			err := c.Login(t.Context())
			if tt.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			e := failed(t, err)
			if e.Kind != api.Unavailable || e.Outcome != api.NotDone || e.Attempts != 1 || e.Message != tt.want {
				t.Errorf("got %s, %s, %d attempts: %v", e.Kind, e.Outcome, e.Attempts, e)
			}
			var cause *tls.CertificateVerificationError
			if !errors.As(err, &cause) {
				t.Errorf("%v does not lead to its cause", err)
			}
			if strings.Contains(lines.String(), "repeating") {
				t.Errorf("repeated: %s", lines)
			}
			w.wantCalls(t)
		})
	}
}

// A system's root is trusted also beside others.
func TestTLS_systemRootsStay(t *testing.T) {
	system, err := x509.SystemCertPool()
	if err != nil {
		t.Fatal(err)
	}
	config, err := trusting([]byte(recorded(t, "ca.pem")), false)
	if err != nil {
		t.Fatal(err)
	}
	certs, err := certificates([]byte(recorded(t, "ca.pem")))
	if err != nil {
		t.Fatal(err)
	}
	system.AddCert(certs[0])
	if !config.RootCAs.Equal(system) {
		t.Error("the roots are not those of the system and one more")
	}
	if config, err = trusting(nil, false); err != nil || config.RootCAs != nil || config.InsecureSkipVerify {
		t.Errorf("without a CA: %+v, %v", config, err)
	}
}

func TestCheckCA(t *testing.T) {
	ca := recorded(t, "ca.pem")
	key := "-----BEGIN EC PRIVATE KEY-----\nbWFya2Vy\n-----END EC PRIVATE KEY-----\n"
	for _, s := range []string{ca, ca + ca, "# ours\n" + ca, strings.ReplaceAll(ca, "\n", "\r\n"), key + ca} {
		if err := CheckCA(s); err != nil {
			t.Errorf("%.40q: %v", s, err)
		}
	}
	bad := map[string]string{ // and a part of the error
		"": "no certificate", " \n": "no certificate", "marker": "no certificate", "/etc/ssl/marker.pem": "no certificate",
		key: "a private key, but no certificate",
		"-----BEGIN CERTIFICATE-----\nbWFya2Vy\n-----END CERTIFICATE-----\n":           "certificate 1 of the CA certificates cannot be read",
		ca + "-----BEGIN CERTIFICATE-----\nbWFya2Vy\n-----END CERTIFICATE-----\n":      "certificate 2 of the CA certificates cannot be read",
		"-----BEGIN PUBLIC KEY-----\nbWFya2Vy\n-----END PUBLIC KEY-----\n":             "no certificate",
		strings.ReplaceAll(ca, "\n", `\n`):                                             "no certificate",
		strings.Replace(ca, "-----END CERTIFICATE-----", "-----END marker-----", 1):    "no certificate",
		strings.Replace(ca, "BEGIN CERTIFICATE", "BEGIN CERTIFICATE REQUEST", 1):       "no certificate",
		"-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n" + "marker and more": "certificate 1",
	}
	for s, want := range bad {
		err := CheckCA(s)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "marker") || strings.Contains(err.Error(), "bWFya2Vy") {
			t.Errorf("%.60q: got %v, want one with %q", s, err, want)
		}
	}
}

func FuzzCheckCA(f *testing.F) {
	ca := recorded(f, "ca.pem")
	for _, s := range []string{
		"", ca, ca + ca, ca[:200], strings.ReplaceAll(ca, "\n", "\r\n"), "-----BEGIN CERTIFICATE-----\nA: b\n\nbWFya2Vy\n-----END CERTIFICATE-----\n",
		"-----BEGIN PRIVATE KEY-----\nbWFya2Vy\n-----END PRIVATE KEY-----\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		certs, err := certificates([]byte(s))
		if (err == nil) != (len(certs) > 0) || (CheckCA(s) == nil) != (err == nil) {
			t.Errorf("%d certificates and %v", len(certs), err)
		}
		again, err := certificates([]byte(encodePEM(certs)))
		if len(certs) > 0 && (err != nil || len(again) != len(certs)) {
			t.Errorf("%d certificates written are %d read: %v", len(certs), len(again), err)
		}
		if _, err := New(Config{BaseURL: "https://wa.example.com", CA: []byte(s)}); s != "" && (err == nil) != (len(certs) > 0) {
			t.Errorf("New and CheckCA differ: %v", err)
		}
	})
}
