honua {
  environment   = "production"
  log_level     = "warning"
  allowed_hosts = ["maps.example.org", "tiles.example.org"]

  cors {
    allow_any_origin = false
    allowed_origins  = ["https://maps.example.org"]
  }
}

data_source "db" {
  connection = env("DATABASE_URL")

  pool {
    min_size = 10
    max_size = 10 * 5
  }
}

layer "roads" {
  description = null
}
