package sim

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// Start listens on addr, such as "127.0.0.1:0", serves in the background and
// returns the address to use as a base URL.
func (s *Server) Start(addr string) (url string, err error) {
	if err := s.listen(addr); err != nil {
		return "", err
	}
	return "http://" + s.addr, nil
}

// Close stops listening, also for deployments, drops all connections and ends every wait. Calls under
// way are still carried out.
func (s *Server) Close() {
	s.closing.Do(func() { close(s.done) })
	s.Down()
	s.stopAll()
}

// Down stops listening and drops all connections: until [Server.Up], whoever calls
// is refused. Calls under way are still carried out.
func (s *Server) Down() {
	s.netMu.Lock()
	defer s.netMu.Unlock()
	if s.http != nil {
		_ = s.ln.Close()   // by ourselves, since the server may not have it yet
		_ = s.http.Close() // cuts connections, so what it has to say is no news
		s.http, s.ln = nil, nil
	}
}

// Up listens again on the port that [Server.Start] took. It is an error when the
// simulator was never started, is up, or has lost its port to somebody else.
func (s *Server) Up() error {
	s.netMu.Lock()
	addr := s.addr
	s.netMu.Unlock()
	if addr == "" {
		return fmt.Errorf("sim: up: never started")
	}
	return s.listen(addr)
}

func (s *Server) listen(addr string) error {
	s.netMu.Lock()
	defer s.netMu.Unlock()
	if s.http != nil {
		return fmt.Errorf("sim: listening on %s already", s.addr)
	}
	ln, err := listenTCP(addr)
	if err != nil {
		return err
	}
	s.ln, s.addr = ln, ln.Addr().String()
	s.http = &http.Server{
		Handler:           s.handler(),
		ReadHeaderTimeout: time.Minute,
		ErrorLog:          log.New(io.Discard, "", 0), // faults cut connections on purpose
	}
	go func(h *http.Server) { _ = h.Serve(ln) }(s.http) // ends with ErrServerClosed
	return nil
}

// handler is what answers on the port.
func (s *Server) handler() http.Handler {
	if s.options.front == nil {
		return s
	}
	return s.options.front(s)
}

func listenTCP(addr string) (net.Listener, error) {
	tcp, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("sim: %w", err)
	}
	ln, err := net.ListenTCP("tcp", tcp)
	if err != nil {
		return nil, fmt.Errorf("sim: %w", err)
	}
	return ln, nil
}

// wait lets real time pass, whether or not the caller is still there: Meta does
// not stop either when a client hangs up.
func (s *Server) wait(d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-s.done:
	}
}
