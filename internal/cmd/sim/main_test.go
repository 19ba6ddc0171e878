package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// program is a running simulator and what it prints, line by line.
type program struct {
	*testing.T
	lines <-chan string
	stop  func() error
}

func start(t *testing.T, args ...string) *program {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	r, w := io.Pipe()
	lines, result := make(chan string, 100), make(chan error, 1)
	go func() {
		err := run(ctx, args, w, io.Discard)
		_ = w.Close() // never fails
		result <- err
	}()
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(r); s.Scan(); {
			lines <- s.Text()
		}
	}()
	return &program{T: t, lines: lines, stop: func() error { cancel(); return <-result }}
}

// until returns what is printed up to the line that contains text, and that line.
func (p *program) until(text string) (all, line string) {
	p.Helper()
	for line := range p.lines {
		all += line + "\n"
		if strings.Contains(line, text) {
			return all, line
		}
	}
	p.Fatalf("never printed %q but\n%s", text, all)
	return "", ""
}

// value returns what stands in quotes on a line.
func value(line string) string { return strings.Split(line, `"`)[1] }

func TestRun(t *testing.T) {
	p := start(t, "-addr", "127.0.0.1:0", "-onprem-addr", "")
	head, line := p.until("base_url")
	url := value(line)
	if !strings.Contains(head, "in a browser: "+url+"/\n") {
		t.Errorf("the page's address is missing in\n%s", head)
	}
	get(t, url+"/", "", 200)
	if !strings.Contains(head, `source = "whatsapp-terraform/whatsapp"`) || !strings.HasPrefix(url, "http://127.0.0.1:") {
		t.Errorf("printed\n%s", head)
	}
	_, line = p.until("access_token")
	token := value(line)
	if rest, _ := p.until("200000000000007"); strings.Contains(rest, "locals") {
		t.Errorf("a deployment is served in spite of -onprem-addr: %s", rest)
	}
	p.until("")

	get(t, url+"/v25.0/200000000000001", token, 200)
	if _, line := p.until("GET"); !strings.HasSuffix(line, "200  GET /{phone-number-id}  /v25.0/200000000000001") {
		t.Errorf("printed %q", line)
	}
	get(t, url+"/v25.0/200000000000001", "wrong", 401)
	if _, line := p.until("GET"); !strings.Contains(line, "401 code 190  GET") {
		t.Errorf("printed %q", line)
	}
	get(t, url+"/v25.0/what/is/this?x=secret", token, 400)
	if _, line := p.until("GET"); !strings.Contains(line, "GET (no such route)") || strings.Contains(line, "secret") {
		t.Errorf("printed %q", line)
	}
	if err := p.stop(); err != nil {
		t.Error(err)
	}
}

func get(t *testing.T, url, token string, status int) {
	t.Helper()
	send(t, "GET", url, token, "", status)
}

func post(t *testing.T, url, token, body string, status int) {
	t.Helper()
	send(t, "POST", url, token, body, status)
}

func send(t *testing.T, method, url, token, body string, status int) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != status {
		t.Errorf("%s: status %d, want %d", url, resp.StatusCode, status)
	}
}

// TestRun_fromNothing has a code sent, and a callback challenged, and prints the one
// and not the secret of the other.
func TestRun_fromNothing(t *testing.T) {
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.URL.Query().Get("hub.challenge"))
	}))
	defer hook.Close()
	p := start(t, "-addr", "127.0.0.1:0", "-onprem-addr", "", "-review", "0", "-callback", "hooks.example.com="+hook.URL)
	_, line := p.until("base_url")
	url := value(line)
	_, line = p.until("access_token")
	token := value(line)
	p.until("200000000000007")

	post(t, url+"/v25.0/200000000000003/request_code", token, `{"code_method":"SMS","language":"en_US"}`, 200)
	if _, line := p.until("code for"); !strings.HasPrefix(line, "# code for +1 555-010-0003 by SMS: 0") {
		t.Errorf("printed %q", line)
	}
	body := `{"override_callback_uri":"https://hooks.example.com","verify_token":"very-secret"}`
	post(t, url+"/v25.0/100000000000001/subscribed_apps", token, body, 200)
	if all, _ := p.until("subscribed_apps"); strings.Contains(all, "very-secret") {
		t.Errorf("printed %s", all)
	}
	if err := p.stop(); err != nil {
		t.Error(err)
	}
}

func TestRun_worldFromFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "world.json")
	world := `{"token":"EAAmine","accounts":[{"id":"1","numbers":[{"id":"2","display_phone_number":"+1 555-010-0099"}]}]}`
	if err := os.WriteFile(file, []byte(world), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, "-addr", "localhost:0", "-world", file)
	all, _ := p.until("+1 555-010-0099")
	if !strings.Contains(all, `access_token = "EAAmine"`) {
		t.Errorf("printed\n%s", all)
	}
	if err := p.stop(); err != nil {
		t.Error(err)
	}
}

func TestRun_refuses(t *testing.T) {
	broken := filepath.Join(t.TempDir(), "broken.json")
	if err := os.WriteFile(broken, []byte(`{"acounts":[]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"an address for all", []string{"-addr", "0.0.0.0:0"}, "not a loopback address"},
		{"no host", []string{"-addr", ":8080"}, "not a loopback address"},
		{"another machine", []string{"-addr", "example.com:80"}, "not a loopback address"},
		{"no port", []string{"-addr", "127.0.0.1"}, "missing port"},
		{"On-Premises for all", []string{"-onprem-addr", "0.0.0.0:0"}, "-onprem-addr: \"0.0.0.0\" is not a loopback address"},
		{"a callback elsewhere", []string{"-callback", "hooks.example.com=http://192.0.2.1:80"}, "not a loopback address"},
		{"a callback without a port", []string{"-callback", "hooks.example.com=http://127.0.0.1"}, "not of the form"},
		{"a callback without a host", []string{"-callback", "http://127.0.0.1:80"}, "not of the form"},
		{"a review that is no time", []string{"-review", "soon"}, "-review"},
		{"no such file", []string{"-world", "does-not-exist.json"}, "does-not-exist.json"},
		{"a broken file", []string{"-world", broken}, broken + `: sim: world: json: unknown field "acounts"`},
		{"an argument", []string{"world.json"}, "world.json"},
		{"a flag nobody knows", []string{"-tacos"}, "-tacos"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			err := run(ctx, tt.args, io.Discard, io.Discard)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q in it", err, tt.want)
			}
		})
	}
	if err := run(t.Context(), []string{"-h"}, io.Discard, io.Discard); !errors.Is(err, flag.ErrHelp) {
		t.Errorf("-h: got %v", err)
	}
}
