package graph

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// File is something to be uploaded.
type File struct {
	Name    string // as it is to be called, without a path
	Type    string // image/jpeg, image/png, application/pdf or video/mp4
	Content []byte
}

const (
	// maxSessions is how often an upload is begun.
	maxSessions = 2
	// maxResumes is how often one is resumed after a cut.
	maxResumes = 3
)

// Upload hands a file over to Meta on behalf of the app ([Client.App]), and returns the
// handle by which other calls can use it, such as for the picture of a profile. A handle
// is good for a short time only.
//
// An upload that is cut off is resumed where it was cut, and begun anew where that does
// not work, a few times at most. Nothing is left behind when it fails.
//
// Errors: those of [Client.App]; Invalid (the type is not accepted, or the file is not of
// it), Denied (the token has no part in the app), Expired, Throttled, Unavailable.
func (s *Apps) Upload(ctx context.Context, f File) (handle string, err error) {
	app, err := s.client.App(ctx)
	if err != nil {
		return "", err
	}
	for range maxSessions {
		var id string
		if id, err = s.startUpload(ctx, app, f); err != nil {
			return "", err
		}
		handle, err = s.sendAll(ctx, id, f.Content)
		if err == nil || !cutOff(ctx, err) {
			break
		}
	}
	return handle, err
}

// sendAll sends the content of a file, in several pieces if there are cuts.
func (s *Apps) sendAll(ctx context.Context, id string, content []byte) (handle string, err error) {
	at := 0
	for range 1 + maxResumes {
		handle, err = s.send(ctx, id, content[at:], at)
		if err == nil || !cutOff(ctx, err) {
			return handle, err
		}
		arrived, e := s.uploaded(ctx, id)
		if e != nil || arrived >= len(content) {
			return "", err // there is nothing to send, and no handle: only a new upload helps
		}
		at = arrived
	}
	return "", err
}

// cutOff says whether a part of the content may have arrived.
func cutOff(ctx context.Context, err error) bool {
	return ctx.Err() == nil && api.OutcomeOf(err) == api.Unclear
}

// startUpload announces a file, and returns the id of the upload.
//
// operation: POST /{app-id}/uploads
// source: https://developers.facebook.com/docs/graph-api/guides/upload
func (s *Apps) startUpload(ctx context.Context, app AppID, f File) (string, error) {
	return create(ctx, s.client, request{
		path: "/{app-id}/uploads", ids: []string{string(app)}, policy: api.Safe,
		query: url.Values{"file_name": {f.Name}, "file_length": {strconv.Itoa(len(f.Content))}, "file_type": {f.Type}},
	})
}

// send sends what comes from an offset on, and returns the handle of the whole. It is
// not simply repeated, since the offset may be another one after a cut.
//
// operation: POST /upload:{upload-id}
// source: https://developers.facebook.com/docs/graph-api/guides/upload
func (s *Apps) send(ctx context.Context, id string, rest []byte, offset int) (string, error) {
	type answer struct {
		Handle text `json:"h"`
	}
	r := session("/upload:{upload-id}", id)
	r.method, r.policy = http.MethodPost, api.Once
	r.body, r.content = rest, "application/octet-stream"
	r.header = http.Header{"file_offset": {strconv.Itoa(offset)}} // so written, with no capitals
	out, err := take(ctx, s.client, r, func(a *answer) bool { return a.Handle != "" })
	if err != nil {
		return "", err
	}
	return string(out.Handle), nil
}

// uploaded returns how much has arrived, in bytes.
//
// operation: GET /upload:{upload-id}
// source: https://developers.facebook.com/docs/graph-api/guides/upload
func (s *Apps) uploaded(ctx context.Context, id string) (int, error) {
	type answer struct {
		Offset *integer `json:"file_offset"`
	}
	out, err := get(ctx, s.client, session("/upload:{upload-id}", id), func(a *answer) bool {
		return a.Offset != nil && *a.Offset >= 0
	})
	if err != nil {
		return 0, err
	}
	return int(*out.Offset), nil
}

// session begins a call about an upload. The API gives its id as "upload:", the id itself,
// and as a rule a query with a signature, which goes into the query of the call.
func session(path, id string) request {
	id, signature, _ := strings.Cut(strings.TrimPrefix(id, "upload:"), "?")
	query, err := url.ParseQuery(signature)
	if err != nil {
		query = nil // not of the known form: the API will say so
	}
	return request{path: path, ids: []string{id}, query: query, as: asSender, secrets: []string{signature}}
}
