# Whether these are on is not known: nothing is said of what they would be if they were.
honua {
  version       = "1.0"
  environment   = "production"
  allowed_hosts = ["maps.example.org"]
  security {
    require_https = true
    hsts_enabled  = true
  }
}

data_source "db" {
  provider     = "postgresql"
  connection   = env("DATABASE_URL")
  health_check = "SELECT 1"
  pool {
    max_size = 10
  }
}

data_source "replica" {
  provider     = "postgresql"
  connection   = env("REPLICA_URL")
  read_only    = true
  health_check = "SELECT 1"
  pool {
    max_size = 10
  }
}

service "odata" {
  enabled       = env("ODATA") == "1"
  allow_writes  = true
  max_page_size = 5000
}

service "carto" {
  enabled = env("CARTO") == "1"
}

service "wms" {
  enabled = env("WMS") == "1"
}

cache "redis" {
  enabled    = env("REDIS") == "1"
  type       = "redis"
  connection = "redis.internal:6379"
}

rate_limit {
  enabled = env("LIMIT") == "1"
  store   = "redis"
}

layer "roads" {
  title       = "Roads"
  data_source = data_source.replica
  table       = "public.roads"
  id_field    = "id"
  services    = [service.odata, service.wms]
  geometry {
    column = "geom"
    type   = "Geometry"
    srid   = 4326
  }
  permissions {
    allow_anonymous_read = true
  }
}

layer "parks" {
  title       = "Parks"
  data_source = data_source.db
  table       = "public.parks"
  id_field    = "id"
  services    = [service.odata]
}
