package sim

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"strings"
	"time"
)

// login hands out a token for a name and a password. The default password must be
// changed by it; Meta documents that, and that 1024 says so is inferred. Whether a
// later login may change a password is not documented.
//
// source: whatsapp/on-premises/reference/users/login
func login(s *Server, v *visit) (any, *onpremError) {
	d := v.deployment()
	name, password, ok := v.credentials()
	if !ok || name != d.Username || password != d.Password {
		return nil, errCredentials("Invalid credentials.")
	}
	p, err := v.params("new_password")
	if err != nil {
		return nil, err
	}
	_, change := p["new_password"]
	switch {
	case d.DefaultPassword && !change:
		return nil, onpremFailure(1024, "The default password must be changed with new_password.")
	case change && !d.DefaultPassword:
		return nil, onpremNotModelled("new_password at a login that need not change it")
	case change:
		if err := v.changePassword(p); err != nil {
			return nil, err
		}
	}
	return s.openSession(v), nil
}

func (v *visit) changePassword(p params) *onpremError {
	password, err := p.required("new_password")
	if err != nil {
		return err
	}
	if !strong(password) {
		return onpremFailure(1009, "The password needs 8 to 64 characters, among them a digit,"+
			" an upper-case letter, a lower-case letter and a special character.")
	}
	d := v.deployment()
	d.Password, d.DefaultPassword = password, false
	v.effective = true
	return nil
}

// openSession makes a token up. It has three parts, as the ones in Meta's samples,
// and is not meant to be taken apart.
func (s *Server) openSession(v *visit) map[string]any {
	b := make([]byte, 24)
	_, _ = rand.Read(b) // never fails
	token := "eyJsimulated." + hex.EncodeToString(b[:12]) + "." + hex.EncodeToString(b[12:])
	if v.entry.sessions == nil {
		v.entry.sessions = sessions{}
	}
	end := v.now.Add(sessionTime)
	v.entry.sessions[token] = end
	return map[string]any{"users": []any{
		map[string]any{"token": token, "expires_after": end.UTC().Format(s.options.dateLayout)},
	}}
}

// logout revokes the token that it is called with, and no other.
//
// source: whatsapp/api/users/logout
func logout(_ *Server, v *visit) (any, *onpremError) {
	delete(v.entry.sessions, v.token)
	return map[string]any{}, nil
}

// credentials returns the name and the password of a Basic header.
func (v *visit) credentials() (name, password string, ok bool) {
	scheme, text, _ := strings.Cut(v.call.Header.Get("Authorization"), " ")
	b, err := base64.StdEncoding.DecodeString(text)
	if err != nil || !strings.EqualFold(scheme, "Basic") {
		return "", "", false
	}
	return strings.Cut(string(b), ":")
}

// authorize checks the token and, where it matters, the role. Keys of the kind
// Apikey, which health would take too, are not modelled.
// source: whatsapp/on-premises/overview; what a user's token gets is inferred
func (v *visit) authorize() *onpremError {
	if v.route.access == forAll {
		return nil
	}
	scheme, token, _ := strings.Cut(v.call.Header.Get("Authorization"), " ")
	end, known := v.entry.sessions[token]
	if !strings.EqualFold(scheme, "Bearer") || !known || !v.now.Before(end) {
		return errCredentials("The token is missing, revoked or expired.")
	}
	v.token = token
	if v.route.access == forAdmin && v.deployment().Role != roleAdmin {
		return onpremFailure(1005, "Only an administrator may do this.")
	}
	return nil
}

// strong reports whether a password satisfies the policy.
// source: whatsapp/on-premises/reference/users
func strong(password string) bool {
	const specials = "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~"
	return len(password) >= 8 && len(password) <= 64 &&
		strings.ContainsAny(password, "0123456789") &&
		strings.ContainsAny(password, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") &&
		strings.ContainsAny(password, "abcdefghijklmnopqrstuvwxyz") &&
		strings.ContainsAny(password, specials)
}

// Layouts of expires_after: the one in Meta's samples, and the one that a
// description of the API by others names.
const (
	dateSpaced  = "2006-01-02 15:04:05-07:00"
	dateRFC3339 = time.RFC3339
)
