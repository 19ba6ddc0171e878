package sim

import (
	"crypto/rand"
	"fmt"
	"math"
	"math/big"
	"net/http"
	"regexp"
	"slices"
	"time"
)

// How long a code is valid is documented; how many wrong ones end it, and over which
// time codes are counted, is ours.
// source: business-phone-numbers/phone-numbers
const (
	codeTime        = 10 * time.Minute
	codeWindow      = time.Hour
	codeTriesAtMost = 5
)

var (
	codeDigits   = regexp.MustCompile(`^[0-9]{6}$`)
	codeMethods  = regexp.MustCompile(`^(SMS|VOICE)$`)
	codeLanguage = regexp.MustCompile(`^[a-z]{2}_[A-Z]{2}$`)
)

// SentCode is a one-time code as it reached the owner of a number.
type SentCode struct {
	// Code is six digits. The first is 0, which those who take it for a number lose.
	Code string
	// Method is SMS or VOICE, and Language such as en_US.
	Method, Language string
	// NumberID and PhoneNumber say where it was sent.
	NumberID, PhoneNumber string
	// Time is when, by the Server's clock.
	Time time.Time
}

// SentCode returns the last one-time code that was sent to a number, "" for none. It
// may have expired, or be used up.
func (s *Server) SentCode(numberID string) string {
	sent := s.SentCodes(numberID)
	if len(sent) == 0 {
		return ""
	}
	return sent[len(sent)-1].Code
}

// SentCodes returns all one-time codes that were sent to a number, in order.
func (s *Server) SentCodes(numberID string) []SentCode {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.store.existing(numberID)
	if e == nil {
		return nil
	}
	return slices.Clone(e.codes.sent)
}

// codes are the one-time codes of a number. Only the last can be valid.
type codes struct {
	sent  []SentCode
	wrong int  // codes given for the last one that were not it
	spent bool // the last one is used up
}

// wait returns how long no code is sent any more, 0 when one may be.
func (c *codes) wait(now time.Time, limit int) time.Duration {
	recent := 0
	var first time.Time
	for _, sent := range c.sent {
		if left := sent.Time.Add(codeWindow); now.Before(left) {
			if recent++; recent == 1 {
				first = left
			}
		}
	}
	if recent < limit {
		return 0
	}
	return max(first.Sub(now), time.Second)
}

// requestCode sends a one-time code to a number whose ownership is not verified. A
// new code takes the place of the one before. Sources disagree about language; the
// form with a country is Meta's pattern.
//
// source: business-phone-numbers/phone-numbers
func requestCode(s *Server, req *request) (any, *graphError) {
	e, gerr := s.lookup(req)
	if gerr != nil {
		return nil, gerr
	}
	p, gerr := req.paramsFrom([]string{"code_method", "language"})
	if gerr != nil {
		return nil, gerr
	}
	method, gerr := p.matching("code_method", codeMethods, "one of {SMS, VOICE}")
	if gerr != nil {
		return nil, gerr
	}
	language, gerr := p.matching("language", codeLanguage, "a language and a country, such as en_US")
	if gerr != nil {
		return nil, gerr
	}
	if e.CodeVerificationStatus == verified {
		return nil, errVerified()
	}
	now := s.options.now()
	if wait := e.codes.wait(now, s.options.codeLimit); wait > 0 {
		return nil, errManyCodes(wait)
	}
	s.sendCode(e, SentCode{
		Code: newCode(), Method: method, Language: language, NumberID: e.ID, PhoneNumber: e.DisplayPhoneNumber, Time: now,
	})
	req.effective = true
	return done{}, nil
}

func (s *Server) sendCode(e *entry, c SentCode) {
	e.codes.sent = append(e.codes.sent, c)
	e.codes.wrong, e.codes.spent = 0, false
	if s.options.phone != nil {
		s.options.phone(c)
	}
}

// newCode makes up a code.
func newCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(100000))
	if err != nil {
		panic("sim: " + err.Error()) // never fails
	}
	return fmt.Sprintf("0%05d", n)
}

func errVerified() *graphError {
	return cloudError(http.StatusBadRequest, 136024, "Phone number already verified",
		"The ownership of the phone number is verified already.")
}

func errManyCodes(wait time.Duration) *graphError {
	text := fmt.Sprintf("Too many codes were requested for the phone number. Wait %d minutes before you request another.",
		int(math.Ceil(wait.Minutes())))
	e := invalid(text)
	e.subcode, e.userTitle, e.userMessage = 2388091, "Cannot send another code", text
	return e
}

// verifyCode takes the code that was sent, once, and so proves the ownership.
//
// source: business-phone-numbers/phone-numbers
func verifyCode(s *Server, req *request) (any, *graphError) {
	e, gerr := s.lookup(req)
	if gerr != nil {
		return nil, gerr
	}
	p, gerr := req.paramsFrom([]string{"code"})
	if gerr != nil {
		return nil, gerr
	}
	code, gerr := p.matching("code", codeDigits, "six digits without a hyphen")
	if gerr != nil {
		return nil, gerr
	}
	if e.CodeVerificationStatus == verified {
		return nil, errVerified()
	}
	if gerr := e.codes.check(code, s.options.now()); gerr != nil {
		return nil, gerr
	}
	e.CodeVerificationStatus = verified
	e.codes.spent = true
	e.showAtOnce()
	req.effective = true
	return done{}, nil
}

// check compares a code with the one that is valid now. That all refusals have the
// code 100, and their texts, is inferred.
func (c *codes) check(code string, now time.Time) *graphError {
	if len(c.sent) == 0 {
		return errCode("No code was requested for the phone number.")
	}
	last := c.sent[len(c.sent)-1]
	switch {
	case c.spent:
		return errCode("The code was used already. Request a new one.")
	case !now.Before(last.Time.Add(codeTime)):
		return errCode("The code has expired. Request a new one.")
	case c.wrong >= codeTriesAtMost:
		return errCode("There were too many wrong codes. Request a new one.")
	case code != last.Code:
		c.wrong++
		return errCode("The code is not the one that was sent.")
	}
	return nil
}

func errCode(text string) *graphError {
	e := invalid(text)
	e.userTitle, e.userMessage = "Verification code not accepted", text
	return e
}
