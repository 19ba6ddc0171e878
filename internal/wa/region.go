package wa

import (
	"fmt"
	"slices"
	"strings"
)

// regions are the places in which message data can be kept at rest. DE stands for the
// European Union.
//
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/registration
var regions = []string{"AE", "AU", "BH", "BR", "CA", "CH", "DE", "GB", "ID", "IN", "JP", "KR", "SG", "ZA"}

// Region says whether s is a region known to keep message data, and what is wrong with
// its form. A well-formed region that is not known is no error, because Meta adds some:
// the API decides.
func Region(s string) (known bool, err error) {
	if len(s) != 2 || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return false, fmt.Errorf("%s is not a region: write a country code of two capital letters, one of %s",
			quote(s), strings.Join(regions, ", "))
	}
	return slices.Contains(regions, s), nil
}

// Regions returns the regions known to keep message data, in alphabetical order.
func Regions() []string { return slices.Clone(regions) }
