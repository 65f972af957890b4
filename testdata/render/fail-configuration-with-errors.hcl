honua {
  version   = "1.0"
  log_level = "chatty"
}

data_source "plans" {
  provider   = "sqlite"
  connection = "Data Source=${var.directory}/plans.db"
}
