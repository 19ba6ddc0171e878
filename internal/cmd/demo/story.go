package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// story is the demo under way.
type story struct {
	*stage
	out   *printer
	pins  map[string]string // what TF_VAR_pins holds now
	calls int               // that the simulator had, in all
}

// chapter is a part of the story: what is shown, and the check that it was so.
type chapter struct {
	title, intro string
	tell         func(context.Context, *story) error
}

// chapters are the story, in order. Each goes on where the one before it ended.
var chapters = []chapter{
	{
		"A plan that warns",
		"A bookshop has three numbers: shop is new and verified, desk is still on the\n" +
			"On-Premises API, and hotline is live on the Cloud API already.",
		planned,
	},
	{
		"An apply that registers once",
		"The migration is given its backup. Then everything is applied.",
		applied,
	},
	{
		"A plan that is empty",
		"Nothing has changed, so nothing is planned.",
		empty,
	},
	{
		"A new PIN",
		"A new PIN is set in place. It costs one call and no registration.",
		rotated,
	},
	{
		"A number that went dark",
		"Somebody has deregistered shop, and not with Terraform.",
		lost,
	},
	{
		"A wrong PIN",
		"A fourth number, courier, already has a PIN, and the configuration has another.",
		mistaken,
	},
	{
		"A number that leaves its deployment",
		"A fifth number, branch, is on the On-Premises API too. Its deployment still runs, so\n" +
			"one apply takes the backup there and registers with it, and no file ever has it.",
		moved,
	},
	{
		"A number from nothing",
		"A sixth number, counter, is not on the account yet. One configuration adds it, proves\n" +
			"that it is the shop's, registers it, and has its messages sent to an endpoint.",
		fromNothing,
	},
	{
		"A search for secrets",
		"Every command so far was traced (TF_LOG=TRACE). Is there a PIN, a password, a backup\n" +
			"or a token in anything that was written?",
		searched,
	},
	{
		"An end",
		"The shop closes.",
		destroyed,
	},
}

// tell tells all chapters and ends with where every number is.
func tell(ctx context.Context, t *story) error {
	t.pins = firstPINs()
	start := time.Now()
	t.out.say("\n%s", t.opening())
	for i, c := range chapters {
		t.out.chapter(i+1, c.title, c.intro)
		if err := c.tell(ctx, t); err != nil {
			return fmt.Errorf("chapter %d, %q, is not as told:\n%w\n(-v shows all output, -keep keeps the logs)", i+1, c.title, err)
		}
		if t.out.err != nil {
			return fmt.Errorf("the story could not be printed: %w", t.out.err)
		}
	}
	t.out.say("\n%s\n\nAll as told: %d chapters, %d commands, %d calls of the simulator, in %.0f seconds.",
		table(t.sim), len(chapters), t.commands, t.calls, time.Since(start).Seconds())
	return t.out.err
}

// opening says what of the setting does not show in the commands.
func (t *story) opening() string {
	text := "The environment has the secrets: WHATSAPP_ACCESS_TOKEN, TF_VAR_pins and\n" +
		"TF_VAR_backup. WHATSAPP_BASE_URL points to the simulator, " + t.url + ".\n" +
		"Output of " + t.engine.product + " is shown without the lines that do not matter here (-v shows\n" +
		"all of it), and in no other words."
	if !t.engine.forgets() {
		text += fmt.Sprintf("\n\n%s does not know write-only arguments, which came with 1.11. The story\n"+
			"therefore uses pin and backup, which are kept in the state on purpose.", t.engine)
	}
	return text
}

// run runs the engine, shows what it printed and what the API was asked, and makes
// sure of the exit code.
func (t *story) run(ctx context.Context, code int, args ...string) (result, error) {
	t.out.command(t.engine.command() + " " + strings.Join(args, " "))
	r, err := t.quietly(ctx, args...)
	if err != nil {
		return r, err
	}
	t.out.output(r)
	t.out.asked(t.sim.Calls())
	if r.code != code {
		err = fmt.Errorf("%q ended with exit code %d, not %d", r.line, r.code, code)
	}
	return r, errors.Join(err, t.out.err)
}

// quietly runs the engine. The ledger then has the calls of this command only.
func (t *story) quietly(ctx context.Context, args ...string) (result, error) {
	t.sim.ForgetCalls()
	r, err := t.execute(ctx, t.pins, args...)
	calls := t.sim.Calls()
	t.calls += len(calls)
	t.learn(calls)
	return r, errors.Join(err, t.recordURLs(calls))
}

// configure writes the registration of a number and shows it.
func (t *story) configure(r registration) error {
	name, text := names[r.id]+".tf", r.file(t.engine.forgets())
	t.out.file(name, text)
	return t.write(name, text)
}
