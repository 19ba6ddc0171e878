package graph

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

const (
	sessionPath = "/v25.0/upload:MTphdHRhY2htZW50OjQwOTc2MTI4LTQyYjgtNGI1Yy1hMGM1P2ZpbGVfbGVuZ3RoPTIw="
	signature   = "sig=ARZqkGCA_uQMxC8nHKI"
	handle      = "4:Ym9vay5wbmc=:aW1hZ2UvcG5n:ARb7:e:1757400000:634974688087057:100089620928913:ARZ"

	start = "POST /v25.0/634974688087057/uploads file_length=20&file_name=logo.png&file_type=image%2Fpng"
	ask   = "GET " + sessionPath + " " + signature
)

var picture = File{Name: "logo.png", Type: "image/png", Content: []byte("\x89PNG0123456789abcde!")}

// piece is the call that sends the picture from an offset on.
func piece(from int) string {
	return "POST " + sessionPath + " " + signature + " " + string(picture.Content[from:])
}

func TestApps_Upload(t *testing.T) {
	w := serve(t, file(t, 200, "upload_started.json"), file(t, 200, "upload_done.json"))
	c, _ := client(t, w, asTheApp)
	got, err := c.Apps.Upload(t.Context(), picture)
	if err != nil || got != handle {
		t.Errorf("got %q, %v", got, err)
	}
	if diff := cmp.Diff([]string{start, piece(0)}, w.lines()); diff != "" {
		t.Error(diff)
	}
	for name, want := range map[string]string{
		"Authorization": "OAuth " + token, "file_offset": "0", "Content-Type": "application/octet-stream",
	} {
		if got := w.got()[1].Header.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := w.got()[0].Header.Get("Authorization"); got != "Bearer "+token {
		t.Errorf("the upload was begun with %q", got)
	}
}

// Without an id in the configuration, the app is that of the token.
func TestApps_Upload_learnsTheApp(t *testing.T) {
	w := serve(t, file(t, 200, "debug_token.json"), file(t, 200, "upload_started.json"), file(t, 200, "upload_done.json"))
	c, _ := client(t, w)
	if _, err := c.Apps.Upload(t.Context(), picture); err != nil {
		t.Fatal(err)
	}
	if got := w.got()[1].line(); got != start {
		t.Errorf("called %s", got)
	}
}

func TestApps_Upload_afterACut(t *testing.T) {
	begun, done, at7 := file(t, 200, "upload_started.json"), file(t, 200, "upload_done.json"), file(t, 200, "upload_offset.json")
	gone := file(t, 400, "error_missing_object.json")
	all := raw(200, `{"file_offset":20}`)
	tests := map[string]struct {
		answers []http.HandlerFunc
		calls   []string
		ok      bool
	}{
		"resumes":                {[]http.HandlerFunc{begun, reset, at7, done}, []string{start, piece(0), ask, piece(7)}, true},
		"resumes after a 502":    {[]http.HandlerFunc{begun, file(t, 502, "gateway.html"), at7, done}, []string{start, piece(0), ask, piece(7)}, true},
		"begins anew":            {[]http.HandlerFunc{begun, reset, gone, begun, done}, []string{start, piece(0), ask, start, piece(0)}, true},
		"lost its handle":        {[]http.HandlerFunc{begun, cut, all, begun, done}, []string{start, piece(0), ask, start, piece(0)}, true},
		"resumes from beginning": {[]http.HandlerFunc{begun, reset, raw(200, `{"file_offset":"0"}`), done}, []string{start, piece(0), ask, piece(0)}, true},
		"is refused":             {[]http.HandlerFunc{begun, file(t, 400, "error_field_unnamed.json")}, []string{start, piece(0)}, false},
		"cannot begin":           {[]http.HandlerFunc{gone}, []string{start}, false},
		"no sense in the offset": {[]http.HandlerFunc{begun, reset, raw(200, `{"file_offset":-1}`), begun, done}, []string{start, piece(0), ask, start, piece(0)}, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			w := serve(t, tt.answers...)
			c, _ := client(t, w, asTheApp)
			got, err := c.Apps.Upload(t.Context(), picture)
			if (err == nil) != tt.ok || tt.ok != (got == handle) {
				t.Errorf("got %q, %v", got, err)
			}
			if diff := cmp.Diff(tt.calls, w.lines()); diff != "" {
				t.Error(diff)
			}
			for _, call := range w.got() {
				if call.Method != "POST" || !strings.HasPrefix(call.Path, "/v25.0/upload") {
					continue
				}
				if want := strconv.Itoa(20 - len(call.Body)); call.Header.Get("file_offset") != want {
					t.Errorf("the offset is %q, want %s", call.Header.Get("file_offset"), want)
				}
			}
		})
	}
}

// A server that cuts every time is given up.
func TestApps_Upload_isBounded(t *testing.T) {
	w := serve(t, reset)
	w.Config.Handler = recording(w, func(rw http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "/uploads"):
			file(t, 200, "upload_started.json")(rw, r)
		case r.Method == http.MethodGet:
			file(t, 200, "upload_offset.json")(rw, r)
		default:
			reset(rw, r)
		}
	})
	c, _ := client(t, w, asTheApp)
	_, err := c.Apps.Upload(t.Context(), picture)
	if e := failed(t, err); e.Outcome != api.Unclear || e.Call != "POST /upload:{upload-id}" {
		t.Errorf("got %+v", e)
	}
	sends := slices.DeleteFunc(w.lines(), func(l string) bool { return l != piece(7) && l != piece(0) })
	if len(sends) != 8 { // two uploads of one piece and three attempts to resume
		t.Errorf("sent %d times", len(sends))
	}
}

func TestApps_Upload_cancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w := serve(t, file(t, 200, "upload_started.json"), func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	c, _ := client(t, w, asTheApp, func(c *Config) { c.RequestTimeout = 200 * time.Millisecond })
	if _, err := c.Apps.Upload(ctx, picture); !isContext(err) {
		t.Errorf("got %v", err)
	}
	w.wantCalls(t, 2)
}

// recording remembers what arrives, for a server with one handler.
func recording(w *wire, next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.mu.Lock()
		w.calls = append(w.calls, received{r.Method, r.URL.EscapedPath(), r.URL.Query(), r.Header.Clone(), string(body)})
		w.mu.Unlock()
		next(rw, r)
	})
}
