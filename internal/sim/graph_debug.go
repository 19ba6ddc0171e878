package sim

import (
	"cmp"
	"net/http"
	"slices"
	"time"
)

// userID is the system user of the token.
const userID = "800000000000001"

// debugToken describes a token: the one that works, or any other, of which there is
// only to say that it is not valid. Asking takes the app's token, or the working one.
//
// source: https://developers.facebook.com/docs/graph-api/reference/debug_token
func debugToken(s *Server, req *request) (any, *graphError) {
	input := req.call.Query.Get("input_token")
	if input == "" {
		return nil, cloudError(http.StatusBadRequest, 100, "The parameter input_token is required", "")
	}
	if input == s.store.appToken() {
		return map[string]any{"data": s.store.describeApp()}, nil
	}
	if input != s.store.token {
		return map[string]any{"data": map[string]any{
			"is_valid": false, "scopes": []any{},
			"error": map[string]any{"code": 190, "message": "Invalid OAuth access token."},
		}}, nil
	}
	return map[string]any{"data": s.store.describeToken(s.options.now())}, nil
}

func (st *store) describeToken(now time.Time) map[string]any {
	m := map[string]any{
		"app_id":                 st.app.ID,
		"application":            st.app.Name,
		"type":                   st.kind,
		"user_id":                userID,
		"is_valid":               true,
		"issued_at":              unix(now.Truncate(time.Hour)),
		"expires_at":             unix(st.expires),
		"data_access_expires_at": unix(st.data),
		"scopes":                 slices.Clone(st.scopes),
		"granular_scopes":        st.granularScopes(),
	}
	if st.tokenExpired(now) {
		m["is_valid"] = false
		m["error"] = map[string]any{
			"code": 190, "subcode": 463, "message": "Error validating access token: Session has expired.",
		}
	}
	return m
}

// describeApp describes the token of the app, which never expires.
func (st *store) describeApp() map[string]any {
	return map[string]any{
		"app_id": st.app.ID, "application": st.app.Name, "type": "APP", "is_valid": true, "scopes": []any{},
		"expires_at": 0, "data_access_expires_at": 0,
	}
}

// granularScopes lists the accounts for every permission about them.
func (st *store) granularScopes() []any {
	var accounts []*account
	for _, a := range st.accounts {
		if !a.forbidden {
			accounts = append(accounts, a)
		}
	}
	slices.SortFunc(accounts, func(a, b *account) int { return cmp.Compare(a.seq, b.seq) })
	targets := []any{}
	for _, a := range accounts {
		targets = append(targets, a.ID)
	}
	granular := []any{}
	for _, scope := range st.scopes {
		m := map[string]any{"scope": scope}
		if scope == scopeManagement || scope == scopeMessaging {
			m["target_ids"] = targets
		}
		granular = append(granular, m)
	}
	return granular
}

// unix returns t in seconds, and 0 for never.
func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
