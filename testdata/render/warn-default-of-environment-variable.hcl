data_source "plans" {
  provider   = "sqlite"
  connection = "Data Source=${env("DIRECTORY", "/var/lib/honua")}/plans.db"
}
