package profile

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/api/graph"
	"github.com/whatsapp-terraform/terraform-provider-whatsapp/internal/tf"
)

// ModifyPlan takes the hash of the picture from its file, so that another content is
// a change. It makes no call.
func (r *businessProfile) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var file, id types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("profile_picture"), &file)...)
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("phone_number_id"), &id)...)
	sum := types.StringNull()
	switch {
	case file.IsUnknown():
		sum = types.StringUnknown()
	case !file.IsNull():
		p, err := readPicture(file.ValueString())
		if err != nil {
			resp.Diagnostics.Append(tf.Diagnose(ctx, "", path.Empty(), err)...)
			return
		}
		sum = types.StringValue(p.sum)
	}
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("profile_picture_sha256"), sum)...)
	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("id"), id)...)
}

// create adopts the profile that every number has, and sends what differs.
func (r *businessProfile) create(ctx context.Context, m *businessProfileModel) error {
	found, err := r.look(ctx, *m)
	if err != nil {
		return err
	}
	return r.set(ctx, m, found, tf.Given(m.Picture))
}

// look reads the profile.
func (r *businessProfile) look(ctx context.Context, m businessProfileModel) (*graph.Profile, error) {
	found, err := r.Graph.Phones.Profile(ctx, m.phone())
	return found, tf.During(fmt.Sprintf("read the profile of phone number id %s", m.phone()), err)
}

// set makes a profile what the model says, with one call, and completes the model.
func (r *businessProfile) set(ctx context.Context, m *businessProfileModel, found *graph.Profile, withPicture bool) error {
	patch := m.toAPI(found)
	if withPicture {
		handle, err := r.upload(ctx, m)
		if err != nil {
			return err
		}
		patch.PictureHandle = &handle
	}
	err := r.Graph.Phones.SetProfile(ctx, m.phone(), patch)
	if e := (*api.Error)(nil); withPicture && errors.As(err, &e) && e.Kind == api.Invalid && e.Attempts > 1 {
		// The answer to the first attempt was lost, and a handle may be good for one use.
		var handle string
		if handle, err = r.upload(ctx, m); err == nil {
			patch.PictureHandle = &handle
			err = r.Graph.Phones.SetProfile(ctx, m.phone(), patch)
		}
	}
	if err != nil {
		return tf.During(fmt.Sprintf("set the profile of phone number id %s", m.phone()), about(err, asked(patch)))
	}
	m.complete(found)
	return nil
}

// about has an error blame what was sent, where the API does not say what is invalid
// and it can be nothing else.
func about(err error, names []string) error {
	if e := (*api.Error)(nil); errors.As(err, &e) && e.Kind == api.Invalid && len(e.Fields) == 0 && len(names) == 1 {
		e.Fields = names
	}
	return err
}

// complete fills in what the plan left open with what the profile had, since a patch
// changes nothing else.
func (m *businessProfileModel) complete(found *graph.Profile) {
	for _, t := range m.texts(found, new(graph.ProfilePatch)) {
		if t.value.IsUnknown() {
			*t.value = tf.Text(t.has)
		}
	}
	if m.Websites.IsUnknown() {
		m.Websites = types.ListNull(types.StringType)
		if len(found.Websites) > 0 {
			m.Websites = list(found.Websites)
		}
	}
	m.ID = m.PhoneNumberID
}

// read tells what the profile is. Of the picture the API tells only whether there is
// one: its address is another one each time.
func (r *businessProfile) read(ctx context.Context, m *businessProfileModel) error {
	found, err := r.look(ctx, *m)
	if err != nil {
		return err
	}
	m.fromAPI(found)
	if found.PictureURL == "" && tf.Given(m.PictureSHA256) {
		m.PictureSHA256 = types.StringNull() // lost: the plan uploads it once more
	}
	return nil
}

// update sends what the plan changes, and nothing else.
func (r *businessProfile) update(ctx context.Context, m *businessProfileModel, prior businessProfileModel) error {
	changed := tf.Given(m.Picture) && !m.PictureSHA256.Equal(prior.PictureSHA256)
	return r.set(ctx, m, prior.profile(), changed)
}

// delete leaves the profile as it is, or empties what can be emptied.
func (r *businessProfile) delete(ctx context.Context, m businessProfileModel) error {
	if m.OnDestroy.ValueString() != clears {
		return nil
	}
	found, err := r.look(ctx, m)
	if err != nil {
		return err
	}
	if err := r.Graph.Phones.SetProfile(ctx, m.phone(), emptied(found)); err != nil {
		return tf.During(fmt.Sprintf("clear the profile of phone number id %s", m.phone()), err)
	}
	if left := stays(found); left != "" {
		tf.Warn(ctx, fmt.Sprintf("The profile of phone number id %s is not empty", m.phone()),
			"The API has no call that takes away: "+left+". Change it in WhatsApp Manager if it should go. Everything else was cleared.")
	}
	return nil
}

// emptied is the patch that empties what is in a profile and can be emptied.
func emptied(p *graph.Profile) graph.ProfilePatch {
	m := businessProfileModel{Websites: list(nil)}
	m.Address, m.Description, m.Email = types.StringValue(""), types.StringValue(""), types.StringValue("")
	return m.toAPI(p)
}

// stays names what is in a profile and cannot be emptied.
func stays(p *graph.Profile) string {
	var all []string
	for _, part := range []struct{ name, value string }{{"the about text", p.About}, {"the industry", p.Vertical}, {"the picture", p.PictureURL}} {
		if part.value != "" {
			all = append(all, part.name)
		}
	}
	return strings.Join(all, ", ")
}
