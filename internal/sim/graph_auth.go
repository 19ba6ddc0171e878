package sim

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// proofAge is how old a timed proof may be, and how far ahead of our clock.
// source: https://developers.facebook.com/docs/facebook-login/security#proof
const proofAge = 5 * time.Minute

// authenticate checks token, proof and permissions, in this order.
// source: access-tokens, permissions
func (s *Server) authenticate(req *request) *graphError {
	if req.call.Query.Has("access_token") || req.form["access_token"] != nil {
		return notModelled("an access token outside the Authorization header," +
			" where it ends up in logs; send a bearer header")
	}
	scheme := "Bearer"
	if req.route.caller.oauth {
		scheme = "OAuth"
	}
	token, gerr := bearer(req.call.Header.Get("Authorization"), scheme)
	if gerr != nil {
		return gerr
	}
	if token == s.store.appToken() {
		return s.authenticateApp(req)
	}
	if gerr := s.store.check(token, s.options.now()); gerr != nil {
		return gerr
	}
	if gerr := s.store.checkProof(token, req); gerr != nil {
		return gerr
	}
	if !req.route.caller.user {
		return &graphError{
			status: http.StatusBadRequest, code: 15, message: "(#15) This method must be called with an app access_token.",
		}
	}
	return s.store.permit(req.route.caller.scopes)
}

// bearer returns the token of an Authorization header with a scheme.
func bearer(header, want string) (string, *graphError) {
	if header == "" {
		return "", &graphError{
			status: http.StatusBadRequest, code: 104,
			message: "(#104) An access token is required to request this resource.",
		}
	}
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, want) || token == "" {
		return "", errToken(0, "Invalid OAuth access token - Cannot parse access token")
	}
	return token, nil
}

// authenticateApp lets the app's own token do what needs no permission of a user.
func (s *Server) authenticateApp(req *request) *graphError {
	if req.route.caller.app {
		return nil
	}
	return cloudError(http.StatusForbidden, 200, "Permissions error",
		"The token of an app cannot make this call.")
}

// appToken returns the app's own token, or one that nobody can send when the app
// has no secret.
func (st *store) appToken() string {
	if st.app.Secret == "" {
		return ""
	}
	return st.app.ID + "|" + st.app.Secret
}

// check refuses a token that does not work at now.
func (st *store) check(token string, now time.Time) *graphError {
	switch {
	case token != st.token:
		return errToken(0, "Invalid OAuth access token - Cannot parse access token")
	case st.tokenExpired(now):
		return errToken(463, "Error validating access token: Session has expired.")
	}
	return nil
}

func (st *store) tokenExpired(now time.Time) bool {
	return st.expired || !st.expires.IsZero() && !now.Before(st.expires)
}

func errToken(subcode int, message string) *graphError {
	return &graphError{status: http.StatusUnauthorized, code: 190, subcode: subcode, message: message}
}

// checkProof checks appsecret_proof: the classic form over the token, or the timed
// one over the token and appsecret_time. Time is real, since the caller takes it
// from its own clock.
func (st *store) checkProof(token string, req *request) *graphError {
	proof, at := req.argument("appsecret_proof"), req.argument("appsecret_time")
	switch {
	case proof == "" && st.app.RequireProof:
		return errProof("API calls from the server require an appsecret_proof argument")
	case proof == "":
		return nil
	case at != "":
		if !recent(at, time.Now()) {
			return errProof("Invalid appsecret_proof provided in the API argument")
		}
		token += "|" + at
	}
	if st.app.Secret == "" || !hmac.Equal([]byte(proof), []byte(sign(token, st.app.Secret))) {
		return errProof("Invalid appsecret_proof provided in the API argument")
	}
	return nil
}

func errProof(message string) *graphError {
	return &graphError{
		status: http.StatusBadRequest, code: 100, kind: "GraphMethodException", message: message,
	}
}

// recent reports whether seconds, a Unix time, is near now.
func recent(seconds string, now time.Time) bool {
	n, err := strconv.ParseInt(seconds, 10, 64)
	return err == nil && now.Sub(time.Unix(n, 0)).Abs() <= proofAge
}

func sign(text, key string) string {
	h := hmac.New(sha256.New, []byte(key))
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}

// permit refuses a token that lacks one of scopes. Which of the two codes answers
// for which scope is inferred; Meta documents both for a missing permission.
func (st *store) permit(scopes []string) *graphError {
	for _, scope := range scopes {
		if slices.Contains(st.scopes, scope) {
			continue
		}
		details := fmt.Sprintf("The access token lacks the permission %s.", scope)
		if scope == scopeMessaging {
			return cloudError(http.StatusForbidden, 10, "Application does not have permission for this action", details)
		}
		return cloudError(http.StatusForbidden, 200, "Permissions error", details)
	}
	return nil
}
