package phone_test

import (
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// The matrix runs every operation against every fault at every call that the
// operation makes, once with the fault and once more without. It needs no Terraform
// program, since the provider runs in this process, but for the rows in which a process
// dies: see matrix_program_test.go.
//
//   - matrix_operations_test.go has the operations, matrix_faults_test.go and
//     matrix_codes_test.go what can go wrong;
//   - matrix_bench_test.go runs an operation, matrix_front_test.go has things begin in
//     the middle of it;
//   - matrix_judge_test.go says what must hold, matrix_known_test.go where it does
//     not yet, and matrix_summary_test.go adds it all up.

const (
	programWorkers = 4    // of rows with programs, which need a processor
	workers        = 40   // most of the time of a case is waiting
	fewest         = 3000 // cases in a whole matrix; fewer mean that something is left out
	thinning       = 12   // of so many cases, a short run takes one
	reads          = 3    // calls of one route that are read: the plan's, the apply's and one afterwards
)

// pace is how long things may take where something is waited for.
type pace struct {
	attempt   time.Duration // one attempt of a call
	operation time.Duration // the whole operation
}

// paceOf returns the pace for a machine on which an operation without any fault, and
// with nobody beside it, took so long. What is slow must not be taken for silence.
func paceOf(usual time.Duration) pace {
	slow := max(1, usual.Seconds()/0.06)
	return pace{
		attempt:   time.Duration(slow * float64(300*time.Millisecond)),
		operation: time.Duration(slow * float64(2*time.Second)),
	}
}

// matrixCase is an operation with something going wrong at one of its calls.
type matrixCase struct {
	op    operation
	harm  harm
	route string // of the call
	nth   int    // of the calls of that route, from 0
	last  bool   // there is no later one of that route in the matrix
	at    int    // of all calls of its API, from 0

	deployment bool // its API is that of the deployment
}

// short is the route as it is written in names.
func (c matrixCase) short() string {
	return strings.NewReplacer("onprem ", "", "{phone-number-id}", "number", "{business-account-id}", "account", "/v1/", "/").Replace(c.route)
}

// String is the name of the case.
func (c matrixCase) String() string {
	route := strings.NewReplacer(" /", " ", "/", ".").Replace(c.short())
	return fmt.Sprintf("%s/%s #%d/%s", c.op.name, route, c.nth+1, c.harm.name)
}

// strange reports whether the API lies about the state of the number.
func (c matrixCase) strange() bool {
	return c.harm.fault != nil && c.harm.fault.Kind == sim.FaultUnknownEnum
}

// TestMatrix runs the whole matrix and prints what came of it. The rows in which a
// process dies need the Terraform program; without it they are left out.
func TestMatrix(t *testing.T) {
	t.Parallel()
	start := time.Now()
	defer debug.SetGCPercent(debug.SetGCPercent(800)) // values of the protocol are short-lived, and there are very many
	cases := allCases(t)
	generated, usual := len(cases), paceOf(time.Since(start)/time.Duration(len(operations)))
	var rows []programRow
	if os.Getenv("TF_ACC") != "" {
		rows = programRows()
	}
	if testing.Short() {
		cases, rows = thinned(cases, thinning), thinned(rows, thinning)
		t.Logf("short: %d of %d cases", len(cases), generated)
	} else if generated < fewest {
		t.Errorf("%d cases, at least %d were expected", generated, fewest)
	}
	var sum summary
	programs := make(chan struct{})
	go func() {
		defer close(programs)
		spread(programWorkers, rows, func(r programRow) {
			t.Run(r.String(), func(t *testing.T) { runProgramRow(t, r, &sum) })
		})
	}()
	spread(workers, cases, func(c matrixCase) {
		t.Run(c.String(), func(t *testing.T) { runCase(t, c, usual, &sum) })
	})
	<-programs
	t.Logf("the fault matrix, in %s:%s", time.Since(start).Round(time.Second), sum.String())
	sum.check(t, len(cases) == generated)
}

// spread has n workers do all of something.
func spread[T any](n int, all []T, do func(T)) {
	queue := make(chan T)
	var pool sync.WaitGroup
	for range n {
		pool.Go(func() {
			for one := range queue {
				do(one)
			}
		})
	}
	for _, one := range all {
		queue <- one
	}
	close(queue)
	pool.Wait()
}

// allCases puts the matrix together: each operation is run once to see which calls
// it makes.
func allCases(t *testing.T) []matrixCase {
	var all []matrixCase
	for _, op := range operations {
		t.Run(op.name, func(t *testing.T) {
			b := newBench(t, op)
			b.result = b.run()
			asked := b.Asked()
			j := &judgement{b: b}
			j.mended()
			if len(j.wrongs) > 0 {
				t.Fatalf("goes wrong by itself:\n%s\n%+v", strings.Join(j.wrongs, "\n"), b.result)
			}
			all = append(all, casesOf(op, asked)...)
		})
	}
	return all
}

// casesOf returns the cases of an operation that makes these calls.
func casesOf(op operation, asked []string) []matrixCase {
	var all []matrixCase
	seen, made := map[string]int{}, map[bool]int{}
	for i, route := range asked {
		c := matrixCase{op: op, route: route, nth: seen[route], last: seen[route] == reads-1 || !slices.Contains(asked[i+1:], route)}
		seen[route]++
		harms := graphHarms()
		if strings.HasPrefix(route, "onprem ") {
			c.deployment, harms = true, deploymentHarms()
		}
		c.at = made[c.deployment]
		made[c.deployment]++
		if c.nth >= reads || c.op.variant && !c.last && !slices.Contains(rare, route) {
			continue
		}
		for _, h := range harms {
			if c.harm = h; h.meets(route) && (h.sample || c.whole()) {
				all = append(all, c)
			}
		}
	}
	return all
}

// rare are the routes that only variants of other operations use.
var rare = []string{acctest.SetRegion, acctest.List, acctest.SwitchOff, acctest.SwitchOn}

// whole reports whether everything is to go wrong at the call of a case. The last of
// several reads is the one after a change, or of the apply.
func (c matrixCase) whole() bool {
	switch {
	case slices.Contains(rare, c.route):
		return c.nth == 0
	case c.op.variant:
		return false
	case c.deployment:
		return c.last
	}
	return !c.reads() || c.op.model && (c.nth == 0 || c.last)
}

// reads reports whether the call changes nothing.
func (c matrixCase) reads() bool { return strings.Contains(c.route, "GET ") }

// thinned takes one of n, evenly.
func thinned[T any](all []T, n int) []T {
	var some []T
	for i := 0; i < len(all); i += n {
		some = append(some, all[i])
	}
	return some
}

// runCase runs a case and judges it.
func runCase(t *testing.T, c matrixCase, usual pace, sum *summary) {
	b := newBench(t, c.op)
	j := &judgement{b: b}
	b.inject(c, usual)
	b.result = b.run()
	b.relieve()
	if c.harm.fault != nil && len(b.Unspent()) > 0 {
		j.wrong("the fault did not hit")
	}
	j.harmed(c)
	j.session(c)
	failed := len(b.result.Errors()) > 0
	if failed {
		b.time = "" // which was short only so that the fault does not take long
	}
	b.result = b.run()
	if b.result.changed && !failed && !b.unsure() {
		j.wrong("not converged: the plan after a success is not empty")
	}
	j.mended()
	var d *defect
	if len(j.wrongs) > 0 {
		d = excuse(c, j.wrongs)
	}
	sum.add(b, j, failed, d)
	switch {
	case len(j.wrongs) == 0:
	case d != nil:
		t.Logf("known: %s\n%s", d.why, strings.Join(j.wrongs, "\n"))
	default:
		t.Errorf("%s\nasked:\n  %s", strings.Join(j.wrongs, "\n"), strings.Join(b.Asked(), "\n  "))
	}
}

// inject arranges for what is to go wrong.
func (b *bench) inject(c matrixCase, usual pace) {
	// Of what goes wrong once, only a write may have to be waited for, or a lie.
	if c.harm.lasts && (c.harm.fault == nil || c.harm.deafened || !c.reads() || c.strange()) {
		b.time = usual.operation.String()
	}
	if c.harm.fault != nil {
		f := *c.harm.fault
		f.Route, f.Skip = c.route, c.nth
		if c.harm.silent {
			b.Setenv("WHATSAPP_REQUEST_TIMEOUT", usual.attempt.String())
			f.Delay = 2 * usual.attempt
		}
		b.Inject(f)
	}
	if !c.harm.stays() {
		return
	}
	if c.deployment {
		b.front = deploymentFront(b.t, b.World, b.deployment)
	}
	b.front.arm(c.harm, c.at, c.op)
}

// relieve puts an end to it.
func (b *bench) relieve() {
	b.front.disarm()
	b.Setenv("WHATSAPP_REQUEST_TIMEOUT", "")
}
