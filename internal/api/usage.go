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

// counted is what a figure counts: a kind of call, of the account or business with an id,
// or of the app when the id is "".
type counted struct{ id, kind string }

// usage returns the figures of an answer's headers, in percent, by what they count. A
// header that cannot be read says nothing.
func usage(h http.Header) map[counted]float64 {
	out := map[counted]float64{}
	var app load
	if v := h.Get("X-App-Usage"); v != "" && json.Unmarshal([]byte(v), &app) == nil {
		out[counted{"", "app"}] = app.percent()
	}
	for what, l := range accountLoads(h) {
		out[what] = l.percent()
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

// accountLoads returns the objects of X-Business-Use-Case-Usage, by what is counted.
func accountLoads(h http.Header) map[counted]load {
	var header map[string][]load
	v := h.Get("X-Business-Use-Case-Usage")
	if v == "" || json.Unmarshal([]byte(v), &header) != nil {
		return nil
	}
	out := map[counted]load{}
	for id, loads := range header {
		for _, l := range loads {
			if len(out) == maxFigures {
				return out
			}
			out[counted{id, l.Type}] = l.and(out[counted{id, l.Type}])
		}
	}
	return out
}

// and returns the higher figures of two objects about the same.
func (l load) and(other load) load {
	l.CallCount = max(l.CallCount, other.CallCount)
	l.TotalCPUTime = max(l.TotalCPUTime, other.TotalCPUTime)
	l.TotalTime = max(l.TotalTime, other.TotalTime)
	l.Regain = max(l.Regain, other.Regain)
	return l
}
