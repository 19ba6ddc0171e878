package sim

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// handleTime is how long the handle of an upload can be used. Meta says that handles
// expire, and not when.
const handleTime = 24 * time.Hour

// uploadTypes are the types of files that can be uploaded.
// source: https://developers.facebook.com/docs/graph-api/guides/upload
var uploadTypes = []string{"application/pdf", "image/jpeg", "image/jpg", "image/png", "video/mp4"}

// Upload is a resumable upload.
type Upload struct {
	// ID is what the API calls it, with the signature in the form of a query.
	ID string
	// Name, Type and Length are what was announced.
	Name, Type string
	Length     int
	// Data is what has arrived.
	Data []byte
	// Handle is what a finished upload is used by, once; "" before.
	Handle string
	// Used says that the handle was used.
	Used bool
}

// upload is an Upload with what nobody else needs to know.
type upload struct {
	Upload
	expires time.Time // of the handle
}

// Uploads returns every upload that was begun, in order.
func (s *Server) Uploads() []Upload {
	s.mu.Lock()
	defer s.mu.Unlock()
	var uploads []Upload
	for _, u := range s.store.uploads {
		c := u.Upload
		c.Data = bytes.Clone(c.Data)
		uploads = append(uploads, c)
	}
	return uploads
}

// beginUpload announces a file to the app of the token.
//
// source: https://developers.facebook.com/docs/graph-api/guides/upload
func beginUpload(s *Server, req *request) (any, *graphError) {
	if req.id() != s.store.app.ID {
		return nil, errNoObject(req.call.Method, req.id())
	}
	p, gerr := req.paramsFrom([]string{"file_name", "file_length", "file_type"})
	if gerr != nil {
		return nil, gerr
	}
	name, gerr := p.text("file_name")
	if gerr != nil {
		return nil, gerr
	}
	kind, gerr := p.text("file_type")
	if gerr != nil {
		return nil, gerr
	}
	length, err := strconv.Atoi(fmt.Sprint(p["file_length"]))
	switch {
	case name == "":
		return nil, invalid("The parameter file_name is required.")
	case err != nil || length < 1:
		return nil, invalid("Param file_length must be the length of the file in bytes.")
	case !slices.Contains(uploadTypes, kind):
		return nil, invalid("Param file_type must be one of {" + strings.Join(uploadTypes, ", ") + "}.")
	}
	u := &upload{Upload: Upload{ID: newUploadID(name, kind, length), Name: name, Type: kind, Length: length}}
	s.store.uploads = append(s.store.uploads, u)
	req.effective = true
	return map[string]any{"id": u.ID}, nil
}

// newUploadID makes up the id of an upload. As at Meta it ends with a signature in
// the form of a query, which whoever builds a URL of it must leave as it is.
func newUploadID(name, kind string, length int) string {
	q := url.Values{"file_name": {name}, "file_type": {kind}, "file_length": {fmt.Sprint(length)}}
	text := "1:attachment:" + word() + "?" + q.Encode()
	return "upload:" + base64.URLEncoding.EncodeToString([]byte(text)) + "?sig=AR" + word()
}

// word makes up a part of an id.
func word() string {
	b := make([]byte, 10)
	_, _ = rand.Read(b) // never fails
	return hex.EncodeToString(b)
}

// lookupUpload returns the upload that a request is about.
func (s *Server) lookupUpload(req *request) (*upload, *graphError) {
	id := req.id() + "?sig=" + req.call.Query.Get("sig")
	for _, u := range s.store.uploads {
		if u.ID == id {
			return u, nil
		}
	}
	return nil, errNoObject(req.call.Method, req.id())
}

// getUpload says how much of a file has arrived.
//
// source: https://developers.facebook.com/docs/graph-api/guides/upload
func getUpload(s *Server, req *request) (any, *graphError) {
	u, gerr := s.lookupUpload(req)
	if gerr != nil {
		return nil, gerr
	}
	return u.progress(), nil
}

func (u *upload) progress() map[string]any {
	return map[string]any{"id": u.ID, "file_offset": len(u.Data)}
}

// continueUpload takes bytes of a file, from where it stands, whatever the type that
// they are sent as. With the last of them comes the handle. What arrived before a
// connection broke is kept.
//
// source: https://developers.facebook.com/docs/graph-api/guides/upload
func continueUpload(s *Server, req *request) (any, *graphError) {
	u, gerr := s.lookupUpload(req)
	if gerr != nil {
		return nil, gerr
	}
	body := req.call.Body
	offset, err := strconv.Atoi(req.call.Header.Get("file_offset"))
	switch {
	case err != nil:
		return nil, invalid("The header file_offset is required, the number of bytes that have arrived.")
	case offset != len(u.Data):
		return nil, invalid(fmt.Sprintf("The header file_offset is %d, but %d bytes have arrived.", offset, len(u.Data)))
	case len(body) == maxBody || len(u.Data)+len(body) > u.Length:
		return nil, invalid("The file is longer than was announced, or than this simulator reads.")
	}
	u.Data = append(u.Data, body...)
	req.effective = len(body) > 0
	if len(u.Data) < u.Length {
		return u.progress(), nil
	}
	u.finish(s.store.app.ID, s.options.now())
	return map[string]any{"h": u.Handle}, nil
}

// finish gives an upload its handle, if it has none.
func (u *upload) finish(app string, now time.Time) {
	if u.Handle != "" {
		return
	}
	u.expires = now.Add(handleTime)
	u.Handle = strings.Join([]string{
		"4:", base64.StdEncoding.EncodeToString([]byte(u.Type)), "AR" + word(), "e",
		fmt.Sprint(u.expires.Unix()), app, userID, "AR" + word(),
	}, ":")
}

// handle returns the upload with a handle that can be used now, or nil.
func (s *Server) handle(h string) *upload {
	for _, u := range s.store.uploads {
		if u.Handle == h && !u.Used && s.options.now().Before(u.expires) {
			return u
		}
	}
	return nil
}
