variable "business_account_id" {
  description = "The id of the WhatsApp Business account."
  type        = string
}

variable "country_code" {
  description = "The dial code of the country, without the plus."
  type        = string
}

variable "phone_number" {
  description = "The number without its country code."
  type        = string
}

variable "display_name" {
  description = "The name that customers are to see. Meta reviews it."
  type        = string
}

variable "profile" {
  description = "What customers see when they open the chat."
  type = object({
    about       = string
    description = string
    email       = string
    websites    = list(string)
    vertical    = string
  })
}

variable "callback_url" {
  description = "Your endpoint for webhooks: https, with a certificate that Meta accepts."
  type        = string
}

variable "verify_token" {
  description = "What your endpoint expects as hub.verify_token."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "pin" {
  description = "The two-step verification PIN that the number is to have: six digits."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "pin_version" {
  description = "Raise it to have another PIN set."
  type        = number
  default     = 1
}

variable "register" {
  description = "Set it to true with the code, and leave it so."
  type        = bool
  default     = false
}

variable "code" {
  description = "The code that was sent to the number: six digits. Needed in one apply."
  type        = string
  default     = null
  sensitive   = true
  ephemeral   = true
}

variable "code_version" {
  description = "Belongs to the code: another number for each code."
  type        = number
  default     = null
}
