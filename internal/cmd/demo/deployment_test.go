package main

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"strings"
	"testing"
)

// visitor is a client of the deployment of branch, as it listens for one test.
type visitor struct {
	*testing.T
	*story
	client *http.Client
}

// visit starts the deployment of branch.
func visit(t *testing.T) *visitor {
	t.Helper()
	s, err := newStage(engine{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.strike() })
	if err := s.listen(branch); err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM([]byte(s.deploymentCA)) {
		t.Fatal("the certificate is none")
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}}
	t.Cleanup(client.CloseIdleConnections)
	return &visitor{t, &story{stage: s}, client}
}

// call calls the deployment, with the authorization that set adds.
func (v *visitor) call(method, url, body string, set func(*http.Request)) {
	v.Helper()
	req, err := http.NewRequestWithContext(v.Context(), method, url, strings.NewReader(body))
	if err != nil {
		v.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	set(req)
	resp, err := v.client.Do(req)
	if err != nil {
		v.Fatal(err)
	}
	resp.Body.Close()
}

func (v *visitor) login() {
	v.Helper()
	v.call("POST", v.deploymentURL+"/v1/users/login", "{}", func(r *http.Request) { r.SetBasicAuth("admin", adminPassword) })
}

// TestStory_inOrder makes sure that the check sees another order, another call, one
// too many and one that was refused.
func TestStory_inOrder(t *testing.T) {
	v := visit(t)
	if err := v.loggedOut(); err != nil {
		t.Error(err)
	}
	v.login()
	if err := v.loggedOut(); err == nil || !strings.Contains(err.Error(), "the deployment of branch has 1 tokens left") {
		t.Errorf("a token that is valid: got %v", err)
	}
	bad := func(r *http.Request) { r.Header.Set("Authorization", "Bearer nobody's") }
	for range 2 {
		v.call("GET", v.deploymentURL+"/v1/health", "", bad)
	}
	if err := v.inOrder(branch, login, health+": refused with code 1005"); err != nil {
		t.Error(err)
	}
	if err := v.inOrder(shop); err != nil {
		t.Error(err)
	}
	for _, want := range [][]string{
		nil,
		{login},
		{login, health},
		{health + ": refused with code 1005", login},
		{login, login, health + ": refused with code 1005"},
	} {
		if v.inOrder(branch, want...) == nil {
			t.Errorf("a login and a refusal were taken for %q", want)
		}
	}
	v.sim.ForgetCalls()
	v.login()
	v.login()
	if v.inOrder(branch, login) == nil {
		t.Error("two logins were taken for one")
	}
}

// TestStage_secretEnv has what reaches a deployment only once there is one.
func TestStage_secretEnv(t *testing.T) {
	v := visit(t)
	env := strings.Join(v.secretEnv(nil), "\n")
	if !strings.Contains(env, "TF_VAR_admin_password="+adminPassword+"\n") || !strings.Contains(env, "TF_VAR_ca=-----BEGIN CERTIFICATE-----") {
		t.Error("the environment has no password of the deployment, or no certificate")
	}
	v.deploymentURL = ""
	if env := strings.Join(v.secretEnv(nil), "\n"); strings.Contains(env, adminPassword) || strings.Contains(env, "CERTIFICATE") {
		t.Error("the environment has the password or the certificate of a deployment that does not listen")
	}
}
