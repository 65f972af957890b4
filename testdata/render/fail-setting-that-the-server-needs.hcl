data_source "plans" {
  provider   = "sqlite"
  connection = format("Data Source=%s/plans.db", env("DIRECTORY"))
}
