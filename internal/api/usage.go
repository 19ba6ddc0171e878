package api

import (
	"encoding/json"
	"math"
	"net/http"
)

// maxRegain caps the minutes a server may ask us to wait: the allowances are counted
// over one hour, so a longer time is a mistake or malice.
const maxRegain = 60

// maxFigures is how many figures are taken from one answer; the API gives 32 at most.
const maxFigures = 64

// load is one object of a usage header. Its figures are percentages of an allowance.
type load struct {
	Type         string `json:"type"`
	CallCount    number `json:"call_count"`
	TotalCPUTime number `json:"total_cputime"`
	TotalTime    number `json:"total_time"`
	Regain       number `json:"estimated_time_to_regain_access"` // minutes
}

// percent returns the highest figure: any of the three at 100 throttles.
func (l load) percent() float64 {
	return float64(max(l.CallCount, l.TotalCPUTime, l.TotalTime))
}

// number is a figure that never makes a header unreadable: what is not a sensible
// number counts as 0.
type number float64

// UnmarshalJSON takes in a number, also one in quotes.
func (n *number) UnmarshalJSON(b []byte) error {
	var v json.Number
	*n = 0
	if json.Unmarshal(b, &v) == nil {
		if f, err := v.Float64(); err == nil && f > 0 && !math.IsInf(f, 0) {
			*n = number(f)
		}
	}
	return nil
}

// usage returns the figures of an answer's headers, in percent, by what they count. A
// header that cannot be read says nothing.
func usage(h http.Header) map[string]float64 {
	out := map[string]float64{}
	var app load
	if v := h.Get("X-App-Usage"); v != "" && json.Unmarshal([]byte(v), &app) == nil {
		out["app"] = app.percent()
	}
	for _, l := range accountLoads(h) {
		out[l.Type] = max(out[l.Type], l.percent())
	}
	return out
}

// regainMinutes returns after how many minutes the API expects to serve us again, or 0
// if it does not say.
func regainMinutes(h http.Header) int {
	var most number
	for _, l := range accountLoads(h) {
		most = max(most, l.Regain)
	}
	return int(math.Ceil(min(float64(most), maxRegain)))
}

// accountLoads returns the objects of X-Business-Use-Case-Usage, with the id of what is
// counted put before their type.
func accountLoads(h http.Header) []load {
	var header map[string][]load
	v := h.Get("X-Business-Use-Case-Usage")
	if v == "" || json.Unmarshal([]byte(v), &header) != nil {
		return nil
	}
	var out []load
	for id, loads := range header {
		for _, l := range loads {
			if len(out) == maxFigures {
				return out
			}
			l.Type = id + "/" + l.Type
			out = append(out, l)
		}
	}
	return out
}
