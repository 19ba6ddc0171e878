package page_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

// chromium is a browser without a window. It is told what to do through a pipe, in
// messages of JSON that end with a zero byte.
//
// source: https://chromedevtools.github.io/devtools-protocol/
type chromium struct {
	*testing.T
	in      io.Writer
	out     *bufio.Reader
	session string
	id      int
}

// browse opens the page in Chromium. Without Chromium the test is skipped.
func browse(t *testing.T, url string) *chromium {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		acctest.Skip(t, "Chromium is not installed: nobody looked at the simulator's page")
	}
	c := launch(t, program)
	var target struct{ TargetID string }
	c.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var session struct{ SessionID string }
	c.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &session)
	c.session = session.SessionID
	c.call("Page.enable", nil, nil)
	c.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": 1280, "height": 1000, "deviceScaleFactor": 1, "mobile": false}, nil)
	c.call("Page.navigate", map[string]any{"url": url}, nil)
	c.until(`document.body?.className === "here"`) // the script has run
	return c
}

// launch starts the program, with its ends of the pipes as files 3 and 4, and stops
// it when the test ends. The page is our own, so that it does without a sandbox,
// which most containers do not allow.
func launch(t *testing.T, program string) *chromium {
	t.Helper()
	theirIn, in := pipe(t)
	out, theirOut := pipe(t)
	cmd := exec.Command(program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-extensions",
		"--disable-background-networking", "--disable-component-update", "--no-proxy-server",
		"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--remote-debugging-pipe", "--user-data-dir="+t.TempDir())
	cmd.ExtraFiles = []*os.File{theirIn, theirOut}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_, _ = theirIn.Close(), theirOut.Close()
	if err := out.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	c := &chromium{T: t, in: in, out: bufio.NewReader(out)}
	t.Cleanup(func() {
		stop := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
		defer stop.Stop()
		_, _ = fmt.Fprint(in, `{"id":1000000,"method":"Browser.close"}`+"\x00")
		_ = cmd.Wait() // its exit says nothing
	})
	return c
}

func pipe(t *testing.T) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = r.Close(), w.Close() })
	return r, w
}

// call has the browser do something, and takes what it answers.
func (c *chromium) call(method string, params map[string]any, result any) {
	c.Helper()
	c.id++
	message := map[string]any{"id": c.id, "method": method}
	if params != nil {
		message["params"] = params
	}
	if c.session != "" {
		message["sessionId"] = c.session
	}
	text, err := json.Marshal(message)
	if err != nil {
		c.Fatal(err)
	}
	if _, err := c.in.Write(append(text, 0)); err != nil {
		c.Fatalf("%s: %v", method, err)
	}
	answer := c.answer(method)
	if result == nil {
		return
	}
	if err := json.Unmarshal(answer, result); err != nil {
		c.Fatalf("%s: %v in %s", method, err, answer)
	}
}

// answer reads past what the browser tells by itself.
func (c *chromium) answer(method string) json.RawMessage {
	c.Helper()
	for {
		text, err := c.out.ReadBytes(0)
		if err != nil {
			c.Fatalf("%s: %v", method, err)
		}
		var message struct {
			ID            int
			Result, Error json.RawMessage
		}
		if err := json.Unmarshal(bytes.TrimSuffix(text, []byte{0}), &message); err != nil {
			c.Fatalf("%s: %v", method, err)
		}
		switch {
		case message.ID != c.id:
		case message.Error != nil:
			c.Fatalf("%s: %s", method, message.Error)
		default:
			return message.Result
		}
	}
}

// eval runs an expression in the page, and waits for its promise if it is one.
func (c *chromium) eval(expression string) any {
	c.Helper()
	var got struct {
		Result           struct{ Value any }
		ExceptionDetails json.RawMessage
	}
	c.call("Runtime.evaluate", map[string]any{"expression": expression, "awaitPromise": true, "returnByValue": true}, &got)
	if got.ExceptionDetails != nil {
		c.Fatalf("%s: %s", expression, got.ExceptionDetails)
	}
	return got.Result.Value
}

// until waits until an expression is true in the page.
func (c *chromium) until(expression string) {
	c.Helper()
	for end := time.Now().Add(20 * time.Second); c.eval(expression) != true; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			c.Fatalf("never true: %s\n%v", expression, c.eval("document.body.innerText"))
		}
	}
}

// enter presses the key that presses the button that has the focus.
func (c *chromium) enter() {
	c.Helper()
	for _, kind := range []string{"keyDown", "keyUp"} {
		c.call("Input.dispatchKeyEvent", map[string]any{
			"type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r",
		}, nil)
	}
}
