honua {
  version     = "1.0"
  environment = "development"
  log_level   = "information"
}

data_source "places" {
  provider     = "postgresql"
  connection   = "${env:DATABASE_URL}"
  health_check = "SELECT 1"
  pool = {
    max_size = 20
  }
}

cache "redis" {
  type       = "redis"
  connection = "${env:REDIS_URL}"
}

service "wfs" {
  max_features  = 5000
  default_count = 100
}

layer "harbours" {
  title       = "Harbours"
  data_source = "places"
  table       = "public.harbours"
  id_field    = "id"
  services    = ["wfs"]
}

rate_limit {
  store = "redis"
  rules = {
    default = {
      requests = 100
      window   = "1m"
    }
  }
}
