package graph

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// census is a server of accounts with many numbers. Their ids begin with the id of the
// account. What it was asked is kept as node ids and as "account@cursor".
type census struct {
	*httptest.Server
	sizes map[AccountID]int
	perPage,
	failFrom int // the first page of every list that is refused; 0 for none
	health bool                            // whether nodes tell their account
	during func(account AccountID, at int) // called while a page is under way
	answer func(asked string) http.HandlerFunc

	mu    sync.Mutex
	asked []string
}

func count(t *testing.T, sizes map[AccountID]int) *census {
	t.Helper()
	c := &census{sizes: sizes, perPage: 100, health: true}
	c.Server = httptest.NewServer(c)
	t.Cleanup(c.Close)
	return c
}

func numberID(account AccountID, i int) PhoneID { return PhoneID(fmt.Sprintf("%s%05d", account, i)) }

func (c *census) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id, edge, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/v25.0/"), "/")
	after, _ := strconv.Atoi(r.URL.Query().Get("after"))
	asked := id
	if edge != "" {
		asked = fmt.Sprintf("%s@%d", id, after)
	}
	c.mu.Lock()
	c.asked = append(c.asked, asked)
	c.mu.Unlock()
	if c.answer != nil {
		if special := c.answer(asked); special != nil {
			special(w, r)
			return
		}
	}
	if edge == "" {
		c.node(w, id)
		return
	}
	c.page(w, AccountID(id), after)
}

func (c *census) node(w io.Writer, id string) {
	health := ""
	if c.health {
		health = `,"health_status":{"can_send_message":"AVAILABLE","entities":[{"entity_type":"WABA","id":"` + id[:len(id)-5] + `"}]}`
	}
	fmt.Fprintf(w, `{"id":"%s","status":"CONNECTED","platform_type":"CLOUD_API","verified_name":"by node"%s}`, id, health)
}

func (c *census) page(w http.ResponseWriter, account AccountID, at int) {
	if c.failFrom > 0 && at >= c.failFrom-1 {
		w.WriteHeader(http.StatusForbidden)
		io.WriteString(w, `{"error":{"message":"Permissions error","code":200}}`)
		return
	}
	if c.during != nil {
		c.during(account, at)
	}
	var data []string
	for i := at * c.perPage; i < min((at+1)*c.perPage, c.sizes[account]); i++ {
		data = append(data, fmt.Sprintf(`{"id":"%s","status":"CONNECTED","platform_type":"CLOUD_API","verified_name":"by list"}`, numberID(account, i)))
	}
	next := ""
	if (at+1)*c.perPage < c.sizes[account] {
		next = `,"next":"https://example.com/"`
	}
	fmt.Fprintf(w, `{"data":[%s],"paging":{"cursors":{"after":"%d"}%s}}`, strings.Join(data, ","), at+1, next)
}

// wantAsked fails the test unless this many nodes were read and pages listed.
func (c *census) wantAsked(t *testing.T, nodes, pages int) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	listed := 0
	for _, asked := range c.asked {
		if strings.Contains(asked, "@") {
			listed++
		}
	}
	if listed != pages || len(c.asked)-listed != nodes {
		t.Errorf("%d nodes and %d pages were read, want %d and %d: %v", len(c.asked)-listed, listed, nodes, pages, c.asked)
	}
}

func (c *census) client(t *testing.T) *Client {
	t.Helper()
	cl, err := New(config(c.URL, new(logs)))
	if err != nil {
		t.Fatal(err)
	}
	return cl
}

// findAll finds numbers from ten goroutines, as Terraform refreshes. The first one goes
// ahead, so that it is always the same one that is read by its node.
func findAll(t *testing.T, c *Client, account AccountID, ids []PhoneID) (byNode int) {
	t.Helper()
	var nodes atomic.Int32
	var workers sync.WaitGroup
	next := make(chan PhoneID)
	find := func(id PhoneID) {
		p, err := c.Phones.Find(t.Context(), account, id)
		if err != nil || p.ID != id || p.AccountID() != AccountID(id[:len(id)-5]) && p.Health != nil {
			t.Errorf("%s: got %+v, %v", id, p, err)
		} else if p.VerifiedName == "by node" {
			nodes.Add(1)
		}
	}
	find(ids[0])
	for range 10 {
		workers.Go(func() {
			for id := range next {
				find(id)
			}
		})
	}
	for _, id := range ids[1:] {
		next <- id
	}
	close(next)
	workers.Wait()
	return int(nodes.Load())
}

func numbers(account AccountID, n int) []PhoneID {
	var all []PhoneID
	for i := range n {
		all = append(all, numberID(account, i))
	}
	return all
}

