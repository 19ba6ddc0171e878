package sim

import (
	"bytes"
	_ "embed"
)

//go:embed example_world.json
var exampleWorld []byte

// ExampleWorld returns a world to try things out in: two accounts with seven numbers in
// different states.
func ExampleWorld() World {
	w, err := Load(bytes.NewReader(exampleWorld))
	if err != nil {
		panic(err) // a test loads it
	}
	return w
}
