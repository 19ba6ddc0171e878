package sim

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// picture is the beginning of a PNG, which is enough to be taken for one.
const picture = "\x89PNG\r\n\x1a\n and the rest of it"

const allProfile = "?fields=about,address,description,email,profile_picture_url,websites,vertical"

func TestRequests_profile(t *testing.T) {
	const product = `{"messaging_product":"whatsapp"`
	path := "/v25.0/" + live + "/whatsapp_business_profile"
	long := func(n int) string { return strings.Repeat("é", n) }
	checkRequests(t, []rawCase{
		{"read, nothing there", "GET", path + allProfile, "", 200, `{"data":[{"messaging_product":"whatsapp"}]}`},
		{"read, unknown field", "GET", path + "?fields=about,colour", "", 400, `nonexisting field (colour) on node type (WhatsAppBusinessProfile)`},
		{"read, fields inside", "GET", path + "?fields=about{x}", "", 400, `"code":100`},
		{"read, broken fields", "GET", path + "?fields=,", "", 400, `Syntax error`},
		{"read of nobody", "GET", "/v25.0/" + unknown + "/whatsapp_business_profile", "", 400, `"error_subcode":33`},
		{"write to nobody", "POST", "/v25.0/" + unknown + "/whatsapp_business_profile", product + "}", 400, `"error_subcode":33`},
		{"write nothing", "POST", path, product + "}", 200, `{"success":true}`},
		{"no product", "POST", path, `{"about":"x"}`, 400, `messaging_product`},
		{"misspelt", "POST", path, product + `,"abuot":"x"}`, 400, `Unexpected key`},
		{"about, empty", "POST", path, product + `,"about":""}`, 400, `"code":100 … about must be a string of 1 to 139`},
		{"about, nothing", "POST", path, product + `,"about":null}`, 400, `about must be`},
		{"about, a number", "POST", path, product + `,"about":1}`, 400, `about must be`},
		{"about, 139", "POST", path, product + `,"about":"` + long(139) + `"}`, 200, `success`},
		{"about, 140", "POST", path, product + `,"about":"` + long(140) + `"}`, 400, `1 to 139`},
		{"address, 256", "POST", path, product + `,"address":"` + long(256) + `"}`, 200, `success`},
		{"address, 257", "POST", path, product + `,"address":"` + long(257) + `"}`, 400, `address must be a string of 0 to 256`},
		{"description, 512", "POST", path, product + `,"description":"` + long(512) + `"}`, 200, `success`},
		{"description, 513", "POST", path, product + `,"description":"` + long(513) + `"}`, 400, `0 to 512`},
		{"email, 129", "POST", path, product + `,"email":"` + long(129) + `"}`, 400, `0 to 128`},
		{"vertical, unknown", "POST", path, product + `,"vertical":"retail"}`, 400, `vertical must be one of {UNDEFINED, OTHER`},
		{"vertical, a number", "POST", path, product + `,"vertical":1}`, 400, `vertical must be`},
		{"websites, three", "POST", path, product + `,"websites":["https://a","https://b","https://c"]}`, 400, `at most two`},
		{"websites, no scheme", "POST", path, product + `,"websites":["example.com"]}`, 400, `begin with http`},
		{"websites, too long", "POST", path, product + `,"websites":["https://` + long(249) + `"]}`, 400, `256 characters`},
		{"websites, a string", "POST", path, product + `,"websites":"https://example.com"}`, 400, `an array`},
		{"websites, nothing", "POST", path, product + `,"websites":null}`, 400, `an array`},
		{"websites, in a form", "POST", path, `messaging_product=whatsapp&websites=["https://example.com"]`, 200, `success`},
		{"picture, no handle", "POST", path, product + `,"profile_picture_handle":""}`, 400, `not the handle`},
		{"picture, made up", "POST", path, product + `,"profile_picture_handle":"4::x"}`, 400, `not the handle`},
		{"picture, a number", "POST", path, product + `,"profile_picture_handle":4}`, 400, `must be a string`},

		{"begin", "POST", "/v25.0/600000000000001/uploads?file_name=a.png&file_length=10&file_type=image/png", "", 200, `{"id":"upload:MTphdHRhY2htZW50O … ?sig=AR`},
		{"begin, as JSON", "POST", "/v25.0/600000000000001/uploads", `{"file_name":"a.png","file_length":10,"file_type":"image/png"}`, 200, `"upload:`},
		{"begin, another app", "POST", "/v25.0/600000000000002/uploads?file_name=a.png&file_length=10&file_type=image/png", "", 400, `"error_subcode":33`},
		{"begin, no name", "POST", "/v25.0/600000000000001/uploads?file_length=10&file_type=image/png", "", 400, `file_name is required`},
		{"begin, no length", "POST", "/v25.0/600000000000001/uploads?file_name=a.png&file_type=image/png", "", 400, `file_length`},
		{"begin, empty", "POST", "/v25.0/600000000000001/uploads?file_name=a.png&file_length=0&file_type=image/png", "", 400, `file_length`},
		{"begin, another type", "POST", "/v25.0/600000000000001/uploads?file_name=a.gif&file_length=10&file_type=image/gif", "", 400, `file_type must be one of {application/pdf`},
		{"begin, something else", "POST", "/v25.0/600000000000001/uploads?colour=red", "", 501, `colour`},
		{"upload with the wrong scheme", "POST", "/v25.0/upload:x", "", 401, `"code":190`},
		{"another method", "DELETE", "/v25.0/upload:x", "", 400, `"error_subcode":33`},
	})
}

