# `null` is the same as not given.
honua {
  version     = null
  environment = null
  log_level   = null
}

data_source "db" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
  pool       = null
}

service "odata" {
  type     = null
  settings = null
}

cache "local" {
  type = null
}

rate_limit {
  store = null
  rules {
    default {
      requests = 100
      window   = null
    }
  }
}

layer "roads" {
  title       = "Roads"
  description = "See var.from in the manual, and env(X)"
  data_source = data_source.db
  table       = "roads"
  id_field    = "id"
  services    = [service.odata]
  geometry    = null
}
