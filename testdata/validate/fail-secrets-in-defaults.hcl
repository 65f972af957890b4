variable "db_password" {
  default = "hunter2" x
}

variable "o" {
  default = { password = "hunter2" }
}

data_source "db" {
  provider   = var.o.password
  connection = "Host=${var.host};Password=" + "hunter2"
}

data_source "other" {
  provider   = "postgresql"
  connection = env("DB_PASSWORD", "hunter2") 1
}
