# A plan fails, before anything is changed, if the token lacks a permission or will
# expire within two weeks.
data "whatsapp_access_token" "this" {
  lifecycle {
    postcondition {
      condition     = self.valid
      error_message = "The access token cannot be used: ${coalesce(self.problem, "Meta does not say why")}."
    }

    postcondition {
      condition     = length(setsubtract(local.needed, self.scopes)) == 0
      error_message = "The access token lacks ${join(", ", setsubtract(local.needed, self.scopes))}."
    }

    postcondition {
      condition     = self.expires_at == null ? true : timecmp(self.expires_at, timeadd(plantimestamp(), "336h")) > 0
      error_message = "The access token expires at ${coalesce(self.expires_at, "an unknown time")}. Make a new one in Business Settings."
    }
  }
}

locals {
  needed = ["whatsapp_business_management", "whatsapp_business_messaging"]
}

# The same for the access to data, as a warning: a check does not stop the plan.
check "data_access" {
  assert {
    condition = (
      data.whatsapp_access_token.this.data_access_expires_at == null ? true :
      timecmp(data.whatsapp_access_token.this.data_access_expires_at, timeadd(plantimestamp(), "336h")) > 0
    )
    error_message = "The access token may not read data for much longer."
  }
}