// begin announces a file and returns the path of its upload.
func (l *lab) begin(length int, kind string) string {
	l.Helper()
	a := l.post(fmt.Sprintf("600000000000001/uploads?file_name=file&file_length=%d&file_type=%s", length, kind), "")
	l.wantOK(a)
	id, _ := a.json["id"].(string)
	return "/v25.0/" + id
}

// upload sends bytes from an offset on.
func (l *lab) upload(path string, offset int, data string) reply {
	l.Helper()
	return l.send("POST", path, data, "Authorization", "OAuth EAAtest", "File_offset", fmt.Sprint(offset), "Content-Type", "image/png")
}

// progress returns how many bytes have arrived.
func (l *lab) progress(path string) int {
	l.Helper()
	a := l.send("GET", path, "", "Authorization", "OAuth EAAtest")
	l.wantOK(a)
	n, _ := a.json["file_offset"].(float64)
	return int(n)
}

// picture uploads a file of a type and returns its handle.
func (l *lab) handleOf(data, kind string) string {
	l.Helper()
	a := l.upload(l.begin(len(data), kind), 0, data)
	l.wantOK(a)
	h, _ := a.json["h"].(string)
	return h
}

func (l *lab) profile(id, members string) reply {
	l.Helper()
	return l.post(id+"/whatsapp_business_profile", `{"messaging_product":"whatsapp",`+members+`}`)
}

func TestProfile(t *testing.T) {
	l := newLab(t)
	l.wantOK(l.profile(live, `"about":"Plants","address":"1 Main St","description":"All of them","email":"a@example.com",`+
		`"websites":["https://example.com","http://example.org"],"vertical":"RETAIL"`))
	want := `{"data":[{"about":"Plants","address":"1 Main St","description":"All of them","email":"a@example.com",` +
		`"messaging_product":"whatsapp","vertical":"RETAIL","websites":["https://example.com","http://example.org"]}]}`
	if a := l.get(live + "/whatsapp_business_profile" + allProfile); a.body != want {
		t.Errorf("got %s", a.body)
	}
	if a := l.get(live + "/whatsapp_business_profile"); a.body != `{"data":[{"messaging_product":"whatsapp"}]}` {
		t.Errorf("without fields: %s", a.body)
	}
	l.wantOK(l.profile(live, `"address":"","websites":[],"about":"Flowers"`))
	l.wantError(l.profile(live, `"about":"Trees","email":"`+strings.Repeat("x", 200)+`"`), 400, 100, 0)
	p := l.number(live).Profile
	if p.About != "Flowers" || p.Address != "" || len(p.Websites) != 0 || p.Email != "a@example.com" || p.Vertical != "RETAIL" {
		t.Errorf("got %+v", p)
	}
	l.wantOK(l.profile(live, `"about":"Flowers"`))
	if calls := l.Calls(); calls[0].Effective == calls[len(calls)-1].Effective {
		t.Error("a change is like none")
	}
}

func TestProfile_isACopy(t *testing.T) {
	l := newLab(t)
	l.wantOK(l.profile(live, `"websites":["https://example.com"]`))
	l.number(live).Profile.Websites[0] = "x"
	if got := l.number(live).Profile.Websites[0]; got != "https://example.com" {
		t.Errorf("the world says %s", got)
	}
}

func TestProfile_lost(t *testing.T) {
	l := newLab(t)
	l.Change(onprem, func(n *Number) { n.Profile.About = "Plants" })
	l.wantOK(l.register(onprem, "004711"))
	if n := l.number(onprem); n.Profile.About != "" {
		t.Errorf("it still has %+v", n.Profile)
	}
	l = newLab(t)
	l.Change(onprem, func(n *Number) { n.Profile.About = "Plants" })
	l.wantOK(l.migrate(onprem, "004711", "tacos", "V0FCS=="))
	if n := l.number(onprem); n.Profile.About != "Plants" {
		t.Error("it lost its profile in spite of a backup")
	}
}

func TestPicture(t *testing.T) {
	l := newLab(t)
	h := l.handleOf(picture, "image/png")
	l.wantOK(l.profile(live, `"profile_picture_handle":"`+h+`"`))
	sum := sha256.Sum256([]byte(picture))
	if got := l.number(live).Profile.PictureSHA256; got != hex.EncodeToString(sum[:]) {
		t.Errorf("the picture is %s", got)
	}
	url := func() string { return l.get(live + "/whatsapp_business_profile?fields=profile_picture_url").body }
	one, two := url(), url()
	if !strings.Contains(one, `"profile_picture_url":"https://pps.whatsapp.net/`) || one == two {
		t.Errorf("got %s and %s", one, two)
	}
	l.wantError(l.profile(bread, `"profile_picture_handle":"`+h+`"`), 400, 100, 0)
	if u := l.Uploads(); len(u) != 1 || !u[0].Used || string(u[0].Data) != picture || u[0].Handle != h {
		t.Errorf("got %+v", u)
	}
}