func TestPhones_Find_readsAPageForAHundred(t *testing.T) {
	for n, pages := range map[int]int{1: 0, 2: 1, 100: 1, 101: 2, 250: 3} {
		server := count(t, map[AccountID]int{"7": n})
		findAll(t, server.client(t), "7", numbers("7", n))
		server.wantAsked(t, 1, pages)
	}
}

// A write while the list is being read, or afterwards, is not hidden by the list.
func TestPhones_Find_afterAWrite(t *testing.T) {
	server := count(t, map[AccountID]int{"7": 150})
	c := server.client(t)
	written := map[PhoneID]bool{numberID("7", 3): true, numberID("7", 120): true}
	server.during = func(_ AccountID, at int) {
		if at == 1 { // one of them was listed before, the other one is about to be
			for id := range written {
				c.Phones.memory.forget(id)
			}
		}
	}
	findAll(t, c, "7", numbers("7", 2))
	c.Phones.memory.forget(numberID("7", 50))
	written[numberID("7", 50)] = true
	for _, id := range numbers("7", 150)[2:] {
		p, err := c.Phones.Find(t.Context(), "7", id)
		if err != nil || (p.VerifiedName == "by node") != written[id] {
			t.Errorf("%s: got %+v, %v", id, p, err)
		}
	}
	server.wantAsked(t, 1+3, 2)
}

func TestPhones_Find_handsOutCopies(t *testing.T) {
	server := count(t, map[AccountID]int{"7": 3})
	c := server.client(t)
	findAll(t, c, "7", numbers("7", 3))
	p, _ := c.Phones.Find(t.Context(), "7", numberID("7", 2))
	p.Status = "CHANGED"
	if again, _ := c.Phones.Find(t.Context(), "7", numberID("7", 2)); again.Status != "CONNECTED" {
		t.Error("the memory was changed from outside")
	}
}

// A number that slips from one page to the other is listed twice, or not at all.
func TestPhones_Find_movesBetweenPages(t *testing.T) {
	server := count(t, map[AccountID]int{"7": 4})
	server.perPage = 2
	one := func(i int) string {
		return fmt.Sprintf(`{"id":"%s","status":"CONNECTED","platform_type":"CLOUD_API","verified_name":"by list"}`, numberID("7", i))
	}
	server.answer = func(asked string) http.HandlerFunc {
		switch asked {
		case "7@0":
			return raw(200, `{"data":[`+one(0)+`,`+one(1)+`],"paging":{"cursors":{"after":"1"},"next":"x"}}`)
		case "7@1":
			return raw(200, `{"data":[`+one(1)+`,`+one(3)+`]}`) // 2 slipped to the page before
		}
		return nil
	}
	c := server.client(t)
	for i, want := range []string{"by node", "by list", "by node", "by list"} {
		if p, err := c.Phones.Find(t.Context(), "7", numberID("7", i)); err != nil || p.VerifiedName != want {
			t.Errorf("number %d: got %+v, %v, want it %s", i, p, err, want)
		}
	}
	server.wantAsked(t, 2, 2)
}

func TestPhones_Find_listFailsHalfWay(t *testing.T) {
	server := count(t, map[AccountID]int{"7": 500})
	server.failFrom = 3
	c := server.client(t)
	if byNode := findAll(t, c, "7", numbers("7", 300)); byNode != 1+100 {
		t.Errorf("%d numbers were read by their nodes", byNode)
	}
	server.wantAsked(t, 1+100, 3)
	if _, err := c.Phones.On(t.Context(), "7", numberID("7", 1)); failed(t, err).Code != 200 {
		t.Errorf("half a list passes for a whole one: %v", err)
	}
	server.wantAsked(t, 1+100, 3)
}

func TestPhones_Find_accountCannotBeListed(t *testing.T) {
	server := count(t, map[AccountID]int{"7": 30})
	server.failFrom = 1
	if byNode := findAll(t, server.client(t), "7", numbers("7", 30)); byNode != 30 {
		t.Errorf("%d numbers were read by their nodes", byNode)
	}
	server.wantAsked(t, 30, 1)
}

// A number that moved to another account is read by its node, which tells where it is.
func TestPhones_Find_onAnotherAccount(t *testing.T) {
	server := count(t, map[AccountID]int{"7": 3, "8": 3})
	c := server.client(t)
	findAll(t, c, "7", numbers("7", 3))
	p, err := c.Phones.Find(t.Context(), "7", numberID("8", 0))
	if err != nil || p.AccountID() != "8" {
		t.Errorf("got %+v, %v", p, err)
	}
	if on, err := c.Phones.On(t.Context(), "7", numberID("8", 0)); on || err != nil {
		t.Errorf("the account that it left lists it: %v, %v", on, err)
	}
	server.wantAsked(t, 2, 1)
}

