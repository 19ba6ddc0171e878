package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// bench is one measurement: of so many things, with an API as slow as that.
type bench struct {
	engine, dir string
	profile     profile
	n, runs     int
}

// sample is what one command cost.
type sample struct {
	seconds     float64 // wall
	cpu         float64 // of the provider, seconds, as far as seen
	peak        float64 // of a provider process, MiB
	calls       int
	kinds       map[string]int // of the calls
	connections int
	stateBytes  int // a thing
}

// row is a step, measured for us and for the smallest provider.
type row struct {
	n            int
	step         string
	us, smallest sample
}

var steps = [][]string{
	{"apply", "-auto-approve", "-input=false"},
	{"plan", "-input=false", "-detailed-exitcode"}, // which fails when there are changes
	{"destroy", "-auto-approve", "-input=false"},
}

// compare measures the subjects in turn, and returns the medians.
func compare(ctx context.Context, b bench, subjects []subject) ([]row, error) {
	samples := make([][][]sample, len(subjects)) // by subject, step and run
	for i := range samples {
		samples[i] = make([][]sample, len(steps))
	}
	for range b.runs {
		for i, s := range subjects {
			one, err := b.measure(ctx, s)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.name, err)
			}
			for step := range steps {
				samples[i][step] = append(samples[i][step], one[step])
			}
		}
	}
	var rows []row
	for step := range steps {
		rows = append(rows, row{b.n, steps[step][0], median(samples[0][step]), median(samples[1][step])})
	}
	return rows, nil
}

// measure takes one subject through all steps.
func (b bench) measure(ctx context.Context, s subject) ([]sample, error) {
	w, err := start(ctx, b.n, b.profile)
	if err != nil {
		return nil, err
	}
	defer w.stop()
	dir, err := os.MkdirTemp(b.dir, "run")
	if err != nil {
		return nil, err
	}
	files := map[string]string{"main.tf": s.config(b.n), "terraform.rc": fmt.Sprintf(`provider_installation {
  dev_overrides {
    "registry.terraform.io/whatsapp-terraform/%[1]s" = %[2]q
    "registry.opentofu.org/whatsapp-terraform/%[1]s" = %[2]q
  }
}
`, s.name, filepath.Dir(s.program))}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	var all []sample
	for _, args := range steps {
		one, err := b.step(ctx, s, w, dir, args)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// step runs one command.
func (b bench) step(ctx context.Context, s subject, w *world, dir string, args []string) (sample, error) {
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, b.engine, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &said, &said
	cmd.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1", "TF_LOG=", "TF_IN_AUTOMATION=1", "TF_CLI_CONFIG_FILE="+filepath.Join(dir, "terraform.rc"),
		"WHATSAPP_BASE_URL="+w.url, "WHATSAPP_ACCESS_TOKEN="+w.Token())
	w.connections.Store(0)
	watched, began := watch(s.program), time.Now()
	err := cmd.Run()
	one := sample{seconds: time.Since(began).Seconds()}
	one.peak, one.cpu = watched()
	if err != nil {
		return one, fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, said.String())
	}
	one.calls, one.kinds = w.calls()
	one.connections = int(w.connections.Load())
	if state, err := os.Stat(filepath.Join(dir, "terraform.tfstate")); err == nil {
		one.stateBytes = int(state.Size()) / b.n
	}
	return one, nil
}

// median returns the medians of times and memory; counts are those of the last run.
func median(samples []sample) sample {
	of := func(value func(sample) float64) float64 {
		var all []float64
		for _, s := range samples {
			all = append(all, value(s))
		}
		slices.Sort(all)
		return all[len(all)/2]
	}
	m := samples[len(samples)-1]
	m.seconds = of(func(s sample) float64 { return s.seconds })
	m.cpu = of(func(s sample) float64 { return s.cpu })
	m.peak = of(func(s sample) float64 { return s.peak })
	return m
}
