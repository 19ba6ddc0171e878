package sim

import "strings"

const (
	accountID = "{business-account-id}"
	numberID  = "{phone-number-id}"
)

// find gives the request its route, if there is one.
func (s *Server) find(req *request) {
	for i, r := range s.routes {
		if r.method == req.call.Method && s.fits(r, req.path) {
			req.route = &s.routes[i]
			req.call.Route = r.String()
			return
		}
	}
}

// fits reports whether a route serves a path. An id that nobody has is taken for
// that of a number, unless the route says otherwise.
func (s *Server) fits(r route, path []string) bool {
	pattern := strings.Split(r.path[1:], "/")
	if len(pattern) != len(path) {
		return false
	}
	for i, name := range pattern {
		word, _, isID := strings.Cut(name, "{")
		switch {
		case name == accountID && len(pattern) == 1:
			if !s.isAccount(path[i]) {
				return false
			}
		case !isID && name != path[i], isID && !strings.HasPrefix(path[i], word):
			return false
		}
	}
	return true
}

func (s *Server) isAccount(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.store.accounts[id] != nil
}

// reject refuses a request that has no route. A path that another method serves is
// an unsupported request of an object; any other is unknown.
func (s *Server) reject(req *request) *graphError {
	if req.version > newestVersion {
		return errUnknownPath(append([]string{req.call.Version}, req.path...))
	}
	if req.route != nil {
		return nil
	}
	for _, r := range s.routes {
		if s.fits(r, req.path) {
			return errNoObject(req.call.Method, req.id())
		}
	}
	return errUnknownPath(req.path)
}
