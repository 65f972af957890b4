data_source "db" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")

  pool {
    min_size = 66666666666666666666666
    max_size = 10
  }
}
