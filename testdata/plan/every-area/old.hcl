honua {
  version     = "1.0"
  environment = "production"

  cors {
    allowed_origins = ["https://maps.city.example", "https://old.city.example"]
  }

  security {
    require_https = true
  }
}

data_source "city" {
  provider   = "postgresql"
  connection = env("CITY")

  pool {
    max_size = 20
  }
}

data_source "unused" {
  provider   = "sqlite"
  connection = "Data Source=unused.db"
}

cache "tiles" {
  type       = "redis"
  connection = "redis.city.example:6379,password=planted-in-cache"
}

service "wms" {
  max_width = 4096
}

service "odata" {
  allow_writes = true
}

layer "roads" {
  title       = "Roads"
  data_source = data_source.city
  table       = "roads"
  id_field    = "gid"
  services    = [service.wms]
}

layer "hidden" {
  title       = "Hidden"
  data_source = data_source.city
  table       = "hidden"
  id_field    = "gid"
  services    = []
}
