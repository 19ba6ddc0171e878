package tf

import (
	"cmp"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// advice is what is known of an error beyond the API's own words. The user reads
// cause, remedy and again in the error itself, and all of it in the guide "Errors
// and what to do", which is made from the same tables.
type advice struct {
	codes   []int  // of the API; several where they mean the same
	subcode int    // 0 for the codes whatever their subcode
	title   string // what the guide calls it, without an article
	cause   string // what happened
	remedy  string // what the reader can do about it
	again   verdict
	blame   string // the attributes usually to blame, for the guide; "" for none
	source  page
}

// text is what an error says of itself below the API's own words.
func (a advice) text() string {
	return a.cause + " " + a.remedy + " " + a.again.sentence()
}

// subject is a section of the guide: errors about the same thing.
type subject struct {
	title   string // its anchor in the guide is made of it, so it stays
	intro   string
	entries []advice
}

// page is where something is written down.
type page struct{ title, url string }

// verdict says whether trying again is safe. To try again is to run Terraform once
// more and to change nothing before.
type verdict struct {
	word   string // Yes, Later or No
	clause string // the rest of the sentence: why, from when on, before what not
}

// yes is for what may be tried again at once. because is a sentence without its
// full stop, "" where there is nothing to say.
func yes(because string) verdict { return verdict{"Yes", because} }

// later is for what only waiting helps against: "in five minutes".
func later(when string) verdict { return verdict{"Later", when} }

// no is for what trying again does not help against, or makes worse: "before the
// PIN is right".
func no(before string) verdict { return verdict{"No", before} }

// sentence is the verdict as the last sentence of an error.
func (v verdict) sentence() string {
	switch v.word {
	case "Later":
		return "Trying again is safe " + v.clause + "."
	case "No":
		return "Do not try again " + v.clause + "."
	}
	if v.clause == "" {
		return "Trying again is safe."
	}
	return "Trying again is safe: " + v.clause + "."
}

// book is what is known of the errors of one API.
type book struct {
	subjects []subject
	kinds    map[api.Kind]advice // for a code that is not known better
	byCode   map[[2]int]advice   // code and subcode
}

// newBook makes the index of a book.
func newBook(kinds map[api.Kind]advice, subjects ...subject) *book {
	b := &book{subjects, kinds, make(map[[2]int]advice)}
	for _, s := range subjects {
		for _, a := range s.entries {
			for _, code := range a.codes {
				b.byCode[[2]int{code, a.subcode}] = a
			}
		}
	}
	return b
}

// bookFor returns the book of the API that a call went to. Paths of the Graph API
// begin with an id.
func bookFor(call string) *book {
	if isDeployment(call) {
		return onPremises
	}
	return cloud
}

// isDeployment reports whether a call went to an On-Premises deployment.
func isDeployment(call string) bool { return strings.Contains(call, " /v1/") }

// find looks a code up: with its subcode, without, and as one of a family. Meta
// lists the long subcodes of code 100 as codes of their own, so they are looked up
// as such too.
func (b *book) find(e *api.Error) (advice, bool) {
	if e.Code == 0 && e.Kind != api.Expired {
		return advice{}, false // there is no code
	}
	keys := [][2]int{{e.Code, e.Subcode}, {e.Code, 0}}
	switch {
	case b == cloud && e.Code > permission && e.Code < 300:
		keys = append(keys, [2]int{permission, 0})
	case b == cloud && e.Code > 1_000_000:
		keys = append(keys, [2]int{100, e.Code})
	}
	for _, key := range keys {
		if a, ok := b.byCode[key]; ok {
			return a, true
		}
	}
	return advice{}, false
}

// permission is the first code of a family that ends at 299.
const permission = 200

// foreign is for an answer without a code that nothing else is known of.
var foreign = advice{
	title:  "Answer that is not the API's",
	cause:  "Something on the way to the API answered in its place, a proxy for example.",
	remedy: "Check base_url, and the proxy that HTTPS_PROXY names.",
	again:  no("before one of them has changed"),
}

// remedy is what the reader can do about an error, and whether trying again is
// safe. Of a code that no table has it says the latter alone.
func remedy(e *api.Error) string {
	b := bookFor(e.Call)
	if a, ok := b.find(e); ok {
		return a.text()
	}
	if a, ok := b.kinds[e.Kind]; ok {
		return a.text()
	}
	if e.Kind == api.Unknown && e.Code == 0 && e.Status >= 300 {
		return foreign.text()
	}
	return cmp.Or(byOutcome[e.Outcome], byOutcome[api.Unclear])
}

// byOutcome says of an error that nothing else is known of whether trying again is
// safe.
var byOutcome = map[api.Outcome]string{
	api.Unclear: "It is not known whether the call took effect. " + yes(looksFirst).sentence(),
	api.Refused: "Nothing was done. " + no("before something has changed: the same call would be refused again").sentence(),
	api.NotDone: "Nothing was done. " + yes("").sentence(),
}

// looksFirst is why a call whose outcome is not known may be followed by another
// run: reading comes before writing.
const looksFirst = "the provider first reads what is there"
