package sim

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
)

// trust returns who to trust: the authority given, or those of this machine.
func trust(ca []byte) *tls.Config {
	if ca == nil {
		return nil
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(ca)
	return &tls.Config{RootCAs: pool}
}

// dialTLS returns a way to call a deployment over its port, with pairs of headers.
func dialTLS(t *testing.T, config *tls.Config) func(method, url string, headers ...string) (reply, error) {
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: config, ForceAttemptHTTP2: true}}
	t.Cleanup(client.CloseIdleConnections)
	return func(method, url string, headers ...string) (reply, error) {
		r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		resp, err := client.Do(r)
		if err != nil {
			return reply{}, err
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		a := read(resp)
		a.body = string(b)
		return a, err
	}
}

func startHosted(t *testing.T, opts ...Option) (*lab, string, []byte) {
	t.Helper()
	l := newHosted(t, opts...)
	url, ca, err := l.StartOnPremises(hosted, "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l, url, ca
}

func TestStartOnPremises(t *testing.T) {
	l, url, ca := startHosted(t)
	call := dialTLS(t, trust(ca))
	a, err := call("GET", url+"/v1/certificates/external/ca", "Authorization", "Bearer "+l.sit(hosted).token)
	if err != nil || a.body != string(ca) || a.header.Get("Content-Type") != "text/plain" {
		t.Errorf("got %d %q, %v", a.status, a.body, err)
	}
	local := strings.Replace(url, "127.0.0.1", "localhost", 1)
	if a, err := call("GET", local+"/v1/health"); err != nil || a.status != 401 {
		t.Errorf("by name: got %d, %v", a.status, err)
	}
	url2, ca2, err := l.StartOnPremises(cluster, "localhost:0")
	if err != nil || string(ca2) == string(ca) {
		t.Fatalf("the second deployment shares the authority of the first, or %v", err)
	}
	if _, err := call("GET", url2+"/v1/health"); err == nil {
		t.Error("one authority vouches for both deployments")
	}
	c := l.Calls()
	if last := c[len(c)-1]; last.Deployment != hosted || last.Route != healthRoute || last.Code != 1005 {
		t.Errorf("the ledger says %+v", last)
	}
}

func TestStartOnPremises_errors(t *testing.T) {
	l, url, _ := startHosted(t)
	for _, tt := range []struct{ id, addr string }{
		{hosted, "127.0.0.1:0"}, {fresh, "127.0.0.1:0"}, {unknown, "127.0.0.1:0"},
		{cluster, "not an address"}, {cluster, strings.TrimPrefix(url, "https://")},
	} {
		if _, _, err := l.StartOnPremises(tt.id, tt.addr); err == nil {
			t.Errorf("%s was started on %s", tt.id, tt.addr)
		}
	}
}

func TestStopOnPremises(t *testing.T) {
	l, url, ca := startHosted(t)
	call := dialTLS(t, trust(ca))
	for range 2 {
		l.StopOnPremises(hosted)
		if _, err := call("GET", url+"/v1/health"); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("stopped: got %v, want connection refused", err)
		}
	}
	for range 2 {
		l.Restore(hosted)
		if a, err := call("GET", url+"/v1/health"); err != nil || a.status != 401 {
			t.Errorf("restored: got %d, %v", a.status, err)
		}
	}
	l.StopOnPremises(unknown)
	l.Restore(unknown)
	l.Close()
	if _, err := call("GET", url+"/v1/health"); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("closed: got %v, want connection refused", err)
	}
}

// TestOnPremisesRefused has the deployment go with the number, whether the migration
// succeeds or the PIN was wrong.
func TestOnPremisesRefused(t *testing.T) {
	for _, pin := range []string{"004711", "000000"} {
		l, url, ca := startHosted(t, WithOnPremisesRefused())
		call := dialTLS(t, trust(ca))
		l.migrate(hosted, pin, "tacos", l.sit(hosted).backup())
		if _, err := call("GET", url+"/v1/health"); !errors.Is(err, syscall.ECONNREFUSED) {
			t.Errorf("PIN %s: got %v, want connection refused", pin, err)
		}
		l.Restore(hosted)
		if a, err := call("GET", url+"/v1/health"); err != nil || a.status != 401 {
			t.Errorf("restored: got %d, %v", a.status, err)
		}
		if d, _ := l.Deployment(hosted); d.State != "disconnected" {
			t.Errorf("restored to %s", d.State)
		}
	}
}

func TestOnPremises_reset(t *testing.T) {
	l, url, ca := startHosted(t)
	l.Inject(Fault{Route: healthRoute, Kind: FaultResetBefore})
	if _, err := dialTLS(t, trust(ca))("GET", url+"/v1/health"); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("got %v, want a reset", err)
	}
}

func TestRestore_panicsWithoutItsPort(t *testing.T) {
	l, url, _ := startHosted(t)
	l.StopOnPremises(hosted)
	if _, _, err := l.StartOnPremises(cluster, strings.TrimPrefix(url, "https://")); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if recover() == nil {
			t.Error("it found another port")
		}
	}()
	l.Restore(hosted)
}
