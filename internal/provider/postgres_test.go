//go:build unix

package provider_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

// postgres is a PostgreSQL server of a test's own: in a temporary folder, on a free port
// of this machine. It stops with the test.
type postgres struct {
	t        *testing.T
	bin      string // the folder with its programs
	dir      string
	account  *syscall.Credential // whom it runs as, nil for whoever runs the test
	password string
	port     int
}

// startPostgres starts a server and returns where it is, as PG_CONN_STR has it, and the
// password in that. The test is skipped, and counted, where PostgreSQL is not installed.
func startPostgres(t *testing.T, w *acctest.World) (address, password string) {
	t.Helper()
	acctest.Engine(t)
	p := &postgres{t: t, bin: postgresBin(), password: rand.Text()}
	if p.bin == "" {
		acctest.Skip(t, "PostgreSQL is not installed: its programs initdb and postgres are needed")
	}
	p.settle()
	p.run("initdb", "--pgdata", p.data(), "--username", "fleet", "--pwfile", p.file("password", p.password),
		"--auth", "scram-sha-256", "--encoding", "UTF8", "--no-locale", "--no-sync")
	p.serve()
	return p.address(), p.password
}

// postgresBin finds the programs: on the PATH, or where Debian puts the newest of them.
func postgresBin() string {
	if path, err := exec.LookPath("initdb"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil { // Debian's wrappers are links
			return filepath.Dir(path)
		}
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return ""
	}
	return filepath.Dir(slices.Max(found))
}

// settle makes the folder of the server. PostgreSQL refuses to run as root; then it runs
// as its own user, or as nobody.
func (p *postgres) settle() {
	p.t.Helper()
	dir, err := os.MkdirTemp("", "fleet") // the folder above that of a test is closed to other users
	if err != nil {
		p.t.Fatal(err)
	}
	p.dir = dir
	p.t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			p.t.Error(err)
		}
	})
	if os.Getuid() != 0 {
		return
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		if who, err = user.Lookup("nobody"); err != nil {
			p.t.Fatal(err)
		}
	}
	uid, err1 := strconv.ParseUint(who.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(who.Gid, 10, 32)
	if err1 != nil || err2 != nil {
		p.t.Fatal(err1, err2)
	}
	p.account = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid), NoSetGroups: true}
	if err := os.Chown(dir, int(uid), int(gid)); err != nil {
		p.t.Fatal(err)
	}
}

func (p *postgres) data() string { return filepath.Join(p.dir, "data") }

// file puts a file where the server can read it.
func (p *postgres) file(name, content string) string {
	p.t.Helper()
	path := filepath.Join(p.dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		p.t.Fatal(err)
	}
	if p.account != nil {
		if err := os.Chown(path, int(p.account.Uid), int(p.account.Gid)); err != nil {
			p.t.Fatal(err)
		}
	}
	return path
}

// command is one of the programs, in the name of the server's user.
func (p *postgres) command(program string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(p.bin, program), args...)
	cmd.Dir = p.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: p.account, Setpgid: true}
	return cmd
}

func (p *postgres) run(program string, args ...string) {
	p.t.Helper()
	if output, err := p.command(program, args...).CombinedOutput(); err != nil {
		p.t.Fatalf("%s: %v\n%s", program, err, output)
	}
}

// serve starts the server and returns when it takes connections. Somebody may take the
// port before the server does; then there is another one.
func (p *postgres) serve() {
	p.t.Helper()
	var said string
	for range 3 {
		p.port = freePort(p.t)
		var output bytes.Buffer
		cmd := p.command("postgres", "-D", p.data(), "-h", "127.0.0.1", "-p", strconv.Itoa(p.port), "-k", p.dir, "-F")
		cmd.Stdout, cmd.Stderr = &output, &output
		if err := cmd.Start(); err != nil {
			p.t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- cmd.Wait() }()
		if p.answers(ended) {
			p.t.Cleanup(func() { p.stop(cmd, ended) })
			return
		}
		said = output.String()
	}
	p.t.Fatalf("the PostgreSQL server does not start:\n%s", said)
}

// answers waits until the server is there, or has ended.
func (p *postgres) answers(ended <-chan error) bool {
	p.t.Helper()
	for range 300 {
		select {
		case <-ended:
			return false
		case <-time.After(100 * time.Millisecond):
		}
		if p.command("pg_isready", "-q", "-h", "127.0.0.1", "-p", strconv.Itoa(p.port)).Run() == nil {
			return true
		}
	}
	return false
}

// stop ends the server at once: an interrupt does not wait for who is connected.
func (p *postgres) stop(cmd *exec.Cmd, ended <-chan error) {
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		p.t.Error(err)
	}
	select {
	case <-ended:
	case <-time.After(20 * time.Second):
		p.t.Error("the PostgreSQL server does not stop")
		_ = cmd.Process.Kill() // what is left to do
	}
}

// address is where the database is.
func (p *postgres) address() string {
	u := url.URL{
		Scheme: "postgres", User: url.UserPassword("fleet", p.password), Host: fmt.Sprintf("127.0.0.1:%d", p.port),
		Path: "postgres", RawQuery: "sslmode=disable",
	}
	return u.String()
}

// freePort is a port that nobody listens on at the moment.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}
