package acctest

import (
	"errors"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// Engine is the program to test with: the one that TF_ACC_TERRAFORM_PATH names,
// or terraform, or tofu. Without TF_ACC the test is skipped.
func Engine(t testing.TB) string {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("acceptance tests run the real Terraform program and need TF_ACC=1: make testacc")
	}
	for _, name := range []string{os.Getenv("TF_ACC_TERRAFORM_PATH"), "terraform", "tofu"} {
		if name == "" {
			continue
		}
		if found, err := exec.LookPath(name); err == nil {
			return found
		}
	}
	t.Fatal("no Terraform found: put terraform or tofu on the PATH, or name it in TF_ACC_TERRAFORM_PATH")
	return ""
}

var built struct {
	once   sync.Once
	path   string
	output []byte
	err    error
}

// binary builds the provider, once for all tests of a package.
func binary(t testing.TB) string {
	t.Helper()
	built.once.Do(func() {
		built.path = filepath.Join(Scratch(t), "terraform-provider-whatsapp")
		cmd := exec.Command("go", "build", "-o", built.path, "github.com/whatsapp-terraform/terraform-provider-whatsapp")
		built.output, built.err = cmd.CombinedOutput()
	})
	if built.err != nil {
		t.Fatalf("the provider does not build: %v\n%s", built.err, built.output)
	}
	return built.path
}

var scratch struct {
	sync.Mutex
	dirs []string
}

// Scratch is a folder that outlives the test, for what is made once for all tests
// of a package. Main removes it.
func Scratch(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "acctest") //nolint:usetesting // it outlives the test that comes first
	if err != nil {
		t.Fatal(err)
	}
	scratch.Lock()
	defer scratch.Unlock()
	scratch.dirs = append(scratch.dirs, dir)
	return dir
}

// Main runs the tests of a package, has the providers in this process log all
// they can into files that are scanned for secrets, and clears away what the
// tests made. A package with acceptance tests calls it from its TestMain.
func Main(m *testing.M) {
	logs, err := os.MkdirTemp("", "provider-logs")
	if err != nil {
		log.Fatal(err)
	}
	for name, value := range map[string]string{
		"TF_LOG": "TRACE", "TF_LOG_PATH_MASK": filepath.Join(logs, "%s.log"),
		"TF_LOG_SDK_HELPER_RESOURCE": "OFF", // terraform-plugin-testing logs the configurations it writes
	} {
		if err := os.Setenv(name, value); err != nil {
			log.Fatal(err)
		}
	}
	code := m.Run()
	for _, dir := range append(scratch.dirs, logs) {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	if err != nil {
		log.Fatal(err)
	}
	os.Exit(code)
}
