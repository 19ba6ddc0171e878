package sim

import (
	"net/http"
	"net/url"
	"time"
)

// Option changes how a Server behaves. The defaults are unkind where the real API
// may be unkind: pages are two entries long, and a number just registered is
// pending when it is first looked at.
type Option func(*Server)

// options are the knobs of a Server.
type options struct {
	pageSize     int
	registerTime time.Duration
	polls        int
	staleReads   int
	emptyPages   bool
	success      any
	pinPace      time.Duration
	reviewTime   time.Duration // 0 for reviews that last until somebody decides
	reviewResult string
	codeLimit    int
	phone        func(SentCode)
	callback     callbackOptions
	allowance    [2]int // calls in an hour, without and with a registered number; 0 for any number
	now          func() time.Time
	log          func(Call)
	front        func(*Server) http.Handler // nil for the Server itself

	// Of On-Premises.
	refused      bool
	emptySuccess *string // nil for all forms in turn
	dateLayout   string
	backupSize   int
}

// defaults are the knobs of a Server made without options.
func defaults() options {
	return options{
		pageSize: 2, polls: 1, success: true, codeLimit: 5, now: time.Now,
		callback:   callbackOptions{timeout: 5 * time.Second, hosts: map[string]*url.URL{}},
		dateLayout: dateSpaced, backupSize: -1,
	}
}

// WithPageSize sets the size of a page at most, whatever limit a request asks for;
// a smaller limit wins. The default is 2.
func WithPageSize(n int) Option {
	return func(s *Server) { s.options.pageSize = max(n, 1) }
}

// WithEmptyPages puts an empty page with a successor in front of every listing, as
// Graph may do at any place of one.
// source: https://developers.facebook.com/docs/graph-api/results
func WithEmptyPages() Option {
	return func(s *Server) { s.options.emptyPages = true }
}

// WithRegisterTime sets the real time that a well-formed register call takes; its
// effect shows at the end of it. A migration may take 15 seconds. The default is
// none.
func WithRegisterTime(d time.Duration) Option {
	return func(s *Server) { s.options.registerTime = d }
}

// WithPolls sets how many reads of a number that was just registered still show it
// as PENDING on the Cloud API; a listing counts as a read of every number on its
// page. The default is 1.
func WithPolls(n int) Option {
	return func(s *Server) { s.options.polls = n }
}

// WithStaleReads sets how many reads after an accepted registration still show the
// number as it was before; those of [WithPolls] follow. The default is 0.
func WithStaleReads(n int) Option {
	return func(s *Server) { s.options.staleReads = n }
}

// WithStringSuccess answers {"success":"true"} instead of {"success":true}. Meta's
// reference of the register call shows both.
func WithStringSuccess() Option {
	return func(s *Server) { s.options.success = "true" }
}

// WithPINPace refuses a PIN with 133009 when the wrong one before it came less than
// d ago. The default is 0, which refuses none, because Meta does not publish how
// fast is too fast.
func WithPINPace(d time.Duration) Option {
	return func(s *Server) { s.options.pinPace = d }
}

// WithReviews lets the clock decide about display names: d after one was submitted,
// or after the start for one that a world holds under review, its status becomes
// outcome, such as "APPROVED" or "DECLINED". By default a review lasts until
// [Server.Review] ends it. WithReviews panics for a time that is none.
func WithReviews(d time.Duration, outcome string) Option {
	if d <= 0 || outcome == "" {
		panic("sim: a review takes time and has an outcome")
	}
	return func(s *Server) { s.options.reviewTime, s.options.reviewResult = d, outcome }
}

// WithCodeLimit sets how many one-time codes a number can be sent in an hour; the
// default is 5. Meta has such a limit and does not publish it.
func WithCodeLimit(n int) Option {
	return func(s *Server) { s.options.codeLimit = n }
}

// WithAllowance lets an account have so many calls in an hour, and so many once it has
// a registered number. Meta's figures are 200 and 5000. The default has no end.
func WithAllowance(calls, withNumber int) Option {
	return func(s *Server) { s.options.allowance = [2]int{calls, withNumber} }
}

// WithPhone hands every one-time code to f when it is sent, as the phone of the
// number's owner would receive it. f must not call the Server.
func WithPhone(f func(SentCode)) Option {
	return func(s *Server) { s.options.phone = f }
}

// WithClock lets c decide about windows, locks and expiry instead of real time.
func WithClock(c *Clock) Option {
	return func(s *Server) { s.options.now = c.Now }
}

// WithLog hands every call to f as soon as its answer is decided, one at a time
// and in the order of the answers. f must not call the Server.
func WithLog(f func(Call)) Option {
	return func(s *Server) { s.options.log = f }
}

// WithFront puts a handler between the port of [Server.Start] and the Server, which
// it is made for. It hands on to the Server what it does not answer itself, and what
// it does answer is no call of the API: it is in no ledger, and no fault hits it.
func WithFront(front func(*Server) http.Handler) Option {
	return func(s *Server) { s.options.front = front }
}
