package provider_test

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestDocs_pictures makes sure that a picture can be drawn, says in words what it
// shows, is on a page, and has its source beside the others.
func TestDocs_pictures(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, "docs", "images", "*.svg"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no pictures: %v", err)
	}
	sources := read(t, "internal/README.md")
	var docs strings.Builder
	for _, page := range pages(t) {
		docs.WriteString(proseOf(read(t, page)))
	}
	for _, file := range files {
		name := filepath.Base(file)
		if err := wellFormed(file); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !regexp.MustCompile(`!\[[^\]]{40,}\]\([./a-z]*images/` + regexp.QuoteMeta(name) + `\)`).MatchString(docs.String()) {
			t.Errorf("no page shows %s with a text for who cannot see it", name)
		}
		if !regexp.MustCompile("images/" + regexp.QuoteMeta(name) + "\\)[^#]*?```mermaid\n").MatchString(sources) {
			t.Errorf("internal/README.md has no source of %s", name)
		}
	}
}

// wellFormed reads a picture to its end.
func wellFormed(file string) error {
	src, err := os.Open(file)
	if err != nil {
		return err
	}
	defer src.Close()
	decoder, titled := xml.NewDecoder(src), false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			if !titled {
				return errors.New("it has no title")
			}
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := token.(xml.StartElement)
		titled = titled || ok && start.Name.Local == "title"
		if ok && slices.Contains([]string{"script", "image", "foreignObject"}, start.Name.Local) {
			return errors.New("it has a " + start.Name.Local + ", which code hosts take out")
		}
	}
}
