package acctest

import (
	"bytes"
	"context"
	"sync"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"
)

// record is what a provider logs that no server runs, all levels of it: its own
// lines and those of the framework. The zero value is ready.
type record struct {
	mu    sync.Mutex
	lines bytes.Buffer
}

// Write takes lines from any number of operations at once.
func (r *record) Write(line []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.lines.Write(line)
}

func (r *record) bytes() []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	return bytes.Clone(r.lines.Bytes())
}

// context returns one in which everything that is logged goes here.
func (r *record) context() context.Context {
	return tflogtest.RootLogger(tfsdklogtest.RootLogger(context.Background(), r), r)
}

// ProviderLog is what the provider logged so far where it was driven by Protocol.
func (w *World) ProviderLog() string { return string(w.log.bytes()) }
