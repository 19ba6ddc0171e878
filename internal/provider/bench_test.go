package provider_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// release builds the provider as a release does and returns the program.
func release(b *testing.B) string {
	b.Helper()
	program := filepath.Join(b.TempDir(), "terraform-provider-whatsapp")
	build := exec.Command("go", "build", "-trimpath", "-tags", "grpcnotrace", "-ldflags", "-s -w", "-o", program, "github.com/whatsapp-terraform/terraform-provider-whatsapp")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return program
}

// BenchmarkHandshake starts the stripped program until it tells Terraform where it
// listens, and reports its size and its peak of memory up to there.
func BenchmarkHandshake(b *testing.B) {
	program := release(b)
	info, err := os.Stat(program)
	if err != nil {
		b.Fatal(err)
	}
	peak := 0.0
	for b.Loop() {
		cmd := exec.Command(program)
		cmd.Env = append(os.Environ(), "TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2", "PLUGIN_PROTOCOL_VERSIONS=6")
		out, err := cmd.StdoutPipe()
		if err != nil {
			b.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		line, err := bufio.NewReader(out).ReadString('\n')
		if err != nil || !strings.Contains(line, "|6|") {
			b.Fatalf("no handshake: %q, %v", line, err)
		}
		b.StopTimer()
		// What the kernel accounts to a child begins with its parent's memory.
		peak = max(peak, memory(program))
		if err := cmd.Process.Kill(); err != nil {
			b.Fatal(err)
		}
		_ = cmd.Wait() // it was killed
		b.StartTimer()
	}
	b.ReportMetric(float64(info.Size())/1e6, "MB-binary")
	b.ReportMetric(peak, "MiB-peak")
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/handshake")
}

// memory is the largest peak so far of the processes that run a program, in MiB.
func memory(program string) float64 {
	highest := 0.0
	links, _ := filepath.Glob("/proc/[0-9]*/exe") // the pattern is well formed
	for _, link := range links {
		if path, err := os.Readlink(link); err != nil || path != program {
			continue
		}
		status, _ := os.ReadFile(filepath.Join(filepath.Dir(link), "status")) // gone by now: nothing to count
		if _, after, ok := strings.Cut(string(status), "VmHWM:"); ok {
			var kib float64
			if _, err := fmt.Sscan(after, &kib); err == nil {
				highest = max(highest, kib/1024)
			}
		}
	}
	return highest
}
