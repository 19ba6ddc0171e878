// Command sim runs the simulator of the WhatsApp APIs on ports of this machine, for
// trying out a configuration without an account at Meta:
//
//	go run ./internal/cmd/sim -addr 127.0.0.1:8080 -world world.json
//
// Without -world it holds [sim.ExampleWorld]: two accounts with seven numbers in
// different states. It prints a provider block to paste, then a line for every call,
// and ends on an interrupt. The same address shows in a browser what it holds, with
// buttons for what happens out of band, such as a ban, or 72 hours that pass.
//
// Numbers of the world that have an On-Premises deployment get it served with HTTPS,
// the first on -onprem-addr and the others on the ports after it. What it takes to
// log in there is printed too, with the certificate of the authority to trust.
//
// A one-time code is printed when it is sent, as the phone would show it. Display
// names are approved after the time of -review. The callback of a webhook is asked
// over HTTP on this machine; -callback hooks.example.com=http://127.0.0.1:9000, which
// may be repeated, says where a host is.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim/page"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "sim:", err)
		os.Exit(1)
	}
}

// run serves until ctx ends.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("sim", flag.ContinueOnError)
	flags.SetOutput(stderr)
	addr := flags.String("addr", "127.0.0.1:8080", "loopback `address` to listen on; port 0 takes a free one")
	onprem := flags.String("onprem-addr", "127.0.0.1:9090",
		"loopback `address` of the first On-Premises deployment in the world, if it has any; empty for none")
	review := flags.Duration("review", 30*time.Second, "how `long` the review of a display name takes; 0 for ever")
	callbacks := callbackFlag{}
	flags.Var(callbacks, "callback", "`host=target`: where on loopback the callbacks of a host are, such as\n"+
		"hooks.example.com=http://127.0.0.1:9000; may be repeated")
	file := flags.String("world", "", "`file` with the world to hold, as JSON; an example world if absent")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q; a world is given with -world", flags.Arg(0))
	}
	if err := loopback("-addr", *addr); err != nil {
		return err
	}
	if *onprem != "" {
		if err := loopback("-onprem-addr", *onprem); err != nil {
			return err
		}
	}
	world, err := load(*file)
	if err != nil {
		return err
	}
	return serve(ctx, world, *addr, *onprem, stdout, options(stdout, *review, callbacks))
}

// options are those of a simulator that people look at.
func options(stdout io.Writer, review time.Duration, callbacks callbackFlag) []sim.Option {
	clock := sim.NewRunningClock()
	opts := []sim.Option{
		sim.WithPageSize(100),
		sim.WithClock(clock),
		sim.WithFront(func(s *sim.Server) http.Handler { return page.New(s, clock) }),
		sim.WithLog(func(c sim.Call) { logCall(stdout, c) }),
		sim.WithPhone(func(c sim.SentCode) {
			fmt.Fprintf(stdout, "# code for %s by %s: %s\n", c.PhoneNumber, c.Method, c.Code)
		}),
	}
	if review > 0 {
		opts = append(opts, sim.WithReviews(review, "APPROVED"))
	}
	for host, target := range callbacks {
		opts = append(opts, sim.WithCallback(host, target))
	}
	return opts
}

// loopback refuses an address that other machines can reach: the simulator speaks
// plain HTTP, and a world may hold somebody's real PINs.
func loopback(name, addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("%s: %q is not a loopback address; the simulator serves this machine only, so use 127.0.0.1",
		name, host)
}

// load reads the world from a file, or the example world when there is none.
func load(file string) (sim.World, error) {
	if file == "" {
		return sim.ExampleWorld(), nil
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return sim.World{}, err
	}
	world, err := sim.Load(bytes.NewReader(text))
	if err != nil {
		return sim.World{}, fmt.Errorf("%s: %w", file, err)
	}
	return world, nil
}

func serve(
	ctx context.Context, world sim.World, addr, onprem string, stdout io.Writer, opts []sim.Option,
) error {
	s := sim.New(world, opts...)
	url, err := s.Start(addr)
	if err != nil {
		return err
	}
	defer s.Close()
	fmt.Fprintf(stdout, banner, url, s.Token())
	if err := serveOnPremises(s, onprem, stdout); err != nil {
		return err
	}
	fmt.Fprintln(stdout, "# The numbers, by the id that a configuration names:")
	for _, n := range s.Numbers() {
		fmt.Fprintf(stdout, "# %s  %-16s %-14s %s\n", n.ID, n.DisplayPhoneNumber, n.PlatformType, n.Status)
	}
	fmt.Fprintln(stdout)
	<-ctx.Done()
	return nil
}

const banner = `# The WhatsApp Cloud API is simulated at %[1]s
# with the access token %[2]s
# See what it holds, and change it, in a browser: %[1]s/
# Interrupt with Ctrl-C. A configuration to paste:

terraform {
  required_providers {
    whatsapp = {
      source = "whatsapp-terraform/whatsapp"
    }
  }
}

provider "whatsapp" {
  base_url     = "%[1]s"
  access_token = "%[2]s"
}

`

// logCall prints a call on a line, without what may be secret in it.
func logCall(w io.Writer, c sim.Call) {
	route := c.Route
	if route == "" {
		route = c.Method + " (no such route)"
	}
	fmt.Fprintf(w, "%s  %d", c.Time.Format("15:04:05"), c.Status)
	if c.Code != 0 {
		fmt.Fprintf(w, " code %d", c.Code)
	}
	fmt.Fprintf(w, "  %s  %s\n", route, c.Path)
}
