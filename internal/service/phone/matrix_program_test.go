package phone_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
)

// The rows of the matrix in which a process dies need processes: Terraform, and the
// provider as a program of its own.
//
//   - matrix_tasks_test.go has what Terraform is to do;
//   - matrix_strike_test.go what happens to the processes, and when.

// machine is one row on its way.
type machine struct {
	*acctest.World
	t          *testing.T
	task       task
	blow       blow
	succeeded  bool                // in spite of the blow
	deployment *acctest.Deployment // nil unless the task has one
	pin        string
	had        bool // the state held the number before
	spent      int  // registrations of the number before
	sent       int  // requests
	wrongs     []string
}

// programRow is a task with a blow.
type programRow struct {
	task task
	blow blow
}

// String is the name of the row.
func (r programRow) String() string { return "program/" + r.task.name + "/" + r.blow.name }

// programRows are all of them.
func programRows() []programRow {
	var all []programRow
	for _, task := range tasks {
		for _, blow := range blows {
			if blow.sample || !task.reads {
				all = append(all, programRow{task, blow})
			}
		}
	}
	return all
}

// runProgramRow runs the task into the blow and once more without, and judges both.
func runProgramRow(t *testing.T, row programRow, sum *summary) {
	m := &machine{t: t, task: row.task, blow: row.blow}
	t.Cleanup(func() { sum.addProgram(m) }) // after the scan for secrets, which is a cleanup too
	m.start()
	m.hit()
	m.struck()
	m.mend()
	if len(m.wrongs) > 0 {
		t.Errorf("%s", strings.Join(m.wrongs, "\n"))
	}
}

// start makes the world, what Terraform holds in it, and the configuration.
func (m *machine) start() {
	if m.task.deployed {
		m.World, m.deployment = acctest.StartDeployment(m.t, nil)
	} else {
		m.World = acctest.Start(m.t)
	}
	m.pin = m.Secret("PIN", m.PIN())
	m.Setenv("TF_VAR_pin", m.pin)
	if m.task.stage != nil {
		m.task.stage(m)
		m.had = m.holds()
	}
	m.spent = m.Registrations(m.task.number)
	m.ForgetCalls()
}

// hit applies, and has the blow fall at the call of the task.
func (m *machine) hit() {
	s := newStrike(m.blow, m.task.route, m.task.number, m.task.skip)
	graphFront(m.t, m.World).strike = s
	if m.deployment != nil {
		deploymentFront(m.t, m.World, m.deployment).strike = s
	}
	m.Write(m.task.config(m))
	m.UseBinary()
	cmd := m.Command(append([]string{"apply", "-input=false", "-no-color", "-auto-approve"}, m.task.args...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case <-s.hit:
	case err := <-ended:
		m.t.Fatalf("Terraform ended before %s was sent: %v", m.task.route, err)
	}
	if err := m.blow.kill(cmd.Process.Pid); err != nil {
		m.wrong("%v", err)
	}
	close(s.fell)
	m.await(cmd, ended)
	<-s.ended
}

// await waits for the end of Terraform, which must not take long.
func (m *machine) await(cmd *exec.Cmd, ended chan error) {
	select {
	case err := <-ended:
		m.succeeded = err == nil
		if exit := (*exec.ExitError)(nil); err == nil && !m.blow.asks || err != nil && !errors.As(err, &exit) {
			m.wrong("Terraform ended as if nothing had happened: %v", err)
		}
	case <-time.After(time.Minute):
		_ = killAll(cmd.Process.Pid)
		m.t.Fatal("Terraform goes on for a minute")
	}
}

// struck judges what the blow has left.
func (m *machine) struck() {
	n, _ := m.Number(m.task.number)
	live, spent := n.PlatformType == "CLOUD_API", m.Registrations(m.task.number)-m.spent
	if spent > m.task.spends {
		m.wrong("with the blow: %d registrations, decided were %d", spent, m.task.spends)
	}
	if m.blow.asks && spent > 0 && !m.holds() {
		m.wrong("lost: the number was registered, and the state does not hold it")
	}
	if m.had && live && !m.holds() && m.task.args == nil {
		m.wrong("lost: the state does not hold the number any more, which is live")
	}
}

// mend runs the same once more, and judges what everything came to.
func (m *machine) mend() {
	m.UseTest()
	m.sent += len(m.Calls())
	args := []string{"apply", "-json", "-input=false", "-auto-approve"}
	if m.task.free {
		// Whether it is done makes no difference.
	} else if m.task.ends || m.had && m.holds() && m.Registrations(m.task.number) == m.spent && !m.blow.asks {
		args = append(args, m.task.args...) // what was asked for is not done yet
	}
	if r := m.Terraform(args...); r.Code != 0 {
		m.wrong("not converged: %s", r.Output)
	} else {
		m.sent += len(r.Calls)
	}
	if m.task.ends {
		args = []string{"-destroy"}
	} else {
		args = nil
	}
	if r := m.Terraform(append([]string{"plan", "-json", "-input=false", "-detailed-exitcode"}, args...)...); r.Code != 0 {
		m.wrong("not converged: the plan is not empty: %s", r.Output)
	}
	if m.task.goal != nil {
		if missing := m.task.goal(m); missing != "" {
			m.wrong("not converged: %s", missing)
		}
	}
	if spent, want := m.Registrations(m.task.number)-m.spent, m.task.spends+m.wasted(); spent != want {
		m.wrong("%d registrations in all, want %d", spent, want)
	}
}

// wasted is how many registrations the row is known to cost beyond what was decided.
func (m *machine) wasted() int {
	if m.task.again != "" && m.blow.moment != before && !m.blow.asks {
		return 1
	}
	return 0
}

func (m *machine) wrong(format string, args ...any) {
	m.wrongs = append(m.wrongs, fmt.Sprintf(format, args...))
}

// holds reports whether the state has the number, and complains if it is tainted.
func (m *machine) holds() bool {
	text, err := os.ReadFile(filepath.Join(m.Dir(), "terraform.tfstate"))
	if err != nil {
		return false
	}
	var state struct {
		Resources []struct {
			Mode      string
			Instances []struct{ Status string }
		}
	}
	if err := json.Unmarshal(text, &state); err != nil {
		m.wrong("the state cannot be read: %v", err)
	}
	held := false
	for _, r := range state.Resources {
		for _, i := range r.Instances {
			held = held || r.Mode == "managed"
			if i.Status == "tainted" {
				m.wrong("tainted: Terraform would destroy and create the number")
			}
		}
	}
	return held
}
