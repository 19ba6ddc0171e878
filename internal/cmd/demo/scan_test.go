package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const somePIN, somePassword = "730518", "brass & lantern/42+"

func TestScanner_finds(t *testing.T) {
	encode := base64.StdEncoding.EncodeToString
	quoted, _ := json.Marshal("a " + somePassword + " b")
	tests := map[string]struct{ text, secret, form string }{
		"as it is":              {"pin=" + somePIN + ",", "PIN", "as it is"},
		"between other digits":  {"1" + somePIN + "2", "PIN", "as it is"},
		"base64, not shifted":   {encode([]byte(somePIN + ":x")), "PIN", "in base64, at the beginning"},
		"base64, shifted by 1":  {encode([]byte(":" + somePIN + ":x")), "PIN", "in base64, after one byte"},
		"base64, shifted by 2":  {encode([]byte("::" + somePIN)), "PIN", "in base64, after two bytes"},
		"base64, shifted by 5":  {encode([]byte("user:" + somePassword)), "password", "in base64, after two bytes"},
		"base64 of URLs":        {base64.URLEncoding.EncodeToString([]byte("??>" + somePassword)), "password", "in base64, at the beginning"},
		"in a query":            {"https://x/?p=" + url.QueryEscape(somePassword), "password", "URL-encoded"},
		"in a path":             {"https://x/" + url.PathEscape(somePassword) + "/y", "password", "URL-encoded"},
		"in JSON":               {string(quoted), "password", "in JSON"},
		"beside what is random": {"plugin=/tmp/plugin123 pin=" + somePIN + " wait=1.5s", "PIN", "as it is"},
	}
	s := newScanner([]secret{{name: "PIN", value: somePIN}, {name: "password", value: somePassword}})
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			found := scan{finds: s.look("text", []byte(test.text))}
			if !found.has(test.secret, test.form) {
				t.Errorf("in %q: got %v, want %s %s", test.text, found.finds, test.secret, test.form)
			}
		})
	}
}

func TestScanner_findsNothingElse(t *testing.T) {
	s := newScanner([]secret{{name: "PIN", value: somePIN}, {name: "password", value: somePassword}})
	text := "pin=(sensitive value) 730 518 73051 300100200300401 " + base64.StdEncoding.EncodeToString([]byte("730519")) +
		" id=f6730518-0415-4ee5-2126-a19730518cb4 address=/tmp/plugin2673051899 wait=1.730518136s dir=/tmp/whatsapp-demo-97305181/module"
	if finds := s.look("text", []byte(text)); len(finds) != 0 {
		t.Errorf("found %v", finds)
	}
}

// TestScanner_files looks through a folder as the demo leaves it.
func TestScanner_files(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("clean.txt", "nothing here")
	write("deep/er/state.json", `{"pin":"`+somePIN+`"}`)
	if err := plant(filepath.Join(dir, "plan"), "backup: "+somePassword); err != nil {
		t.Fatal(err)
	}
	s := newScanner([]secret{{name: "PIN", value: somePIN}, {name: "password", value: somePassword}})
	got, err := s.files(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"plan.txt has password, as it is", "plan.zip(entry) has password, as it is", "state.json has PIN, as it is"}
	for _, w := range want {
		if !strings.Contains(fmt.Sprint(got.finds), w) {
			t.Errorf("found %v, want %q", got.finds, w)
		}
	}
	if got.files != 4 || got.bytes == 0 {
		t.Errorf("looked at %d files of %d bytes, want 4 files", got.files, got.bytes)
	}
	for _, f := range got.finds {
		if strings.Contains(f.String(), somePIN) || strings.Contains(f.String(), somePassword) {
			t.Errorf("the find itself repeats the secret: %s", f)
		}
	}
}

func TestScanner_failsOnNothing(t *testing.T) {
	full, empty := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(full, "a"), []byte("a"), 0o600); err != nil {
		t.Fatal(err)
	}
	hollow := t.TempDir()
	if err := os.WriteFile(filepath.Join(hollow, "a"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	some := newScanner([]secret{{name: "PIN", value: somePIN}})
	tests := map[string]struct {
		scanner *scanner
		folders []string
	}{
		"no secrets":         {newScanner(nil), []string{full}},
		"no folder":          {some, nil},
		"an empty folder":    {some, []string{full, empty}},
		"an empty file":      {some, []string{hollow}},
		"a folder not there": {some, []string{filepath.Join(full, "b")}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got, err := test.scanner.files(test.folders...); err == nil {
				t.Errorf("looked at %d files without an error", got.files)
			}
		})
	}
}

func TestScanner_failsOnADamagedArchive(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.tfplan"), []byte("PK\x03\x04 and no more"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := newScanner([]secret{{name: "PIN", value: somePIN}}).files(dir); err == nil {
		t.Error("an archive that cannot be read was passed over")
	}
}

func TestScanner_prove(t *testing.T) {
	secrets := []secret{{name: "PIN", value: somePIN}, {name: "password", value: somePassword}}
	folder := filepath.Join(t.TempDir(), "planted")
	planted, err := newScanner(secrets).prove(folder, secrets)
	if want := 2 * len(secrets) * len(forms()); err != nil || planted != want {
		t.Errorf("planted %d with error %v, want %d", planted, err, want)
	}
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("the folder was left behind: %v", err)
	}
	blind := newScanner(secrets[:1])
	if _, err := blind.prove(folder, secrets); err == nil {
		t.Error("a scanner that does not know a secret proved that it finds it")
	}
}
