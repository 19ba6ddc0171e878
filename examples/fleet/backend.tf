# The state of every workspace is in a PostgreSQL database. Who applies holds a lock on
# it, one for each workspace. PG_CONN_STR says where the database is, and with whose
# name and password, so that they are in no file.
terraform {
  backend "pg" {}
}
