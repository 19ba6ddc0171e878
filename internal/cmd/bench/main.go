// Bench measures the provider as its users meet it: Terraform applies, plans and destroys
// many numbers against the simulator, beside the smallest provider there is, in turn on
// the same machine. Times say little by themselves on a busy machine; the ratios and the
// counts are what to go by.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// profile is how slow the API is.
type profile struct {
	name        string
	read, write time.Duration
}

var profiles = []profile{
	{name: "no latency"},
	{name: "80 ms a read, 1 s a write", read: 80 * time.Millisecond, write: time.Second},
}

// run measures, and prints a table for each profile.
func run(ctx context.Context, args []string, out, progress io.Writer) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	sizes := flags.String("n", "1,10,100,1000", "how many numbers, one measurement for each")
	slow := flags.Int("slow", 100, "the largest number of them that is measured with latency")
	runs := flags.Int("runs", 3, "how often; the median counts")
	if err := flags.Parse(args); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	subjects, err := build(ctx, dir)
	if err != nil {
		return err
	}
	engine := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if engine == "" {
		engine = "terraform"
	}
	fmt.Fprintf(out, "%s, %s/%s, %d cores, %s. Median of %d, in turn.\n", name(ctx, engine), runtime.GOOS, runtime.GOARCH,
		runtime.NumCPU(), time.Now().Format(time.DateOnly), *runs)
	for _, p := range profiles {
		var rows []row
		for _, text := range strings.Split(*sizes, ",") {
			n, err := strconv.Atoi(text)
			if err != nil {
				return err
			}
			if p.read > 0 && n > *slow {
				continue
			}
			fmt.Fprintf(progress, "%s, N = %d\n", p.name, n)
			measured, err := compare(ctx, bench{engine, dir, p, n, *runs}, subjects)
			if err != nil {
				return err
			}
			rows = append(rows, measured...)
		}
		fmt.Fprintf(out, "\n### %s\n\n", strings.ToUpper(p.name[:1])+p.name[1:])
		table(out, rows)
	}
	return nil
}

// build compiles the providers as a release does.
func build(ctx context.Context, dir string) ([]subject, error) {
	subjects := []subject{ours, smallestThere}
	for i := range subjects {
		s := &subjects[i]
		s.program = filepath.Join(dir, s.name, "terraform-provider-"+s.name)
		cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-tags", "grpcnotrace", "-ldflags", "-s -w", "-o", s.program, s.pkg)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if said, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("building %s: %w\n%s", s.name, err, said)
		}
	}
	return subjects, nil
}

// name is the engine's name and version.
func name(ctx context.Context, engine string) string {
	cmd := exec.CommandContext(ctx, engine, "version")
	cmd.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1")
	said, err := cmd.Output()
	if err != nil {
		return engine
	}
	line, _, _ := strings.Cut(string(said), "\n")
	return line
}
