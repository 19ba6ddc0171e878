package acctest

import (
	"context"
	"encoding/json"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/provider"
)

// Tempo is that of the provider under test: everything waits, but briefly.
var Tempo = api.Tempo{
	RetryMin: 20 * time.Millisecond, RetryMax: 100 * time.Millisecond,
	ThrottleMin: 200 * time.Millisecond, Minute: 100 * time.Millisecond,
	PollMin: 20 * time.Millisecond, PollMax: 100 * time.Millisecond,
}

// Provider returns the provider as Terraform talks to it. Its environment is that
// of the world: Setenv changes it.
func (w *World) Provider() tfprotov6.ProviderServer {
	return providerserver.NewProtocol6(provider.New("test", provider.WithTempo(Tempo), provider.WithEnvironment(w.getenv)))()
}

// Factories are the providers for a test case of terraform-plugin-testing.
func (w *World) Factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"whatsapp": func() (tfprotov6.ProviderServer, error) { return w.Provider(), nil },
	}
}

const openTofuAddress = "registry.opentofu.org/whatsapp-terraform/whatsapp"

// serve runs the provider in this process and returns what Terraform needs to
// find it. Terraform configures it anew for each of its own phases, as it does
// with a provider that it starts itself.
func serve(t testing.TB, provide func() tfprotov6.ProviderServer) string {
	t.Helper()
	test, ok := t.(*testing.T)
	if !ok {
		t.Fatal("only a test runs the provider in its own process: UseProgram")
	}
	ctx, cancel := context.WithCancel(context.Background())
	found := make(chan *plugin.ReattachConfig)
	closed := make(chan struct{})
	var running sync.WaitGroup
	running.Add(1)
	go func() {
		defer running.Done()
		err := tf6server.Serve(provider.Address, provide,
			tf6server.WithDebug(ctx, found, closed),
			tf6server.WithGoPluginLogger(hclog.NewNullLogger()),
			tf6server.WithLoggingSink(test),
			tf6server.WithoutLogStderrOverride())
		if err != nil {
			t.Errorf("the provider stopped serving: %v", err)
		}
	}()
	at := <-found
	t.Cleanup(func() {
		cancel()
		<-closed
		running.Wait()
	})
	type address struct{ Network, String string }
	type reattach struct {
		Protocol        string
		ProtocolVersion int
		Pid             int
		Test            bool
		Addr            address
	}
	here := reattach{
		Protocol: string(at.Protocol), ProtocolVersion: at.ProtocolVersion, Pid: at.Pid, Test: true,
		Addr: address{at.Addr.Network(), at.Addr.String()},
	}
	// OpenTofu takes a source without a host for one of its own registry.
	text, err := json.Marshal(map[string]reattach{provider.Address: here, openTofuAddress: here})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
