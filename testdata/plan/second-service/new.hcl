honua {
  version = "1.0"
}

data_source "city" {
  provider   = "postgresql"
  connection = "Host=db2;Database=city;Username=gis;Password=second-of-two"
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
  services    = [service.ogc_api, service.wfs]

  geometry {
    column = "geom"
    type   = "LineString"
    srid   = 3857
  }

  fields {
    name { type = "string" }
    lanes { type = "long" }
  }
}

rate_limit {
  enabled = true

  rules {
    api {
      requests = 5000
      window   = "1h"
    }
  }
}
