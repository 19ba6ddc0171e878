package wa

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// maxNumber is how many digits a phone number has at most, its country code included.
	maxNumber = 15
	// minNational is how many it has at least without it.
	minNational = 4
	// maxElsewhere is how long a number can be in a country that longest does not have.
	maxElsewhere = 11

	minName = 2  // characters of a display name
	maxName = 75 // characters of a display name
)

// longest is how many digits a number has at most in its country, by country code, for
// some with many numbers. It serves to tell a country code that is written twice from a
// number that happens to begin with the same digits, as +91 91… may, and for nothing else.
var longest = map[string]int{
	"1": 10, "7": 10, "27": 9, "31": 9, "32": 9, "33": 9, "34": 9, "41": 9, "44": 10, "45": 8, "46": 9, "47": 8,
	"48": 9, "51": 9, "52": 10, "56": 9, "57": 10, "61": 9, "65": 8, "66": 9, "90": 10, "91": 10, "92": 10,
	"351": 9, "353": 9, "966": 9, "971": 9, "972": 9,
}

// CountryCode says what is wrong with the country code of a phone number, or nil. It is
// the dial code: one to three digits, without the plus.
func CountryCode(s string) error {
	switch {
	case s == "":
		return errors.New(`the country code is empty. Write the dial code, such as "1" or "49"`)
	case strings.HasPrefix(s, "+") && digits(s[1:]), strings.HasPrefix(s, "00") && digits(s):
		return fmt.Errorf("%s has a prefix for calls abroad. Write the digits of the dial code alone, such as %q", quote(s), "49")
	case !digits(s) || len(s) > 3:
		return fmt.Errorf("%s is not a country code. Write the dial code of one to three digits, such as %q, and not the name of the country",
			quote(s), "49")
	case s[0] == '0':
		return fmt.Errorf("%s is not a country code: none begins with 0", quote(s))
	}
	return nil
}

// NationalNumber says what is wrong with a phone number as it is written within its
// country, or nil. Blanks, hyphens, dots and parentheses are allowed.
func NationalNumber(s string) error {
	d := onlyDigits(s)
	switch {
	case d == "":
		return fmt.Errorf("%s is not a phone number: it has no digit", quote(s))
	case strings.HasPrefix(strings.TrimSpace(s), "+"), strings.HasPrefix(d, "00"):
		return fmt.Errorf("%s is written for calls from abroad. The country code has an argument of its own: "+
			"write the number without it, such as %q", quote(s), "555 010 0123")
	case strings.Trim(s, "0123456789-(). \u00a0") != "":
		return fmt.Errorf("%s is not a phone number: only digits, blanks, hyphens, dots and parentheses may be in it", quote(s))
	case len(d) < minNational:
		return fmt.Errorf("%s is too short for a phone number, which has at least %d digits", quote(s), minNational)
	case len(d) >= maxNumber:
		return fmt.Errorf("%s is too long for a phone number, which has at most %d digits together with its country code",
			quote(s), maxNumber)
	}
	return nil
}

// Number says what is wrong with a country code and a national number together, or nil:
// each alone, the length of both, and a country code that is written in both.
func Number(country, national string) error {
	if err := CountryCode(country); err != nil {
		return err
	}
	if err := NationalNumber(national); err != nil {
		return err
	}
	d := onlyDigits(national)
	most, known := longest[country]
	if !known {
		most = maxElsewhere
	}
	switch {
	case strings.HasPrefix(d, country) && len(d) > most:
		return fmt.Errorf("the country code %s is in the phone number %s once more. Write the number without it: %q",
			country, quote(national), d[len(country):])
	case len(country)+len(d) > maxNumber:
		return fmt.Errorf("the phone number %s is too long: together with the country code %s it has %d digits, and the most are %d",
			quote(national), country, len(country)+len(d), maxNumber)
	}
	return nil
}

// Digits returns the digits of a phone number, however it is written.
func Digits(s string) string { return onlyDigits(s) }

// DisplayName says what is wrong with the form of a display name, or nil. Whether the
// name is one that Meta approves is for its review to say.
func DisplayName(s string) error {
	n := utf8.RuneCountInString(s)
	switch {
	case !utf8.ValidString(s), strings.ContainsFunc(s, unicode.IsControl):
		return errors.New("the display name has a control character or a line break in it")
	case strings.TrimSpace(s) != s:
		return fmt.Errorf("the display name %s has blanks before or after it. Remove them", quote(s))
	case n < minName || n > maxName:
		return fmt.Errorf("the display name %s has %d characters. It must have %d to %d", quote(s), n, minName, maxName)
	}
	return nil
}

// Language says what is wrong with the form of a language, or nil. It is a language and a
// country, as in "en_US"; whether Meta has it is for the API to say.
func Language(s string) error {
	lang, country, ok := strings.Cut(s, "_")
	if ok && len(lang) == 2 && len(country) == 2 && strings.Trim(lang, letters) == "" &&
		strings.Trim(country, strings.ToUpper(letters)) == "" {
		return nil
	}
	return fmt.Errorf("%s is not a language as the API wants it: two small letters for the language, an underscore and "+
		"two capital letters for the country, such as %q", quote(s), "en_US")
}

const letters = "abcdefghijklmnopqrstuvwxyz"
