# A public server: PostgreSQL with a pool, Redis shared by all instances, limits, HTTPS only. Passwords come from the
# environment: DATABASE_URL and REDIS_URL.

honua {
  version       = "1.0"
  environment   = "production"
  log_level     = "warning"
  allowed_hosts = ["maps.example.org"]

  security {
    require_https = true
    hsts_enabled  = true
  }

  cors {
    allow_any_origin  = false
    allowed_origins   = ["https://maps.example.org"]
    allow_credentials = false
  }
}

cache "redis" {
  type        = "redis"
  enabled     = true
  connection  = env("REDIS_URL")
  prefix      = "maps:"
  ttl         = 300
  required_in = ["production", "staging"]
}

rate_limit {
  enabled = true
  store   = "redis"
  rules {
    default = {
      requests = 600
      window   = "1m"
    }
  }
}

service "ogc_api" {
  enabled       = true
  conformance   = ["core", "geojson", "crs"]
  max_page_size = 1000
}

service "wfs" {
  enabled      = true
  version      = "2.0.0"
  max_features = 10000
}

# --- data

data_source "db" {
  provider     = "postgresql"
  connection   = env("DATABASE_URL")
  health_check = "SELECT 1"

  pool {
    min_size = 10
    max_size = 50
    timeout  = 30
  }
}

layer "roads" {
  title         = "Roads"
  description   = "Centre lines of all public roads"
  data_source   = data_source.db
  table         = "public.roads"
  id_field      = "id"
  display_field = "name"
  geometry {
    column = "geom"
    type   = "LineString"
    srid   = 4326
  }
  services = [service.ogc_api, service.wfs]
}
