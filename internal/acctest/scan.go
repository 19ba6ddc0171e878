package acctest

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// scan looks for every secret of the world in everything that was written while
// it existed: state, its backups, plan files (unpacked), what the commands
// printed, and their logs at the level TRACE, those of the provider included.
// It fails the test on a find, and on nothing to look at.
func (w *World) scan() {
	w.t.Helper()
	log := providerLogs(w.t.Name())
	if _, err := os.Stat(log); w.t.Skipped() || w.runs == 0 && err != nil {
		return // nothing was run
	}
	files, size := 0, 0
	look := func(name string, content []byte) {
		if filepath.Base(name) == input {
			return
		}
		files++
		size += len(content)
		for _, secret := range Leaks(content, w.secrets) {
			if !w.stored[secret] && !w.variable(secret) || !storage(name) {
				w.t.Errorf("the %s is in %s", secret, name)
			}
		}
	}
	for _, dir := range []string{w.dir, w.logs, log} {
		if err := walk(dir, look); err != nil {
			w.t.Error(err)
		}
	}
	if files == 0 || size == 0 {
		w.t.Errorf("nothing to scan for secrets: %d files, %d bytes", files, size)
	}
	w.t.Logf("scanned %d files, %d bytes for %d secrets", files, size, len(w.secrets))
}

// Input files are the user's own; they are not searched. By convention, the
// secrets of a test are in the environment, and one too large for it in here.
const input = "secret.auto.tfvars.json"

// overhear declares the secrets that were sent: what was made up on the way, such as
// the token and the backup of a deployment, is to leak as little as the rest.
func (w *World) overhear(calls []sim.Call) {
	for _, call := range calls {
		if token, ok := strings.CutPrefix(call.Header.Get("Authorization"), "Bearer "); ok {
			w.secretSent(call.Route+": token", token)
		}
		var body struct {
			Password, PIN string
			Backup        struct{ Password, Data string }
		}
		if json.Unmarshal(call.Body, &body) == nil {
			w.secretSent(call.Route+": password", body.Password)
			w.secretSent(call.Route+": PIN", body.PIN)
			w.secretSent(call.Route+": backup password", body.Backup.Password)
			w.secretSent(call.Route+": backup", body.Backup.Data)
		}
	}
}

// secretSent declares a secret that the test has not declared itself, unless the
// test wrote it into its configuration, which Terraform shows and keeps. What is too
// short to be told from other text is left out.
func (w *World) secretSent(name, value string) {
	if len(value) < 6 || strings.Contains(w.literal, value) || slices.Contains(slices.Collect(maps.Values(w.secrets)), value) {
		return
	}
	w.Secret(fmt.Sprint(name, " ", len(w.secrets)), value)
}

// storage reports whether a file is where Terraform keeps what the user chose
// to have stored: plan, state, and what shows them.
func storage(name string) bool {
	base := filepath.Base(name)
	return strings.HasPrefix(base, "terraform.tfstate") || strings.HasPrefix(base, "tfplan") ||
		strings.HasPrefix(base, "show-") || strings.Contains(name, "tfplan:")
}

// providerLogs is where the log of a provider in this process goes, see Main.
func providerLogs(test string) string {
	mask := os.Getenv("TF_LOG_PATH_MASK")
	return strings.Replace(mask, "%s", strings.ReplaceAll(test, "/", "__"), 1)
}

// walk calls look for each file below a path, and for each file in a plan file.
func walk(root string, look func(name string, content []byte)) error {
	if _, err := os.Stat(root); err != nil {
		return nil //nolint:nilerr // a provider that runs as a program of its own has no log here
	}
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		look(path, content)
		archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			return nil //nolint:nilerr // not a plan file
		}
		return unpack(path, archive, look)
	})
}

func unpack(path string, archive *zip.Reader, look func(name string, content []byte)) error {
	for _, file := range archive.File {
		in, err := file.Open()
		if err != nil {
			return err
		}
		content, err := io.ReadAll(in)
		if err != nil {
			return err
		}
		look(path+":"+file.Name, content)
	}
	return nil
}

// Leaks returns the names of the secrets that are in content, as they are or
// encoded.
func Leaks(content []byte, secrets map[string]string) []string {
	var found []string
	for name, secret := range secrets {
		for _, form := range forms(secret) {
			if contains(content, []byte(form)) {
				found = append(found, name)
				break
			}
		}
	}
	return found
}

// forms are the ways in which a secret may have been written.
func forms(secret string) []string {
	all := []string{secret, url.QueryEscape(secret), url.PathEscape(secret), strings.Trim(strconv.Quote(secret), `"`)}
	if escaped, err := json.Marshal(secret); err == nil {
		all = append(all, strings.Trim(string(escaped), `"`))
	}
	for shift := range 3 {
		// What stands before the secret moves it against the groups of three bytes.
		// The characters that also depend on what is around it are left out.
		padded := append(make([]byte, shift), secret...)
		from, to := (shift*8+5)/6, len(padded)*8/6
		for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			all = append(all, enc.EncodeToString(padded)[from:to])
		}
	}
	return all
}

// contains reports whether form stands in content. A form of digits alone must
// stand by itself: any six digits are somewhere inside a long enough number.
func contains(content, form []byte) bool {
	if len(form) == 0 {
		return false
	}
	digits := strings.Trim(string(form), "0123456789") == ""
	for {
		i := bytes.Index(content, form)
		if i < 0 {
			return false
		}
		end := i + len(form)
		if !digits || (i == 0 || !alphanumeric(content[i-1])) && (end == len(content) || !alphanumeric(content[end])) {
			return true
		}
		content = content[i+1:]
	}
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
