package sim

import "slices"

// Review decides about the display name of a number that is under review: the new
// one if there is one, or else the one in force. Its status becomes outcome, such as
// "APPROVED" or "DECLINED". An approved new name still waits for the next
// registration. Review reports whether there was a name to decide about.
func (s *Server) Review(id, outcome string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.review()
	e := s.store.existing(id)
	return e != nil && e.decide(outcome)
}

// decide ends the review of a name, if there is one.
func (n *Number) decide(outcome string) bool {
	switch reviewPending {
	case n.NewNameStatus:
		n.NewNameStatus = outcome
	case n.NameStatus:
		n.NameStatus = outcome
	default:
		return false
	}
	return true
}

// inReview reports whether a name of the number is under review.
func (n *Number) inReview() bool {
	return n.NewNameStatus == reviewPending || n.NameStatus == reviewPending
}

// submit leaves a name that is under review to the clock, if the clock decides about
// names.
func (s *Server) submit(e *entry) {
	if s.options.reviewTime == 0 || !e.inReview() || slices.Contains(s.store.reviews, e) {
		return
	}
	e.reviewed = s.options.now().Add(s.options.reviewTime)
	s.store.reviews = append(s.store.reviews, e)
}

// review ends the reviews whose time has come.
func (s *Server) review() {
	if len(s.store.reviews) == 0 {
		return
	}
	now := s.options.now()
	s.store.reviews = slices.DeleteFunc(s.store.reviews, func(e *entry) bool {
		if now.Before(e.reviewed) && e.inReview() {
			return false
		}
		if !now.Before(e.reviewed) {
			e.decide(s.options.reviewResult)
		}
		return true
	})
}
