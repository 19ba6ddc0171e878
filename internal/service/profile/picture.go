package profile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// maxPicture is the largest picture, in bytes. The documentation of the API gives no
// limit; this is the one that WhatsApp Manager gives where a picture is chosen.
const maxPicture = 5 << 20

// picture is a file with a picture.
type picture struct {
	graph.File
	sum string // SHA-256 of the content, in hex
}

// readPicture reads a file with a picture. Its content tells what it is, not its name.
func readPicture(file string) (*picture, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, wrong("there is no file %q. A relative path begins in the folder where Terraform runs; ${path.module} is the folder of the module", file)
	case err != nil:
		return nil, wrong("%q cannot be read: %v", file, err)
	case info.IsDir():
		return nil, wrong("%q is a folder, not a file", file)
	case !info.Mode().IsRegular():
		return nil, wrong("%q is not an ordinary file", file)
	case info.Size() > maxPicture:
		return nil, wrong("%q has %.1f MB. The most are 5 MB, which is the limit that WhatsApp Manager gives for a profile picture", file, float64(info.Size())/(1<<20))
	}
	content, err := readAll(file)
	if err != nil {
		return nil, wrong("%q cannot be read: %v", file, err)
	}
	kind := http.DetectContentType(content)
	if kind != "image/jpeg" && kind != "image/png" {
		return nil, wrong("%q is neither a JPEG nor a PNG, whatever its name: its content looks like %s", file, kind)
	}
	sum := sha256.Sum256(content)
	return &picture{graph.File{Name: filepath.Base(file), Type: kind, Content: content}, hex.EncodeToString(sum[:])}, nil
}

// readAll reads a file, and no more than a picture may have.
func readAll(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, maxPicture+1))
	if err == nil && len(content) > maxPicture {
		return nil, errors.New("it grew while it was read, beyond 5 MB")
	}
	return content, err
}

// wrong is an error about the file with the picture.
func wrong(format string, args ...any) error {
	return &tf.Problem{Attribute: "profile_picture", Summary: "Unusable profile picture", Detail: tf.Sentence(fmt.Errorf(format, args...))}
}

// upload hands the picture over right before it is used, since what the API gives for
// it is good for a short time only.
func (r *businessProfile) upload(ctx context.Context, m *businessProfileModel) (handle string, err error) {
	p, err := readPicture(m.Picture.ValueString())
	if err != nil {
		return "", err
	}
	if !m.PictureSHA256.IsUnknown() && p.sum != m.PictureSHA256.ValueString() {
		return "", wrong("%q has changed since the plan. Nothing was sent: plan again", m.Picture.ValueString())
	}
	handle, err = r.Graph.Apps.Upload(ctx, p.File)
	return handle, tf.During("upload the profile picture", err)
}