func TestPicture_notAnImage(t *testing.T) {
	l := newLab(t)
	for data, kind := range map[string]string{"some text": "image/png", picture: "application/pdf"} {
		h := l.handleOf(data, kind)
		l.wantError(l.profile(live, `"about":"x","profile_picture_handle":"`+h+`"`), 400, 100, 0)
		if l.number(live).Profile.About != "" {
			t.Error("half of a call was done")
		}
	}
}

func TestPicture_tooLate(t *testing.T) {
	l := newLab(t)
	h := l.handleOf(picture, "image/png")
	l.clock.Advance(24 * time.Hour)
	l.wantError(l.profile(live, `"profile_picture_handle":"`+h+`"`), 400, 100, 0)
}

func TestUpload_inParts(t *testing.T) {
	l := newLab(t)
	path := l.begin(len(picture), "image/png")
	l.wantOK(l.upload(path, 0, picture[:5]))
	if got := l.progress(path); got != 5 {
		t.Errorf("%d bytes have arrived, want 5", got)
	}
	l.wantError(l.upload(path, 0, picture), 400, 100, 0)
	l.wantError(l.upload(path, 5, picture), 400, 100, 0) // more than announced
	a := l.upload(path, 5, picture[5:])
	l.wantOK(a)
	if again := l.upload(path, len(picture), ""); again.body != a.body || a.json["h"] == nil {
		t.Errorf("got %s, then %s", a.body, again.body)
	}
	if u := l.Uploads()[0]; string(u.Data) != picture || u.Name != "file" || u.Type != "image/png" || u.Length != len(picture) {
		t.Errorf("got %+v", u)
	}
}

func TestUpload_refused(t *testing.T) {
	l := newLab(t)
	path := l.begin(len(picture), "image/png")
	unsigned, _, _ := strings.Cut(path, "?")
	l.wantError(l.send("GET", unsigned, "", "Authorization", "OAuth EAAtest"), 400, 100, 33)
	l.wantError(l.upload(unsigned, 0, picture), 400, 100, 33)
	l.wantError(l.upload(strings.ReplaceAll(path, "?", "%3F"), 0, picture), 400, 100, 33)
	l.wantError(l.send("POST", path, picture, "Authorization", "OAuth EAAtest", "Content-Type", "image/png"), 400, 100, 0)
	l.wantError(l.send("POST", path, picture, "File_offset", "0", "Content-Type", "image/png"), 401, 190, 0)
	l.wantError(l.send("POST", path, picture, "Authorization", "OAuth 600000000000001|shhh", "File_offset", "0"), 403, 200, 0)
	if u := l.Uploads()[0]; len(u.Data) != 0 || u.Handle != "" {
		t.Errorf("got %+v", u)
	}
}

// TestUpload_cut cuts an upload by a fault, and once more by hand.
func TestUpload_cut(t *testing.T) {
	l := newLab(t)
	path := l.begin(len(picture), "image/png")
	base, err := l.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Inject(Fault{Route: "POST /upload:{upload-id}", Kind: FaultCutBody, Bytes: 7})
	half := fmt.Sprintf("POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: OAuth EAAtest\r\nfile_offset: %%d\r\nContent-Length: %%d\r\n\r\n%%s", path)
	write := func(offset, length int, data string) {
		t.Helper()
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(base, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, half, offset, length, data)
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.CloseWrite()
		}
		_, _ = bufio.NewReader(conn).ReadString('\n')
	}
	write(0, len(picture), picture)
	if got := l.progress(path); got != 7 {
		t.Errorf("%d bytes have arrived, want 7", got)
	}
	write(7, len(picture)-7, picture[7:10])
	if got := l.progress(path); got != 10 {
		t.Errorf("%d bytes have arrived, want 10", got)
	}
	l.wantOK(l.upload(path, 10, picture[10:]))
	fault := func(c Call) bool { return c.Fault == "cut body" && string(c.Body) == picture[:7] && c.Effective }
	if !slices.ContainsFunc(l.Calls(), fault) {
		t.Error("the ledger does not tell of the cut")
	}
}

// TestUpload_anyBody sends bytes that are no JSON as if they were.
func TestUpload_anyBody(t *testing.T) {
	l := newLab(t)
	path := l.begin(len(picture), "image/png")
	r := httptest.NewRequest("POST", path, strings.NewReader(picture))
	r.Header.Set("Authorization", "OAuth EAAtest")
	r.Header.Set("file_offset", "0")
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	l.ServeHTTP(w, r)
	l.wantOK(read(w.Result()))
}
