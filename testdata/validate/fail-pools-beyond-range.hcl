honua {
  instances = 3
}

data_source "db" {
  provider     = "postgresql"
  connection   = env("DATABASE_URL")
  health_check = "SELECT 1"

  pool {
    max_size = 66666666666666666666666
  }
}
