package phone_test

import (
	"fmt"
	"runtime/debug"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/acctest"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// bench is one case on its way: a world of its own, and what Terraform holds in it.
type bench struct {
	*acctest.World
	t          *testing.T
	op         operation
	front      *front              // of the API that something begins at
	deployment *acctest.Deployment // nil unless the operation has one
	pin        string              // the configured one
	time       string              // how long the operation may take, "" for its default

	held     *acctest.Object // what is in the state
	replaced bool            // what was held has been replaced
	spent    int             // registrations of the number before the operation
	result   result
}

// result is what one run of an operation came to.
type result struct {
	acctest.Reply
	values  map[string]string // of a data source or an ephemeral resource
	tainted bool              // Terraform would destroy and create what was made
	dropped bool              // the object left the state
	lost    bool              // it did so although the number is live
	changed bool              // something was applied
	panics  string
}

// newBench makes the world of an operation, and in it what the operation begins with.
func newBench(t *testing.T, op operation) *bench {
	b := &bench{t: t, op: op}
	if op.deployed {
		b.World, b.deployment = acctest.StartDeployment(t, nil)
	} else {
		b.World = acctest.Start(t)
	}
	b.front = graphFront(t, b.World)
	b.pin = b.Secret("PIN", b.PIN())
	if op.stage != nil {
		op.stage(b)
	}
	b.spent = b.Registrations(op.number)
	b.ForgetCalls()
	return b
}

// run runs the operation once, plan and apply.
func (b *bench) run() (r result) {
	defer func() {
		if p := recover(); p != nil {
			r.panics = fmt.Sprintf("%v\n%s", p, debug.Stack())
		}
	}()
	if b.op.act != nil {
		return b.op.act(b)
	}
	return b.apply()
}

// apply is what terraform apply does: one run of the provider refreshes and plans,
// another one plans again and applies.
func (b *bench) apply() (r result) {
	p := b.Protocol()
	r = b.refresh(p)
	if len(r.Errors()) > 0 || b.op.config == nil && b.held.Gone() {
		return r
	}
	if b.op.config != nil {
		r.Diagnostics = append(r.Diagnostics, p.Validate(kind, b.config())...)
	}
	plan := p.Plan(kind, b.held, b.config())
	r.Diagnostics = append(r.Diagnostics, plan.Diagnostics...)
	if len(r.Errors()) > 0 || !plan.Changes && !b.forced() {
		return r
	}
	if b.op.meanwhile != nil {
		b.op.meanwhile(b)
	}
	r.changed = true
	if plan.Replaces || b.forced() {
		plan = p.Plan(kind, nil, b.config()) // the other half
		r.Diagnostics = append(r.Diagnostics, plan.Diagnostics...)
		b.replace(b.Protocol(), &r)
		return r
	}
	b.step(b.Protocol(), &r, b.held, b.config())
	return r
}

// forced reports whether a replacement is asked for that is not done yet.
func (b *bench) forced() bool { return b.op.forced && !b.replaced && !b.held.Gone() }

// replace ends what is held and creates it anew, in the order that was asked for. A
// successor that cannot be created leaves the old object where it was.
func (b *bench) replace(p *acctest.Protocol, r *result) {
	old := b.held
	if !b.op.forced && !b.step(p, r, old, nil) {
		return
	}
	if !b.step(p, r, nil, b.config()) {
		if b.op.forced {
			b.held = old
		}
		return
	}
	if b.op.forced {
		successor := b.held
		b.step(p, r, old, nil)
		b.held = successor
	}
	b.replaced = true
}

// step plans a change once more and applies it, and reports whether that went well.
func (b *bench) step(p *acctest.Protocol, r *result, from *acctest.Object, config acctest.Attributes) bool {
	plan := p.Plan(kind, from, config)
	r.Diagnostics = append(r.Diagnostics, plan.Diagnostics...)
	if plan.Failed() {
		return false
	}
	reply := p.Apply(plan)
	r.Diagnostics = append(r.Diagnostics, reply.Diagnostics...)
	r.tainted = r.tainted || len(reply.Errors()) > 0 && from.Gone() && !reply.Object.Gone()
	b.held = reply.Object
	return len(reply.Errors()) == 0
}

// refresh reads what is held, as every plan begins.
func (b *bench) refresh(p *acctest.Protocol) (r result) {
	if b.held.Gone() {
		return r
	}
	r.Reply = *p.TryRead(kind, b.held)
	r.dropped = r.Object.Gone()
	r.lost = r.dropped && b.live() && !b.op.ends
	b.held = r.Object
	return r
}

// config is what the user wants, nil for the end.
func (b *bench) config() acctest.Attributes {
	if b.op.config == nil {
		return nil
	}
	config := b.op.config(b)
	if b.time != "" {
		config["timeouts"] = acctest.Attributes{"create": b.time, "update": b.time, "delete": b.time}
	}
	return config
}

// number is the truth about the number of the operation.
func (b *bench) number() sim.Number {
	n, _ := b.Number(b.op.number)
	return n
}

// live reports whether the number is registered on the Cloud API.
func (b *bench) live() bool { return b.number().PlatformType == "CLOUD_API" }
