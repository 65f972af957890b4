# One database, one service, one layer.
honua {
  version     = "1.0"
  environment = "development"
  log_level   = "information"
}

data_source "places" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")

  pool {
    min_size = 2
    max_size = 2 * 10
  }
}

service "ogc_api" {
  enabled    = true
  page_sizes = [for n in [10, 100, 1000] : n if n > 10]
}

layer "harbours" {
  title       = "Harbours"
  data_source = data_source.places
  table       = "public.harbours"
  id_field    = "id"

  geometry {
    column = "geom"
    type   = "Point"
    srid   = 4326
  }

  services = [service.ogc_api]
}
