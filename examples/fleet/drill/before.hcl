honua {
  version     = "1.0"
  environment = "development"
}

data_source "city" {
  provider   = "postgresql"
  connection = env("DATABASE_URL")
}

service "ogc_api" {
  enabled = true
}

layer "roads" {
  title       = "Roads"
  data_source = data_source.city
  table       = "public.roads"
  id_field    = "id"
  geometry {
    column = "geom"
    type   = "LineString"
    srid   = 4326
  }
  services = [service.ogc_api]
}
