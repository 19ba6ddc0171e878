package provider_test

// notOurs are names in the docs that look like ours and are not, with what they are.
var notOurs = map[string]string{
	// Meta's
	"whatsapp_business_management":              "a permission",
	"whatsapp_business_messaging":               "a permission",
	"business_management":                       "a permission",
	"whatsapp_business_manager_messaging_limit": "a field that has another name here",
	"hub.challenge":                             "a parameter of Meta's challenge",
	"hub.verify_token":                          "a parameter of Meta's challenge",
	"account_update":                            "a field of webhooks",
	"message_template_status_update":            "a field of webhooks",
	"phone_number_quality_update":               "a field of webhooks",
	"code_sent":                                 "a value",
	"not_connected":                             "a value",
	"not_verified":                              "a value",
	"appsecret_proof":                           "a parameter",
	"debug_token":                               "a call of the API",
	"appsecret_time":                            "a parameter",
	"biz_link_on_prem_reg_blocked":              "a word in an error",
	"gateway_status":                            "a field of the On-Premises API",
	"new_password":                              "a field of the On-Premises API",
	"settings.data":                             "a field of the On-Premises API",

	// Terraform's
	"action_trigger":         "a block of lifecycle",
	"terraform.tfvars":       "a file",
	"pin_version":            "a variable of a module",
	"create_before_destroy":  "an argument of lifecycle",
	"depends_on":             "an argument of every resource",
	"for_each":               "an argument of every resource",
	"include_resource":       "an argument of every list",
	"null_resource":          "a resource of another provider",
	"required_providers":     "a block of the configuration",
	"terraform_data.support": "the resource in an example",
}
