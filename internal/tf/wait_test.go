package tf_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

var tempo = api.Tempo{PollMin: time.Second, PollMax: 8 * time.Second}

// TestPoll looks at once, and then less and less often until there is nothing
// left to wait for, however long that takes.
func TestPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began, last := time.Now(), time.Now()
		var pauses []time.Duration
		err := tf.Poll(t.Context(), tempo, "the lamp", func(context.Context) (bool, error) {
			pauses = append(pauses, time.Since(last))
			last = time.Now()
			return time.Since(began) > time.Hour, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if pauses[0] != 0 {
			t.Errorf("the first look was after %v", pauses[0])
		}
		// Each pause is up to half as long again, or half as short, by chance.
		if pauses[1] < tempo.PollMin/2 || pauses[1] > tempo.PollMin*3/2 {
			t.Errorf("the second look was %v later", pauses[1])
		}
		longest := time.Duration(0)
		for _, pause := range pauses {
			longest = max(longest, pause)
		}
		if longest <= tempo.PollMax*3/4 || longest > tempo.PollMax*3/2 {
			t.Errorf("the longest pause was %v", longest)
		}
	})
}

// TestPoll_fails ends with the error of a look, which is not repeated.
func TestPoll_fails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken, looks := errors.New("broken"), 0
		err := tf.Poll(t.Context(), tempo, "the lamp", func(context.Context) (bool, error) {
			looks++
			if looks == 3 {
				return false, broken
			}
			return false, nil
		})
		if !errors.Is(err, broken) || looks != 3 {
			t.Errorf("%v after %d looks", err, looks)
		}
	})
}

// TestPoll_ends with the time of the operation, and with the patience of the
// user, at that very moment and telling which of the two it was.
func TestPoll_ends(t *testing.T) {
	never := func(context.Context) (bool, error) { return false, nil }
	t.Run("deadline", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			began := time.Now()
			err := tf.Poll(ctx, tempo, "the lamp", never)
			if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != time.Minute {
				t.Errorf("%v after %v", err, time.Since(began))
			}
		})
	})
	t.Run("cancel", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(10*time.Second, cancel)
			began := time.Now()
			err := tf.Poll(ctx, tempo, "the lamp", never)
			if !errors.Is(err, context.Canceled) || time.Since(began) != 10*time.Second {
				t.Errorf("%v after %v", err, time.Since(began))
			}
		})
	})
	t.Run("over before it began", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		looks := 0
		err := tf.Poll(ctx, tempo, "the lamp", func(context.Context) (bool, error) { looks++; return false, nil })
		if !errors.Is(err, context.Canceled) || looks > 1 {
			t.Errorf("%v after %d looks", err, looks)
		}
	})
}
