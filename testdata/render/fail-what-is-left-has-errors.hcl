# Without the connection, which the server cannot compute, the cache is none.
honua {
  version     = "1.0"
  environment = "development"
}

data_source "db" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
}

cache "redis" {
  type       = "redis"
  connection = join(",", [env("REDIS_HOST"), "ssl=true"])
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
}
