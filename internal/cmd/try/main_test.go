package main

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// root is where the module is, from this folder.
const root = "../../.."

// program is the command as somebody runs it who has no terminal.
type program struct {
	*testing.T
	cmd   *exec.Cmd
	out   *bufio.Reader
	tmp   string   // where it makes its folder
	env   []string // of the program and of the user
	ended bool
}

// begin builds and starts the command. The engine is the only terraform on its PATH.
func begin(t *testing.T, args ...string) *program {
	t.Helper()
	engine := acctest.Engine(t)
	if runtime.GOOS == "windows" {
		t.Skip("the lines to paste are for a shell of Unix")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "try")
	if out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.Symlink(engine, filepath.Join(dir, "terraform")); err != nil {
		t.Fatal(err)
	}
	p := &program{T: t, tmp: t.TempDir(), cmd: exec.Command(path, args...)}
	for _, kv := range os.Environ() {
		if !strings.HasPrefix(kv, "TF_") && !strings.HasPrefix(kv, "WHATSAPP_") {
			p.env = append(p.env, kv)
		}
	}
	p.env = append(p.env, "CHECKPOINT_DISABLE=1", "PATH="+dir+":"+os.Getenv("PATH"), "TMPDIR="+p.tmp,
		"WHATSAPP_APP_SECRET=of-another-app", "WHATSAPP_BASE_URL=https://example.com")
	p.start()
	return p
}

func (p *program) start() {
	p.Helper()
	p.cmd.Dir, p.cmd.Env, p.cmd.Stderr = root, p.env, os.Stderr
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		p.Fatal(err)
	}
	p.out = bufio.NewReader(out)
	if err := p.cmd.Start(); err != nil {
		p.Fatal(err)
	}
	p.Cleanup(func() {
		if !p.ended {
			_, _ = p.cmd.Process.Kill(), p.cmd.Wait()
		}
	})
}

// until returns what is printed up to the line that begins with text.
func (p *program) until(text string) string {
	p.Helper()
	var all strings.Builder
	for {
		line, err := p.out.ReadString('\n')
		all.WriteString(line)
		if err != nil {
			p.Fatalf("%v; printed %s", err, all.String())
		}
		if strings.HasPrefix(line, text) {
			return all.String()
		}
	}
}

// end interrupts the program, which must leave nothing behind.
func (p *program) end(url string) {
	p.Helper()
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		p.Fatal(err)
	}
	kill := time.AfterFunc(20*time.Second, func() { _ = p.cmd.Process.Kill() })
	defer kill.Stop()
	_, _ = io.Copy(io.Discard, p.out)
	if err := p.cmd.Wait(); err != nil {
		p.Error(err)
	}
	p.ended = true
	left, err := os.ReadDir(p.tmp)
	if err != nil || len(left) > 0 {
		p.Errorf("left in the folder for temporary files: %v, %v", left, err)
	}
	if resp, err := http.Get(url); err == nil {
		_ = resp.Body.Close()
		p.Error("the simulator still answers")
	}
}

// TestTry pastes the three lines that are printed, as they are, and then goes on.
func TestTry(t *testing.T) {
	p := begin(t)
	text := p.until("Interrupt this program")
	var lines []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "  ") {
			lines = append(lines, strings.TrimSpace(line))
		}
	}
	if len(lines) != 3 {
		t.Fatalf("%d lines to paste in\n%s", len(lines), text)
	}
	_, after, _ := strings.Cut(text, "in a browser: ")
	url, _, _ := strings.Cut(after, "\n")

	out := p.paste(lines...)
	if !strings.Contains(out, "Plan: 1 to add, 0 to change, 0 to destroy.") {
		t.Errorf("planned\n%s", out)
	}
	out = p.paste(lines[0], lines[1], "terraform apply -auto-approve", "terraform plan")
	if !strings.Contains(out, "+1 555-010-0002 is CONNECTED.") || !strings.Contains(out, "No changes.") {
		t.Errorf("applied\n%s", out)
	}
	if shown := body(t, url); !strings.Contains(shown, "1 of 10 in 72 hours") {
		t.Errorf("the page does not show the registration:\n%s", shown)
	}
	p.end(url)
}

// paste gives lines to a shell, and returns what is printed.
func (p *program) paste(lines ...string) string {
	p.Helper()
	cmd := exec.Command("sh", "-e")
	cmd.Stdin = strings.NewReader(strings.Join(lines, "\n") + "\n")
	cmd.Env = append(p.env, "TF_CLI_ARGS=-no-color")
	out, err := cmd.CombinedOutput()
	if err != nil {
		p.Errorf("%v\n%s", err, out)
	}
	return string(out)
}

func body(t *testing.T, url string) string {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestTry_shell has a shell that runs the example by itself. It fails in the end, as
// shells do whose last command failed.
func TestTry_shell(t *testing.T) {
	shell := filepath.Join(t.TempDir(), "shell")
	script := "#!/bin/sh\nterraform plan -no-color && env | grep ^WHATSAPP_\npwd\nexit 3\n"
	if err := os.WriteFile(shell, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SHELL", shell)
	p := begin(t, "-shell")
	var out bytes.Buffer
	if _, err := io.Copy(&out, p.out); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Error(err)
	}
	p.ended = true
	for _, want := range []string{"Plan: 1 to add", "WHATSAPP_BASE_URL=http://127.0.0.1:", "/example\n", `"exit"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is missing in\n%s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "of-another-app") {
		t.Error("the shell has the secret of another app")
	}
	if left, err := os.ReadDir(p.tmp); err != nil || len(left) > 0 {
		t.Errorf("left in the folder for temporary files: %v, %v", left, err)
	}
}

func TestExample_number(t *testing.T) {
	if !bytes.Contains(example, []byte(`"`+number+`"`)) {
		t.Errorf("the example is not about %s", number)
	}
}

func TestQuoted(t *testing.T) {
	if got, want := quoted("it's $here"), `'it'\''s $here'`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestTerminal(t *testing.T) {
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	file, err := os.Create(filepath.Join(t.TempDir(), "file"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if terminal(null) || terminal(file) {
		t.Error("nobody sits there")
	}
}