// Numbers of unknown accounts, as at an import: the second one of each account brings
// the list in, which answers for the others.
func TestPhones_Find_strangers(t *testing.T) {
	server := count(t, map[AccountID]int{"7": 120, "8": 40, "9": 1})
	var all []PhoneID
	for i := range 120 {
		all = append(all, numberID("7", i))
		if i < 40 {
			all = append(all, numberID("8", i))
		}
	}
	findAll(t, server.client(t), "", append(all, numberID("9", 0)))
	server.wantAsked(t, 2+2+1, 2+1)
}

// The list of an account is not worth its calls for two numbers, or for one read twice.
func TestPhones_Find_fewStrangers(t *testing.T) {
	server := count(t, map[AccountID]int{"7": 120})
	findAll(t, server.client(t), "", numbers("7", 2))
	server.wantAsked(t, 2, 0)
	server = count(t, map[AccountID]int{"7": 120})
	findAll(t, server.client(t), "7", []PhoneID{numberID("7", 1), numberID("7", 1)})
	server.wantAsked(t, 2, 0)
}

func TestPhones_Find_strangersWhoseAccountIsNotTold(t *testing.T) {
	server := count(t, map[AccountID]int{"7": 30})
	server.health = false
	var now, most atomic.Int32
	server.answer = func(string) http.HandlerFunc {
		n := now.Add(1)
		for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
		}
		time.Sleep(5 * time.Millisecond)
		now.Add(-1)
		return nil
	}
	findAll(t, server.client(t), "", numbers("7", 30))
	server.wantAsked(t, 30, 0)
	if most.Load() < 3 {
		t.Errorf("they were read %d at a time", most.Load())
	}
}

// Who leaves does not take the list from those who wait for it.
func TestPhones_Find_cancelled(t *testing.T) {
	server := count(t, map[AccountID]int{"7": 3})
	begun, release := make(chan bool, 9), make(chan bool)
	server.during = func(AccountID, int) {
		begun <- true
		<-release
	}
	c := server.client(t)
	findAll(t, c, "7", numbers("7", 1))
	ctx, cancel := context.WithCancel(t.Context())
	left, stayed := make(chan error), make(chan error)
	find := func(ctx context.Context, i int, done chan<- error) {
		_, err := c.Phones.Find(ctx, "7", numberID("7", i))
		done <- err
	}
	go find(ctx, 1, left)
	<-begun
	go find(t.Context(), 2, stayed)
	cancel()
	select {
	case err := <-left:
		if !isContext(err) {
			t.Errorf("got %v", err)
		}
	case <-time.After(time.Second):
		t.Error("a cancelled read goes on for a second")
	}
	close(release)
	if err := <-stayed; err != nil {
		t.Errorf("the other one failed too: %v", err)
	}
}

// Throttled in the middle of a list: it waits, goes on, and nothing is lost.
func TestPhones_Find_throttled(t *testing.T) {
	server := count(t, map[AccountID]int{"7": 300})
	var at atomic.Int64
	server.answer = func(asked string) http.HandlerFunc {
		if asked == "7@1" && at.CompareAndSwap(0, time.Now().UnixNano()) {
			return raw(400, `{"error":{"message":"There have been too many calls","code":80008}}`)
		}
		if began := at.Load(); began > 0 && time.Since(time.Unix(0, began)) < quick.ThrottleMin {
			t.Errorf("%s was asked for %s after the API said to wait", asked, time.Since(time.Unix(0, began)))
		}
		return nil
	}
	if byNode := findAll(t, server.client(t), "7", numbers("7", 300)); byNode != 1 {
		t.Errorf("%d numbers were read by their nodes", byNode)
	}
	server.wantAsked(t, 1, 4)
}

// One account is throttled, and only its own calls wait.
func TestClient_throttlesOneAccount(t *testing.T) {
	server := count(t, map[AccountID]int{"7": 5, "8": 5})
	server.answer = func(asked string) http.HandlerFunc {
		if asked == "7@0" {
			return raw(400, `{"error":{"message":"There have been too many calls","code":80008}}`)
		}
		return nil
	}
	c := server.client(t)
	c.transport.Tempo.ThrottleMin = time.Hour
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	_, err := c.Phones.On(ctx, "7", "1")
	if e := failed(t, err); !e.OneAccount || e.RetryAfter < time.Hour {
		t.Fatalf("got %+v", e)
	}
	findAll(t, c, "8", numbers("8", 5))
	if _, err := c.Phones.Find(ctx, "7", numberID("7", 1)); failed(t, err).Attempts != 0 {
		t.Errorf("a call to the throttled account went out: %v", err)
	}
	server.wantAsked(t, 1, 2)
}
