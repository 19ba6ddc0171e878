// Package api holds what the clients of WhatsApp's HTTP interfaces have in common:
// how a failed call is told ([Error]), and how a call is made ([Transport]).
//
// A call goes through these links, each in a file of its own:
//
//	gate.go       wait while the API throttles us, slow down when the allowance runs out
//	attempt.go    send once, find out whether anything was sent, read the whole answer
//	error.go      what went wrong, sorted by what the caller can do about it
//	retry.go      repeat, if the policy of the call and the error allow it
//	redact.go     take every secret out of whatever is kept of an answer
//	log.go        tell what was done, without bodies and without queries
//
// The loop around them is go-retryablehttp's. Its own policy is not used: it repeats
// writes, and obeys any Retry-After.
//
// Begin with [Transport.Do]. What the package does not do: it knows no endpoint, no
// error code and no credential; those belong to the client of the interface, such as
// package graph.
package api
