package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
)

// proveScanner shows that the scanner finds what is there, before it is asked for
// what is not.
func (t *story) proveScanner() error {
	secrets := t.secrets()
	planted, err := newScanner(secrets).prove(t.path("planted"), secrets)
	if err != nil {
		return err
	}
	t.out.say("\nPlanted: %d secrets in %d forms, in text and in zip files. Found: %d of %d.",
		len(secrets), len(forms()), planted, 2*len(secrets)*len(forms()))
	return nil
}

// scan looks for secrets in everything that was written: configuration, state, its
// backup, plan files and what is in them, the output and the TRACE logs of all
// commands, this program's own output, and the URLs that the API was asked for.
func (t *story) scan() error {
	if err := t.traced(); err != nil {
		return err
	}
	record, err := newScanner(t.secrets()).files(t.path("record"))
	if err != nil {
		return err
	}
	module, err := newScanner(t.unstored()).files(t.path("module"))
	if err != nil {
		return err
	}
	finds := append(record.finds, module.finds...)
	t.out.say("Searched: configuration, state, its backup and plan files, unpacked; output and TRACE\n"+
		"logs of every command; the URLs of every call: %d files, %.1f MB. Found: %d.",
		record.files+module.files, float64(record.bytes+module.bytes)/1e6, len(finds))
	if !t.engine.forgets() {
		t.out.say("(In state and plan files only for the token: PINs and backup are kept there on purpose.)")
	}
	var errs []error
	for _, f := range finds {
		errs = append(errs, errors.New(f.String()))
	}
	return errors.Join(errs...)
}

// unstored are the secrets that neither state nor plan files may have.
func (t *story) unstored() []secret {
	return slices.DeleteFunc(t.secrets(), func(s secret) bool { return s.stored && !t.engine.forgets() })
}

// Lines of the provider about calls whose bodies are nothing but secrets.
var (
	registerLine = regexp.MustCompile(`provider\.terraform-provider-whatsapp.*/register`)
	backupLine   = regexp.MustCompile(`provider\.terraform-provider-whatsapp.*/v1/settings/backup`)
)

// traced makes sure that every command left a TRACE log, and that the provider wrote
// into them of its calls: without that the search would prove little.
func (t *story) traced() error {
	logs, err := t.logs()
	if err != nil {
		return err
	}
	if len(logs) != t.commands {
		return fmt.Errorf("%d commands left %d logs", t.commands, len(logs))
	}
	registrations, backups := 0, 0
	for _, name := range logs {
		log, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if !bytes.Contains(log, []byte("[TRACE]")) {
			return fmt.Errorf("the log of %s has no line of level TRACE", strings.TrimSuffix(name, ".log"))
		}
		registrations += len(registerLine.FindAll(log, -1))
		backups += len(backupLine.FindAll(log, -1))
	}
	switch {
	case registrations == 0:
		return errors.New("no log has a line of the provider about a registration")
	case backups == 0 && t.engine.forgets():
		return errors.New("no log has a line of the provider about a backup that it took")
	}
	return nil
}
