package wa

import (
	"strings"
	"testing"
)

// rule is one check with what it accepts, and with what it refuses and says of it.
type rule struct {
	check  func(string) error
	ok     []string
	refuse map[string]string
}

func (r rule) test(t *testing.T) {
	t.Helper()
	for _, s := range r.ok {
		if err := r.check(s); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	}
	for s, want := range r.refuse {
		if err := r.check(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", s, err, want)
		}
	}
}

func TestCountryCode(t *testing.T) {
	rule{CountryCode, []string{"1", "49", "972", "7"}, map[string]string{
		"": "empty", "+1": "calls abroad", "+49": "calls abroad", "0049": "calls abroad", "US": "name of the country",
		"4949": "one to three digits", "1 ": "one to three digits", "٤٩": "one to three digits", "049": "none begins with 0",
		"0": "none begins with 0", "+": "one to three digits",
	}}.test(t)
}

func TestNationalNumber(t *testing.T) {
	rule{NationalNumber, []string{"5550100123", "555 010 0123", "(555) 010-0123", "555.010.0123", "0555 0100", "1234", strings.Repeat("1", 14)}, map[string]string{
		"": "no digit", "-": "no digit", "+1 555 010 0123": "from abroad", " +15550100123": "from abroad", "001 555 010 0123": "from abroad",
		"555x0100": "only digits", "555 0100 ext. 1": "only digits", "555/0100": "only digits", "5550100\n": "only digits",
		"٥٥٥٠١٠٠": "no digit", "555": "too short", strings.Repeat("1", 15): "too long",
	}}.test(t)
}

func TestNumber(t *testing.T) {
	twice := func(without string) string { return `Write the number without it: "` + without + `"` }
	tests := []struct{ country, national, want string }{
		{"1", "5550100123", ""},
		{"1", "1 555 010 0123", twice("5550100123")},
		{"1", "+1 555 010 0123", "from abroad"},
		{"+1", "5550100123", "calls abroad"},
		{"44", "44 7700 900123", twice("7700900123")},
		{"44", "4470090012", ""}, // an area that begins like the country
		{"34", "34612345678", twice("612345678")},
		{"91", "9198765432", ""},
		{"91", "91 98765 43210", twice("9876543210")},
		{"49", "49 1512 3456789", twice("15123456789")},
		{"49", "4921 123456", ""},
		{"55", "5511987654321", twice("11987654321")},
		{"55", "55 98765-4321", ""}, // area 55
		{"39", "390612345678", twice("0612345678")},
		{"225", "0707123456", ""}, // numbers that begin with 0
		{"43", "66412345678901", "16 digits"},
		{"43", "6641234567890", ""},
		{"", "5550100123", "empty"},
	}
	for _, tt := range tests {
		err := Number(tt.country, tt.national)
		if (tt.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("+%s %s: got %v, want %q", tt.country, tt.national, err, tt.want)
		}
	}
}

func TestLongest(t *testing.T) {
	for country, most := range longest {
		if CountryCode(country) != nil || most < 7 || len(country)+most > maxNumber {
			t.Errorf("%s: %d", country, most)
		}
	}
}

func TestDisplayName(t *testing.T) {
	rule{DisplayName, []string{"AB", "Lucky Shrub", "ラッキー", strings.Repeat("é", 75)}, map[string]string{
		"": "0 characters", "A": "1 characters", "é": "1 characters", strings.Repeat("é", 76): "76 characters",
		" Lucky": "blanks before", "Lucky ": "blanks before", "\u00a0Lucky": "blanks before", "Lucky\nShrub": "line break", "Lucky\xff": "control",
	}}.test(t)
}

func TestCode(t *testing.T) {
	rule{Code, []string{"012345", "999999"}, map[string]string{
		"": "six digits", "12345": "six digits", "1234567": "six digits", "12345a": "six digits", "123-456": "without the hyphen",
		"123 456": "without the hyphen", "-123456": "without the hyphen", "٠١٢٣٤٥": "six digits", "123456\n": "six digits",
	}}.test(t)
	for _, bad := range []string{"735-119", "73511", "7351190", "735119x"} {
		if text := Code(bad).Error(); strings.Contains(text, "735") {
			t.Errorf("%s", text)
		}
	}
}

func TestLanguage(t *testing.T) {
	rule{Language, []string{"en_US", "de_DE", "zh_CN"}, map[string]string{
		"": "en_US", "en": "en_US", "en-US": "en_US", "en_us": "en_US", "EN_US": "en_US", "en_USA": "en_US", "e_US": "en_US",
		"en_US ": "en_US", "én_US": "en_US", "en_ÄÖ": "en_US", "en_US_x": "en_US",
	}}.test(t)
}

// Whatever is accepted makes a number that can be dialled.
func FuzzNumber(f *testing.F) {
	for _, s := range [][2]string{{"1", "5550100123"}, {"1", "1 555 010 0123"}, {"+49", "٣"}, {"44", "+44 7700"}, {"", "\xff"}, {"999", strings.Repeat("9", 30)}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, country, national string) {
		err := Number(country, national)
		if err != nil {
			if len(err.Error()) > 1000 {
				t.Errorf("the text is %d bytes", len(err.Error()))
			}
			return
		}
		all := country + Digits(national)
		if strings.Trim(all, "0123456789") != "" || len(all) < 5 || len(all) > 15 || all[0] == '0' {
			t.Errorf("%q and %q are accepted", country, national)
		}
	})
}

func FuzzDisplayName(f *testing.F) {
	for _, s := range []string{"AB", " A", "\xff\xff", strings.Repeat("é", 76), "A\u0000B"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n := len([]rune(s)); DisplayName(s) == nil && (n < 2 || n > 75 || strings.TrimSpace(s) != s || strings.Contains(s, "\n")) {
			t.Errorf("%q is accepted", s)
		}
	})
}

func FuzzCode(f *testing.F) {
	for _, s := range []string{"012345", "123-456", "٠١٢٣٤٥", "", "12345\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		err := Code(s)
		if (err == nil) != (len(s) == 6 && strings.Trim(s, "0123456789") == "") {
			t.Errorf("%q: %v", s, err)
		}
		if err != nil && len(s) > 3 && strings.ContainsAny(s, "0123456789") && strings.Contains(err.Error(), s) {
			t.Errorf("%q is told: %v", s, err)
		}
	})
}

func FuzzLanguage(f *testing.F) {
	for _, s := range []string{"en_US", "en", "_", "én_US", "en_US\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if Language(s) == nil && (len(s) != 5 || s[2] != '_' || strings.ToLower(s[:2]) != s[:2] || strings.ToUpper(s[3:]) != s[3:]) {
			t.Errorf("%q is accepted", s)
		}
	})
}
