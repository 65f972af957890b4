# Behind the block that stays open there may be anything: of what is missing then nothing is said.
honua {
  version       = "1.0"
  environment   = "production"
  allowed_hosts = ["maps.example.org"]
  security {
    require_https = true
    hsts_enabled  = true
  }
  high_availability {
    enabled = true
  }
}

variable "unused" {
  default = 1
}

data_source "db" {
  provider     = "postgresql"
  connection   = env("DATABASE_URL")
  read_only    = true
  health_check = "SELECT 1"
  pool {
    max_size = 10
  }
}

data_source "other" {
  provider     = "postgresql"
  connection   = env("OTHER_URL")
  read_only    = true
  health_check = "SELECT 1"
  pool {
    max_size = 10
  }
}

service "odata" {
  enabled = true
}

layer "roads" {
  title       = "Roads"
  data_source = data_source.db
  table       = "public.roads"
  id_field    = "id"
  services    = [service.odata]

cache "redis" {
  type        = "redis"
  connection  = env("REDIS_URL")
  required_in = ["production"]
}

rate_limit {
  store = "redis"
  rules {
    default {
      requests = 100
      window   = "1m"
    }
  }
}
