package wa

import (
	"strings"
	"testing"
)

func TestPIN(t *testing.T) {
	for _, ok := range []string{"012345", "000000", "999999"} {
		if err := PIN(ok); err != nil {
			t.Errorf("%q: %v", ok, err)
		}
	}
	for _, bad := range []string{"", "7351", "73519", "7351190", "73511x", " 735119", "735119\n", "٧٣٥١١٩", "-73511", "7351.9"} {
		err := PIN(bad)
		if err == nil {
			t.Errorf("%q is accepted", bad)
			continue
		}
		if text := err.Error(); strings.Contains(text, "7351") || !strings.Contains(text, "quotation marks") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestBusinessID(t *testing.T) {
	if err := BusinessID("2729063490586005"); err != nil {
		t.Error(err)
	}
	for bad, want := range map[string]string{"": "empty", "Lucky Shrub": "digits only", strings.Repeat("9", 33): "at most 32"} {
		if err := BusinessID(bad); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "Business info") {
			t.Errorf("%q: got %v, want %q", bad, err, want)
		}
	}
}

func TestPhoneNumberID(t *testing.T) {
	for _, ok := range []string{"1", "106540352242922", strings.Repeat("9", 32)} {
		if err := PhoneNumberID(ok); err != nil {
			t.Errorf("%q: %v", ok, err)
		}
	}
	tests := map[string]string{
		"":                      "empty",
		"+1 555 010 0123":       "written like a phone number",
		"+15550100123":          "written like a phone number",
		"1-555-010-0123":        "written like a phone number",
		"(555) 0100123":         "written like a phone number",
		"555 0100123":           "written like a phone number",
		" 106540352242922":      "written like a phone number",
		"10654035224292x":       "digits only",
		"١٠٦":                   "digits only",
		"+":                     "digits only",
		strings.Repeat("9", 33): "at most 32",
	}
	for in, want := range tests {
		err := PhoneNumberID(in)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", in, err, want)
			continue
		}
		for _, where := range []string{"WhatsApp Manager", "GET /{business-account-id}/phone_numbers"} {
			if !strings.Contains(err.Error(), where) {
				t.Errorf("%q: %v does not say where the id is", in, err)
			}
		}
	}
	long := PhoneNumberID(strings.Repeat("é", 500)).Error()
	if strings.Count(long, "é") != 39 || !strings.Contains(long, "…") {
		t.Errorf("got %s", long)
	}
}

func TestAccountID(t *testing.T) {
	if err := AccountID("102290129340398"); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{"", "x", "+1", "1 2", strings.Repeat("1", 33)} {
		if err := AccountID(bad); err == nil || !strings.Contains(err.Error(), "WhatsApp Business account") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestToken(t *testing.T) {
	if err := Token("EAAG|marker-._~+/="); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{"", "EAAG marker", "EAAGmarker\n", "\tEAAGmarker", "EAAG\u00a0marker", "EAAG\x00marker", "EAAG\u200bmarker", "EAAG\xffmarker"} {
		if err := Token(bad); err == nil || strings.Contains(err.Error(), "marker") {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestRegion(t *testing.T) {
	known := strings.Fields("AE AU BH BR CA CH DE GB ID IN JP KR SG ZA")
	for _, s := range known {
		if ok, err := Region(s); !ok || err != nil {
			t.Errorf("%s: %v, %v", s, ok, err)
		}
	}
	if len(regions) != len(known) {
		t.Errorf("%d regions, want %d", len(regions), len(known))
	}
	if ok, err := Region("US"); ok || err != nil {
		t.Errorf("a region that is not known: %v, %v", ok, err)
	}
	for _, bad := range []string{"", "de", "D", "DEU", "D1", "ÄÖ", "D "} {
		if ok, err := Region(bad); ok || err == nil {
			t.Errorf("%q: %v, %v", bad, ok, err)
		}
	}
}

func TestSameDigits(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"+1 555-010-0123", "15550100123", true},
		{"+1 (555) 010 0123", "1.555.010.0123", true},
		{"15550100123", "15550100124", false},
		{"5550100123", "15550100123", false},
		{"", "", false},
		{"+", "-", false},
	}
	for _, tt := range tests {
		if SameDigits(tt.a, tt.b) != tt.want {
			t.Errorf("%q and %q: not %v", tt.a, tt.b, tt.want)
		}
	}
}

func FuzzPhoneNumberID(f *testing.F) {
	for _, s := range []string{"106540352242922", "+1 555 010 0123", "", "٣", "1\xff", strings.Repeat("x", 100)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		err := PhoneNumberID(s)
		if err == nil {
			if strings.Trim(s, "0123456789") != "" || s == "" || len(s) > 32 || !SameDigits(s, s) {
				t.Errorf("%q is accepted", s)
			}
			return
		}
		if len(err.Error()) > 1200 {
			t.Errorf("the text is %d bytes", len(err.Error()))
		}
		if PIN(s) == nil && s != "" {
			t.Errorf("six digits are refused: %v", err)
		}
	})
}
