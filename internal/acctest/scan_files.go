package acctest

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The kinds of what is scanned.
const (
	kindState    = "state"
	kindBackup   = "state backup"
	kindPrivate  = "private state"
	kindPlan     = "plan file"
	kindUnpacked = "unpacked plan"
	kindJSON     = "plan or state as JSON"
	kindOutput   = "output"
	kindLog      = "log of Terraform"
	kindProvider = "log of the provider"
	kindCrash    = "crash output"
	kindOther    = "other file"
)

// crashed is what Terraform prints before the stack of a provider that panicked.
const crashed = "Stack trace from the terraform-provider-"

// artefact is one thing that was written while a world existed.
type artefact struct {
	kind, name string
	content    []byte
}

// kindOf tells by its name what a file of a test is.
func kindOf(path, test string) string {
	base := filepath.Base(path)
	for _, k := range []struct {
		kind string
		is   bool
	}{
		{kindBackup, strings.HasPrefix(base, "terraform.tfstate.")},
		{kindState, base == "terraform.tfstate"},
		{kindUnpacked, strings.Contains(path, "tfplan:")},
		{kindPlan, base == "tfplan"},
		{kindJSON, strings.HasPrefix(base, "show-")},
		{kindLog, strings.HasPrefix(base, "trace-")},
		{kindProvider, path == providerLogs(test)},
		{kindOutput, strings.HasSuffix(base, outputSuffix)},
	} {
		if k.is {
			return k.kind
		}
	}
	return kindOther
}

// storage reports whether an artefact is where Terraform keeps what the user chose
// to have stored: plan, state, and what shows them.
func (a artefact) storage() bool {
	switch a.kind {
	case kindState, kindBackup, kindPlan, kindUnpacked, kindJSON:
		return true
	}
	return false
}

// walk returns each file below a folder, and what is inside of it: the files of a
// plan, the private part of a state, the stack of a provider that crashed.
func walk(root, test string) (all []artefact, err error) {
	if _, err := os.Stat(root); err != nil {
		return nil, nil //nolint:nilerr // a provider that runs as a program of its own has no log here
	}
	err = filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || filepath.Base(path) == input {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		one := artefact{kindOf(path, test), path, content}
		inner, err := one.inside()
		all = append(append(all, one), inner...)
		return err
	})
	return all, err
}

// inside returns what an artefact holds in another form than it shows.
func (a artefact) inside() ([]artefact, error) {
	switch a.kind {
	case kindState, kindBackup:
		return a.private(), nil
	case kindPlan:
		return a.unpack()
	case kindLog, kindOutput:
		if _, stack, found := bytes.Cut(a.content, []byte(crashed)); found {
			return []artefact{{kindCrash, a.name, stack}}, nil
		}
	}
	return nil, nil
}

// unpack returns the files in a plan file, one of which is a state.
func (a artefact) unpack() (all []artefact, err error) {
	archive, err := zip.NewReader(bytes.NewReader(a.content), int64(len(a.content)))
	if err != nil {
		return nil, err
	}
	for _, file := range archive.File {
		in, err := file.Open()
		if err != nil {
			return nil, err
		}
		content, err := io.ReadAll(in)
		if err != nil {
			return nil, err
		}
		one := artefact{kindUnpacked, a.name + ":" + file.Name, content}
		all = append(append(all, one), one.private()...)
	}
	return all, nil
}

// private returns the private parts of a state: what the provider put there by name
// is encoded twice, and no search for its encoded forms would find it.
func (a artefact) private() (all []artefact) {
	var state struct {
		Resources []struct{ Instances []struct{ Private []byte } }
	}
	if json.Unmarshal(a.content, &state) != nil {
		return nil
	}
	for _, r := range state.Resources {
		for _, i := range r.Instances {
			if len(i.Private) == 0 {
				continue
			}
			all = append(all, artefact{kindPrivate, a.name + ": private", i.Private})
			var named map[string][]byte
			if json.Unmarshal(i.Private, &named) == nil {
				for name, value := range named {
					all = append(all, artefact{kindPrivate, a.name + ": private " + name, value})
				}
			}
		}
	}
	return all
}
