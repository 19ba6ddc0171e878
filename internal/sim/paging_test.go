package sim

import (
	"net/url"
	"strings"
	"testing"
)

// ids returns the ids on a page.
func (a reply) ids() string {
	var ids []string
	data, _ := a.json["data"].([]any)
	for _, item := range data {
		m, _ := item.(map[string]any)
		id, _ := m["id"].(string)
		ids = append(ids, strings.TrimLeft(id[1:], "0"))
	}
	return strings.Join(ids, " ")
}

func (a reply) paging() (after, next string) {
	p, _ := a.json["paging"].(map[string]any)
	c, _ := p["cursors"].(map[string]any)
	after, _ = c["after"].(string)
	next, _ = p["next"].(string)
	return after, next
}

// walk returns the ids of every page, pages between bars.
func (l *lab) walk(query string) string {
	l.Helper()
	var pages []string
	after := ""
	for range 20 {
		a := l.get(garden + "/phone_numbers?fields=id&" + query + "&after=" + after)
		l.wantOK(a)
		pages = append(pages, a.ids())
		var next string
		if after, next = a.paging(); next == "" {
			return strings.Join(pages, "|")
		}
	}
	l.Fatal("no end")
	return ""
}

func TestList(t *testing.T) {
	tests := []struct {
		name, query, want string
		opts              []Option
	}{
		{"two by two, the newest first", "", "5 4|3 2|1", nil},
		{"whatever limit asks", "limit=100", "5 4|3 2|1", nil},
		{"unless it asks for less", "limit=1", "5|4|3|2|1", nil},
		{"larger pages", "", "5 4 3|2 1", []Option{WithPageSize(3)}},
		{"one page", "", "5 4 3 2 1", []Option{WithPageSize(25)}},
		{"an empty page first", "", "|5 4|3 2|1", []Option{WithEmptyPages()}},
		{"the oldest first", "sort=creation_time_ascending", "1 2|3 4|5", nil},
		{"sorted by an array", `sort=["last_onboarded_time_ascending"]`, "1 2|3 4|5", nil},
		{"sorted as by default", "sort=last_onboarded_time_descending", "5 4|3 2|1", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			l := newLab(t, tt.opts...)
			if got := l.walk(tt.query); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestList_nextLeaksTheToken(t *testing.T) {
	l := newLab(t)
	a := l.get(garden + "/phone_numbers?fields=id&appsecret_proof=" + sign("EAAtest", "shhh"))
	_, next := a.paging()
	u, err := url.Parse(next)
	if err != nil || u.Host != "example.com" || u.Path != "/v25.0/"+garden+"/phone_numbers" {
		t.Fatalf("next is %s", next)
	}
	if q := u.Query(); q.Get("access_token") != "EAAtest" || q.Get("fields") != "id" || q.Has("appsecret_proof") {
		t.Errorf("next asks %v", q)
	}
	l.wantError(l.send("GET", u.RequestURI(), ""), 501, 3, 0)
}

func TestList_badCursor(t *testing.T) {
	l := newLab(t)
	after, _ := l.get(garden + "/phone_numbers").paging()
	l.wantError(l.get(garden+"/phone_numbers?after=nonsense"), 400, 131059, 0)
	l.wantError(l.get(bakery+"/phone_numbers?after="+after), 400, 131059, 0)
	l.wantError(l.send("GET", "/v23.0/"+garden+"/phone_numbers?after=nonsense", ""), 400, 100, 0)
	l.Remove(onprem) // the last of the page
	l.wantError(l.get(garden+"/phone_numbers?after="+after), 400, 131059, 0)
}

func TestList_empty(t *testing.T) {
	w := testWorld()
	w.Accounts[1].Numbers = nil
	l := newLabWith(t, w)
	if a := l.get(bakery + "/phone_numbers"); a.body != `{"data":[]}` {
		t.Errorf("got %s", a.body)
	}
}

func TestList_summary(t *testing.T) {
	l := newLab(t)
	a := l.get(garden + "/phone_numbers?fields=id&summary=total_count")
	if !strings.Contains(a.body, `"summary":{"total_count":5}`) {
		t.Errorf("got %s", a.body)
	}
}
