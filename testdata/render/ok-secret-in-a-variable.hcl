# Called like a secret, but written here, not taken from the environment.
variable "db_password" {
  default = "<password>"
}

data_source "db" {
  provider   = "postgresql"
  connection = format("Host=db;Database=city;Password=%s", var.db_password)
}
