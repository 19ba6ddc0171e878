package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

// What makes a number of nothing. The endpoint is on a port of this machine; the
// simulator goes there when it means the host.
const (
	counterDigits = "+1 555-010-0106"
	counterPIN    = "394617"
	hooksHost     = "hooks.bookshop.example"
	verifyToken   = "quill & <vellum>+17/ink"
)

// counterFile is the configuration of a number that Meta does not know yet.
const counterFile = `variable "verify_token" {
  type      = string
  ephemeral = true
}

variable "code" {
  type      = string
  default   = null
  ephemeral = true
}

variable "code_version" {
  type    = number
  default = null
}

variable "verified" {
  type    = bool
  default = false
}

resource "whatsapp_phone_number" "counter" {
  business_account_id = "` + account + `"
  country_code        = "1"
  phone_number        = "555 010 0106"
  display_name        = "Corner Bookshop Counter"
}

resource "whatsapp_phone_verification" "counter" {
  phone_number_id = whatsapp_phone_number.counter.phone_number_id
  code_wo         = var.code
  code_wo_version = var.code_version
}

resource "whatsapp_phone_registration" "counter" {
  count           = var.verified ? 1 : 0
  phone_number_id = whatsapp_phone_verification.counter.phone_number_id
  pin_wo          = var.pins.counter
  pin_wo_version  = 1
}

resource "whatsapp_business_profile" "counter" {
  phone_number_id = whatsapp_phone_number.counter.phone_number_id
  about           = "Books, and where to find them"
  vertical        = "RETAIL"
}

resource "whatsapp_webhook_subscription" "counter" {
  business_account_id     = "` + account + `"
  override_callback_uri   = "https://` + hooksHost + `/messages"
  verify_token_wo         = var.verify_token
  verify_token_wo_version = 1
}
`

// fromNothing takes a number from nothing to answering: an apply that has a code sent, and one
// that hands it in.
func fromNothing(ctx context.Context, t *story) error {
	if !t.engine.forgets() {
		t.out.say("Left out: the code is a write-only argument, which %s does not know.", t.engine)
		return nil
	}
	endpoint, err := t.answer(ctx)
	if err != nil {
		return err
	}
	defer endpoint.Close()
	t.out.file("counter.tf", counterFile)
	t.pins["counter"] = counterPIN
	t.env = []string{"TF_VAR_verify_token=" + verifyToken, "WHATSAPP_APP_ID=" + t.sim.App().ID}
	if err := t.write("counter.tf", counterFile); err != nil {
		return err
	}
	r, err := t.run(ctx, 0, "apply", "-auto-approve")
	id := t.numbered(counterDigits)
	names[id] = "counter"
	code := t.sim.SentCode(id)
	err = errors.Join(err, r.says("Apply complete! Resources: 4 added, 0 changed, 0 destroyed."))
	if err != nil || code == "" {
		return errors.Join(err, t.is(id, live(""), 0))
	}
	t.learned = append(t.learned, secret{"the code sent to counter", code, false})
	t.out.say("\nThe number rings, and somebody reads the code. TF_VAR_code has it.")
	t.env = append(t.env, "TF_VAR_code="+code, "TF_VAR_code_version=1", "TF_VAR_verified=true")
	r, err = t.run(ctx, 0, "apply", "-auto-approve")
	err = errors.Join(err, r.says("Apply complete! Resources: 1 added, 1 changed, 0 destroyed."), t.is(id, live(counterPIN), 1))
	t.env = []string{"TF_VAR_verify_token=" + verifyToken, "WHATSAPP_APP_ID=" + t.sim.App().ID, "TF_VAR_verified=true"}
	if err != nil {
		return err
	}
	t.out.say("\nThe code is used up. Without it there is nothing left to do.")
	r, err = t.run(ctx, 0, "plan", "-detailed-exitcode")
	return errors.Join(err, t.wrote(), r.says("No changes."))
}

// answer starts the endpoint that answers Meta's challenge.
func (s *stage) answer(ctx context.Context) (*http.Server, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{ReadHeaderTimeout: time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if q := r.URL.Query(); q.Get("hub.verify_token") == verifyToken {
			_, _ = w.Write([]byte(q.Get("hub.challenge"))) // who asked has gone otherwise
			return
		}
		w.WriteHeader(http.StatusForbidden)
	})}
	go func() { _ = server.Serve(listener) }() // it ends when it is closed
	s.sim.RouteCallback(hooksHost, "http://"+listener.Addr().String())
	return server, nil
}

// numbered returns the id of a number that was made, "" if it was not.
func (s *stage) numbered(display string) string {
	for _, n := range s.sim.Numbers() {
		if digits(n.DisplayPhoneNumber) == digits(display) {
			return n.ID
		}
	}
	return ""
}

// digits are those of a phone number: the API formats it in changing ways.
func digits(s string) string {
	var d []rune
	for _, r := range s {
		if r >= '0' && r <= '9' {
			d = append(d, r)
		}
	}
	return string(d)
}
