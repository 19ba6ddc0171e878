package graph

import (
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Secrets that are easy to find again.
const (
	pin        = "735119"
	backupPass = `pass"<word>&/marker`
	oneTime    = "481216"
)

var backupData = strings.Repeat("QmFja3VwTWFya2Vy/+", 2_000)

// echo answers with everything it was sent, in a form of its choice.
func echo(status int, form func(request string) string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Fb-Trace-Id", r.Header.Get("Authorization"))
		w.WriteHeader(status)
		io.WriteString(w, form(r.Method+" "+r.URL.String()+" "+r.Header.Get("Authorization")+" "+string(body)))
	}
}

// The body is read before the answers of serve run; this is a server of its own.
func echoing(t *testing.T, answer http.HandlerFunc) *wire {
	t.Helper()
	w := serve(t, reset)
	w.Config.Handler = answer
	return w
}

func TestSecrets_areInNoErrorAndNoLogLine(t *testing.T) {
	forms := map[string]func(string) string{
		"as it is":  func(s string) string { return s },
		"message":   func(s string) string { return `{"error":{"code":100,"message":` + jsonOf(s) + `}}` },
		"beginning": func(s string) string { return `{"error":{"code":100,"message":` + jsonOf(s[:min(len(s), 700)]) + `}}` },
		"details":   func(s string) string { return `{"error":{"code":133004,"error_data":{"details":` + jsonOf(s) + `}}}` },
		"data":      func(s string) string { return `{"error":{"code":2,"error_data":` + jsonOf(s) + `}}` },
		"every text": func(s string) string {
			return strings.ReplaceAll(`{"error":{"code":10,"type":X,"fbtrace_id":X,"error_user_title":X,"error_user_msg":X,"error_data":{"blame_field_specs":[[X]]}}}`, "X", jsonOf(s))
		},
		"PHP's JSON":      func(s string) string { return strings.ReplaceAll(jsonOf(s), "/", `\/`) },
		"URL":             url.QueryEscape,
		"path":            url.PathEscape,
		"base64":          func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
		"base64, shift 1": func(s string) string { return base64.StdEncoding.EncodeToString([]byte("x" + s)) },
		"base64, shift 2": func(s string) string { return base64.URLEncoding.EncodeToString([]byte("xx" + s)) },
	}
	calls := map[string]func(context.Context, *Client) error{
		"register": func(ctx context.Context, c *Client) error {
			return c.Phones.Register(ctx, phone, Registration{PIN: pin, Backup: &Backup{backupPass, backupData}})
		},
		"PIN": func(ctx context.Context, c *Client) error { return c.Phones.SetPIN(ctx, phone, pin) },
		"get": func(ctx context.Context, c *Client) error {
			_, err := c.Phones.Get(ctx, phone, StatusFields)
			return err
		},
		"code": func(ctx context.Context, c *Client) error { return c.Phones.VerifyCode(ctx, phone, oneTime) },
		"override": func(ctx context.Context, c *Client) error {
			return c.Phones.SetWebhook(ctx, phone, Override{"https://example.com/", verifyToken})
		},
		"subscribe": func(ctx context.Context, c *Client) error {
			return c.Accounts.Subscribe(ctx, account, &Override{"https://example.com/", verifyToken})
		},
		"app webhook": func(ctx context.Context, c *Client) error {
			return c.Apps.Subscribe(ctx, AppWebhook{CallbackURL: "https://example.com/", VerifyToken: verifyToken})
		},
		"app webhooks": func(ctx context.Context, c *Client) error {
			_, err := c.Apps.Subscriptions(ctx)
			return err
		},
		"token": func(ctx context.Context, c *Client) error {
			_, err := c.Tokens.Inspect(ctx)
			return err
		},
		"upload": func(ctx context.Context, c *Client) error {
			_, err := c.Apps.send(ctx, "upload:MTph?"+signature, picture.Content, 0)
			return err
		},
	}
	for name, form := range forms {
		for _, status := range []int{200, 400, 503} {
			w := echoing(t, echo(status, form))
			for call, do := range calls {
				t.Run(fmt.Sprint(name, " ", status, " ", call), func(t *testing.T) {
					c, lines := client(t, w, asTheApp, func(c *Config) { c.MaxRetries = 1 })
					err := do(t.Context(), c)
					if err == nil {
						t.Fatal("the call did not fail")
					}
					wantClean(t, c, "the error", fmt.Sprintf("%v %+v", err, *failed(t, err)))
					wantClean(t, c, "the log", lines.String())
					if lines.String() == "" {
						t.Error("nothing was logged")
					}
				})
			}
		}
	}
}

