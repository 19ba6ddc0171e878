package sim

import (
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Values of Deployment.State, which are those of gateway_status.
// source: whatsapp/on-premises/reference/health
const (
	gatewayConnected     = "connected"
	gatewayConnecting    = "connecting"
	gatewayDisconnected  = "disconnected"
	gatewayUninitialized = "uninitialized"
	gatewayUnregistered  = "unregistered"
)

// Values of Deployment.Role.
const (
	roleAdmin = "ROLE_ADMIN"
	roleUser  = "ROLE_USER"
)

// expiryLayout is the form of expire_timestamp, a time in UTC without a zone.
// source: whatsapp/api/support
const expiryLayout = "2006-01-02T15:04:05"

// Deployment is the On-Premises deployment of a number: a web application that
// somebody runs on machines of their own, and that Meta's servers know the number
// by. It has a single account. [Server.StartOnPremises] puts it on a port.
//
// What a world leaves out is filled in by [New] with what a healthy deployment has.
type Deployment struct {
	// Username is the name of the account; default admin.
	Username string `json:"username,omitempty"`
	// Password is the one of the account. New makes one up when it is empty.
	Password string `json:"password,omitempty"`
	// DefaultPassword says that nobody has logged in yet: the account is admin with
	// the password secret, and the first login must give another one.
	DefaultPassword bool `json:"default_password,omitempty"`
	// Role is ROLE_ADMIN (the default) or ROLE_USER, which may not back up, change
	// the PIN or read settings.
	Role string `json:"role,omitempty"`
	// State is connected, connecting, disconnected, uninitialized or unregistered.
	// The default is connected for a number on On-Premises, else disconnected. A
	// client that has expired shows disconnected whatever is here.
	State string `json:"state,omitempty"`
	// WAID is the number that the deployment serves, digits; default: those of the
	// number's DisplayPhoneNumber.
	WAID string `json:"wa_id,omitempty"`
	// Expires is when the client software expires, such as 2026-10-23T00:00:00, in
	// UTC; default: in ten years.
	Expires string `json:"expires,omitempty"`
	// Shards is 1 (the default), 2, 4, 8, 16 or 32. From 2 on the deployment is a
	// multiconnect cluster.
	Shards int `json:"shards,omitempty"`
	// HA says that a cluster of one shard stands by for itself: high availability.
	HA bool `json:"ha,omitempty"`
	// Version is that of the client, as it stands in meta; default v2.53.0.
	Version string `json:"version,omitempty"`
	// NotPrimary is how many calls that only the primary master can answer reach
	// another node first, and get 1017.
	NotPrimary int `json:"not_primary,omitempty"`
	// NotReady is how many calls of any kind get 1011 first.
	NotReady int `json:"not_ready,omitempty"`
}

// complete fills in what a seed left out.
func (d *Deployment) complete(n *Number, now time.Time) {
	if d.DefaultPassword {
		d.Username, d.Password = "admin", "secret"
	}
	d.Username = cmp.Or(d.Username, "admin")
	if d.Password == "" {
		d.Password = newPassword()
	}
	d.Role = cmp.Or(d.Role, roleAdmin)
	state := gatewayDisconnected
	if n.PlatformType == platformOnPremise {
		state = gatewayConnected
	}
	d.State = cmp.Or(d.State, state)
	d.WAID = cmp.Or(d.WAID, digitsOf(n.DisplayPhoneNumber))
	d.Expires = cmp.Or(d.Expires, now.UTC().AddDate(10, 0, 0).Format(expiryLayout))
	d.Shards = max(d.Shards, 1)
	d.Version = cmp.Or(d.Version, "v2.53.0")
}

// validate reports what no deployment can be like.
func (d *Deployment) validate() error {
	states := []string{"", gatewayConnected, gatewayConnecting, gatewayDisconnected,
		gatewayUninitialized, gatewayUnregistered}
	_, err := time.Parse(expiryLayout, cmp.Or(d.Expires, expiryLayout))
	switch {
	case !slices.Contains([]string{"", roleAdmin, roleUser}, d.Role):
		return fmt.Errorf("role %q does not exist", d.Role)
	case !slices.Contains(states, d.State):
		return fmt.Errorf("state %q does not exist", d.State)
	case d.WAID != "" && !digits.MatchString(d.WAID):
		return fmt.Errorf("wa_id %q is not all digits", d.WAID)
	case err != nil:
		return fmt.Errorf("expires %q is no time like %s", d.Expires, expiryLayout)
	case !slices.Contains([]int{0, 1, 2, 4, 8, 16, 32}, d.Shards):
		return fmt.Errorf("shards: there cannot be %d", d.Shards)
	case d.DefaultPassword && (d.Password != "" || d.Username != ""):
		return fmt.Errorf("default_password stands for both username and password")
	}
	return nil
}

// cluster reports whether the deployment is more than one node.
func (d *Deployment) cluster() bool { return d.HA || d.Shards > 1 }

// expired reports whether the client software has expired. A time of another form,
// which only ChangeDeployment can bring about, is never.
func (d *Deployment) expired(now time.Time) bool {
	t, err := time.Parse(expiryLayout, d.Expires)
	return err == nil && !now.Before(t)
}

// digitsOf returns the digits of a formatted phone number.
func digitsOf(number string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
}

// newPassword makes up a password that satisfies the policy of On-Premises, with a
// word in it that lets a search for leaks tell it from any other string.
func newPassword() string {
	b := make([]byte, 12)
	_, _ = rand.Read(b) // never fails
	return "Aa1!simulated" + hex.EncodeToString(b)
}
