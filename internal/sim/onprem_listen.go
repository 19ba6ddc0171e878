package sim

import (
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// front is where a deployment listens.
type front struct {
	handler http.Handler
	addr    string
	ca      []byte // PEM
	pair    tls.Certificate
	http    *http.Server // nil while it refuses connections
	ln      net.Listener
}

// StartOnPremises puts the deployment of a number on addr, such as "127.0.0.1:0",
// with HTTPS, and serves it in the background. It returns the base URL and, as PEM,
// the certificate of the authority that signed the deployment's own: a new one,
// which nobody trusts yet. As in Meta's setup every deployment has a port and a
// certificate of its own, and serves one number.
func (s *Server) StartOnPremises(numberID, addr string) (url string, ca []byte, err error) {
	if _, ok := s.Deployment(numberID); !ok {
		return "", nil, fmt.Errorf("sim: number %s has no deployment", numberID)
	}
	s.netMu.Lock()
	defer s.netMu.Unlock()
	if f := s.fronts[numberID]; f != nil && f.http != nil {
		return "", nil, fmt.Errorf("sim: the deployment of %s is listening on %s already", numberID, f.addr)
	}
	f := &front{addr: addr, handler: webapp{s, numberID}}
	if f.ca, f.pair, err = newCertificate(addr); err != nil {
		return "", nil, fmt.Errorf("sim: %w", err)
	}
	if err := f.open(); err != nil {
		return "", nil, err
	}
	s.fronts[numberID] = f
	return "https://" + f.addr, f.ca, nil
}

// StopOnPremises takes a deployment off its port: whoever calls is refused, until
// [Server.Restore]. Calls under way are still carried out.
func (s *Server) StopOnPremises(numberID string) {
	s.netMu.Lock()
	defer s.netMu.Unlock()
	if f := s.fronts[numberID]; f != nil {
		f.close()
	}
}

// reopen puts a deployment that was started back on its port.
func (s *Server) reopen(numberID string) error {
	s.netMu.Lock()
	defer s.netMu.Unlock()
	f := s.fronts[numberID]
	if f == nil || f.http != nil {
		return nil
	}
	return f.open()
}

// certificate returns the certificate of the authority of a deployment, nil when it
// was never started.
func (s *Server) certificate(numberID string) []byte {
	s.netMu.Lock()
	defer s.netMu.Unlock()
	if f := s.fronts[numberID]; f != nil {
		return f.ca
	}
	return nil
}

// stopAll takes every deployment off its port.
func (s *Server) stopAll() {
	s.netMu.Lock()
	defer s.netMu.Unlock()
	for _, f := range s.fronts {
		f.close()
	}
}

// open listens. Only HTTP/1.1 is offered, which has a connection to reset.
func (f *front) open() error {
	ln, err := listenTCP(f.addr)
	if err != nil {
		return err
	}
	f.ln, f.addr = ln, ln.Addr().String()
	f.http = &http.Server{
		Handler:           f.handler,
		ReadHeaderTimeout: time.Minute,
		ErrorLog:          log.New(io.Discard, "", 0), // faults and distrust cut connections on purpose
	}
	config := &tls.Config{
		Certificates: []tls.Certificate{f.pair}, NextProtos: []string{"http/1.1"}, MinVersion: tls.VersionTLS12,
	}
	go func(h *http.Server) { _ = h.Serve(tls.NewListener(ln, config)) }(f.http) // ends with ErrServerClosed
	return nil
}

func (f *front) close() {
	if f.http == nil {
		return
	}
	_ = f.ln.Close()   // by ourselves, since the server may not have it yet
	_ = f.http.Close() // cuts connections, so what it has to say is no news
	f.http, f.ln = nil, nil
}
