# The base, for development.
honua {
  version       = "1.0"
  environment   = "development"
  log_level     = "debug"
  allowed_hosts = ["localhost"]

  cors {
    allow_any_origin = true
  }
}

data_source "db" {
  provider   = "postgresql"
  connection = "Host=localhost;Database=maps;Username=dev;Password=dev-only"

  pool {
    max_size = 5
  }
}

cache "redis" {
  connection = env("REDIS_URL")
}

service "print" {
}

layer "roads" {
  title       = "Roads"
  data_source = data_source.db
  table       = "public.roads"
  id_field    = "id"
  description = "For tests"

  geometry {
    column = "geom"
    type   = "LineString"
  }

  fields = {
    id   = { type = "int", nullable = false }
    name = { type = "string" }
  }

  services = [service.print]
}
