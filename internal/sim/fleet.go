package sim

import "fmt"

// Fleet returns a world of many accounts with many numbers each, all owned by one
// portfolio, 700000000000001, whose token may list them. The numbers are registered.
// Ids count up: accounts from 300000000000001, numbers from 400000000000001. Fleet
// panics beyond the 79,900 numbers that are kept for fiction.
func Fleet(accounts, numbersEach int) World {
	if accounts*numbersEach > 79900 {
		panic("sim: there are not that many numbers")
	}
	w := World{Scopes: []string{scopeManagement, scopeMessaging, scopeBusiness}}
	n := 0
	for i := range accounts {
		a := Account{
			ID: fmt.Sprintf("3%014d", i+1), Name: fmt.Sprintf("Shop %d", i+1), BusinessID: "700000000000001",
		}
		for range numbersEach {
			a.Numbers = append(a.Numbers, Number{
				ID: fmt.Sprintf("4%014d", n+1), DisplayPhoneNumber: fmt.Sprintf("+1 %d-555-01%02d", 201+n/100, n%100),
				VerifiedName: a.Name, PlatformType: platformCloud, QualityRating: "GREEN", PIN: "012345",
			})
			n++
		}
		w.Accounts = append(w.Accounts, a)
	}
	return w
}
