package wa

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// PIN says what is wrong with a two-step verification PIN, or nil. It must be exactly
// six of the digits 0 to 9. The error never holds the value.
func PIN(s string) error {
	if len(s) == 6 && digits(s) {
		return nil
	}
	if digits(s) && len(s) < 6 {
		return errors.New("the PIN must have exactly six digits, and this one has fewer. " +
			`Write it in quotation marks, like "012345": as a number it loses its leading zeros`)
	}
	return errors.New("the PIN must be exactly six digits from 0 to 9, with nothing before, between or after them, " +
		`in quotation marks so that leading zeros are kept, like "012345"`)
}

// Code says what is wrong with a code that was sent to a phone number, or nil. It has six
// digits; the hyphen with which it arrives is not a part of it. The error never holds the
// value.
func Code(s string) error {
	switch {
	case len(s) == 6 && digits(s):
		return nil
	case strings.ContainsAny(s, "- ") && len(onlyDigits(s)) == 6:
		return errors.New("the code must be written without the hyphen or blank in its middle: six digits in a row, in quotation marks")
	}
	return errors.New("the code must be exactly six digits from 0 to 9, with nothing before, between or after them, " +
		"in quotation marks so that leading zeros are kept")
}

// Token says what is wrong with an access token, or nil. It must not be empty and must
// have no blanks or control characters, which are what remains of copying it carelessly.
// The error never holds the value.
func Token(s string) error {
	switch {
	case s == "":
		return errors.New("the access token is empty")
	case strings.ContainsFunc(s, unicode.IsSpace):
		return errors.New("the access token has a blank or a line break in it: copy it again, without what is around it")
	case !utf8.ValidString(s), strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }):
		return errors.New("the access token has a control character in it: copy it again")
	}
	return nil
}
