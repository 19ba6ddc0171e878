package sim

import (
	"encoding/base64"
	"net/http/httptest"
	"strings"
	"testing"
)

// Ids of the world that tests of On-Premises use.
const (
	hosted  = "200000000000011" // PIN 004711
	cluster = "200000000000012" // four shards, two-step verification off
)

const (
	masterKey   = "Str0ng!enough" // password of both deployments
	loginRoute  = "onprem POST /v1/users/login"
	logoutRoute = "onprem POST /v1/users/logout"
	backupRoute = "onprem POST /v1/settings/backup"
	healthRoute = "onprem GET /v1/health"
	pinRoute    = "onprem POST /v1/settings/account/two-step"
	noPINRoute  = "onprem DELETE /v1/settings/account/two-step"
)

func hostedWorld() World {
	return World{
		Token: "EAAtest",
		Accounts: []Account{{ID: garden, Numbers: []Number{
			{ID: fresh, DisplayPhoneNumber: "+1 555-010-0002"},
			{ID: hosted, DisplayPhoneNumber: "+1 555-010-0011", PIN: "004711", Deployment: &Deployment{Password: masterKey}},
			{ID: cluster, DisplayPhoneNumber: "+1 555-010-0012", Deployment: &Deployment{Password: masterKey, Shards: 4}},
		}}},
	}
}

func newHosted(t *testing.T, opts ...Option) *lab {
	t.Helper()
	return newLabWith(t, hostedWorld(), opts...)
}

// visit makes a call of a deployment without a socket. headers are pairs.
func (l *lab) visit(id, method, path, body string, headers ...string) reply {
	l.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	webapp{l.Server, id}.ServeHTTP(w, r)
	return read(w.Result())
}

// login makes a login call.
func (l *lab) login(id, name, password, body string) reply {
	l.Helper()
	credentials := base64.StdEncoding.EncodeToString([]byte(name + ":" + password))
	return l.visit(id, "POST", "/v1/users/login", body, "Authorization", "Basic "+credentials)
}

// desk is where somebody sits who is logged in at a deployment.
type desk struct {
	*lab
	id, token string
}

// sit logs in.
func (l *lab) sit(id string) *desk {
	l.Helper()
	a := l.login(id, "admin", masterKey, "")
	l.wantOK(a)
	return &desk{l, id, session(a)["token"].(string)}
}

// session is what a login answered.
func session(a reply) map[string]any {
	users, _ := a.json["users"].([]any)
	if len(users) != 1 {
		return nil
	}
	m, _ := users[0].(map[string]any)
	return m
}

func (d *desk) call(method, path, body string) reply {
	d.Helper()
	return d.visit(d.id, method, "/v1/"+path, body, "Authorization", "Bearer "+d.token)
}

// askBackup makes a backup call.
func (d *desk) askBackup() reply {
	d.Helper()
	return d.call("POST", "settings/backup", `{"password":"tacos"}`)
}

// backup returns the data of a backup made with the password tacos.
func (d *desk) backup() string {
	d.Helper()
	a := d.askBackup()
	d.wantOK(a)
	data, _ := a.inner("settings")["data"].(string)
	return data
}

// inner returns a member that is an object.
func (a reply) inner(name string) map[string]any {
	m, _ := a.json[name].(map[string]any)
	return m
}

// wantGateway fails unless health shows a state.
func (d *desk) wantGateway(state string) {
	d.Helper()
	if a := d.call("GET", "health", ""); a.inner("health")["gateway_status"] != state {
		d.Errorf("health shows %s, want %s", a.body, state)
	}
}

// wantRoutes fails unless just these calls were made, on both sides, in order.
func (l *lab) wantRoutes(want ...string) {
	l.Helper()
	var got []string
	for _, c := range l.Calls() {
		got = append(got, c.Route)
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		l.Errorf("called\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
