package sim

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"time"
)

// scenarios are the courses that a migration may take, as the bytes on the wire show
// them: what is up to a client, such as to refuse before it registers, is here as
// what the client could have seen, and what happens if it does not look.
var scenarios = []struct {
	name string
	play func(*lab)
}{
	{"1 happy path, PIN known", func(l *lab) {
		d := l.sit(hosted)
		d.wantGateway("connected")
		l.wantOK(l.migrate(hosted, "004711", "tacos", d.backup()))
		l.wantState(hosted, "CONNECTED", "CLOUD_API")
		d.wantGateway("disconnected")
		l.wantError(d.askBackup(), 503, 1011, 0)
		l.wantOK(d.call("POST", "users/logout", ""))
		l.wantRoutes(loginRoute, healthRoute, backupRoute, registerRoute, healthRoute, backupRoute, logoutRoute)
		if l.number(hosted).ProfileLost || l.Tokens(hosted) != 0 {
			l.Error("the profile is lost, or a token is left")
		}
	}},
	{"2 two-step disabled, any PIN becomes the PIN", func(l *lab) {
		d := l.sit(hosted)
		l.wantOK(d.call("DELETE", "settings/account/two-step", ""))
		if l.number(hosted).PIN != "" {
			l.Error("two-step verification is still on")
		}
		l.wantOK(l.migrate(hosted, "098765", "tacos", d.backup()))
		l.wantError(l.register(hosted, "004711"), 400, 133005, 0)
		l.wantOK(l.register(hosted, "098765"))
	}},
	{"3 wrong PIN takes the deployment down, the right one recovers", func(l *lab) {
		d := l.sit(hosted)
		data := d.backup()
		l.wantError(l.migrate(hosted, "000000", "tacos", data), 400, 133005, 0)
		l.wantState(hosted, "DISCONNECTED", "NOT_APPLICABLE")
		d.wantGateway("disconnected")
		l.Restore(hosted)
		d.wantGateway("disconnected") // Meta's servers do not know it any more
		l.wantOK(l.migrate(hosted, "004711", "tacos", data))
		l.wantState(hosted, "CONNECTED", "CLOUD_API")
	}},
	{"4 wrong backup password changes nothing", func(l *lab) {
		d := l.sit(hosted)
		l.wantError(l.migrate(hosted, "000000", "burrito", d.backup()), 400, 133002, 0)
		l.wantState(hosted, "CONNECTED", "ON_PREMISE")
		d.wantGateway("connected")
	}},
	{"5 truncated or re-encoded backup", func(l *lab) {
		data := l.sit(hosted).backup()
		raw, _ := base64.StdEncoding.DecodeString(data)
		for _, bad := range []string{
			data[:len(data)-4], data[:8], "V0FC" + data[4:12], strings.ToLower(data), data + `\n`, data[:40] + `\n` + data[40:],
			strings.TrimRight(base64.URLEncoding.EncodeToString(append(raw, 0)), "="), "====",
			base64.StdEncoding.EncodeToString(append(raw[:len(raw)-1:len(raw)-1], raw[len(raw)-1]^1)),
		} {
			l.clock.Advance(72 * time.Hour)
			l.wantError(l.migrate(hosted, "004711", "tacos", bad), 400, 133002, 0)
		}
		l.wantState(hosted, "CONNECTED", "ON_PREMISE")
	}},
	{"6 stale backup", func(l *lab) {
		d := l.sit(hosted)
		data := d.backup()
		l.RenewIdentity(hosted)
		l.wantError(l.migrate(hosted, "004711", "tacos", data), 400, 133006, 0)
		l.wantState(hosted, "CONNECTED", "ON_PREMISE")
		d.wantGateway("connected")
		l.wantError(l.register(hosted, "004711"), 400, 133006, 0) // it needs verifying now
		l.wantOK(l.migrate(hosted, "004711", "tacos", d.backup()))
	}},
	{"7 register answer lost after the move", func(l *lab) {
		l.Inject(Fault{Route: registerRoute, Kind: FaultTruncate})
		if a := l.migrate(hosted, "004711", "tacos", l.sit(hosted).backup()); a.json != nil {
			l.Errorf("the answer arrived: %s", a.body)
		}
		l.wantShown(hosted, "PENDING", "CLOUD_API")
		if l.Registrations(hosted) != 1 || !l.Calls()[2].Effective {
			l.Error("the number did not move")
		}
	}},
	{"8 a second registration is no migration", func(l *lab) {
		data := l.sit(hosted).backup()
		l.wantOK(l.migrate(hosted, "004711", "tacos", data))
		l.wantOK(l.migrate(hosted, "004711", "tacos", data))
		l.wantError(l.migrate(hosted, "000000", "tacos", data), 400, 133005, 0)
		l.wantState(hosted, "CONNECTED", "CLOUD_API") // one in use survives a wrong PIN
	}},
	{"9 ten calls in 72 hours", func(l *lab) {
		data := l.sit(hosted).backup()
		for range 10 {
			l.wantError(l.migrate(hosted, "004711", "burrito", data), 400, 133002, 0)
		}
		l.wantError(l.migrate(hosted, "004711", "tacos", data), 400, 133016, 0)
		l.clock.Advance(72 * time.Hour)
		l.wantOK(l.migrate(hosted, "004711", "tacos", data))
	}},
	{"10 not the primary master, then success", func(l *lab) {
		l.ChangeDeployment(cluster, func(d *Deployment) { d.NotPrimary = 2 })
		d := l.sit(cluster)
		l.wantOK(d.call("GET", "health", "")) // any node answers
		l.wantError(d.askBackup(), 503, 1017, 0)
		l.wantError(d.call("GET", "settings/application", ""), 503, 1017, 0)
		l.wantOK(d.askBackup())
	}},
	{"11 self-signed certificate", func(l *lab) {
		url, ca, err := l.StartOnPremises(hosted, "127.0.0.1:0")
		if err != nil {
			l.Fatal(err)
		}
		if a, err := dialTLS(l.T, trust(nil))("GET", url+"/v1/health"); err == nil {
			l.Errorf("trusted without its authority: %d", a.status)
		}
		if a, err := dialTLS(l.T, trust(ca))("GET", url+"/v1/health"); err != nil || a.status != http.StatusUnauthorized {
			l.Errorf("got %d, %v", a.status, err)
		}
	}},
	{"12 default password untouched", func(l *lab) {
		l.Change(fresh, func(n *Number) { n.Deployment = &Deployment{DefaultPassword: true, State: "unregistered"} })
		l.wantError(l.login(fresh, "admin", "secret", ""), 400, 1024, 0)
		if d, _ := l.Deployment(fresh); !d.DefaultPassword || d.Password != "secret" || l.Tokens(fresh) != 0 {
			l.Errorf("got %+v", d)
		}
	}},
	{"13 token revoked by logout", func(l *lab) {
		d, other := l.sit(hosted), l.sit(hosted)
		l.wantOK(d.call("POST", "users/logout", ""))
		l.wantError(d.call("GET", "health", ""), 401, 1005, 0)
		l.wantError(d.call("POST", "users/logout", ""), 401, 1005, 0)
		l.wantOK(other.call("GET", "health", ""))
	}},
	{"14 token lost on the way, one login more", func(l *lab) {
		d := l.sit(hosted)
		l.wantOK(d.call("GET", "health", ""))
		l.ExpireOnPremisesTokens(hosted)
		l.wantError(d.askBackup(), 401, 1005, 0)
		l.wantOK(l.sit(hosted).askBackup())
	}},
	{"15 a user who is no administrator", func(l *lab) {
		l.ChangeDeployment(hosted, func(d *Deployment) { d.Role = "ROLE_USER" })
		d := l.sit(hosted)
		l.wantOK(d.call("GET", "health", ""))
		l.wantOK(d.call("GET", "support", ""))
		for _, a := range []reply{d.askBackup(), d.call("DELETE", "settings/account/two-step", ""),
			d.call("POST", "settings/account/two-step", `{"pin":"123456"}`), d.call("GET", "settings/application", "")} {
			l.wantError(a, 403, 1005, 0)
		}
	}},
	{"16 unregistered, uninitialized or expired client", func(l *lab) {
		d := l.sit(hosted)
		for _, state := range []string{"unregistered", "uninitialized"} {
			l.ChangeDeployment(hosted, func(d *Deployment) { d.State = state })
			d.wantGateway(state)
			l.wantError(d.askBackup(), 503, 1011, 0)
		}
		l.ChangeDeployment(hosted, func(d *Deployment) { d.State, d.Expires = "connected", "2026-09-30T00:00:00" })
		d.wantGateway("disconnected")
		if a := d.call("GET", "support", ""); a.inner("support")["expire_timestamp"] != "2026-09-30T00:00:00" {
			l.Errorf("support shows %s", a.body)
		}
		l.wantError(d.askBackup(), 403, 1005, 0)
	}},
	{"17 deployment of another number", func(l *lab) {
		l.ChangeDeployment(hosted, func(d *Deployment) { d.WAID = "15550100099" })
		d := l.sit(hosted)
		a := d.call("GET", "settings/application", "")
		if app, _ := a.inner("settings")["application"].(map[string]any); app["wa_id"] != "15550100099" {
			l.Errorf("settings show %s", a.body)
		}
		l.wantError(l.migrate(hosted, "004711", "tacos", d.backup()), 400, 100, 0)
		l.wantError(l.migrate(fresh, "004711", "tacos", l.sit(cluster).backup()), 400, 100, 0)
		d.wantGateway("connected")
	}},
	{"18 success as a string, and success false", func(l *lab) {
		WithStringSuccess()(l.Server)
		l.Inject(Fault{Route: registerRoute, Kind: FaultNoSuccess})
		data := l.sit(hosted).backup()
		if a := l.migrate(hosted, "004711", "tacos", data); a.body != `{"success":false}` {
			l.Errorf("got %s", a.body)
		}
		l.wantState(hosted, "CONNECTED", "ON_PREMISE")
		if a := l.migrate(hosted, "004711", "tacos", data); a.body != `{"success":"true"}` {
			l.Errorf("got %s", a.body)
		}
	}},
	{"19 several shards earn high throughput", func(l *lab) {
		l.wantOK(l.migrate(cluster, "123456", "tacos", l.sit(cluster).backup()))
		l.wantOK(l.migrate(hosted, "004711", "tacos", l.sit(hosted).backup()))
		if got := l.number(cluster).ThroughputLevel + " " + l.number(hosted).ThroughputLevel; got != "HIGH STANDARD" {
			l.Errorf("got %s", got)
		}
	}},
	{"20 high availability, one node of five connected", func(l *lab) {
		l.ChangeDeployment(hosted, func(d *Deployment) { d.HA = true })
		d := l.sit(hosted)
		a := d.call("GET", "health", "")
		if n := strings.Count(a.body, `"gateway_status":"connected","role":"coreapp"`); n != 1 {
			l.Errorf("%d nodes connected: %s", n, a.body)
		}
		if n := strings.Count(a.body, `"gateway_status":"disconnected"`); n != 3 {
			l.Errorf("%d nodes not connected: %s", n, a.body)
		}
		l.wantOK(d.askBackup())
	}},
	{"21 bodies of a success without content", func(l *lab) {
		d := l.sit(hosted)
		for _, want := range []string{"", "null", "{}", `{"meta":{"api_status":"stable","version":"v2.53.0"}}`, ""} {
			a := d.call("POST", "settings/account/two-step", `{"pin":"123456"}`)
			l.wantOK(a)
			if a.body != want {
				l.Errorf("got %q, want %q", a.body, want)
			}
		}
	}},
	{"22 HTML from a proxy", func(l *lab) {
		d := l.sit(hosted)
		l.Inject(Fault{Route: backupRoute, Kind: FaultHTML, Status: 503})
		if a := d.askBackup(); a.status != 503 || a.json != nil || !strings.Contains(a.body, "<html>") {
			l.Errorf("got %d %s", a.status, a.body)
		}
		l.wantOK(d.askBackup())
	}},
}

func TestScenarios(t *testing.T) {
	for _, sc := range scenarios {
		t.Run(sc.name, func(t *testing.T) { sc.play(newHosted(t, WithPageSize(100))) })
	}
}
