package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRun_onPremises(t *testing.T) {
	p := start(t, "-addr", "127.0.0.1:0", "-onprem-addr", "127.0.0.1:0")
	p.until("on_premises_200000000000007 = {")
	_, line := p.until("base_url")
	url := value(line)
	_, line = p.until("username")
	name := value(line)
	_, line = p.until("password")
	password := value(line)
	p.until("EOT")
	text, _ := p.until("EOT")
	p.until("200000000000007")

	client := trusting(t, strings.ReplaceAll(strings.TrimSuffix(text, "    EOT\n"), "      ", ""))
	r, err := http.NewRequestWithContext(t.Context(), "POST", url+"/v1/users/login", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.SetBasicAuth(name, password)
	resp, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != 200 {
		t.Errorf("status %d, want 200", resp.StatusCode)
	}
	if _, line := p.until("onprem"); !strings.HasSuffix(line, "200  onprem POST /v1/users/login  /v1/users/login") {
		t.Errorf("printed %q", line)
	}
	if err := p.stop(); err != nil {
		t.Error(err)
	}
}

// trusting returns a client that trusts one authority, given as PEM.
func trusting(t *testing.T, authority string) *http.Client {
	t.Helper()
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM([]byte(authority)) {
		t.Fatalf("no certificate: %s", authority)
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
	t.Cleanup(client.CloseIdleConnections)
	return client
}

func TestRun_onPremisesPortTaken(t *testing.T) {
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	args := []string{"-addr", "127.0.0.1:0", "-onprem-addr", ln.Addr().String()}
	if err := run(t.Context(), args, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "-onprem-addr") {
		t.Errorf("got %v", err)
	}
}

// TestRun_noDeployment has a world that needs no second port, so that it does not
// matter who has it.
func TestRun_noDeployment(t *testing.T) {
	ln, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	file := filepath.Join(t.TempDir(), "world.json")
	if err := os.WriteFile(file, []byte(`{"accounts":[{"id":"1","numbers":[{"id":"2"}]}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	args := []string{"-addr", "127.0.0.1:0", "-onprem-addr", ln.Addr().String(), "-world", file}
	if err := run(ctx, args, io.Discard, io.Discard); err != nil {
		t.Error(err)
	}
}

func TestNext(t *testing.T) {
	for addr, want := range map[string]string{
		"127.0.0.1:9090": "127.0.0.1:9091", "[::1]:9090": "[::1]:9091", "localhost:0": "localhost:0",
	} {
		if got := next(addr); got != want {
			t.Errorf("after %s: got %s, want %s", addr, got, want)
		}
	}
}

func TestQuote(t *testing.T) {
	if got, want := quote(`a"${b}%{c}`), `"a\"$${b}%%{c}"`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
