package sim

import (
	"fmt"
	"slices"
)

// WithOnPremisesRefused lets a deployment whose number was taken away refuse
// connections, instead of answering that the service is not ready: Meta says that
// it is shut down, and not how much of it.
// source: support/migrating-from-onprem-to-cloud
func WithOnPremisesRefused() Option {
	return func(s *Server) { s.options.refused = true }
}

// WithEmptySuccess fixes what On-Premises answers where a success has no content:
// "" for no body at all, "null", "{}" or "meta" for an object with nothing but meta.
// The default is each in turn, since Meta's pages show them all. WithEmptySuccess
// panics for any other form.
func WithEmptySuccess(form string) Option {
	if !slices.Contains(emptyForms, form) {
		panic(fmt.Sprintf("sim: there is no empty success %q", form))
	}
	return func(s *Server) { s.options.emptySuccess = &form }
}

// WithRFC3339Dates writes the end of a token as 2026-10-01T12:00:00Z, instead of the
// 2026-10-01 12:00:00+00:00 of Meta's samples.
func WithRFC3339Dates() Option {
	return func(s *Server) { s.options.dateLayout = dateRFC3339 }
}

// WithBackupSize makes the data of a backup about n bytes long if it is shorter. 0
// answers data that is empty. The default adds nothing; Meta documents no size.
func WithBackupSize(n int) Option {
	return func(s *Server) { s.options.backupSize = n }
}
