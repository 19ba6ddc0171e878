package api

import "context"

// Level says how important a log line is.
type Level int

// The levels, least important first.
const (
	Trace Level = iota // every attempt, before it is made
	Debug              // every answer
	Info               // a call is repeated
	Warn               // all calls wait
)

// Logger takes one log line. The fields hold strings, numbers and durations in
// milliseconds; they never hold a body, a query or a secret.
type Logger func(ctx context.Context, level Level, msg string, fields map[string]any)

// log writes a line of this call. Texts pass through the redactor once more, because a
// path or a trace id comes from outside.
func (c *exchange) log(ctx context.Context, level Level, msg string, fields map[string]any) {
	if c.t.Log == nil {
		return
	}
	fields["call"] = c.req.Call
	for k, v := range fields {
		if s, ok := v.(string); ok {
			fields[k] = shorten(c.redactor.clean(s), maxText)
		}
	}
	c.t.Log(ctx, level, msg, fields)
}