// A server that breaks the protocol has its words quoted by Go's client.
func TestSecrets_areInNoTransportError(t *testing.T) {
	w := echoing(t, func(rw http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(rw).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		fmt.Fprintf(conn, "%s_%s\r\n\r\n", r.URL.RawQuery, strings.ReplaceAll(r.Header.Get("Authorization"), " ", "_"))
		conn.Close()
	})
	c, lines := client(t, w)
	err := c.Phones.Deregister(t.Context(), phone)
	if err == nil || !strings.Contains(err.Error(), "(redacted)") {
		t.Errorf("got %v, which quotes nothing", err)
	}
	wantClean(t, c, "the error", fmt.Sprintf("%v %+v", err, *failed(t, err)))
	wantClean(t, c, "the log", lines.String())
}

// No error tells the query, and with it the proof, when there is no answer at all.
func TestSecrets_areInNoTimeout(t *testing.T) {
	w := serve(t, hang)
	c, lines := client(t, w, func(c *Config) { c.RequestTimeout = 50 * time.Millisecond; c.MaxRetries = 0 })
	_, err := c.Phones.Get(t.Context(), phone, StatusFields)
	if err == nil || strings.Contains(err.Error(), "appsecret") || strings.Contains(err.Error(), w.URL) {
		t.Errorf("got %v", err)
	}
	if strings.Contains(lines.String(), "appsecret") || strings.Contains(lines.String(), "fields") {
		t.Errorf("the query was logged: %s", lines)
	}
	wantClean(t, c, "the error", err.Error())
}

// The token that is asked about stands in the query, which Go's client puts into errors.
func TestSecrets_areInNoErrorAboutTheToken(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"reset": reset, "timeout": hang, "elsewhere": raw(302, "", "Location", "https://graph.invalid/?"+url.Values{"input_token": {token}}.Encode()),
	} {
		w := serve(t, answer)
		c, lines := client(t, w, func(c *Config) { c.RequestTimeout = 50 * time.Millisecond; c.MaxRetries = 1 })
		_, err := c.Tokens.Inspect(t.Context())
		wantClean(t, c, name, fmt.Sprintf("%v %+v %s", err, *failed(t, err), lines))
		if strings.Contains(err.Error()+lines.String(), "input_token") {
			t.Errorf("%s: the query is told: %v %s", name, err, lines)
		}
	}
}

func TestSecrets_areInNoPath(t *testing.T) {
	w := serve(t, file(t, 200, "success_bool.json"))
	c, _ := client(t, w)
	if err := c.Phones.Register(t.Context(), phone, Registration{PIN: pin, Backup: &Backup{backupPass, backupData}}); err != nil {
		t.Fatal(err)
	}
	call := w.got()[0]
	query := call.Query
	query.Del("appsecret_proof")
	query.Del("appsecret_time")
	if len(query) != 0 || call.Path != "/v25.0/106540352242922/register" {
		t.Errorf("called %s with %v", call.Path, query)
	}
}

// wantClean fails the test if a text tells a secret, whole or in part.
func wantClean(t *testing.T, c *Client, what, text string) {
	t.Helper()
	for name, s := range map[string]string{
		"token": token, "end of the token": "token+marker=|01234567", "app secret": secret, "PIN": pin,
		"code": oneTime, "verify token": verifyToken, "escaped verify token": url.QueryEscape(verifyToken),
		"token of the app": string(app) + "|" + secret, "escaped token of the app": url.QueryEscape(string(app) + "|" + secret),
		"token of the app in base64": base64.StdEncoding.EncodeToString([]byte(string(app) + "|" + secret))[:40],
		"signature of an upload":     signature, "backup password": backupPass, "backup data": backupData[:40],
		"escaped token": url.QueryEscape(token), "token in base64": base64.StdEncoding.EncodeToString([]byte(token))[:40],
		"proof": proofPrefix(text),
	} {
		if s != "" && strings.Contains(text, s) {
			t.Errorf("%s tells the %s: %.600s", what, name, text)
		}
	}
}

// proofPrefix returns what follows the name of the proof in a text, unless it is
// redacted or nothing.
func proofPrefix(text string) string {
	_, after, ok := strings.Cut(text, "appsecret_proof=")
	if !ok || strings.HasPrefix(after, "(redacted)") || after == "" {
		return ""
	}
	return after[:min(len(after), 10)]
}
