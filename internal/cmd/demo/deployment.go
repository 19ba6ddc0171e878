package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// Calls about a number that has a deployment, as story.inOrder wants them.
const (
	look        = "GET /{phone-number-id}"
	login       = "onprem POST /v1/users/login"
	logout      = "onprem POST /v1/users/logout"
	health      = "onprem GET /v1/health"
	support     = "onprem GET /v1/support"
	application = "onprem GET /v1/settings/application"
	forgetPIN   = "onprem DELETE /v1/settings/account/two-step"
	resetPIN    = "onprem POST /v1/settings/account/two-step"
	takeBackup  = "onprem POST /v1/settings/backup"
)

// moved takes branch out of its deployment: a plan warns while that cannot work, one
// apply does it, and afterwards the deployment is not needed any more.
func moved(ctx context.Context, t *story) error {
	if !t.engine.forgets() {
		t.out.say("Left out: all of on_premises is write-only, which %s does not know.", t.engine)
		return nil
	}
	if err := t.listen(branch); err != nil {
		return err
	}
	t.out.say("Nobody remembers its PIN, and with reset_pin nobody has to: the apply sets another.\n" +
		"TF_VAR_admin_password has the password of the administrator there, and TF_VAR_ca the\n" +
		"certificate to trust.")
	if err := t.configure(registration{id: branch, pinVersion: 1, deployment: t.deploymentURL}); err != nil {
		return err
	}
	for _, scene := range []func(*story, context.Context) error{(*story).disconnected, (*story).connected, (*story).stopped} {
		if err := scene(t, ctx); err != nil {
			return err
		}
	}
	return nil
}

// listen puts the deployment of a number on a port of this machine.
func (s *stage) listen(id string) error {
	url, ca, err := s.sim.StartOnPremises(id, "127.0.0.1:0")
	s.deploymentURL, s.deploymentCA = url, string(ca)
	return err
}

// disconnected plans while the deployment cannot give a backup.
func (t *story) disconnected(ctx context.Context) error {
	t.sim.ChangeDeployment(branch, func(d *sim.Deployment) { d.State = "disconnected" })
	t.out.say("\nThe deployment answers, but has lost its connection to Meta.")
	r, err := t.run(ctx, 0, "plan")
	return errors.Join(err, t.wrote(),
		r.says("The On-Premises deployment is not connected", "Its gateway status is disconnected",
			"refused without spending an attempt", "Plan: 1 to add"),
		t.inOrder(branch, login, health, support, logout), t.loggedOut())
}

// connected plans again, and applies.
func (t *story) connected(ctx context.Context) error {
	t.sim.Restore(branch)
	t.out.say("\nIts operator has restarted it, and it is connected.")
	visit := []string{login, health, support, application, logout}
	r, err := t.run(ctx, 0, "plan", "-out=branch.tfplan")
	err = errors.Join(err, t.wrote(), r.says("Plan: 1 to add, 0 to change, 0 to destroy."),
		r.silent("is not connected", "loses its On-Premises profile", "A wrong PIN takes"),
		t.inOrder(branch, visit...))
	if err != nil {
		return err
	}
	r, err = t.run(ctx, 0, "apply", "branch.tfplan")
	err = errors.Join(err, r.says("Apply complete! Resources: 1 added, 0 changed, 0 destroyed."),
		t.wrote(register+"branch"),
		t.inOrder(branch, slices.Concat(visit, []string{
			login, health, support, application, forgetPIN, resetPIN, takeBackup,
			strings.TrimSpace(register), look, logout,
		})...),
		t.is(branch, live(branchPIN), 1), t.loggedOut(), t.learnedAll())
	if err != nil {
		return err
	}
	t.out.say("\n%s plans once more as it applies, so that there are two visits. One attempt\n"+
		"of ten is spent. The number has its profile and the new PIN, and no token that the\n"+
		"deployment gave is valid any longer.", t.engine.product)
	return nil
}

// stopped plans once the deployment is gone.
func (t *story) stopped(ctx context.Context) error {
	t.sim.StopOnPremises(branch)
	t.out.say("\nThe deployment is stopped for good. Nobody misses it, although branch.tf still names it.")
	r, err := t.run(ctx, 0, "plan", "-detailed-exitcode")
	return errors.Join(err, t.wrote(), r.says("No changes."), t.inOrder(branch))
}

// inOrder makes sure that the last command made these calls about a number, and no
// other, on both sides and in this order. A read that is repeated at once, to wait
// for something, counts once. The look before the rest does not count: it may be by the
// list of the account, which is about no number.
func (t *story) inOrder(id string, want ...string) error {
	var got []string
	for _, c := range t.sim.Calls() {
		if numberOf(c) != names[id] {
			continue
		}
		call := routeOf(c) + strings.TrimPrefix(about(c), names[id]) // with what became of it
		if call == look && len(got) == 0 {
			continue
		}
		if c.Method != "GET" || len(got) == 0 || got[len(got)-1] != call {
			got = append(got, call)
		}
	}
	if slices.Equal(got, want) {
		return nil
	}
	return fmt.Errorf("about %s was to be asked [%s], and was [%s]", names[id], strings.Join(want, ", "), strings.Join(got, ", "))
}

// loggedOut makes sure that no token of the deployment of branch is left.
func (t *story) loggedOut() error {
	if n := t.sim.Tokens(branch); n != 0 {
		return fmt.Errorf("the deployment of branch has %d tokens left that are valid", n)
	}
	return nil
}
