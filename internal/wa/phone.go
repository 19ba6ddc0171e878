// Package wa holds words of WhatsApp as plain Go: what a PIN, an id of a phone number, a
// region or a URL for webhooks looks like. Each check is a function that returns an error in words for the
// person who wrote the value. Nothing here talks to anybody, and nothing knows Terraform
// or an API; whether a well-formed value exists is for the API to say.
package wa

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	// maxID is the longest id that is accepted. The API's have 15 to 17 digits.
	maxID = 32
	// maxQuote is how much of a wrong value a message repeats, in characters.
	maxQuote = 40
)

// PhoneNumberID says what is wrong with the id of a phone number, or nil. Such an id is a
// string of digits that the API made up; it is not the phone number.
func PhoneNumberID(s string) error {
	const where = `The id is in WhatsApp Manager under "Phone numbers", ` +
		"or in the answer of GET /{business-account-id}/phone_numbers."
	switch {
	case s == "":
		return errors.New("the id of the phone number is empty. " + where)
	case looksDialled(s):
		return fmt.Errorf("%s is written like a phone number, such as +1 555 010 0123. "+
			"The API wants the id it has given to the number, which has digits only and is not derived from the number. %s",
			quote(s), where)
	case !digits(s):
		return fmt.Errorf("%s is not the id of a phone number, which has digits only. %s", quote(s), where)
	case len(s) > maxID:
		return fmt.Errorf("%s is too long for the id of a phone number, which has at most %d digits. %s",
			quote(s), maxID, where)
	}
	return nil
}

// AccountID says what is wrong with the id of a WhatsApp Business account, or nil.
func AccountID(s string) error {
	const where = `The id is in Business Settings under "WhatsApp accounts".`
	switch {
	case s == "":
		return errors.New("the id of the WhatsApp Business account is empty. " + where)
	case !digits(s):
		return fmt.Errorf("%s is not the id of a WhatsApp Business account, which has digits only. %s", quote(s), where)
	case len(s) > maxID:
		return fmt.Errorf("%s is too long for the id of a WhatsApp Business account, which has at most %d digits. %s",
			quote(s), maxID, where)
	}
	return nil
}

// BusinessID says what is wrong with the id of a business portfolio, or nil.
func BusinessID(s string) error {
	const where = `The id is in Business Settings under "Business info".`
	switch {
	case s == "":
		return errors.New("the id of the business portfolio is empty. " + where)
	case !digits(s):
		return fmt.Errorf("%s is not the id of a business portfolio, which has digits only. %s", quote(s), where)
	case len(s) > maxID:
		return fmt.Errorf("%s is too long for the id of a business portfolio, which has at most %d digits. %s", quote(s), maxID, where)
	}
	return nil
}

// SameDigits reports whether two ways to write a phone number have the same digits in the
// same order. Without any digit nothing is the same.
func SameDigits(a, b string) bool {
	d := onlyDigits(a)
	return d != "" && d == onlyDigits(b)
}

// onlyDigits returns the ASCII digits of s.
func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// looksDialled says whether s is made of what people put into phone numbers, and is more
// than digits.
func looksDialled(s string) bool {
	return onlyDigits(s) != "" && strings.ContainsAny(s, "+-() \u00a0") && strings.Trim(s, "0123456789+-()./ \u00a0") == ""
}

// digits says whether s has ASCII digits only, and at least one.
func digits(s string) bool { return s != "" && onlyDigits(s) == s }

// quote returns s in quotation marks, shortened.
func quote(s string) string {
	if utf8.RuneCountInString(s) > maxQuote {
		s = string([]rune(s)[:maxQuote-1]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
