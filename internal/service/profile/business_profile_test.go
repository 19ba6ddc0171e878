package profile_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

func TestMain(m *testing.M) { acctest.Main(m) }

const (
	kind = "whatsapp_business_profile"
	it   = kind + ".p"

	read   = "GET /{phone-number-id}/whatsapp_business_profile"
	set    = "POST /{phone-number-id}/whatsapp_business_profile"
	begin  = "POST /{app-id}/uploads"
	send   = "POST /upload:{upload-id}"
	resume = "GET /upload:{upload-id}"
	whoAmI = "GET /debug_token"
)

func profileOf(more string) string {
	return fmt.Sprintf("resource %q \"p\" {\n  phone_number_id = %q\n%s}\n", kind, acctest.Live, more)
}

// pictureAt is the argument for a file in the folder of the world, which is not that of the test.
func pictureAt(name string) string {
	return fmt.Sprintf("  profile_picture = abspath(%q)\n", name)
}

// pixels are pictures as far as their first bytes tell.
func pixels(kind, rest string) string {
	return map[string]string{"png": "\x89PNG\r\n\x1a\n", "jpeg": "\xff\xd8\xff\xe0"}[kind] + rest
}

// profile returns the profile that the simulator has.
func profile(w *acctest.World) sim.Profile {
	n, _ := w.Number(acctest.Live)
	return n.Profile
}

// edit changes the profile as somebody does in WhatsApp Manager.
func edit(w *acctest.World, f func(*sim.Profile)) {
	w.Change(acctest.Live, func(n *sim.Number) { f(&n.Profile) })
}

