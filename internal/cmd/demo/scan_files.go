package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// scan is what a look through files came to.
type scan struct {
	files int
	bytes int64 // as read, with the entries of archives unpacked
	finds []find
}

// files looks through all files under the folders, and through the entries of those
// that are zip archives, as plan files are. That nothing was found means nothing if
// there was nothing to look for or to look at: then it is an error.
func (s *scanner) files(folders ...string) (scan, error) {
	var total scan
	if len(s.needles) == 0 || len(folders) == 0 {
		return total, errors.New("the scan has nothing to look for, or nowhere to look")
	}
	for _, folder := range folders {
		before := total
		err := filepath.WalkDir(folder, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			return s.file(&total, name)
		})
		if err != nil {
			return total, err
		}
		if total.files == before.files || total.bytes == before.bytes {
			return total, fmt.Errorf("the scan found nothing to look at in %s", folder)
		}
	}
	return total, nil
}

// file looks through one file.
func (s *scanner) file(total *scan, name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	total.files++
	s.data(total, filepath.Base(name), data)
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return nil
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for _, entry := range archive.File {
		if err := s.entry(total, filepath.Base(name), entry); err != nil {
			return fmt.Errorf("%s: %s: %w", name, entry.Name, err)
		}
	}
	return nil
}

// entry looks through one entry of an archive.
func (s *scanner) entry(total *scan, archive string, entry *zip.File) error {
	r, err := entry.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.data(total, archive+"("+entry.Name+")", data)
	return nil
}

func (s *scanner) data(total *scan, where string, data []byte) {
	total.bytes += int64(len(data))
	total.finds = append(total.finds, s.look(where, data)...)
}

// prove makes sure that the scanner finds: it plants every secret in every form, in
// plain files and in a zip archive, and looks for them in folder, which it makes and
// removes. It returns how many it planted.
func (s *scanner) prove(folder string, secrets []secret) (planted int, err error) {
	if err := os.Mkdir(folder, 0o700); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	for i, secret := range secrets {
		for j, f := range forms() {
			name := filepath.Join(folder, fmt.Sprintf("%d-%d", i, j))
			if err := plant(name, "level=trace msg=planted: "+f.plant(secret.value)+"\n"); err != nil {
				return 0, err
			}
			for _, suffix := range []string{".txt", ".zip"} {
				var one scan
				if err := s.file(&one, name+suffix); err != nil {
					return 0, err
				}
				if !one.has(secret.name, f.name) {
					return 0, fmt.Errorf("the scanner is blind: it missed %s, planted %s in a %s file", secret.name, f.name, strings.TrimPrefix(suffix, "."))
				}
				planted++
			}
		}
	}
	return planted, nil
}

func (s scan) has(secret, form string) bool {
	for _, f := range s.finds {
		if f.secret == secret && f.form == form {
			return true
		}
	}
	return false
}

// plant writes a text into a plain file and, compressed, into a zip archive.
func plant(name, text string) error {
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	w, err := z.Create("entry")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, text); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(name+".txt", []byte(text), 0o600),
		os.WriteFile(name+".zip", archive.Bytes(), 0o600),
	)
}
