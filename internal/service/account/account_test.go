package account_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

const business = "2729063490586005"

// api answers by path, and remembers what it was asked.
type api struct {
	mu    sync.Mutex
	asked []string
}

// answering is a world whose API answers a path and its query, as far as given, with a
// text, and anything else as Meta answers what it does not find.
func answering(t *testing.T, answers map[string]string) (*acctest.World, *api) {
	t.Helper()
	a := new(api)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if after := r.URL.Query().Get("after"); after != "" {
			path += " after " + after
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		a.asked = append(a.asked, path)
		w.Header().Set("Content-Type", "application/json")
		answer, known := answers[path]
		if !known {
			w.WriteHeader(http.StatusBadRequest)
			answer = `{"error": {"message": "Unsupported get request.", "type": "GraphMethodException", "code": 100, "error_subcode": 33, "fbtrace_id": "A1"}}`
		}
		if _, err := w.Write([]byte(answer)); err != nil {
			t.Error(err)
		}
	}))
	t.Cleanup(server.Close)
	w := acctest.Start(t)
	w.Setenv("WHATSAPP_BASE_URL", server.URL)
	return w, a
}

// takes returns what was asked since it was last called.
func (a *api) takes() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	asked := a.asked
	a.asked = nil
	return asked
}
