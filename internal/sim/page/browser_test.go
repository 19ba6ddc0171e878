package page_test

import (
	"bytes"
	"image/color"
	"image/png"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim/page"
)

const element = `document.getElementById("deregister-200000000000001")`

// TestBrowser looks at the page in a real browser: calls appear by themselves, a
// button is pressed with the keyboard, and the script obeys the page's own rules.
func TestBrowser(t *testing.T) {
	t.Parallel()
	v := open(t, sim.ExampleWorld())
	c := browse(t, v.url)
	c.eval(`document.addEventListener("securitypolicyviolation", (e) => { window.violation = e.blockedURI + " " + e.violatedDirective; })`)

	c.eval(element + `.focus()`)
	v.ask("POST", "/v25.0/200000000000002/register", "messaging_product=whatsapp&pin=061294", "Authorization", "Bearer "+v.Token())
	c.until(`document.getElementById("calls").innerText.includes("POST /{phone-number-id}/register")`)
	c.until(`document.getElementById("world").innerText.includes("1 of 10 in 72 hours")`)

	if got := c.eval(`document.activeElement.id`); got != "deregister-200000000000001" {
		t.Errorf("%v has the focus, want the button that had it before the page changed", got)
	}
	c.enter()
	c.until(`document.getElementById("said").textContent === "Deregister: +1 555-010-0001: done."`)
	if n, _ := v.Number("200000000000001"); n.Status != "DISCONNECTED" {
		t.Errorf("the number is %s", n.Status)
	}
	c.until(element + ` === null`)

	c.eval(`document.getElementById("window").focus()`)
	c.enter()
	c.until(`document.getElementById("clock").innerText === "2026-10-04 12:00:00 UTC"`)
	c.until(`!document.getElementById("world").innerText.includes("1 of 10")`)
	if got := c.eval(`document.activeElement.id`); got != "window" {
		t.Errorf("%v has the focus, want the button that was pressed", got)
	}
	if got := c.eval(`window.violation ?? ""`); got != "" {
		t.Errorf("the page broke its own policy: %v", got)
	}
}

// TestBrowser_escapes shows names that would do something if they were more.
func TestBrowser_escapes(t *testing.T) {
	t.Parallel()
	const evil = `<img src=x onerror="document.title='owned'">`
	v := open(t, sim.World{Accounts: []sim.Account{{ID: "1", Name: evil, Numbers: []sim.Number{{ID: "2", VerifiedName: evil}}}}})
	c := browse(t, v.url)
	v.Change("2", func(n *sim.Number) { n.VerifiedName += "!" }) // so that the script shows it
	c.until(`document.getElementById("world").innerText.includes('<img src=x') && document.body.innerText.includes('">!')`)
	if got := c.eval(`document.title + document.images.length`); got != "Simulated WhatsApp0" {
		t.Errorf("got %v", got)
	}
}

// TestBrowser_away loses the simulator, says so, and says so no more once it is back.
func TestBrowser_away(t *testing.T) {
	t.Parallel()
	clock := sim.NewRunningClock()
	s, url := started(t, clock)
	c := browse(t, url)
	s.Down()
	c.until(`document.getElementById("said").textContent.includes("does not answer")`)
	if err := s.Up(); err != nil {
		t.Fatal(err)
	}
	c.until(`document.body.className === "here" && document.getElementById("said").textContent === ""`)
}

// TestBrowser_screenshot takes pictures by day, by night and on a small screen: something is
// on them, nothing is cut off at the side, and text can be told from its ground.
func TestBrowser_screenshot(t *testing.T) {
	t.Parallel()
	v := open(t, sim.ExampleWorld())
	v.Ban("200000000000005")
	v.ask("POST", "/v25.0/200000000000002/register", "messaging_product=whatsapp&pin=061294", "Authorization", "Bearer "+v.Token())
	v.ask("POST", "/v25.0/200000000000003/register", "messaging_product=whatsapp&pin=061294", "Authorization", "Bearer "+v.Token())
	c := browse(t, v.url)
	for _, shot := range []struct {
		name, scheme string
		width        int
	}{{"light", "light", 1280}, {"dark", "dark", 1280}, {"narrow", "light", 360}} {
		t.Run(shot.name, func(t *testing.T) {
			c.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": shot.scheme}}}, nil)
			c.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": shot.width, "height": 1000, "deviceScaleFactor": 1, "mobile": false}, nil)
			if got := c.eval(`document.documentElement.scrollWidth <= innerWidth`); got != true {
				t.Errorf("the page is wider than %d", shot.width)
			}
			var picture struct{ Data []byte }
			c.call("Page.captureScreenshot", map[string]any{"captureBeyondViewport": true}, &picture)
			keep(t, shot.name, picture.Data)
			look(t, picture.Data, shot.scheme == "dark")
		})
	}
}

// keep writes a picture where somebody asked for it, to be looked at.
func keep(t *testing.T, name string, picture []byte) {
	t.Helper()
	dir := os.Getenv("SIM_SCREENSHOTS")
	if dir == "" {
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o600); err != nil {
		t.Fatal(err)
	}
}

// look counts the colours of a picture, and finds out whether it is a dark one.
func look(t *testing.T, picture []byte, dark bool) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	colours, black := map[color.Color]int{}, 0
	area := img.Bounds()
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			colours[img.At(x, y)]++
			if color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y < 128 {
				black++
			}
		}
	}
	if len(colours) < 50 {
		t.Errorf("%d colours: next to nothing is on the picture", len(colours))
	}
	if all := area.Dx() * area.Dy(); (black > all/2) != dark || black == 0 || black == all {
		t.Errorf("%d of %d dots are dark", black, all)
	}
}

// started is a simulator on its own port, with the page in front.
func started(t *testing.T, clock *sim.Clock) (s *sim.Server, url string) {
	t.Helper()
	front := sim.WithFront(func(s *sim.Server) http.Handler { return page.New(s, clock) })
	s = sim.New(sim.ExampleWorld(), sim.WithClock(clock), front)
	url, err := s.Start("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s, url
}
