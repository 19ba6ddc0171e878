package sim

import (
	"strings"
	"testing"
	"time"
)

// onpremBeliefs go on with the numbers of beliefs. Pages of On-Premises are under
// https://developers.facebook.com/docs/, beginning with whatsapp/; some survive in
// copies only. "vendor" is what those who resold the API published.
var onpremBeliefs = []belief{
	{56, "A login is answered with a token and the end of it, with a blank before the time.",
		"conflict: Meta's Postman collection, against a description by others that says RFC 3339", func(l *lab) {
			end, _ := session(l.login(hosted, "admin", masterKey, ""))["expires_after"].(string)
			if _, err := time.Parse("2006-01-02 15:04:05-07:00", end); err != nil {
				l.Error(err)
			}
		}},
	{57, "A token is valid for seven days.", "whatsapp/on-premises/overview", func(l *lab) {
		d := l.sit(hosted)
		l.clock.Advance(7 * 24 * time.Hour)
		l.wantError(d.call("GET", "health", ""), 401, 1005, 0)
	}},
	{58, "The first login must change the default password; without it 1024 says so.",
		"whatsapp/on-premises/reference/users/login; the code is inferred from its title", func(l *lab) {
			l.Change(fresh, func(n *Number) { n.Deployment = &Deployment{DefaultPassword: true} })
			l.wantError(l.login(fresh, "admin", "secret", ""), 400, 1024, 0)
			l.wantOK(l.login(fresh, "admin", "secret", `{"new_password":"Str0ng!enough"}`))
		}},
	{59, "Wrong credentials answer 1005.", "vendor; that the status is 401 is inferred",
		func(l *lab) { l.wantError(l.login(hosted, "admin", "wrong", ""), 401, 1005, 0) }},
	{60, "A token that is not valid answers 401.", "whatsapp/on-premises/overview; the body is inferred",
		func(l *lab) { l.wantError((&desk{l, hosted, "x"}).call("GET", "health", ""), 401, 1005, 0) }},
	{61, "Logging out revokes the token presented, and no other.", "whatsapp/api/users/logout", func(l *lab) {
		one, two := l.sit(hosted), l.sit(hosted)
		l.wantOK(one.call("POST", "users/logout", ""))
		l.wantError(one.call("GET", "health", ""), 401, 1005, 0)
		l.wantOK(two.call("GET", "health", ""))
	}},
	{62, "Backup, two-step verification and settings take an administrator.",
		"whatsapp/on-premises/reference; that others get 403 and 1005 is inferred", func(l *lab) {
			l.ChangeDeployment(hosted, func(d *Deployment) { d.Role = "ROLE_USER" })
			l.wantError(l.sit(hosted).askBackup(), 403, 1005, 0)
		}},
	{63, "A backup takes a client that is registered and running.",
		"whatsapp/on-premises/reference/settings/backup-and-restore; the code 1011 is inferred", func(l *lab) {
			l.ChangeDeployment(hosted, func(d *Deployment) { d.State = "unregistered" })
			l.wantError(l.sit(hosted).askBackup(), 503, 1011, 0)
		}},
	{64, "The data of a backup begin with V0FCS.", "the sample of support/migrating-from-onprem-to-cloud", func(l *lab) {
		if data := l.sit(hosted).backup(); !strings.HasPrefix(data, "V0FCS") {
			l.Errorf("got %s", data)
		}
	}},
	{65, "The password of a backup may be any string.",
		"support/migrating-from-onprem-to-cloud; that the empty one may not is inferred", func(l *lab) {
			l.wantOK(l.sit(hosted).call("POST", "settings/backup", `{"password":"\u0000 é\""}`))
		}},
	{66, "A call that reaches another node than the primary master gets 1017, and is repeated.",
		"whatsapp/api/errors; the HTTP status is inferred", func(l *lab) {
			l.ChangeDeployment(cluster, func(d *Deployment) { d.NotPrimary = 1 })
			d := l.sit(cluster)
			l.wantError(d.askBackup(), 503, 1017, 0)
			l.wantOK(d.askBackup())
		}},
	{67, "Two-step verification is switched off without the PIN.",
		"whatsapp/on-premises/reference/settings/two-step-verification", func(l *lab) {
			l.wantOK(l.sit(hosted).call("DELETE", "settings/account/two-step", ""))
			l.wantOK(l.migrate(hosted, "999999", "tacos", l.sit(hosted).backup()))
		}},
	{68, "Setting a PIN replaces the one in force, and does not make backups stale.", "inferred", func(l *lab) {
		d := l.sit(hosted)
		data := d.backup()
		l.wantOK(d.call("POST", "settings/account/two-step", `{"pin":"123456"}`))
		l.wantOK(l.migrate(hosted, "123456", "tacos", data))
	}},
	{69, "No call tells whether two-step verification is on.",
		"whatsapp/on-premises/reference/settings/two-step-verification; that an unknown path is 404 with 1014 is inferred",
		func(l *lab) { l.wantError(l.sit(hosted).call("GET", "settings/account/two-step", ""), 404, 1014, 0) }},
	{70, "A success without content has four forms.",
		"conflict: whatsapp/on-premises/reference shows null and {}, Meta's Postman collection meta and nothing", func(l *lab) {
			d, seen := l.sit(hosted), map[string]bool{}
			for range 4 {
				seen[d.call("DELETE", "settings/account/two-step", "").body] = true
			}
			if len(seen) != 4 {
				l.Errorf("got %v", seen)
			}
		}},
	{71, "In high availability one Coreapp is connected and nothing else.", "whatsapp/on-premises/reference/health", func(l *lab) {
		l.ChangeDeployment(hosted, func(d *Deployment) { d.HA = true })
		if a := l.sit(hosted).call("GET", "health", ""); strings.Count(a.body, `"connected"`) != 1 {
			l.Errorf("got %s", a.body)
		}
	}},
	{72, "With several shards so many Coreapps and the primary master are connected.",
		"whatsapp/on-premises/reference/health", func(l *lab) {
			if a := l.sit(cluster).call("GET", "health", ""); strings.Count(a.body, `"connected"`) != 5 {
				l.Errorf("got %s", a.body)
			}
		}},
	{73, "A client that has expired is disconnected, and hands out no backup.",
		"vendor for 1005; whatsapp/api/support for the date; the rest is inferred", func(l *lab) {
			l.clock.Advance(11 * 366 * 24 * time.Hour)
			d := l.sit(hosted)
			d.wantGateway("disconnected")
			l.wantError(d.askBackup(), 403, 1005, 0)
		}},
	{74, "A migration disconnects the deployment; what still answers there says 1011.",
		"support/migrating-from-onprem-to-cloud; the code is inferred", func(l *lab) {
			d := l.sit(hosted)
			l.wantOK(l.migrate(hosted, "004711", "tacos", d.backup()))
			d.wantGateway("disconnected")
			l.wantError(d.askBackup(), 503, 1011, 0)
		}},
	{75, "A restart brings a deployment back only if the number is still registered there.", "inferred", func(l *lab) {
		d := l.sit(hosted)
		l.migrate(hosted, "000000", "tacos", d.backup())
		l.Restore(hosted)
		d.wantGateway("disconnected")
	}},
	{76, "A backup with a wrong password, or changed, is refused with 133002 before anything is disconnected.",
		"inferred from support/error-codes of 2022", func(l *lab) {
			d := l.sit(hosted)
			l.wantError(l.migrate(hosted, "000000", "burrito", d.backup()), 400, 133002, 0)
			d.wantGateway("connected")
		}},
	{77, "A backup of another number is refused with 100.",
		"business-phone-numbers/registration; that it is this code is inferred",
		func(l *lab) { l.wantError(l.migrate(hosted, "004711", "tacos", l.sit(cluster).backup()), 400, 100, 0) }},
	{78, "A backup older than the number's keys is refused with 133006, and the number needs verifying.",
		"inferred from the title of 133006 in 2022, Recovery Token Incorrect", func(l *lab) {
			data := l.sit(hosted).backup()
			l.RenewIdentity(hosted)
			l.wantError(l.migrate(hosted, "004711", "tacos", data), 400, 133006, 0)
			if l.number(hosted).CodeVerificationStatus != "NOT_VERIFIED" {
				l.Error("it is verified")
			}
		}},
	{79, "A deployment of two shards or more comes to high throughput.",
		"support/migrating-from-onprem-to-cloud; that it does so at once is a choice", func(l *lab) {
			l.wantOK(l.migrate(cluster, "123456", "tacos", l.sit(cluster).backup()))
			if got := l.number(cluster).ThroughputLevel; got != "HIGH" {
				l.Errorf("it is %s", got)
			}
		}},
	{80, "The certificate is self-signed, and its authority can be read.",
		"whatsapp/on-premises/overview/security; that it takes a token is inferred", func(l *lab) {
			_, ca, err := l.StartOnPremises(hosted, "127.0.0.1:0")
			if err != nil {
				l.Fatal(err)
			}
			if a := l.sit(hosted).call("GET", "certificates/external/ca", ""); a.body != string(ca) {
				l.Errorf("got %s", a.body)
			}
		}},
}

func TestClaims_onPremises(t *testing.T) { checkBeliefs(t, onpremBeliefs, newHosted) }
