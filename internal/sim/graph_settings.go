package sim

import "net/http"

// Values of storage_configuration.status.
const (
	storageDefault = "DEFAULT"
	storageOn      = "IN_COUNTRY_STORAGE_ENABLED"
	storageOff     = "IN_COUNTRY_STORAGE_DISABLED"
	storageNone    = "NO_STORAGE_ENABLED"
)

// getSettings shows a number's settings, of which only storage_configuration is
// modelled.
//
// source: local-storage
func getSettings(s *Server, req *request) (any, *graphError) {
	e, gerr := s.lookup(req)
	if gerr != nil {
		return nil, gerr
	}
	storage := map[string]any{"status": storageDefault}
	if e.Region != "" {
		storage = map[string]any{"status": storageOn, "data_localization_region": e.Region}
	}
	return map[string]any{"storage_configuration": storage}, nil
}

// setSettings changes one feature of a number. Where messages are stored can only
// be changed while the number is unregistered, which one on On-Premises is taken
// to be.
//
// source: local-storage, no-storage
func setSettings(s *Server, req *request) (any, *graphError) {
	e, gerr := s.lookup(req)
	if gerr != nil {
		return nil, gerr
	}
	features := []string{"calling", "user_identity_change", "payload_encryption"}
	p, gerr := req.params(append(features, "storage_configuration")...)
	if gerr != nil {
		return nil, gerr
	}
	for _, k := range features {
		if _, asked := p[k]; asked {
			return nil, notModelled("setting " + k)
		}
	}
	region, gerr := storage(p)
	if gerr != nil {
		return nil, gerr
	}
	if e.live() {
		return nil, cloudError(http.StatusBadRequest, 100, "Invalid parameter",
			"Local storage can only be changed while the phone number is not registered.")
	}
	req.effective = e.Region != region
	e.Region = region
	return done{}, nil
}

// storage returns the region that storage_configuration asks for, "" for none.
func storage(p params) (region string, gerr *graphError) {
	o, gerr := p.object("storage_configuration")
	if gerr != nil {
		return "", gerr
	}
	if o == nil {
		return "", invalid("The parameter storage_configuration is required.")
	}
	if gerr := o.only([]string{"status", "data_localization_region", "retention_minutes"}); gerr != nil {
		return "", gerr
	}
	status, gerr := o.text("status")
	if gerr != nil {
		return "", gerr
	}
	if region, gerr = o.text("data_localization_region"); gerr != nil {
		return "", gerr
	}
	return storageRegion(status, region)
}

func storageRegion(status, region string) (string, *graphError) {
	switch status {
	case storageOn:
		if !regions[region] {
			return "", invalid("Param data_localization_region must be a country that offers local storage.")
		}
		return region, nil
	case storageOff:
		return "", nil
	case storageNone:
		return "", notModelled("storage that keeps nothing")
	}
	return "", invalid("Param storage_configuration[status] must be one of {" + storageOn + ", " + storageOff + "}.")
}
