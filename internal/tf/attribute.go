package tf

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

// Timeouts is the attribute of the same name: how long create, update and
// delete may take, DefaultTimeout each unless the configuration says otherwise.
func Timeouts(ctx context.Context) schema.Attribute {
	about := func(verb string) string {
		return fmt.Sprintf("How long %s may take, as a duration such as `90s` or `10m`. Default: `%s`.", verb, "5m")
	}
	attribute, ok := timeouts.Attributes(ctx, timeouts.Opts{
		Create: true, CreateDescription: about("create"),
		Update: true, UpdateDescription: about("update"),
		Delete: true, DeleteDescription: about("delete"),
	}).(schema.SingleNestedAttribute)
	if !ok {
		panic("the timeouts library changed the kind of its attribute")
	}
	attribute.MarkdownDescription = "How long the operations may take, waiting included."
	for name, nested := range attribute.Attributes {
		if text, ok := nested.(schema.StringAttribute); ok {
			// The library takes a negative duration for one.
			text.Validators = []validator.String{Valid("Invalid timeout", "a positive duration", func(s string) error {
				_, err := Duration(s)
				return err
			})}
			attribute.Attributes[name] = text
		}
	}
	return attribute
}
