package onprem

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Secrets that are easy to find again.
const (
	pin        = "735119"
	backupPass = `pass"<word>&/marker`
)

var backupData = strings.Repeat("QmFja3VwTWFya2Vy/+", 100)

// echoing starts a deployment that logs in and takes a backup, and otherwise answers
// with everything it was ever sent or has given out, in a form of its choice.
func echoing(t *testing.T, status int, form func(string) string) *wire {
	t.Helper()
	w := serve(t, nil)
	w.Config.Handler = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.mu.Lock()
		w.calls = append(w.calls, received{Call: r.Method + " " + r.URL.Path, Body: r.Header.Get("Authorization") + " " + string(body)})
		logins := 0
		all := backupData[30:90] + " " + firstToken + " " + password + " "
		for _, c := range w.calls {
			all += c.Call + " " + c.Body + " "
			if c.Call == "POST /v1/users/login" {
				logins++
			}
		}
		w.mu.Unlock()
		switch {
		case r.URL.Path == "/v1/users/login" && logins == 1:
			raw(200, recorded(t, "login.json"))(rw, r)
			return
		case r.URL.Path == "/v1/settings/backup" && strings.Contains(string(body), "first"):
			raw(200, `{"settings":{"data":"`+backupData+`"}}`)(rw, r)
			return
		}
		rw.Header().Set("X-Fb-Trace-Id", r.Header.Get("Authorization"))
		rw.WriteHeader(status)
		io.WriteString(rw, form(all))
	})
	return w
}

// jsonOf returns s as a JSON string.
func jsonOf(s string) string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestSecrets_areInNoErrorAndNoLogLine(t *testing.T) {
	forms := map[string]func(string) string{
		"as it is": func(s string) string { return s },
		"page":     func(s string) string { return "<html>" + s },
		"title":    func(s string) string { return `{"errors":[{"code":1009,"title":` + jsonOf(s) + `}]}` },
		"beginning": func(s string) string {
			return `{"errors":[{"code":1005,"title":` + jsonOf(s[:min(len(s), 300)]) + `}]}`
		},
		"details":   func(s string) string { return `{"errors":[{"code":1014,"title":"t","details":` + jsonOf(s) + `}]}` },
		"again":     func(s string) string { return `{"errors":[{"code":1017,"details":` + jsonOf(s) + `}]}` },
		"bare":      func(s string) string { return `{"code":1005,"title":` + jsonOf(s) + `,"details":` + jsonOf(s) + `}` },
		"provider":  func(s string) string { return `{"meta":{"success":false,"developer_message":` + jsonOf(s) + `}}` },
		"no code":   func(s string) string { return `{"errors":[{"title":` + jsonOf(s) + `}]}` },
		"slashes":   func(s string) string { return strings.ReplaceAll(jsonOf(s), "/", `\/`) },
		"URL":       url.QueryEscape,
		"path":      url.PathEscape,
		"base64":    func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
		"base64, 1": func(s string) string { return base64.StdEncoding.EncodeToString([]byte("x" + s)) },
		"base64, 2": func(s string) string { return base64.URLEncoding.EncodeToString([]byte("xx" + s)) },
	}
	calls := map[string]func(context.Context, *Client) error{"login": func(ctx context.Context, c *Client) error { return c.Login(ctx) },
		"logout": func(ctx context.Context, c *Client) error { return c.Logout(ctx) }}
	for name, do := range everyCall {
		calls[name] = do
	}
	for name, form := range forms {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, status := range []int{200, 401, 503} {
				for call, do := range calls {
					w := echoing(t, status, form)
					c, lines := client(t, w, func(c *Config) { c.MaxRetries = 1 })
					if err := c.Login(t.Context()); err != nil {
						t.Fatal(err)
					}
					if _, err := c.Backup(t.Context(), "first"+backupPass); err != nil {
						t.Fatal(err)
					}
					_ = c.SetPIN(t.Context(), pin) // so that the PIN is among what is echoed
					err := do(t.Context(), c)
					switch {
					case err == nil && call == "logout" && status == 401:
						continue // done: the token is not valid
					case err == nil:
						t.Errorf("%s, %d: the call did not fail", call, status)
						continue
					}
					what := fmt.Sprintf("%s, %d", call, status)
					wantClean(t, "the error of "+what, fmt.Sprintf("%v %+v", err, *failed(t, err)))
					wantClean(t, "the log of "+what, lines.String())
				}
			}
		})
	}
}

// A server that breaks the protocol has its words quoted by Go's client.
func TestSecrets_areInNoTransportError(t *testing.T) {
	w := serve(t, nil)
	w.Config.Handler = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(rw).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		fmt.Fprintf(conn, "%s\r\n\r\n", strings.ReplaceAll(r.Header.Get("Authorization"), " ", "_"))
		conn.Close()
	})
	c, lines := client(t, w)
	err := c.Login(t.Context())
	if err == nil || !strings.Contains(err.Error(), "(redacted)") {
		t.Errorf("got %v, which quotes nothing", err)
	}
	wantClean(t, "the error", fmt.Sprintf("%v %+v", err, *failed(t, err)))
	wantClean(t, "the log", lines.String())
}

// Of a large backup the beginning is looked for.
func TestSecrets_largeBackup(t *testing.T) {
	large := strings.Repeat("QmFja3VwTWFya2Vy/+", 5<<20/18)
	w := serve(t, answers{
		"POST /v1/settings/backup": {raw(200, `{"settings":{"data":"`+large+`"}}`)},
		"GET /v1/health":           {raw(400, large[:500])},
	})
	c, lines := client(t, w)
	if _, err := c.Backup(t.Context(), backupPass); err != nil {
		t.Fatal(err)
	}
	_, err := c.Health(t.Context())
	wantClean(t, "the error", err.Error())
	wantClean(t, "the log", lines.String())
}

// wantClean fails the test if a text tells a secret, whole or in part.
func wantClean(t *testing.T, what, text string) {
	t.Helper()
	basic := base64.StdEncoding.EncodeToString([]byte(username + ":" + password))
	for name, s := range map[string]string{
		"token": firstToken, "end of the token": firstToken[20:], "password": password, "PIN": pin,
		"backup password": backupPass, "end of the backup password": backupPass[5:], "beginning of the data": backupData[:30], "data": backupData[30:60],
		"basic": basic, "end of basic": basic[12:], "password in URL": url.QueryEscape(password), "password in JSON": strings.Trim(jsonOf(password), `"`),
		"token in base64": base64.StdEncoding.EncodeToString([]byte(firstToken))[:40],
	} {
		if strings.Contains(text, s) {
			t.Errorf("%s tells the %s: %.600s", what, name, text)
		}
	}
}
