package tf

import (
	"context"
	"errors"
	"time"

	"github.com/cenkalti/backoff/v5"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// errNotYet makes the loop look again.
var errNotYet = errors.New("not yet")

// Poll calls look until it reports true, fails, or ctx is over, which is the
// deadline of the operation or a cancel by the user. The first look is at once;
// then the pauses grow from tempo.PollMin to tempo.PollMax. what is for the log.
func Poll(ctx context.Context, tempo api.Tempo, what string, look func(context.Context) (bool, error)) error {
	pause := backoff.NewExponentialBackOff()
	pause.InitialInterval, pause.MaxInterval = tempo.PollMin, tempo.PollMax
	_, err := backoff.Retry(ctx, func() (struct{}, error) {
		done, err := look(ctx)
		switch {
		case err != nil:
			return struct{}{}, backoff.Permanent(err)
		case !done:
			return struct{}{}, errNotYet
		}
		return struct{}{}, nil
	}, backoff.WithBackOff(pause), backoff.WithMaxElapsedTime(0), backoff.WithNotify(func(_ error, wait time.Duration) {
		tflog.Info(ctx, "waiting for "+what, map[string]any{"next_look_in": wait.Round(time.Millisecond).String()})
	}))
	return err
}
