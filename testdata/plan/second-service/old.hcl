honua {
  version = "1.0"
}

data_source "city" {
  provider   = "postgresql"
  connection = "Host=db1;Database=city;Username=gis;Password=first-of-two"
}

service "ogc_api" {
}

service "wfs" {
}

layer "roads" {
  title       = "Roads"
  data_source = data_source.city
  table       = "public.roads"
  id_field    = "gid"
  services    = [service.ogc_api]

  geometry {
    column = "geom"
    type   = "LineString"
    srid   = 25832
  }

  fields {
    name { type = "string" }
    lanes { type = "int" }
  }
}

rate_limit {
  enabled = true

  rules {
    api {
      requests = 100
      window   = "1m"
    }
  }
}
