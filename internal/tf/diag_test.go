package tf_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// TestDiagnose words each kind of error for the user: what was being done, the
// cause unchanged, what to do, and the reference that support asks for.
func TestDiagnose(t *testing.T) {
	for name, tt := range map[string]struct {
		err  error
		want string
	}{
		"plain": {errors.New("no socket"), "error: Could not go: no socket"},
		"while doing something": {
			tf.During("hang the lamp", &api.Error{Call: "POST /{lamp-id}", Message: "No."}),
			"error: Could not hang the lamp: No.\n\n" + unsure + "\n\nPOST /{lamp-id}",
		},
		"in its own words":              {&tf.Problem{Summary: "Dark", Detail: "It is dark."}, "error: Dark: It is dark."},
		"in its own words, at a place":  {tf.During("look", &tf.Problem{Attribute: "lamp", Summary: "Dark", Detail: "It is dark."}), "error at lamp: Dark: It is dark."},
		"with something besides":        {tf.Also(tf.During("look", errors.New("dark")), "It was light before."), "error: Could not look: dark\n\nIt was light before."},
		"no token":                      {tf.During("look", graph.ErrNoToken), "error: Could not look: The provider has no access token. Set access_token in the provider block, or the environment variable WHATSAPP_ACCESS_TOKEN."},
		"no app":                        {graph.ErrNoAppCredentials, "error: Could not go: The app makes this call itself, and the provider lacks its id or its secret. Set app_id and app_secret in the provider block, or the environment variables WHATSAPP_APP_ID and WHATSAPP_APP_SECRET."},
		"cancelled":                     {tf.During("look", context.Canceled), "error: Could not look: The operation was cancelled."},
		"too late":                      {context.DeadlineExceeded, "error: Could not go: The time for this operation was up. Give it more in timeouts, if it needs that."},
		"done partly":                   {tf.Partly(tf.During("look", context.Canceled)), "error: Could not look: The operation was cancelled."},
		"everything the API can say":    {full, "error: Could not go: Title\nText for people\nMessage\nReason\n\n" + unsure + "\n\nPOST /{lamp-id}: HTTP 400, code 987654, subcode 12, 3 attempts, trace T1"},
		"the same said in several ways": {&api.Error{Call: "c", UserTitle: "Too dark", Message: "Too dark to see", Reason: "dark to see"}, "error: Could not go: Too dark\nToo dark to see\n\n" + unsure + "\n\nc"},
		"no answer":                     {&api.Error{Call: "c", Attempts: 1, Err: errors.New("connection reset")}, "error: Could not go: The WhatsApp API gave no usable answer: connection reset\n\n" + unsure + "\n\nc"},
	} {
		t.Run(name, func(t *testing.T) {
			got := strings.Join(said(tf.Diagnose(t.Context(), "Could not go", path.Empty(), tt.err)), "\n")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// unsure is said of whatever nobody knows the outcome of.
const unsure = "It is not known whether the call took effect. Trying again is safe: the provider first reads what is there."

// full is an error of the API with all that it can have.
var full = &api.Error{
	Call: "POST /{lamp-id}", Status: 400, Code: 987654, Subcode: 12, Attempts: 3, Trace: "T1",
	UserTitle: "Title", UserMessage: "Text for people", Message: "Message", Reason: "Reason",
}

// TestDiagnose_at shows an error at the attribute given, unless it knows better.
func TestDiagnose_at(t *testing.T) {
	for want, err := range map[string]error{
		"error at colour: Could not go: no socket": errors.New("no socket"),
		"error at lamp: Dark: It is dark.":         &tf.Problem{Attribute: "lamp", Summary: "Dark", Detail: "It is dark."},
	} {
		if got := said(tf.Diagnose(t.Context(), "Could not go", path.Root("colour"), err)); !cmp.Equal(got, []string{want}) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestDiagnose_cancelled says that it was the user who ended what then failed in
// some other way.
func TestDiagnose_cancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got := tf.Explain(ctx, errors.New("half a lamp")); got != "The operation was cancelled: half a lamp" {
		t.Error(got)
	}
}

// TestExplain_remedy says what to do about what the API documents, by subcode,
// code and kind in this order, and of what nobody knows that it is not known.
func TestExplain_remedy(t *testing.T) {
	for name, tt := range map[string]struct {
		err   api.Error
		words string
	}{
		"wrong id, or not to be seen":       {api.Error{Code: 100, Subcode: 33, Kind: api.NotFound}, "Meta answers both the same way"},
		"bad PIN":                           {api.Error{Code: 100, Subcode: 2388092, Kind: api.Invalid}, "must be six digits"},
		"a subcode of another code":         {api.Error{Code: 190, Subcode: 33, Kind: api.Expired}, "another access token"},
		"a bad value":                       {api.Error{Code: 100, Kind: api.Invalid}, "Correct the value"},
		"a permission by number":            {api.Error{Code: 294}, "full control"},
		"the permission with the terms":     {api.Error{Code: 200, Kind: api.Denied}, "in WhatsApp Manager"},
		"no permission by number":           {api.Error{Code: 300}, "It is not known whether"},
		"a token refused with code 0":       {api.Error{Kind: api.Expired}, "another access token"},
		"no code, no answer":                {api.Error{Kind: api.Unavailable}, "metastatus.com"},
		"no code, nothing known":            {api.Error{}, "It is not known whether"},
		"throttled in a way not known":      {api.Error{Code: 987654, Kind: api.Throttled}, "Nothing was changed by this one"},
		"refused in a way not known":        {api.Error{Code: 987654, Kind: api.Denied}, "whatsapp_business_management"},
		"token, in a way not known":         {api.Error{Code: 987654, Kind: api.Expired}, "another access token"},
		"the hourly allowance of an app":    {api.Error{Code: 4, Kind: api.Throttled}, "The app has used up its hourly allowance"},
		"the proof does not fit":            {api.Error{Code: 104, Kind: api.Expired}, "Check app_secret"},
		"another PIN":                       {api.Error{Code: 133005, Kind: api.Denied}, "Do not try PINs"},
		"the ten attempts":                  {api.Error{Code: 133016, Kind: api.Denied}, "did not and will not try again by itself"},
		"ownership":                         {api.Error{Code: 133006, Kind: api.Conflict}, "/verify_code"},
		"a deregistration that hangs":       {api.Error{Code: 133000, Kind: api.Conflict}, "/deregister"},
		"deleted a moment ago":              {api.Error{Code: 133015, Kind: api.Unavailable}, "Wait five minutes"},
		"servers failed":                    {api.Error{Code: 131000, Kind: api.Unavailable}, "reads the number first"},
		"blocked because of a policy":       {api.Error{Code: 368, Kind: api.Denied}, "before the block is lifted"},
		"locked, or a PIN that was counted": {api.Error{Code: 131031, Kind: api.Denied}, "wrong PINs are counted"},
	} {
		t.Run(name, func(t *testing.T) {
			tt.err.Call, tt.err.Message = "c", "m"
			parts := strings.Split(tf.Explain(t.Context(), &tt.err), "\n\n")
			if len(parts) != 3 || !strings.Contains(parts[1], tt.words) {
				t.Errorf("%q, want %q", parts, tt.words)
			}
		})
	}
}

// TestDuring makes no error of none, and keeps the one it has.
func TestDuring(t *testing.T) {
	if tf.During("look", nil) != nil {
		t.Error("an error out of nothing")
	}
	cause := errors.New("dark")
	for _, err := range []error{tf.During("look", cause), tf.Also(cause, "note"), tf.Partly(cause)} {
		if !errors.Is(err, cause) || !strings.Contains(err.Error(), "dark") {
			t.Errorf("the cause is lost: %v", err)
		}
	}
}

// TestImportedID takes the id of the command before that of an identity.
func TestImportedID(t *testing.T) {
	identities := identityschema.Schema{Attributes: map[string]identityschema.Attribute{"id": identityschema.StringAttribute{RequiredForImport: true}}}
	kind := identities.Type().TerraformType(t.Context())
	identity := &tfsdk.ResourceIdentity{Schema: identities, Raw: tftypes.NewValue(kind, map[string]tftypes.Value{"id": tftypes.NewValue(tftypes.String, "8")})}
	for want, req := range map[string]resource.ImportStateRequest{
		"7": {ID: "7", Identity: identity},
		"8": {Identity: identity},
		"":  {},
	} {
		if got, diags := tf.ImportedID(t.Context(), req, "id"); got != want || diags.HasError() {
			t.Errorf("%q, want %q: %v", got, want, diags)
		}
	}
}
