resource "whatsapp_business_profile" "support" {
  phone_number_id = "106540352242924"

  about       = "Plants that outlive your holidays"
  address     = "1 Hacker Way, Menlo Park, CA 94025"
  description = "Succulents, cacti and advice. We answer from 9 to 5."
  email       = "hello@example.com"
  websites    = ["https://www.example.com/", "https://shop.example.com/"]
  vertical    = "RETAIL"
}
