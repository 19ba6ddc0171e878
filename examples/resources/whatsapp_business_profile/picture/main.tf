# A change of the file is a change in place: the picture is uploaded and set.
resource "whatsapp_business_profile" "support" {
  phone_number_id = "106540352242924"
  about           = "Plants that outlive your holidays"
  profile_picture = "${path.module}/logo.png"
}