// sent returns the names of the arguments of the one call that set the profile.
func sent(t *testing.T, r *acctest.Result) string {
	t.Helper()
	var names []string
	for _, call := range r.Calls {
		if call.Route == set {
			var body map[string]any
			if err := json.Unmarshal(call.Body, &body); err != nil {
				t.Fatal(err)
			}
			for name := range body {
				if name != "messaging_product" {
					names = append(names, name)
				}
			}
		}
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// TestBusinessProfile_life adopts, changes, imports and misses a profile, and sends of it
// what differs and nothing else.
func TestBusinessProfile_life(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	edit(w, func(p *sim.Profile) { *p = sim.Profile{About: "Hello", Email: "old@example.com", Vertical: "RETAIL"} })
	for _, step := range []struct {
		more, sent string
		want       sim.Profile
	}{
		{"  about = \"Hello\"\n", "", sim.Profile{About: "Hello", Email: "old@example.com", Vertical: "RETAIL"}},
		{"  about = \"Hello\"\n  address = \"1 Way\"\n", "address", sim.Profile{About: "Hello", Address: "1 Way", Email: "old@example.com", Vertical: "RETAIL"}},
		{"  email = \"new@example.com\"\n  description = \"Plants\"\n  websites = [\"https://example.com/\"]\n", "description email websites",
			sim.Profile{About: "Hello", Address: "1 Way", Description: "Plants", Email: "new@example.com", Websites: []string{"https://example.com/"}, Vertical: "RETAIL"}},
		{"  email = \"\"\n  description = \"\"\n  websites = []\n  vertical = \"OTHER\"\n", "description email vertical websites",
			sim.Profile{About: "Hello", Address: "1 Way", Vertical: "OTHER"}},
		{"", "", sim.Profile{About: "Hello", Address: "1 Way", Vertical: "OTHER"}},
	} {
		plan, apply := w.Run(profileOf(step.more))
		plan.Quiet()
		apply.Quiet()
		if n := apply.Count(set); sent(t, apply) != step.sent || n > 1 {
			t.Errorf("sent %q in %d calls, want %q", sent(t, apply), n, step.sent)
		}
		if diff := cmp.Diff(step.want, profile(w)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	edit(w, func(p *sim.Profile) { p.Email = "theirs@example.com" })
	w.Empty() // it is not set here
	if got := w.Attribute(it, "about"); got != "Hello" {
		t.Errorf("about is %v", got)
	}
	config := profileOf("  about = \"Hello\"\n")
	edit(w, func(p *sim.Profile) { p.About = "Theirs" })
	w.Plan(config).Succeeds().Changes(true).Sent(read)
	w.Apply().Succeeds().Sent(set)
	w.Terraform("state", "rm", it).Succeeds()
	w.Terraform("import", "-input=false", it, acctest.Live).Succeeds()
	w.Empty()
	w.Plan(strings.Replace(config, acctest.Live, acctest.New, 1)).Succeeds().Changes(true)
	w.Apply().Succeeds().Sent(read, set)
	w.Destroy().Succeeds().Quiet()
	if n, _ := w.Number(acctest.New); n.Profile.About != "Hello" || profile(w).About != "Hello" {
		t.Error("a profile was not kept")
	}
}

// TestBusinessProfile_none adopts a profile of which the API shows nothing at all.
func TestBusinessProfile_none(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	edit(w, func(p *sim.Profile) { *p = sim.Profile{} })
	_, apply := w.Run(profileOf("  address = \"\"\n  websites = []\n"))
	apply.Sent(read)
	for _, name := range []string{"about", "description", "email", "vertical", "profile_picture_sha256"} {
		if got := w.Attribute(it, name); got != nil {
			t.Errorf("%s is %v", name, got)
		}
	}
	w.Run(profileOf(""))
}

// TestBusinessProfile_picture uploads a picture when its content changes, and not when
// its place does. That its address is another one each time is no change.
func TestBusinessProfile_picture(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	picture := func(name string) string { return profileOf(pictureAt(name)) }
	has := func(content string) {
		t.Helper()
		sum := sha256.Sum256([]byte(content))
		if want := hex.EncodeToString(sum[:]); profile(w).PictureSHA256 != want || w.Attribute(it, "profile_picture_sha256") != want {
			t.Errorf("the picture is %s, the state has %v, want %s", profile(w).PictureSHA256, w.Attribute(it, "profile_picture_sha256"), want)
		}
	}
	first, second := pixels("png", "one"), pixels("jpeg", strings.Repeat("two", 1000))
	w.WriteFile("one.png", first)
	_, apply := w.Run(picture("one.png"))
	apply.Sent(read, whoAmI, begin, send, set)
	has(first)
	w.WriteFile("elsewhere.jpg", first)
	_, apply = w.Run(picture("elsewhere.jpg"))
	apply.Sent()
	w.WriteFile("elsewhere.jpg", second)
	_, apply = w.Run(picture("elsewhere.jpg"))
	apply.Sent(whoAmI, begin, send, set)
	has(second)
	uploads := w.Uploads()
	if last := uploads[len(uploads)-1]; last.Type != "image/jpeg" || last.Name != "elsewhere.jpg" {
		t.Errorf("uploaded %s as %s", last.Name, last.Type)
	}
	edit(w, func(p *sim.Profile) { p.PictureSHA256 = "" })
	w.Plan(picture("elsewhere.jpg")).Succeeds().Changes(true) // it is lost
	w.Apply().Succeeds()
	has(second)
	w.Plan(picture("one.png")).Succeeds()
	w.WriteFile("one.png", second)
	// Terraform itself compares the hash in a saved plan with that of a plan it makes anew.
	w.Apply().Fails("", "inconsistent final plan", "profile_picture_sha256").Sent()
	w.Run(profileOf(""))
	if profile(w).PictureSHA256 == "" {
		t.Error("the picture is gone")
	}
}

// TestBusinessProfile_changedPicture sends nothing of a file that changed since the plan.
func TestBusinessProfile_changedPicture(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.WriteFile("one.png", pixels("png", "one"))
	p := w.Protocol()
	plan := p.Plan(kind, nil, acctest.Attributes{"phone_number_id": acctest.Live, "profile_picture": filepath.Join(w.Dir(), "one.png")})
	for content, says := range map[string]string{pixels("png", "two"): "has changed since the plan", "text": "neither a JPEG nor a PNG"} {
		w.WriteFile("one.png", content)
		errs := p.Apply(plan).Errors()
		if len(errs) != 1 || !strings.Contains(errs[0].Detail, says) || !strings.Contains(errs[0].Code, "profile_picture") {
			t.Errorf("%+v", errs)
		}
	}
	w.Expect(read, read)
}

// TestBusinessProfile_cut resumes an upload that is cut off.
func TestBusinessProfile_cut(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.WriteFile("one.png", pixels("png", strings.Repeat("one", 1000)))
	w.Inject(sim.Fault{Route: send, Kind: sim.FaultCutBody, Bytes: 1234})
	_, apply := w.Run(profileOf(pictureAt("one.png")))
	apply.Sent(read, whoAmI, begin, send, resume, send, set)
	if uploads := w.Uploads(); len(uploads) != 1 || len(uploads[0].Data) != 3008 {
		t.Errorf("%d uploads", len(uploads))
	}
}

// TestBusinessProfile_destroy keeps a profile, or clears what can be cleared and says
// what stays.
func TestBusinessProfile_destroy(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	full := sim.Profile{About: "Hello", Address: "1 Way", Description: "Plants", Email: "a@example.com", Websites: []string{"https://example.com/"}, Vertical: "RETAIL"}
	edit(w, func(p *sim.Profile) { *p = full })
	w.Run(profileOf(""))
	_, apply := w.Run(profileOf("  on_destroy = \"clear\"\n"))
	apply.Sent()
	w.Destroy().Succeeds().Warns("is not empty", "the about text, the industry")
	if diff := cmp.Diff(sim.Profile{About: "Hello", Vertical: "RETAIL"}, profile(w)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	edit(w, func(p *sim.Profile) { *p = sim.Profile{} })
	w.Run(profileOf("  on_destroy = \"clear\"\n"))
	d := w.Destroy().Succeeds().Quiet()
	if d.Count(set) != 0 {
		t.Errorf("asked %q", d.Asked)
	}
}

// TestBusinessProfile_input finds what is wrong in the configuration before anything is sent.
func TestBusinessProfile_input(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.WriteFile("text.png", "This is a text.")
	w.WriteFile("empty.png", "")
	w.WriteFile("large.png", pixels("png", string(bytes.Repeat([]byte{7}, 20<<20))))
	if err := os.Mkdir(filepath.Join(w.Dir(), "folder.png"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ at, value, says string }{
		{"about", `""`, "cannot be taken away"},
		{"about", `"` + strings.Repeat("a", 140) + `"`, "The most are 139"},
		{"address", `"` + strings.Repeat("a", 257) + `"`, "The most are 256"},
		{"description", `"` + strings.Repeat("a", 513) + `"`, "The most are 512"},
		{"email", `"nobody"`, "not an e-mail address"},
		{"websites", `["https://a.example.com", "https://b.example.com", "https://c.example.com"]`, "at most 2"},
		{"websites", `["www.example.com"]`, "does not begin with https://"},
		{"vertical", `""`, "industry is empty"},
		{"vertical", `"retail"`, "written like RETAIL"},
		{"on_destroy", `"delete"`, "keep"},
		{"profile_picture", `""`, "must not be empty"},
		{"profile_picture", `abspath("missing.png")`, "there is no file"},
		{"profile_picture", `abspath("folder.png")`, "is a folder"},
		{"profile_picture", `abspath("large.png")`, "has 20.0 MB. The most are 5 MB, which is the limit that WhatsApp Manager gives"},
		{"profile_picture", `abspath("text.png")`, "neither a JPEG nor a PNG"},
		{"profile_picture", `abspath("empty.png")`, "neither a JPEG nor a PNG"},
	} {
		says := strings.ToUpper(tt.says[:1]) + tt.says[1:]
		r := w.Plan(profileOf("  " + tt.at + " = " + tt.value + "\n"))
		if !strings.Contains(r.Output, says) {
			says = tt.says
		}
		r.Fails(tt.at, says).Sent()
	}
	w.Plan(strings.Replace(profileOf(""), acctest.Live, "+1 555 010 0102", 1)).Fails("phone_number_id", "written like a phone number").Sent()
}

// TestBusinessProfile_vertical sends an industry that is on no list, with a warning.
func TestBusinessProfile_vertical(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	r := w.Plan(profileOf("  vertical = \"SPACE_TRAVEL\"\n")).Succeeds()
	if !strings.Contains(r.Output, "Unknown industry SPACE_TRAVEL") {
		t.Error("no warning")
	}
	w.Apply().Fails("vertical", "Could not set the profile", "code 100")
}

// TestBusinessProfile_import says what can be imported, by id and by identity.
func TestBusinessProfile_import(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	p := w.Protocol()
	o := p.Import(kind, "", map[string]string{"phone_number_id": acctest.Live})
	if got := p.Values(kind, o); got["id"] != acctest.Live || got["on_destroy"] != "keep" {
		t.Errorf("imported %v", got)
	}
	for id, says := range map[string]string{"": "is empty", "+1 555 010 0102": "written like a phone number", "106540352242999": "Could not read the profile"} {
		errs := p.TryImport(kind, id, nil).Errors()
		if len(errs) != 1 || !strings.Contains(errs[0].Summary+errs[0].Detail, says) {
			t.Errorf("import of %q: %+v", id, errs)
		}
	}
}

// TestBusinessProfile_lostAnswer uploads anew when the answer to a call with a picture is
// lost: the picture may be good for one use only.
func TestBusinessProfile_lostAnswer(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.WriteFile("one.png", pixels("png", "one"))
	w.Inject(sim.Fault{Route: set, Kind: sim.FaultResetAfter})
	w.Run(profileOf(pictureAt("one.png")))
	if n := len(w.Uploads()); n != 2 {
		t.Errorf("%d uploads", n)
	}
}

// TestBusinessProfile_unknown plans with values that another resource will only have
// after the apply.
func TestBusinessProfile_unknown(t *testing.T) {
	t.Parallel()
	w := acctest.Start(t)
	w.WriteFile("one.png", pixels("png", "one"))
	w.Run(`resource "terraform_data" "v" {
  input = { about = "Hello", phone = "` + acctest.Live + `", site = "https://example.com/", picture = abspath("one.png") }
}
resource "whatsapp_business_profile" "p" {
  phone_number_id = terraform_data.v.output.phone
  about           = terraform_data.v.output.about
  websites        = [terraform_data.v.output.site]
  profile_picture = terraform_data.v.output.picture
}
`)
	if got := profile(w); got.About != "Hello" || len(got.Websites) != 1 || got.PictureSHA256 == "" {
		t.Errorf("%+v", got)
	}
}

// TestBusinessProfile_faults goes through everything that can go wrong with a call.
func TestBusinessProfile_faults(t *testing.T) {
	t.Parallel()
	file := func(w *acctest.World, name string) string {
		w.WriteFile(name, pixels("png", name))
		return filepath.Join(w.Dir(), name)
	}
	acctest.Ordeal{
		Kind:  kind,
		Start: func(t *testing.T) *acctest.World { return acctest.Start(t) },
		First: func(w *acctest.World) acctest.Attributes {
			return acctest.Attributes{
				"phone_number_id": acctest.Live, "address": "1 Way", "email": "a@example.com", "websites": acctest.Texts("https://example.com/"),
				"vertical": "RETAIL", "profile_picture": file(w, "one"), "on_destroy": "clear",
			}
		},
		Second: func(w *acctest.World) acctest.Attributes {
			return acctest.Attributes{"phone_number_id": acctest.Live, "address": "2 Way", "profile_picture": file(w, "two"), "on_destroy": "clear"}
		},
		Missing: func(w *acctest.World, config acctest.Attributes) string {
			want, _ := config["address"].(string)
			got := profile(w)
			if got.Address != want {
				return fmt.Sprintf("the address is %q, not %q", got.Address, want)
			}
			if config == nil {
				return ""
			}
			sum := sha256.Sum256([]byte(pixels("png", map[string]string{"1 Way": "one", "2 Way": "two"}[want])))
			if got.PictureSHA256 != hex.EncodeToString(sum[:]) {
				return "the picture is another one"
			}
			return ""
		},
	}.Run(t)
}
