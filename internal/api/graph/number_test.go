package graph

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

func TestAccounts_AddPhone(t *testing.T) {
	w := serve(t, file(t, 200, "success_id.json"))
	c, _ := client(t, w)
	id, err := c.Accounts.AddPhone(t.Context(), account, NewPhone{"1", "5550100123", "Lucky Shrub"})
	if err != nil || id != phone {
		t.Errorf("got %q, %v", id, err)
	}
}

// A number that was added without anybody knowing its id must be looked for.
func TestAccounts_AddPhone_withoutAnID(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"confirmed": file(t, 200, "success_bool.json"), "empty": raw(200, `{"success":true,"id":""}`), "cut": cut,
	} {
		w := serve(t, answer)
		c, _ := client(t, w)
		id, err := c.Accounts.AddPhone(t.Context(), account, NewPhone{"1", "5550100123", "Lucky Shrub"})
		if e := failed(t, err); id != "" || e.Outcome != api.Unclear || e.Call != "POST /{business-account-id}/phone_numbers" {
			t.Errorf("%s: got %q, %+v", name, id, e)
		}
		w.wantCalls(t, 1)
	}
}

func TestAccounts_AddPhone_isRepeatedWhenNothingWasDone(t *testing.T) {
	w := serve(t, file(t, 400, "error_throttled.json"), file(t, 200, "success_id.json"))
	c, _ := client(t, w)
	if id, err := c.Accounts.AddPhone(t.Context(), account, NewPhone{"1", "5550100123", "Lucky Shrub"}); err != nil || id != phone {
		t.Errorf("got %q, %v", id, err)
	}
	w.wantCalls(t, 2)
}

func TestIsAlreadyVerified(t *testing.T) {
	w := serve(t, file(t, 400, "error_verified.json"))
	c, _ := client(t, w)
	for name, err := range map[string]error{
		"request": c.Phones.RequestCode(t.Context(), phone, "SMS", "en_US"),
		"verify":  c.Phones.VerifyCode(t.Context(), phone, "012345"),
	} {
		if e := failed(t, err); !IsAlreadyVerified(fmt.Errorf("wrapped: %w", err)) || e.Kind != api.Conflict || e.Outcome != api.Refused {
			t.Errorf("%s: got %+v", name, e)
		}
	}
	w.wantCalls(t, 2)
}

// The API asks to wait for an hour: nothing waits for it, and nothing else is held up.
func TestPhones_RequestCode_tooOften(t *testing.T) {
	w := serve(t, file(t, 400, "error_code_limit.json"))
	c, _ := client(t, w)
	err := c.Phones.RequestCode(t.Context(), phone, "VOICE", "de_DE")
	if e := failed(t, err); IsAlreadyVerified(err) || e.Kind != api.Conflict || e.Subcode != 2388091 || e.UserMessage == "" {
		t.Errorf("got %+v", e)
	}
	w.wantCalls(t, 1)
}

const emptyPage = `{"data":[],"paging":{}}`

// A thousand numbers are added with one look at their account: what was added is known.
func TestPhones_Numbered(t *testing.T) {
	w := serve(t, raw(200, `{"data":[{"id":"1","display_phone_number":"+1 555-010-0100"}],"paging":{}}`), file(t, 200, "success_id.json"))
	c, _ := client(t, w)
	for digits, want := range map[string]PhoneID{"15550100100": "1", "15550100123": ""} {
		if id, err := c.Phones.Numbered(t.Context(), account, digits); err != nil || id != want {
			t.Errorf("%s: got %q, %v", digits, id, err)
		}
	}
	if _, err := c.Accounts.AddPhone(t.Context(), account, NewPhone{"1", "5550100123", "Lucky Shrub"}); err != nil {
		t.Fatal(err)
	}
	if id, err := c.Phones.Numbered(t.Context(), account, "15550100123"); err != nil || id != phone {
		t.Errorf("got %q, %v", id, err)
	}
	if on, err := c.Phones.On(t.Context(), account, phone); err != nil || !on {
		t.Errorf("got %t, %v", on, err)
	}
	w.wantCalls(t, 2)
}

// Whatever else an addition came to, the list is not what it was.
func TestPhones_Numbered_afterAnUnclearAddition(t *testing.T) {
	w := serve(t, raw(200, emptyPage), reset, raw(200, `{"data":[{"id":"`+string(phone)+`","display_phone_number":"+1 555-010-0123"}],"paging":{}}`))
	c, _ := client(t, w)
	if id, err := c.Phones.Numbered(t.Context(), account, "15550100123"); err != nil || id != "" {
		t.Fatalf("got %q, %v", id, err)
	}
	_, err := c.Accounts.AddPhone(t.Context(), account, NewPhone{"1", "5550100123", "Lucky Shrub"})
	if e := failed(t, err); e.Outcome != api.Unclear {
		t.Fatalf("got %+v", e)
	}
	if id, err := c.Phones.Numbered(t.Context(), account, "15550100123"); err != nil || id != phone {
		t.Errorf("got %q, %v", id, err)
	}
	w.wantCalls(t, 3)
}

// A list that was begun before a number was added may lack it, and is read once more.
func TestPhones_Numbered_whileAnotherIsAdded(t *testing.T) {
	var c *Client
	w := serve(t, func(w http.ResponseWriter, r *http.Request) {
		c.Phones.memory.join(account, phone, "15550100123")
		raw(200, emptyPage)(w, r)
	}, raw(200, `{"data":[{"id":"`+string(phone)+`","display_phone_number":"+1 555-010-0123"}],"paging":{}}`))
	c, _ = client(t, w)
	if id, err := c.Phones.Numbered(t.Context(), account, "15550100123"); err != nil || id != phone {
		t.Errorf("got %q, %v", id, err)
	}
	w.wantCalls(t, 2)
}
