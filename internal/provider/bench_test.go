package provider_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
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

// BenchmarkPlan plans registered numbers again, with the program and the calls
// that a user has, and reports the peak of memory of one provider process.
func BenchmarkPlan(b *testing.B) {
	program := release(b)
	for _, n := range []int{1, 100} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := acctest.StartWith(b, fleet(n), sim.WithPageSize(100))
			w.UseProgram(program)
			w.Setenv("TF_LOG", "")
			w.Plan(fleetConfig(n)).Succeeds()
			w.Apply().Succeeds()
			watched := watch(program)
			calls := 0
			for b.Loop() {
				calls = len(w.Terraform("plan", "-input=false").Succeeds().Asked)
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/plan")
			b.ReportMetric(float64(calls), "calls/plan")
			b.ReportMetric(watched(), "MiB-peak")
		})
	}
}

// fleet is a world of n numbers that wait to be registered.
func fleet(n int) sim.World {
	world := acctest.DefaultWorld()
	for i := range n {
		world.Accounts[0].Numbers = append(world.Accounts[0].Numbers, sim.Number{
			ID: fleetID(i), DisplayPhoneNumber: fmt.Sprintf("+1 555-01%02d-%04d", i%100, i), VerifiedName: "Lucky Shrub",
			Status: "DISCONNECTED", PlatformType: "NOT_APPLICABLE", CodeVerificationStatus: "VERIFIED",
		})
	}
	return world
}

func fleetID(i int) string { return fmt.Sprintf("2065403522%05d", i) }

// fleetConfig registers them all, by a map: with a set the engine takes much
// longer by itself.
func fleetConfig(n int) string {
	return fmt.Sprintf(`
resource "whatsapp_phone_registration" "n" {
  for_each        = { for i in range(%d) : format("2065403522%%05d", i) => "135792" }
  phone_number_id = each.key
  pin             = each.value
}
`, n)
}

// watch follows the memory of every process that runs a program until its result
// is called, which is the highest peak in MiB; 0 where there is no /proc.
func watch(program string) func() float64 {
	stop, peak := make(chan struct{}), make(chan float64)
	go func() {
		highest := 0.0
		for {
			select {
			case <-stop:
				peak <- highest
				return
			case <-time.After(5 * time.Millisecond):
				highest = max(highest, memory(program))
			}
		}
	}()
	return func() float64 {
		close(stop)
		return <-peak
	}
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
