package tf

import (
	"context"

	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
)

// Log writes what the API clients report into Terraform's log.
func Log(ctx context.Context, level api.Level, msg string, fields map[string]any) {
	switch level {
	case api.Trace:
		tflog.Trace(ctx, msg, fields)
	case api.Debug:
		tflog.Debug(ctx, msg, fields)
	case api.Info:
		tflog.Info(ctx, msg, fields)
	default:
		tflog.Warn(ctx, msg, fields)
	}
}
