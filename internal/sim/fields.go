package sim

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// field is one field asked for, with the ones asked for inside it.
type field struct {
	name      string
	sub       []field
	byDefault bool // shown because the request named no fields
}

// maxFieldDepth bounds how deep fields may stand inside each other.
const maxFieldDepth = 8

// parseFields reads the parameter fields, such as "id,throughput{level}".
// source: https://developers.facebook.com/docs/graph-api/guides/field-expansion
func parseFields(text string) ([]field, *graphError) {
	p := &fieldParser{text: text}
	fields := p.list(0)
	if p.bad || p.at < len(text) {
		return nil, &graphError{
			status: http.StatusBadRequest, code: 2500,
			message: fmt.Sprintf("Syntax error \"Expected name.\" at character %d: %s", p.at, text),
		}
	}
	return fields, nil
}

type fieldParser struct {
	text string
	at   int
	bad  bool
}

func (p *fieldParser) list(depth int) []field {
	var fields []field
	for !p.bad {
		f := field{name: p.name()}
		if p.accept('{') {
			p.bad = p.bad || depth == maxFieldDepth
			f.sub = p.list(depth + 1)
			p.bad = p.bad || !p.accept('}')
		}
		fields = append(fields, f)
		if !p.accept(',') {
			break
		}
	}
	return fields
}

func (p *fieldParser) name() string {
	const letters = "abcdefghijklmnopqrstuvwxyz_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	start := p.at
	for p.at < len(p.text) && strings.IndexByte(letters, p.text[p.at]) >= 0 {
		p.at++
	}
	p.bad = p.bad || p.at == start
	return p.text[start:p.at]
}

func (p *fieldParser) accept(c byte) bool {
	if p.bad || p.at == len(p.text) || p.text[p.at] != c {
		return false
	}
	p.at++
	return true
}

// nodeType is what a type of node knows: its name in errors, the fields shown when
// none are asked for, and how each field is read. A reader returns nil for a field
// that is known but absent. A nil reader marks a field that Meta has and the
// simulator has not.
type nodeType[T any] struct {
	name     string
	defaults []string
	readers  map[string]func(T) any
}

// fields returns the fields that a request asks for; one that the type does not
// know fails the whole request.
func (t nodeType[T]) fields(req *request) ([]field, *graphError) {
	text := req.call.Query.Get("fields")
	if text == "" {
		return t.defaultFields(), nil
	}
	fields, gerr := parseFields(text)
	if gerr != nil {
		return nil, gerr
	}
	for _, f := range fields {
		read, known := t.readers[f.name]
		switch {
		case !known:
			return nil, errNoField(f.name, t.name)
		case read == nil:
			return nil, notModelled("field " + f.name)
		}
	}
	return fields, nil
}

func (t nodeType[T]) defaultFields() []field {
	var fields []field
	for _, name := range t.defaults {
		fields = append(fields, field{name: name, byDefault: true})
	}
	return fields
}

// project returns the fields of a node and its id, and nothing else. The node
// itself may refuse some that its type knows.
func (t nodeType[T]) project(node T, fields []field, refused []string) (map[string]any, *graphError) {
	m := map[string]any{"id": t.readers["id"](node)}
	for _, f := range fields {
		refuses := slices.Contains(refused, f.name)
		if refuses && !f.byDefault {
			return nil, errNoField(f.name, t.name)
		}
		v := t.readers[f.name](node)
		if v == nil || refuses {
			continue
		}
		v, gerr := narrow(v, f)
		if gerr != nil {
			return nil, gerr
		}
		m[f.name] = v
	}
	return m, nil
}

// narrow keeps of a value the fields asked for inside it.
func narrow(v any, f field) (any, *graphError) {
	if f.sub == nil {
		return v, nil
	}
	switch v := v.(type) {
	case map[string]any:
		return narrowObject(v, f)
	case []any:
		list := []any{}
		for _, item := range v {
			n, gerr := narrow(item, f)
			if gerr != nil {
				return nil, gerr
			}
			list = append(list, n)
		}
		return list, nil
	}
	return nil, cloudError(http.StatusBadRequest, 100, "Subfields are not supported by "+f.name, "")
}

func narrowObject(v map[string]any, f field) (any, *graphError) {
	m := map[string]any{}
	for _, sub := range f.sub {
		inner, ok := v[sub.name]
		if !ok {
			return nil, errNoField(sub.name, f.name)
		}
		n, gerr := narrow(inner, sub)
		if gerr != nil {
			return nil, gerr
		}
		m[sub.name] = n
	}
	return m, nil
}
