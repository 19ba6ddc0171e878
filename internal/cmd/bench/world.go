package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/sim"
)

// account has all the numbers.
const account = "102290129340398"

// world is a simulator behind a server that is as slow as the real one and counts the
// connections.
type world struct {
	*sim.Server
	url         string
	connections atomic.Int64
	http        *http.Server
}

// start serves n numbers that wait to be registered.
func start(ctx context.Context, n int, p profile) (*world, error) {
	numbers := make([]sim.Number, n)
	for i := range numbers {
		numbers[i] = sim.Number{
			ID: fmt.Sprintf("2065403522%05d", i), DisplayPhoneNumber: fmt.Sprintf("+1 555-01%02d-%04d", i/10000, i%10000),
			VerifiedName: "Lucky Shrub", Status: "DISCONNECTED", PlatformType: "NOT_APPLICABLE",
		}
	}
	w := &world{Server: sim.New(sim.World{Accounts: []sim.Account{{ID: account, Numbers: numbers}}}, sim.WithPageSize(100), sim.WithPolls(0))}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	w.url = "http://" + listener.Addr().String()
	w.http = &http.Server{
		Handler:           http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) { w.serve(rw, r, p) }),
		ReadHeaderTimeout: time.Minute,
		ConnState: func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				w.connections.Add(1)
			}
		},
	}
	go w.http.Serve(listener) //nolint:errcheck // it ends with an error, always
	return w, nil
}

// serve answers late, as the real API does.
func (w *world) serve(rw http.ResponseWriter, r *http.Request, p profile) {
	delay := p.write
	if r.Method == http.MethodGet {
		delay = p.read
	}
	select {
	case <-time.After(delay):
		w.ServeHTTP(rw, r)
	case <-r.Context().Done():
	}
}

func (w *world) stop() {
	w.http.Close()
	w.Close()
}

// calls returns how many calls there were since the last time, and of which kinds.
func (w *world) calls() (int, map[string]int) {
	kinds := map[string]int{}
	all := w.Calls()
	for _, call := range all {
		kinds[call.Route]++
	}
	w.ForgetCalls()
	return len(all), kinds
}
