package sim

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
)

// backUp hands out what another installation, or the Cloud API, needs to go on with
// the number, encrypted with a password that may be any string.
//
// source: whatsapp/on-premises/reference/settings/backup-and-restore
func backUp(s *Server, v *visit) (any, *onpremError) {
	p, err := v.params("password")
	if err != nil {
		return nil, err
	}
	password, err := p.required("password")
	if err != nil {
		return nil, err
	}
	if err := v.checkRunning(); err != nil {
		return nil, err
	}
	data := v.entry.snapshot().seal(password, s.options.backupSize)
	return map[string]any{"settings": map[string]any{"data": data}}, nil
}

// snapshot is what a backup holds: no more than a registration checks.
type snapshot struct {
	Number   string `json:"number"`
	Identity int    `json:"identity"` // generation of the number's keys
	Recovery string `json:"recovery_token"`
	Shards   int    `json:"shards"`
	Padding  string `json:"padding,omitempty"`
}

func (e *entry) snapshot() snapshot {
	return snapshot{
		Number: e.Deployment.WAID, Identity: e.identity, Recovery: e.recovery, Shards: e.Deployment.Shards,
	}
}

// The form of a backup is ours: a mark, a version, salt, and the encrypted snapshot.
// The mark gives it the beginning of the sample in Meta's guide, V0FCS.
const (
	backupMark = "WABK\x01"
	saltSize   = 16
)

// seal encrypts a snapshot as base64 of about size bytes if it needs fewer. Size 0
// gives nothing at all, and a negative one adds nothing.
func (n snapshot) seal(password string, size int) string {
	if size == 0 {
		return ""
	}
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt) // never fails
	head := append([]byte(backupMark), salt...)
	raw := backupCipher(password, salt).Seal(head, nil, encodeJSON(n), nil)
	if short := size/4*3 - len(raw) - len(`,"padding":""`); short > 0 {
		n.Padding = strings.Repeat("x", short)
		raw = backupCipher(password, salt).Seal(head, nil, encodeJSON(n), nil)
	}
	return base64.StdEncoding.EncodeToString(raw)
}

// unseal decrypts a backup. Base64 that is not, byte for byte, what was handed out
// is refused, also where a lenient decoder would understand it: Meta wants the data
// back unmodified.
// source: support/migrating-from-onprem-to-cloud
func unseal(password, data string) (n snapshot, ok bool) {
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil || base64.StdEncoding.EncodeToString(raw) != data {
		return n, false
	}
	rest, marked := bytes.CutPrefix(raw, []byte(backupMark))
	if !marked || len(rest) < saltSize {
		return n, false
	}
	text, err := backupCipher(password, rest[:saltSize]).Open(nil, nil, rest[saltSize:], nil)
	if err != nil {
		return n, false
	}
	return n, json.Unmarshal(text, &n) == nil
}

// backupCipher returns the cipher of a backup. Its key is not stretched as a real
// one would be: nothing here is worth guessing.
func backupCipher(password string, salt []byte) cipher.AEAD {
	key := sha256.Sum256(append(bytes.Clone(salt), password...))
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic("sim: " + err.Error()) // the key has the right size
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic("sim: " + err.Error()) // the block has the right size
	}
	return aead
}
