package main

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// callbackFlag says where on loopback the callbacks of a host are.
type callbackFlag map[string]string

// String returns nothing: there is no default to show.
func (callbackFlag) String() string { return "" }

// Set takes host=target.
func (f callbackFlag) Set(text string) error {
	host, target, ok := strings.Cut(text, "=")
	u, err := url.Parse(target)
	if !ok || host == "" || err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Port() == "" {
		return errors.New("it is not of the form hooks.example.com=http://127.0.0.1:9000")
	}
	if err := loopback(fmt.Sprintf("target of %s", host), u.Host); err != nil {
		return err
	}
	f[host] = target
	return nil
}
