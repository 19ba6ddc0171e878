package provider_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

// packaged is the version that these tests package.
const packaged = "1.2.3"

var mirror struct {
	once   sync.Once
	dir    string
	output []byte
	err    error
}

// makeMirror runs make package, once for all tests, and returns its folder.
func makeMirror(t *testing.T) string {
	t.Helper()
	mirror.once.Do(func() {
		mirror.dir = acctest.Scratch(t)
		mirror.output, mirror.err = makePackage(root, mirror.dir)
	})
	if mirror.err != nil {
		t.Fatalf("make package: %v\n%s", mirror.err, mirror.output)
	}
	return mirror.dir
}

// makePackage runs make package in a folder that holds the module.
func makePackage(module, dist string) ([]byte, error) {
	cmd := exec.Command("make", "-s", "package", "VERSION="+packaged, "DIST="+dist)
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "SOURCE_DATE_EPOCH=1767225600")
	return cmd.CombinedOutput()
}

// archiveName is where make package puts the archive, below its folder.
func archiveName(registry string) string {
	return filepath.Join("mirror", registry, "whatsapp-terraform", "whatsapp",
		"terraform-provider-whatsapp_"+packaged+"_"+runtime.GOOS+"_"+runtime.GOARCH+".zip")
}

// TestPackage_example installs the provider from the archive, as users do from the
// registry, and applies the first example of the docs.
func TestPackage_example(t *testing.T) {
	acctest.Engine(t)
	t.Parallel()
	for _, e := range examples(t) {
		if e.dir != "resources/whatsapp_phone_registration" {
			continue
		}
		w := exampleWorld(t, e)
		if r := initFromMirror(t, w); r.Code != 0 {
			t.Fatalf("init failed:\n%s", r.Output)
		}
		w.Terraform("plan", "-json", "-input=false", "-out=tfplan").Succeeds()
		runsFromMirror(t, w)
	}
}

// initFromMirror installs what make package has made.
func initFromMirror(t *testing.T, w *acctest.World) *acctest.Result {
	t.Helper()
	config, err := os.ReadFile(filepath.Join(makeMirror(t), "mirror.tfrc"))
	if err != nil {
		t.Fatal(err)
	}
	w.UseConfig(string(config))
	return w.Terraform("init", "-input=false", "-no-color")
}

// runsFromMirror goes on after initFromMirror: a registration with an empty plan
// after it, with the version that was installed, and its end.
func runsFromMirror(t *testing.T, w *acctest.World) {
	t.Helper()
	lock, err := os.ReadFile(filepath.Join(w.Dir(), ".terraform.lock.hcl"))
	if err != nil || !strings.Contains(string(lock), `"`+packaged+`"`) || !strings.Contains(string(lock), `"h1:`) {
		t.Errorf("no lock of version %s: %v\n%s", packaged, err, lock)
	}
	w.Terraform("plan", "-json", "-input=false", "-out=tfplan").Succeeds()
	apply := w.Apply().Succeeds()
	if len(apply.Calls) == 0 || !strings.Contains(apply.Calls[0].Header.Get("User-Agent"), "terraform-provider-whatsapp/"+packaged) {
		t.Errorf("the calls do not name version %s: %q", packaged, apply.Asked)
	}
	w.Empty()
	if r := w.Terraform("version"); !strings.Contains(r.Output, "whatsapp-terraform/whatsapp v"+packaged) {
		t.Errorf("the engine does not show the version:\n%s", r.Output)
	}
	if r := w.Destroy().Succeeds(); r.Count(acctest.Deregister) != 1 || w.Registrations(acctest.New) != 1 {
		t.Errorf("asked %q, %d registrations", r.Asked, w.Registrations(acctest.New))
	}
}

// TestPackage_withoutVersion makes sure that what make package says without a version
// can be installed. Engines take 0.0.0 for no version at all.
func TestPackage_withoutVersion(t *testing.T) {
	t.Parallel()
	cmd := exec.Command("make", "-s", "-n", "package")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "VERSION=dev", "MAKEFLAGS=", "MAKELEVEL=")
	output, err := cmd.CombinedOutput()
	version := regexp.MustCompile(`-version (\S+)`).FindStringSubmatch(string(output))
	if err != nil || version == nil || version[1] == "0.0.0" || strings.Contains(version[1], "-") {
		t.Errorf("no version that terraform init takes: %v\n%s", err, output)
	}
}

// TestPackage_reproducible packages two copies of the module that lie in different
// folders and compares every byte. Both take what Go has compiled before from its
// cache, which changes nothing: a package that depended on its folder is not found there.
func TestPackage_reproducible(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the provider twice")
	}
	t.Parallel()
	first := makeMirror(t)
	copied, second := copyModule(t), t.TempDir()
	if output, err := makePackage(copied, second); err != nil {
		t.Fatalf("make package: %v\n%s", err, output)
	}
	for _, registry := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		a, err1 := os.ReadFile(filepath.Join(first, archiveName(registry)))
		b, err2 := os.ReadFile(filepath.Join(second, archiveName(registry)))
		if err1 != nil || err2 != nil || len(a) == 0 {
			t.Fatalf("%v, %v", err1, err2)
		}
		if !bytes.Equal(a, b) {
			t.Errorf("%s: %d and %d bytes that differ", registry, len(a), len(b))
		}
	}
}

// copyModule copies what is needed to build and test this module into another folder.
func copyModule(t *testing.T) string {
	t.Helper()
	to := t.TempDir()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		switch {
		case entry.IsDir() && (name == ".git" || name == "dist" || name == "cover"):
			return filepath.SkipDir
		case entry.IsDir():
			return os.MkdirAll(filepath.Join(to, name), 0o755)
		case !entry.Type().IsRegular() || name == ".git":
			return nil
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, name), content, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}
