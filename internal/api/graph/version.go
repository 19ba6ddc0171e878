package graph

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// DefaultVersion is the version of the API that the client speaks unless told otherwise.
const DefaultVersion = "v25.0"

// oldest is the first major version this client speaks: since v21.0 the region of the
// storage is a setting of the number, not a parameter of its registration.
const oldest = 21

// expiries says until when a version is served; later a call to it is answered by the
// oldest one that is. A version that is missing here was too new to have a date.
//
// source: https://developers.facebook.com/docs/graph-api/changelog
var expiries = map[string]time.Time{
	"v21.0": day(2027, time.January, 21),
	"v22.0": day(2027, time.May, 20),
	"v23.0": day(2027, time.October, 8),
	"v24.0": day(2028, time.February, 18),
	"v25.0": day(2028, time.July, 29),
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// CheckVersion says what is wrong with a version of the API, or nil. It must be written
// like "v25.0" and be v21.0 or newer; whether the API serves it is not checked.
func CheckVersion(v string) error {
	major, minor, ok := strings.Cut(strings.TrimPrefix(v, "v"), ".")
	if !ok || !strings.HasPrefix(v, "v") || !decimal(major) || !decimal(minor) {
		return fmt.Errorf("the version of the Graph API must be written like %s", DefaultVersion)
	}
	if n, err := strconv.Atoi(major); err != nil || n < oldest {
		return fmt.Errorf("the version of the Graph API must be v%d.0 or newer", oldest)
	}
	return nil
}

// decimal says whether s is a number as versions are written: short, without leading zeros.
func decimal(s string) bool {
	n, err := strconv.ParseUint(s, 10, 16)
	return err == nil && strconv.FormatUint(n, 10) == s
}

// VersionExpiry returns the day from which a version is no longer served, and false if
// that is not known, as of the newest one.
func VersionExpiry(v string) (time.Time, bool) {
	t, ok := expiries[v]
	return t, ok
}
