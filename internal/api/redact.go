package api

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"hash/maphash"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// redacted stands where a secret was.
const redacted = "(redacted)"

const (
	// A server may quote the beginning of a long value only. A piece of this many
	// bytes that also occurs in a secret is therefore taken for a piece of it.
	pieceLen = 16
	// Only every pieceStep-th piece of a secret is known, so a run of its bytes is sure
	// to be found from pieceLen+pieceStep-1 bytes on.
	pieceStep = 8
	// The inside of a short value's base64 is too short to be told from other text.
	shortestCore = 5
	// Taking out a shorter secret would tear every text apart, and show by the gaps
	// which letter it is.
	shortestSecret = 4
)

// Redactor takes secrets out of texts. The zero value and nil take out nothing.
type Redactor struct {
	secrets []func() []form // for each secret the forms it can appear in, longest first
}

// NewRedactor returns a Redactor for these secrets. Those of fewer than four bytes are
// ignored.
func NewRedactor(secrets ...string) *Redactor {
	return (*Redactor)(nil).With(secrets...)
}

// With returns a Redactor that also takes out these secrets. The receiver is not changed.
func (r *Redactor) With(secrets ...string) *Redactor {
	out := &Redactor{}
	if r != nil {
		out.secrets = slices.Clone(r.secrets)
	}
	for _, s := range secrets {
		if len(s) >= shortestSecret {
			// A backup is large, and most calls need no redaction: prepared when needed.
			out.secrets = append(out.secrets, sync.OnceValue(func() []form { return forms(s) }))
		}
	}
	return out
}

// String returns s with "(redacted)" in place of every secret: as it is, and escaped for
// a URL, for JSON or as base64. Of a long secret, a piece is enough.
func (r *Redactor) String(s string) string {
	if r == nil || s == "" {
		return s
	}
	for _, secret := range r.secrets {
		// All forms whole first, since a piece of one may be most of another.
		for _, f := range secret() {
			s = strings.ReplaceAll(s, f.text, redacted)
		}
		for _, f := range secret() {
			s = f.cutPieces(s)
		}
	}
	return s
}

// form is one way in which a secret can appear.
type form struct {
	text   string
	pieces map[uint64]int // hash of a piece to where it stands in text; empty when text is short
}

// forms returns the texts that give secret away, longest first.
func forms(secret string) []form {
	texts := []string{secret, url.QueryEscape(secret), url.PathEscape(secret)}
	for _, html := range []bool{true, false} {
		j := jsonText(secret, html)
		// The slash is escaped by PHP's encoder, which is not ours but may be theirs.
		texts = append(texts, j, strings.ReplaceAll(j, "/", `\/`))
	}
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		texts = append(texts, base64Cores(enc, secret)...)
	}
	slices.SortFunc(texts, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), strings.Compare(a, b))
	})
	var out []form
	for _, t := range slices.Compact(texts) {
		out = append(out, newForm(t))
	}
	return out
}

// seed is that of the hashes of pieces.
var seed = maphash.MakeSeed()

// newForm cuts a text into pieces, if it is long enough for one to be told from chance.
func newForm(text string) form {
	f := form{text: text, pieces: map[uint64]int{}}
	if len(text) < pieceLen+pieceStep {
		return f
	}
	for i := 0; i+pieceLen <= len(text); i += pieceStep {
		f.pieces[maphash.String(seed, text[i:i+pieceLen])] = i
	}
	return f
}

// jsonText returns s as it stands between the quotes of a JSON string.
func jsonText(s string, escapeHTML bool) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(escapeHTML)
	if err := e.Encode(s); err != nil {
		return s // cannot happen: a string always has a JSON form
	}
	quoted := strings.TrimSuffix(b.String(), "\n")
	return quoted[1 : len(quoted)-1]
}

// base64Cores returns what the base64 of any text that contains secret contains: the
// characters that depend on secret alone, for each of the three ways it can be aligned.
func base64Cores(enc *base64.Encoding, secret string) []string {
	var out []string
	for shift := range 3 {
		text := enc.EncodeToString([]byte(strings.Repeat("\x00", shift) + secret))
		first := (shift*8 + 5) / 6
		last := (shift + len(secret)) * 8 / 6
		if last-first >= shortestCore {
			out = append(out, text[first:last])
		}
	}
	return out
}

// cutPieces takes out of s the runs of bytes that it shares with the form.
func (f form) cutPieces(s string) string {
	if len(f.pieces) == 0 {
		return s
	}
	var b strings.Builder
	done := 0
	for i := 0; i+pieceLen <= len(s); i++ {
		at, ok := f.pieces[maphash.String(seed, s[i:i+pieceLen])]
		if !ok || f.text[at:at+pieceLen] != s[i:i+pieceLen] {
			continue
		}
		from, to := f.widen(s, i, at, done)
		b.WriteString(s[done:from])
		b.WriteString(redacted)
		done = to
		i = to - 1
	}
	if done == 0 {
		return s
	}
	b.WriteString(s[done:])
	return b.String()
}

// widen returns the whole run around the piece that stands at i in s and at at in the
// form, but nothing of s before floor.
func (f form) widen(s string, i, at, floor int) (from, to int) {
	from, to = i, i+pieceLen
	end := at + pieceLen
	for from > floor && at > 0 && s[from-1] == f.text[at-1] {
		from, at = from-1, at-1
	}
	for to < len(s) && end < len(f.text) && s[to] == f.text[end] {
		to, end = to+1, end+1
	}
	return from, to
}
