package graph

import (
	"context"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// inCountry is the status of a number whose data at rest stays in one region.
const inCountry = "IN_COUNTRY_STORAGE_ENABLED"

// storage is where a number's message data is kept.
type storage struct {
	Status string `json:"status"` // inCountry; others for the default and for no storage
	Region string `json:"data_localization_region,omitempty"`
}

// StorageRegion returns the region in which a number's message data is kept at rest, as
// a country code such as "DE", or "" if no region was chosen.
//
// Errors: NotFound, Denied, Expired, Throttled, Unavailable.
//
// operation: GET /{phone-number-id}/settings
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/local-storage
func (s *Phones) StorageRegion(ctx context.Context, id PhoneID) (string, error) {
	type settings struct {
		confirmation
		Storage *storage `json:"storage_configuration"`
	}
	r := request{path: "/{phone-number-id}/settings", ids: []string{string(id)}}
	// A number without any setting of its own answers with an empty object.
	out, err := get(ctx, s.client, r, func(s *settings) bool { return !s.refused() })
	if err != nil {
		return "", err
	}
	// One of Meta's own files writes the status in small letters.
	if out.Storage == nil || !strings.EqualFold(out.Storage.Status, inCountry) {
		return "", nil
	}
	return out.Storage.Region, nil
}

// SetStorageRegion keeps a number's message data at rest in a region, given as a country
// code such as "DE". The API allows it only while the number is not registered, and
// deregistering switches it off.
//
// Errors: Invalid (no such region, or the number is registered), NotFound, Denied,
// Expired, Throttled, Unavailable.
//
// operation: POST /{phone-number-id}/settings
// source: https://developers.facebook.com/documentation/business-messaging/whatsapp/local-storage
func (s *Phones) SetStorageRegion(ctx context.Context, id PhoneID, region string) error {
	body := struct {
		Storage storage `json:"storage_configuration"`
	}{storage{Status: inCountry, Region: region}}
	return s.write(ctx, id, request{path: "/{phone-number-id}/settings", body: encode(body), policy: api.Safe})
}
